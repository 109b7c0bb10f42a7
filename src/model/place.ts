import type { ParseContext } from '../context.js';
import type { CdrIssue } from '../errors.js';

/**
 * The location of a structure in its record, as a chain of parents: its path is built only if it
 * has an issue, and most structures have none.
 */
export interface Place {
  readonly context: ParseContext;
  readonly parent: Place | null;
  /** The key of this structure in its parent, as sent, or its index. */
  readonly key: string | number;
}

/** The place of the record itself. */
export function rootPlace(context: ParseContext): Place {
  return { context, parent: null, key: '' };
}

/** The place of a structure or a list inside the one at `place`. */
export function within(place: Place, key: string | number): Place {
  return { context: place.context, parent: place, key };
}

/** The path of the value under a key in the structure at `place`. */
export function pathTo(place: Place, key: string | number): CdrIssue['path'] {
  return place.parent ? [...pathTo(place.parent, place.key), key] : [key];
}

/** Adds an issue about a value that is not as expected; its field becomes null. */
export function invalid(
  value: unknown,
  place: Place,
  key: string | number,
  expected: string,
): null {
  place.context.addIssue(pathTo(place, key), 'invalid_field', `expected ${expected}`, value);
  return null;
}
