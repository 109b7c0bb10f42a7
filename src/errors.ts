/**
 * Why a body was refused.
 *
 * - `unsupported_format`: not JSON, XML-RPC or a form, or no body at all (null, a number, a stream)
 * - `malformed`: cut off, mismatched or otherwise not valid in its format
 * - `too_large`: over one of the limits; the message names it
 * - `not_one_record`: no record, several records, or something that is not a record
 * - `missing_field`: no id, type, status or start
 * - `invalid_field`: an id, type, status or start that is not valid; with `strict`, any issue
 */
export type CdrErrorCode =
  | 'unsupported_format'
  | 'malformed'
  | 'too_large'
  | 'not_one_record'
  | 'missing_field'
  | 'invalid_field';

/**
 * The kind of an issue. For a refused body, the code of the error. For a usable record:
 *
 * - `missing_field`: no duration was sent
 * - `invalid_field`: a value that its field cannot hold; the field is null, or as the message says
 * - `unknown_type`, `unknown_status`: added by the vendor since this version
 * - `duplicate_field`: given more than once; the last one counts
 * - `contradiction`: two fields disagree; the message says which one counts
 * - `unknown_charset`: a declared charset that does not exist
 * - `guessed_charset`: bytes that fit no declared charset, read as windows-1255
 * - `invalid_bytes`: bytes that are invalid in the charset; they became U+FFFD
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

/** The three formats in which Voicenter sends call detail records and expects the answer. */
export type CdrFormat = 'json' | 'xml-rpc' | 'form';

/** Something unexpected in a body. Its texts are safe to log. */
export interface CdrIssue {
  /** Where it is: keys as sent, and indexes of lists. Empty for the body as a whole. */
  path: (string | number)[];
  /** The kind of issue. */
  code: CdrIssueCode;
  /** What was found and what was expected, in one line. */
  message: string;
  /**
   * A short excerpt of the value that was sent, without control characters; `an object` or `a list`
   * for a structure. Absent if nothing was sent.
   */
  received?: string;
}

/** The longest excerpt of a key or value in a message or issue. */
const EXCERPT_LENGTH = 32;

/** The longest path of an issue: twice as long as the paths of the fields that are read. */
const PATH_LENGTH = 10;

/** The longest message: errors end up in logs and in the answer's errdesc. */
export const MESSAGE_LENGTH = 300;

/**
 * The error for a body that cannot be read, or for a record without an id, type, status or start.
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
  /** The format of the body, in which the answer goes back; null if it is unknown. */
  readonly format: CdrFormat | null;
  /** Everything that was wrong; never empty. */
  readonly issues: CdrIssue[];

  /**
   * `instanceof` also recognizes errors of another copy of the package (one imported, one required)
   * or of another realm.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore-start lint/complexity/noThisInStatic: `this` can be a subclass
    const isInstance = Function.prototype[Symbol.hasInstance].call(this, value);
    // A subclass matches only its own instances.
    if (isInstance || !isBaseClass(this)) return isInstance;
    // biome-ignore-end lint/complexity/noThisInStatic: see above
    return isError(value) && Reflect.get(value, 'name') === 'CdrParseError' && 'issues' in value;
  }

  constructor(code: CdrErrorCode, format: CdrFormat | null, issues: CdrIssue[]) {
    super(shorten(issues.map((issue) => issue.message).join('; '), MESSAGE_LENGTH));
    this.name = 'CdrParseError'; // as a field initializer, it costs the class its name in CommonJS
    this.code = code;
    this.format = format;
    this.issues = issues;
  }
}

/** Outside the class: bundlers rename a class that refers to itself, and the name is in logs. */
function isBaseClass(asked: unknown): boolean {
  return asked === CdrParseError;
}

/** Also true for errors of another realm, such as a test's, whose Error is another class. */
function isError(value: unknown): value is object {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
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
  const text = shorten(where === '' ? message : `${where}: ${message}`, MESSAGE_LENGTH);
  if (received.length === 0) return { path: shownPath, code, message: text };
  const shown = excerpt(received[0]);
  return { path: shownPath, code, message: `${text}, received "${shown}"`, received: shown };
}

/** The most issues that a record can have: a body can hold 300,000 unexpected values. */
export const MAX_ISSUES = 100;

/** Keys come from the body too, so they are made safe to log, like values. */
function printablePart(part: string | number): string | number {
  return typeof part === 'number' ? part : excerpt(part);
}

/** What an error or issue may show of a value: the same text for every format. */
export function excerpt(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return shorten(printable(String(value).slice(0, 2 * EXCERPT_LENGTH)), EXCERPT_LENGTH);
}

/**
 * Makes text safe to log or print: characters that could forge a line, control a terminal or
 * reverse the text (controls, line separators, bidirectional controls, lone surrogates) become
 * U+FFFD.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\u{FFFD}');
}

export function shorten(text: string, length: number): string {
  return text.length > length
    ? `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
    : text;
}
