/**
 * Why a body was refused.
 *
 * - `unsupported_format`: neither JSON, XML-RPC nor a form, or no body at all (null, a number, a stream)
 * - `malformed`: cut off, mismatched or otherwise unreadable in its own format
 * - `too_large`: over one of the limits, which the message names
 * - `not_one_record`: a list with no record or with several, or something that is no record
 * - `missing_field`: no id, type, status or start
 * - `invalid_field`: a start that is no time; with `strict`, any issue
 */
export type CdrErrorCode =
  | 'unsupported_format'
  | 'malformed'
  | 'too_large'
  | 'not_one_record'
  | 'missing_field'
  | 'invalid_field';

/**
 * What kind of issue it is: that of a refused body, or on a usable record
 *
 * - `missing_field`: no duration was sent
 * - `invalid_field`: a value that is not what its field needs; the field is null, or mended as the message says
 * - `unknown_type`, `unknown_status`: added by the vendor since this version
 * - `duplicate_field`: given more than once; the last one counts
 * - `contradiction`: two fields disagree; the message says which one counts
 * - `unknown_charset`: a declared charset that does not exist
 * - `guessed_charset`: bytes of no declared charset, read as windows-1255
 * - `invalid_bytes`: bytes that are not of the charset; they became U+FFFD
 * - `more_issues`: only the first hundred issues are listed
 *
 * A later version may add codes.
 */
export type CdrIssueCode =
  | CdrErrorCode
  | 'unknown_type'
  | 'unknown_status'
  | 'duplicate_field'
  | 'contradiction'
  | 'unknown_charset'
  | 'guessed_charset'
  | 'invalid_bytes'
  | 'more_issues';

/** The three formats in which Voicenter sends a call detail record, and waits for its answer. */
export type CdrFormat = 'json' | 'xml-rpc' | 'form';

/** One thing that was not as expected in a body, in words that are fit for a log. */
export interface CdrIssue {
  /** Where: the keys as they were sent, and indexes of lists. Empty for the body as a whole. */
  path: (string | number)[];
  /** What kind of issue it is. */
  code: CdrIssueCode;
  /** What was found and what was expected, in one line. */
  message: string;
  /**
   * A short excerpt of what was sent, as text and without control characters; `an object` or
   * `a list` for a structure, absent when nothing was sent.
   */
  received?: string;
}

/** The most that any message or issue repeats of what was sent. */
const EXCERPT_LENGTH = 32;

/** The longest path: twice as long as those of the fields that are read. */
const PATH_LENGTH = 10;

/** The longest message: errors end in logs and in the answer's errdesc. */
export const MESSAGE_LENGTH = 300;

/**
 * The one error of this package: a body that cannot be read, or a record without an id, type,
 * status or start.
 *
 * @example
 * ```ts
 * import { CdrParseError, parseCdr } from 'voicenter-cdr';
 *
 * try {
 *   parseCdr('{"caller":"0501234567"', 'application/json');
 * } catch (error) {
 *   if (error instanceof CdrParseError) console.log(error.code); // malformed
 * }
 * ```
 */
export class CdrParseError extends Error {
  /** Always `CdrParseError`. */
  override readonly name: 'CdrParseError';
  /** Why the body was refused. */
  readonly code: CdrErrorCode;
  /** The format that was being read; null when none could be told. The answer goes back in it. */
  readonly format: CdrFormat | null;
  /** Everything that was wrong; never empty. */
  readonly issues: CdrIssue[];

  /** `instanceof` also knows an error of another copy of the package: one imported, one required; or of another realm. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore-start lint/complexity/noThisInStatic: which class is asked matters
    const isInstance = Function.prototype[Symbol.hasInstance].call(this, value);
    // A subclass has only its own instances.
    if (isInstance || !isBaseClass(this)) return isInstance;
    // biome-ignore-end lint/complexity/noThisInStatic: see above
    return isError(value) && Reflect.get(value, 'name') === 'CdrParseError' && 'issues' in value;
  }

  constructor(code: CdrErrorCode, format: CdrFormat | null, issues: CdrIssue[]) {
    super(shorten(issues.map((issue) => issue.message).join('; '), MESSAGE_LENGTH));
    this.name = 'CdrParseError'; // a field with a value costs the class its name in CommonJS
    this.code = code;
    this.format = format;
    this.issues = issues;
  }
}

/** Outside the class: bundlers rename a class that refers to itself, and logs show that name. */
function isBaseClass(asked: unknown): boolean {
  return asked === CdrParseError;
}

/** Also of another realm, as tests have one, whose classes are not ours. */
function isError(value: unknown): value is object {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

/** An error about the body as a whole, or about one value in it. */
export function parseError(
  code: CdrErrorCode,
  format: CdrFormat | null,
  message: string,
  path: CdrIssue['path'] = [],
): CdrParseError {
  return new CdrParseError(code, format, [{ path: path.map(printablePart), code, message }]);
}

/** An issue whose message begins with the path and ends with a short excerpt of what was sent. */
export function createIssue(
  path: CdrIssue['path'],
  code: CdrIssueCode,
  message: string,
  ...received: [unknown?]
): CdrIssue {
  const shownPath = path.slice(0, PATH_LENGTH).map(printablePart);
  const where = shorten(shownPath.join('.'), 2 * EXCERPT_LENGTH);
  const text = where === '' ? message : `${where}: ${message}`;
  if (received.length === 0) return { path: shownPath, code, message: text };
  const shown = excerpt(received[0]);
  return { path: shownPath, code, message: `${text}, received "${shown}"`, received: shown };
}

/** How many issues a record can have: a body can hold a million values that are not as expected. */
export const MAX_ISSUES = 100;

/** Keys come from the body too: what a log must not hold is replaced and cut in them as well. */
function printablePart(part: string | number): string | number {
  return typeof part === 'number' ? part : shorten(printable(part), EXCERPT_LENGTH);
}

/** What an error or an issue may repeat of a value: the same text, whichever format carried it. */
export function excerpt(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return shorten(printable(String(value)), EXCERPT_LENGTH);
}

/**
 * The text without characters that could forge a log line or reverse how one is shown: controls,
 * line separators, bidirectional controls and lone surrogates.
 */
function printable(text: string): string {
  return text
    .slice(0, 2 * EXCERPT_LENGTH)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\u{FFFD}');
}

export function shorten(text: string, length: number): string {
  return text.length > length
    ? `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
    : text;
}
