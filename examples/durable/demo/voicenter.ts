import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { CdrFormat } from 'voicenter-cdr';
import Deserializer from 'xmlrpc/lib/deserializer.js';
import type { Delivery } from './traffic.js';

/** How the requests ended. */
export interface Tally {
  sent: number;
  acknowledged: number;
  /** Answered, but not with err 0. */
  notAcknowledged: number;
  /** The connection broke while the request was under way. */
  cutOff: number;
  /** The connection was refused. */
  notConnected: number;
  /** Not answered in time. */
  timedOut: number;
  /** Sent once more although already acknowledged. */
  again: number;
}

type Outcome = Exclude<keyof Tally, 'sent' | 'again'>;

/** How many requests are in flight at a time. */
const CONCURRENCY = 16;
/** How long an answer may take, and how long to wait before a retry, in milliseconds. */
const TIMEOUT = 10_000;
const INTERVAL = 100;
/** Ends the demo if the receiver never acknowledges. */
const MAX_ATTEMPTS = 600;

/**
 * Sends as Voicenter does: what is not acknowledged is resent later. Every eighth delivery is sent
 * once more after it was acknowledged, as if the answer had been lost. Resolves when all are
 * acknowledged.
 */
export async function sendAll(
  deliveries: Delivery[],
  url: string,
  onAcknowledged: (tally: Tally) => void,
): Promise<Tally> {
  const tally: Tally = {
    sent: 0,
    acknowledged: 0,
    notAcknowledged: 0,
    cutOff: 0,
    notConnected: 0,
    timedOut: 0,
    again: 0,
  };
  const waiting = deliveries.map((delivery, index) => ({
    delivery,
    again: index % 8 === 0,
    tries: 0,
  }));

  async function sendNext(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      tally.sent++;
      const outcome = await send(next.delivery, url);
      tally[outcome]++;
      if (outcome !== 'acknowledged') {
        if (next.tries === MAX_ATTEMPTS)
          throw new Error(`Not acknowledged in ${MAX_ATTEMPTS} tries`);
        waiting.push({ ...next, tries: next.tries + 1 });
        await wait(INTERVAL);
        continue;
      }
      if (next.again) {
        tally.again++;
        waiting.push({ ...next, again: false });
      }
      onAcknowledged(tally);
    }
  }

  await Promise.all(Array.from({ length: CONCURRENCY }, sendNext));
  return tally;
}

async function send({ body, contentType, format }: Delivery, url: string): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const text = await response.text();
    const inFormat = response.headers.get('content-type')?.startsWith(contentType);
    return response.status === 200 && inFormat && (await errOf[format](text)) === 0
      ? 'acknowledged'
      : 'notAcknowledged';
  } catch (error) {
    if (error instanceof DOMException) return 'timedOut'; // thrown by AbortSignal.timeout
    return codeOf(error) === 'ECONNREFUSED' ? 'notConnected' : 'cutOff';
  }
}

/** fetch throws a TypeError whose cause has the code of the socket's error. */
function codeOf(error: unknown): unknown {
  const cause = error instanceof TypeError ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}

/** Reads the err of an answer, with parsers that are not the package's own. */
const errOf: Record<CdrFormat, (answer: string) => unknown> = {
  json: (answer) => JSON.parse(answer).err,
  form: (answer) => Number(new URLSearchParams(answer).get('err') ?? Number.NaN),
  'xml-rpc': (answer) =>
    new Promise((resolve, reject) => {
      new Deserializer().deserializeMethodResponse(Readable.from([answer]), (error, value) =>
        error ? reject(error) : resolve((value as { err: unknown }).err),
      );
    }),
};
