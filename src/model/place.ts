import { type CdrIssue, note } from '../errors.js';
import type { WireRecord } from '../record.js';
import { canonicalKey } from './names.js';

/**
 * Where a structure stands in the record, and where to note what is wrong in it. A chain, for a
 * path is only worth putting together when there is an issue.
 */
export interface Place {
  readonly issues: CdrIssue[];
  readonly parent: Place | null;
  /** The key or index of this structure in its parent. */
  readonly part: string | number;
  /** The structure, for how it spells its keys; null for a list. */
  readonly structure: WireRecord | null;
}

/** The place of the record itself. */
export function topPlace(structure: WireRecord, issues: CdrIssue[]): Place {
  return { issues, parent: null, part: '', structure };
}

/** The place of a structure, or of a list, inside the one at `place`. */
export function within(
  place: Place,
  part: string | number,
  structure: WireRecord | null = null,
): Place {
  return { issues: place.issues, parent: place, part, structure };
}

/** The path of what stands in the structure at `place` under a key, as it was sent, or an index. */
export function pathOfSent(place: Place, sent: string | number): CdrIssue['path'] {
  return place.parent ? [...pathTo(place.parent, place.part), sent] : [sent];
}

/** The path of what `part`, a key in the vendor's spelling or an index, names in the structure at `place`. */
function pathTo(place: Place, part: string | number): CdrIssue['path'] {
  return pathOfSent(place, typeof part === 'string' ? spellingIn(place.structure, part) : part);
}

/** How a structure spells a key; the vendor's spelling when it has none. */
export function spellingIn(structure: WireRecord | null, key: string): string {
  const wanted = canonicalKey(key);
  return Object.keys(structure ?? {}).findLast((sent) => canonicalKey(sent) === wanted) ?? key;
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
