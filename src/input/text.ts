/** White space of any kind, NUL, NEL and BOMs, which encoders leave around a body. */
const BLANK = /[\s\0\x85\u200B]/;

/** White space. */
export const SPACE = /\s/;

/** White space, and the direction marks that come with a number copied from Hebrew text. */
export const SPACE_OR_MARK = /[\s\u200B-\u200F\u061C\u202A-\u202E\u2066-\u2069]/;

/** Trims blanks from the text of a body. */
export function trimBlank(text: string): string {
  return trimmed(text, BLANK);
}

/** Trims white space and direction marks from the text of a field. */
export function trimMarks(text: string): string {
  return trimmed(text, SPACE_OR_MARK);
}

/**
 * Trims blanks from both ends. A loop, because a regular expression anchored at the end takes
 * quadratic time.
 */
export function trimmed(text: string, blank: RegExp): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text, start, blank)) start++;
  while (end > start && isBlank(text, end - 1, blank)) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Nearly every text begins and ends with a visible ASCII character, which needs no pattern. */
function isBlank(text: string, at: number, blank: RegExp): boolean {
  const code = text.charCodeAt(at);
  return !(code > 0x20 && code < 0x7f) && blank.test(text[at] ?? '');
}
