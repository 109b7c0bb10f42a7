import { type CdrIssue, note } from '../errors.js';
import type { LimitsInForce } from '../limits.js';

/**
 * Where a structure stands in the record, where to note what is wrong in it, and what bounds it. A chain, for a
 * path is only worth putting together when there is an issue.
 */
export interface Place {
  readonly issues: CdrIssue[];
  readonly limits: LimitsInForce;
  readonly parent: Place | null;
  /** The key or index of this structure in its parent. */
  readonly part: string | number;
  /** How this structure spells the vendor's keys, where it does so in another way. */
  spelled: Readonly<Record<string, string>> | null;
}

/** The place of the record itself. */
export function topPlace(issues: CdrIssue[], limits: LimitsInForce): Place {
  return { issues, limits, parent: null, part: '', spelled: null };
}

/** The place of a structure, or of a list, inside the one at `place`. */
export function within(place: Place, part: string | number): Place {
  return { issues: place.issues, limits: place.limits, parent: place, part, spelled: null };
}

/** The path of what stands in the structure at `place` under a key, as it was sent, or an index. */
export function pathOfSent(place: Place, sent: string | number): CdrIssue['path'] {
  return place.parent ? [...pathTo(place.parent, place.part), sent] : [sent];
}

/** The path of what `part`, a key in the vendor's spelling or an index, names in the structure at `place`. */
function pathTo(place: Place, part: string | number): CdrIssue['path'] {
  return pathOfSent(place, typeof part === 'string' ? spellingAt(place, part) : part);
}

/** How the structure at `place` spells a key; the vendor's spelling when it has none. */
export function spellingAt(place: Place, key: string): string {
  return place.spelled?.[key] ?? key;
}

/** Notes that a value is not as expected; the field becomes null. */
export function reject(
  value: unknown,
  place: Place,
  part: string | number,
  expected: string,
): null {
  note(place.issues, pathTo(place, part), 'invalid_field', `expected ${expected}`, value);
  return null;
}
