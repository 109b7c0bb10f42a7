import { excerpt } from '../errors.js';

/** What is known about an error besides its message. */
export interface CallLogErrorFacts {
  /** See {@link CallLogError.number}. Default: null. */
  number?: number | null;
  /** See {@link CallLogError.status}. Default: null. */
  status?: number | null;
  /** See {@link CallLogError.retryable}. */
  retryable: boolean;
  /** The error that the body was refused with, if it was refused. */
  cause?: unknown;
}

/**
 * An answer of the Call Log without records: an error that the service reports, or a body that is
 * not an answer. The message says what was wrong and what to do about it.
 *
 * @example
 * ```ts
 * import { CallLogError, parseCallLog } from 'voicenter-cdr/call-log';
 *
 * try {
 *   parseCallLog('{"ERROR_NUMBER":1,"STATUS_CODE":403}');
 * } catch (error) {
 *   if (error instanceof CallLogError) console.log(error.number, error.retryable); // 1 true
 * }
 * ```
 */
export class CallLogError extends Error {
  /** Always `CallLogError`. */
  override readonly name: 'CallLogError';
  /**
   * The service's number for the error, such as 1 for too many requests. Wire key `ERROR_NUMBER`;
   * null for a body that is not an answer.
   */
  readonly number: number | null;
  /** The status inside the answer, such as 403. Wire key `STATUS_CODE`; null if none was sent. */
  readonly status: number | null;
  /**
   * Whether the same request can succeed later: after too many requests (wait five seconds), an
   * unknown error with a status of 500 or more, or a body that is not an answer.
   */
  readonly retryable: boolean;

  constructor(
    message: string,
    { number = null, status = null, retryable, cause }: CallLogErrorFacts,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CallLogError'; // as in CdrParseError
    this.number = number;
    this.status = status;
    this.retryable = retryable;
  }
}

/** The errors that the service reports, and what to do about each. */
const SERVICE_ERRORS: Readonly<Record<number, string>> = {
  1: 'too many requests: wait five seconds and try again',
  2: 'the code is wrong: copy it from CPanel',
  4: "this machine's address is not listed: add it in CPanel, or use a token",
  5: 'the dates are wrong',
};

const TOO_MANY_REQUESTS = 1;

/** The error for an answer that reports one. */
export function serviceError(
  number: number,
  status: number | null,
  description: string | null,
): CallLogError {
  const known = SERVICE_ERRORS[number];
  const retryable =
    number === TOO_MANY_REQUESTS || (known === undefined && status !== null && status >= 500);
  const advice =
    known ?? (retryable ? 'unknown to this version: try again' : 'unknown to this version');
  const said = description === null ? '' : `; the service says "${excerpt(description)}"`;
  return new CallLogError(`The Call Log answered with error ${number}, ${advice}${said}`, {
    number,
    status,
    retryable,
  });
}

/** The error for a body that is not an answer, such as an error page or a truncated answer. */
export function notAnAnswer(what: string, cause?: unknown): CallLogError {
  return new CallLogError(`${what}: try again`, { retryable: true, cause });
}
