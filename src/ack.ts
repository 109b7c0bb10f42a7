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
  errdesc?: string | undefined;
  /** The spelling of the two keys: `err` and `errdesc` (the default), or `Err` and `Errdesc`. */
  keys?: 'lower' | 'pascal' | undefined;
}

const KEYS = {
  lower: ['err', 'errdesc'],
  pascal: ['Err', 'Errdesc'],
} as const;

const ERRDESC = { 0: 'OK', 1: 'Parse error', 2: 'Application error' } as const;

/**
 * Builds the answer that Voicenter waits for. Never throws, whatever it is given, and never repeats
 * the message of an error that is not this package's own.
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
  const isRefusal = attempt(() => err instanceof CdrParseError) ?? false;
  const refusal = attempt(() =>
    err instanceof CdrParseError ? { message: err.message, format: err.format } : undefined,
  );
  const wanted = attempt(() => ({ ...options }));
  const code = isRefusal ? 1 : codeOf(err);
  const errdesc = text(wanted?.errdesc) ?? text(refusal?.message) ?? ERRDESC[code];
  const codec = entry(CODECS, format) ?? entry(CODECS, refusal?.format) ?? CODECS.json;
  const [codeKey, textKey] = entry(KEYS, wanted?.keys) ?? KEYS.lower;
  return {
    status: 200,
    headers: { 'content-type': codec.contentType },
    body: codec.encode({ [codeKey]: code, [textKey]: errdesc }),
    err: code,
    errdesc,
  };
}

/** What a look at a stranger's object gives; undefined where it throws, as a revoked proxy does. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function entry<T>(table: Readonly<Record<string, T>>, name: unknown): T | undefined {
  return typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : undefined;
}

function codeOf(err: unknown): 0 | 1 | 2 {
  if (err === undefined || err === null || err === 0) return 0;
  return err === 1 ? 1 : 2;
}
