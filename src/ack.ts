import { CODECS } from './codec/index.js';
import { type CdrFormat, CdrParseError, MESSAGE_LENGTH, shorten } from './errors.js';
import { isRecord } from './record.js';

/** The answer that Voicenter waits for. */
export interface Ack {
  /** Always 200. Errors are reported in the body. */
  status: 200;
  /** The headers to send. */
  headers: {
    /** The media type of the format, with its charset. */
    'content-type': string;
  };
  /** The body to send, in UTF-8. */
  body: string;
  /**
   * 0 received, 1 the body could not be read, 2 the application failed. On 1 and 2 Voicenter
   * resends the record.
   */
  err: 0 | 1 | 2;
  /** A description of `err`, at most 300 characters. */
  errdesc: string;
}

/** The wording of an answer, and the spelling of its keys. */
export interface AckOptions {
  /** The description to send instead of the default one. Cut to 300 characters. */
  errdesc?: string | undefined;
  /** The spelling of the two keys: `err` and `errdesc` (the default), or `Err` and `Errdesc`. */
  keys?: 'lower' | 'pascal' | undefined;
}

const KEYS = {
  lower: ['err', 'errdesc'],
  pascal: ['Err', 'Errdesc'],
} as const;

const ERRDESC = { 0: 'OK', 1: 'Parse error', 2: 'Application error' } as const;

/** The `err` of an answer, and the error that caused it, if any. */
interface Verdict {
  err: 0 | 1 | 2;
  error?: CdrParseError | undefined;
}

const RECEIVED: Verdict = { err: 0 };
const APPLICATION_FAILED: Verdict = { err: 2 };

/** Rejects a format as the first argument of {@link buildAck}. The text shows up in the error. */
type NotAFormat<E> =
  Extract<E, CdrFormat> extends never ? unknown : 'the format is the second argument';

/**
 * Builds the answer that Voicenter waits for. Never throws. The only error message that it sends is
 * that of a {@link CdrParseError}.
 *
 * | `err` | answer |
 * | --- | --- |
 * | undefined, null, 0, or a successful result | 0, received |
 * | a {@link CdrParseError}, a failed result, or 1 | 1, the body could not be read |
 * | a list of results | 0 if all succeeded, else 1 |
 * | 2 or anything else, such as a caught error | 2, the application failed |
 *
 * @param err what happened; see the table
 * @param format the format of the request; by default the CdrParseError's own, else `'json'`
 *
 * @example
 * ```ts
 * import { buildAck, safeParseCdr } from 'voicenter-cdr';
 *
 * console.log(buildAck().body); // {"err":0,"errdesc":"OK"}
 * console.log(buildAck(new Error('password rejected'), 'form').body); // err=2&errdesc=Application%20error
 * console.log(buildAck(safeParseCdr('{')).body); // {"err":1,"errdesc":"The body is not valid JSON"}
 * ```
 */
export function buildAck<const E extends NotAFormat<E>>(
  err?: E,
  format?: CdrFormat | null,
  options: AckOptions = {},
): Ack {
  const verdict = tryOr(() => verdictOn(err), APPLICATION_FAILED);
  const { message, format: ownFormat } = tryOr(() => partsOf(verdict.error), {});
  const wanted = tryOr(() => ({ ...options }), {});
  const words = text(wanted.errdesc) ?? text(message) ?? ERRDESC[verdict.err];
  const errdesc = shorten(words, MESSAGE_LENGTH);
  const codec = entry(CODECS, format) ?? entry(CODECS, ownFormat) ?? CODECS.json;
  const [errKey, errdescKey] = entry(KEYS, wanted.keys) ?? KEYS.lower;
  return {
    status: 200,
    headers: { 'content-type': codec.contentType },
    body: codec.encode({ [errKey]: verdict.err, [errdescKey]: errdesc }),
    err: verdict.err,
    errdesc,
  };
}

function verdictOn(err: unknown): Verdict {
  if (err === undefined || err === null || err === 0) return RECEIVED;
  if (err === 1) return { err: 1 };
  if (err instanceof CdrParseError) return { err: 1, error: err };
  if (Array.isArray(err)) {
    const verdicts = err.map(verdictOnResult);
    return (
      verdicts.find((verdict) => verdict.err === 2) ??
      verdicts.find((verdict) => verdict.err === 1) ??
      RECEIVED
    );
  }
  return verdictOnResult(err);
}

/** The verdict on a SafeParseResult. Anything else counts as an application failure. */
function verdictOnResult(result: unknown): Verdict {
  if (!isRecord(result)) return APPLICATION_FAILED;
  const { success, data, error } = result;
  if (success === true && isRecord(data)) return RECEIVED;
  if (success === false && error instanceof CdrParseError) return { err: 1, error };
  return APPLICATION_FAILED;
}

/** The parts of an error that the answer uses. Read once: a getter can throw or change its mind. */
function partsOf(error: CdrParseError | undefined): { message?: unknown; format?: unknown } {
  return { message: error?.message, format: error?.format };
}

/** The result of fn, or the fallback if it throws, for example on a revoked proxy. */
function tryOr<T>(fn: () => T, fallback: T): T {
  try {
    return fn();
  } catch {
    return fallback;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function entry<T>(table: Readonly<Record<string, T>>, name: unknown): T | undefined {
  return typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : undefined;
}
