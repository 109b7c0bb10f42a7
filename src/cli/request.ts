import { printable } from '../errors.js';
import { type CdrFormat, detectFormat } from '../index.js';
import { parseAck } from '../testing.js';
import { FORMAT_NAMES } from './formats.js';

/** A request as Voicenter would send it. */
export interface EncodedRequest {
  body: Uint8Array;
  contentType: string | null;
}

/** A request with a name to show. For a captured body: its file, and its line if there are several. */
export interface NamedRequest extends EncodedRequest {
  name: string;
}

/** The result of a request, and how Voicenter would judge it. */
export interface Delivery {
  /** Whether Voicenter would consider the record delivered. */
  accepted: boolean;
  /** The `err` of a valid answer in time, with status 200 in the right format; null otherwise. */
  err: number | null;
  /** What came back, in a few words. */
  received: string;
  milliseconds: number;
  /** Whether no answer came in time. */
  timedOut: boolean;
  /** Whether the connection failed. */
  unreachable: boolean;
}

/** In seconds. All that the vendor publishes is that Voicenter waits "a few seconds". */
export const DEFAULT_TIMEOUT = '5';

/** Sends a request and judges the answer as Voicenter would. Never throws. */
export async function deliver(
  url: URL,
  { body, contentType }: EncodedRequest,
  timeoutSeconds: number,
  method: 'POST' | 'GET' = 'POST',
): Promise<Delivery> {
  const began = performance.now();
  const result = (received: string, rest: Partial<Delivery> = {}): Delivery => ({
    accepted: false,
    err: null,
    received,
    milliseconds: Math.round(performance.now() - began),
    timedOut: false,
    unreachable: false,
    ...rest,
  });
  try {
    const response = await fetch(url, {
      method,
      headers: {
        'user-agent': 'voicenter-cdr',
        ...(contentType !== null && { 'content-type': contentType }),
      },
      body: method === 'GET' ? null : Uint8Array.from(body),
      redirect: 'manual', // Voicenter does not follow redirects
      signal: AbortSignal.timeout(timeoutMs(timeoutSeconds)),
    });
    const answer = await response.arrayBuffer();
    if (response.status !== 200) return result(`status ${response.status}`);
    return result(
      '',
      judge(answer, response.headers.get('content-type'), detectFormat(body, contentType)),
    );
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
    if (timedOut) return result(`no answer within ${timeoutSeconds} s`, { timedOut });
    return result(failureOf(error), { unreachable: true });
  }
}

/** The longest time that a timer of Node can wait; a longer one would fire at once. */
const MAX_TIMEOUT = 2 ** 31 - 1;

/** A timer takes whole milliseconds. */
function timeoutMs(seconds: number): number {
  return Math.min(Math.ceil(seconds * 1000), MAX_TIMEOUT);
}

/** Judges an answer with status 200 as Voicenter would. */
function judge(
  answer: ArrayBuffer,
  contentType: string | null,
  expected: CdrFormat | null,
): Partial<Delivery> {
  try {
    const { err, errdesc, format } = parseAck(answer, contentType);
    if (expected !== null && format !== expected) {
      const received = `err ${err} in ${FORMAT_NAMES[format]}, not in ${FORMAT_NAMES[expected]}`;
      return { received };
    }
    const words = printable(errdesc);
    return {
      accepted: err === 0,
      err,
      received: `err ${err}${words === '' ? '' : `: ${words}`}`,
    };
  } catch (error) {
    const reason = error instanceof Error ? printable(error.message) : '';
    return { received: `no valid answer: ${reason}` };
  }
}

/** Why there was no answer; fetch puts the reason in `cause`. */
function failureOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return 'no answer';
  const code = 'code' in cause ? String(cause.code) : '';
  return REASONS[code] ?? (printable(cause.message) || code || 'no answer');
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'host not found',
  ECONNRESET: 'the receiver hung up',
  UND_ERR_SOCKET: 'the receiver hung up',
};
