import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { type Cdr, parseCdr } from 'voicenter-cdr';
import { encodeCallLog, type WireCdr } from 'voicenter-cdr/testing';

/** How the Call Log for tests behaves. */
export interface CallLogBehaviour {
  /** The records, as they would be pushed. */
  records: WireCdr[];
  /** The time in milliseconds, so that tests need not wait for the limits. */
  now: () => number;
  /** The most records in one answer. The vendor's has 10 000. */
  most?: number;
  keys?: 'lower' | 'pascal';
  /** Whether the server's own address is listed; a token needs no listed address. */
  isListed?: boolean;
  /** The failures before it works: a body to answer, or a connection that is just closed. */
  failures?: (string | 'hang up')[];
}

const CODE = 'account-code';
const TOKEN = 'account-token';

/** Ways to authenticate. The last one is wrong. */
export const AUTHS = { code: { code: CODE }, token: { token: TOKEN }, wrong: { code: 'other' } };

const ERRORS = {
  1: { STATUS_CODE: 403, ERROR_DESCRIPTION: 'Too many requests' },
  2: { STATUS_CODE: 403, ERROR_DESCRIPTION: 'Wrong code' },
  4: { STATUS_CODE: 403, ERROR_DESCRIPTION: 'IP address not allowed' },
  5: { STATUS_CODE: 404, ERROR_DESCRIPTION: 'Bad dates' },
};
type ErrorNumber = keyof typeof ERRORS;

const MINUTE = 60_000;
/** How long it refuses requests after one too many. */
const PENALTY = 5_000;

/**
 * A Call Log on a real port that behaves like the vendor's: 30 requests a minute, at most 10 000
 * records an answer and no paging, its errors, keys in either case.
 */
export async function startCallLog(behaviour: CallLogBehaviour) {
  const { records, now, most = 10_000, keys = 'lower', isListed = true } = behaviour;
  const failures = [...(behaviour.failures ?? [])];
  const starts = records.map((record) => ({ record, start: startOf(parseCdr(record)) }));
  const accepted: number[] = [];
  let deafUntil = 0;

  function isTooMany(): boolean {
    const isBusy = accepted.filter((time) => time > now() - MINUTE).length >= 30;
    if (isBusy) deafUntil = now() + PENALTY;
    if (now() < deafUntil) return true;
    accepted.push(now());
    return false;
  }

  async function answer(request: IncomingMessage): Promise<string | ErrorNumber> {
    const { code, search } = (await json(request)) as Asked;
    if (isTooMany()) return 1;
    const hasToken = request.headers.authorization === `Bearer ${TOKEN}`;
    if (!hasToken && code !== CODE) return 2;
    if (!hasToken && !isListed) return 4;
    const [from, to] = [search?.fromdate, search?.todate].map(instantOf);
    if (from === undefined || to === undefined || !(from <= to)) return 5;
    const hits = starts.filter(({ start }) => start >= from && start <= to);
    const sent = hits.slice(0, most).map(({ record }) => record);
    return encodeCallLog(sent, { keys, total: hits.length }).body;
  }

  const server = createServer(async (request, response) => {
    const failure = failures.shift();
    if (failure === 'hang up') return request.destroy();
    const answered = failure ?? (await answer(request).catch(String));
    if (typeof answered === 'string') return response.end(answered);
    const error = { ERROR_NUMBER: answered, ...ERRORS[answered], CDR_LIST: [] };
    return response.writeHead(error.STATUS_CODE).end(JSON.stringify(error));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hub/cdr/`, accepted, close: () => server.close() };
}

interface Asked {
  code?: string;
  search?: { fromdate?: string; todate?: string };
}

/** Accepts only ISO 8601 without a zone, in GMT. Anything else is a bad date. */
function instantOf(date: string | undefined): number | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(date ?? '') ? Date.parse(`${date}Z`) : undefined;
}

function startOf({ startedAt }: Cdr): number {
  return startedAt.getTime();
}
