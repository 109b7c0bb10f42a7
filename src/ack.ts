import { CODECS } from './codec/index.js';
import { type CdrFormat, CdrParseError } from './errors.js';

/** The answer that Voicenter waits for. */
export interface Ack {
  /** Always 200: what went wrong is in the body. */
  status: 200;
  /** The headers to send. */
  headers: {
    /** The media type of the format, with its charset. */
    'content-type': string;
  };
  /** The body to send, in UTF-8. */
  body: string;
  /** 0 received, 1 the body could not be read, 2 the application failed. On 1 and 2 Voicenter sends the record again. */
  err: 0 | 1 | 2;
  /** What `err` says, in words. */
  errdesc: string;
}

/** How to word and spell an answer. */
export interface AckOptions {
  /** The words to send, instead of those that follow from `err`. */
  errdesc?: string;
  /** The spelling of the two keys: `err` and `errdesc` (the default), or `Err` and `Errdesc`. */
  keys?: 'lower' | 'pascal';
}

const KEYS = {
  lower: ['err', 'errdesc'],
  pascal: ['Err', 'Errdesc'],
} as const;

const ERRDESC = { 0: 'OK', 1: 'Parse error', 2: 'Application error' } as const;

/**
 * Builds the answer that Voicenter waits for. Never throws, and never repeats the message of an
 * error that is not this package's own.
 *
 * @param err undefined, null or 0: received; a {@link CdrParseError} or 1: the body could not be
 * read; 2 or anything else, such as an error that was caught: the application failed
 * @param format the format of the request; by default the CdrParseError's own, else `'json'`
 *
 * @example
 * ```ts
 * import { buildAck } from 'voicenter-cdr';
 *
 * console.log(buildAck().body); // {"err":0,"errdesc":"OK"}
 * console.log(buildAck(new Error('password rejected'), 'form').body); // err=2&errdesc=Application%20error
 * ```
 */
export function buildAck(err?: unknown, format?: CdrFormat | null, options: AckOptions = {}): Ack {
  const refused = asParseError(err);
  const code = refused ? 1 : codeOf(err);
  const errdesc = options.errdesc ?? refused?.message ?? ERRDESC[code];
  const codec = CODECS[format ?? refused?.format ?? 'json'];
  const [codeKey, textKey] = KEYS[options.keys ?? 'lower'];
  return {
    status: 200,
    headers: { 'content-type': codec.contentType },
    body: codec.encode({ [codeKey]: code, [textKey]: errdesc }),
    err: code,
    errdesc,
  };
}

function codeOf(err: unknown): 0 | 1 | 2 {
  if (err === undefined || err === null || err === 0) return 0;
  return err === 1 ? 1 : 2;
}

function asParseError(err: unknown): CdrParseError | undefined {
  try {
    if (err instanceof CdrParseError) return err;
  } catch {
    // A revoked proxy cannot be looked at; it is nobody's parse error.
  }
  return undefined;
}
