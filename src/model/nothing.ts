import { trimMarks } from '../input/text.js';

/** What senders write for nothing, besides null and an absent key. */
export const NOTHING: ReadonlySet<string> = /* @__PURE__ */ new Set([
  '',
  'null',
  'undefined',
  'None',
]);

/** For text: also `false`, which some senders write for an empty text. */
export const NO_TEXT: ReadonlySet<string> = /* @__PURE__ */ new Set([...NOTHING, 'false']);

/** The number 0 as encoders write it; `00` is an id. */
const ZEROS: ReadonlySet<string> = /* @__PURE__ */ new Set(['0', '-0', '0.0', '-0.0']);

/** For ids that the vendor counts from 1: also 0. */
export const NO_REFERENCE: ReadonlySet<string> = /* @__PURE__ */ new Set([...NO_TEXT, ...ZEROS]);

/** For free text: only an empty text, because `null` and the like are ordinary words there. */
export const NO_FREE_TEXT: ReadonlySet<string> = /* @__PURE__ */ new Set(['']);

const LONGEST_NOTHING = 'undefined'.length;

/** Whether a value means that nothing was sent. PHP sends an empty list for an empty structure. */
export function isNothing(value: unknown, words: ReadonlySet<string> = NOTHING): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'object') {
    return Array.isArray(value) && value.every((item) => isNothing(item, words));
  }
  if (typeof value === 'number') return value === 0 && words.has('0');
  return isWordFor(words, trimMarks(String(value)));
}

/** Whether a text is one of the words. The length is checked first, to avoid hashing long texts. */
export function isWordFor(words: ReadonlySet<string>, text: string): boolean {
  return text.length <= LONGEST_NOTHING && words.has(text);
}

/** Whether nothing was sent where text or a structure belongs. */
export function isNoText(value: unknown): boolean {
  return isNothing(value, NO_TEXT);
}

/** Whether a value of any type is missing. Here an empty list counts as sent. */
export function isMissing(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  );
}
