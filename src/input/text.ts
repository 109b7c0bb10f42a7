/** White space of any kind, NUL, NEL and BOMs: what encoders leave around a body. */
const BLANK = /[\s\0\x85\u200B]/;

/** White space. */
export const SPACE = /\s/;

/** White space and the marks of direction that come along when a number is copied from Hebrew text. */
export const SPACE_OR_MARK = /[\s\u200B-\u200F\u061C\u202A-\u202E\u2066-\u2069]/;

/** The text of a body without what is blank around it. */
export function trimBlank(text: string): string {
  return trimmed(text, BLANK);
}

/** The text of a field without white space and marks of direction around it. */
export function trimMarks(text: string): string {
  return trimmed(text, SPACE_OR_MARK);
}

/** A text without what is blank around it. By steps from both ends: a pattern anchored at the end takes quadratic time. */
export function trimmed(text: string, blank: RegExp): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text, start, blank)) start++;
  while (end > start && isBlank(text, end - 1, blank)) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Nearly every text begins and ends with a visible character of ASCII, which needs no pattern. */
function isBlank(text: string, at: number, blank: RegExp): boolean {
  const code = text.charCodeAt(at);
  return !(code > 0x20 && code < 0x7f) && blank.test(text[at] ?? '');
}
