import { setTimeout as sleep } from 'node:timers/promises';
import { cdrKey } from 'voicenter-cdr';
import {
  CallLogError,
  type CallLogPage,
  type CallLogQuery,
  callLogRequest,
  parseCallLog,
  splitPeriod,
} from 'voicenter-cdr/call-log';
import type { Store } from './durable/store.js';

/** The result of a reconciliation. */
export interface Reconciliation {
  /** How many requests were made. */
  requests: number;
  /** How many records the Call Log returned. */
  pulled: number;
  /** How many of them the push had missed. They are stored now. */
  missed: number;
  /** How many records could not be read and were set aside. */
  refused: number;
  /** The seconds with more records than one answer holds. The rest of their records is unknown. */
  incomplete: Date[];
}

interface Settings {
  /** The address of a Call Log for tests. */
  url?: string;
  /** Waits for some milliseconds. Tests can skip the wait. */
  wait?: (milliseconds: number) => Promise<unknown>;
}

/** The Call Log accepts 30 requests a minute. All times here are in milliseconds. */
const BETWEEN_REQUESTS = 2_000;
/** How long the Call Log asks to wait after too many requests. */
const BEFORE_RETRY = 5_000;
const MAX_ATTEMPTS = 5;
/** An answer of ten thousand records takes a while. */
const TIMEOUT = 120_000;

/**
 * Pulls the records of a period and stores the missing ones. Stored records stay unchanged, since a
 * push contains more than a pull. A push that arrives later is merged over the pulled record.
 *
 * @throws CallLogError when the Call Log refuses, or fails five times in a row
 */
export async function reconcile(
  store: Pick<Store, 'missing' | 'save' | 'setAside'>,
  query: CallLogQuery,
  { url: testUrl, wait = sleep }: Settings = {},
): Promise<Reconciliation> {
  const found: Reconciliation = { requests: 0, pulled: 0, missed: 0, refused: 0, incomplete: [] };
  const seen = new Set<string>();

  async function request(from: Date, to: Date): Promise<CallLogPage> {
    if (found.requests > 0) await wait(BETWEEN_REQUESTS);
    found.requests++;
    const { url, ...init } = callLogRequest({ ...query, from, to });
    const signal = AbortSignal.timeout(TIMEOUT);
    const response = await fetch(testUrl ?? url, { ...init, signal });
    return parseCallLog(await response.arrayBuffer()); // errors are in the body, whatever the status
  }

  async function retry(from: Date, to: Date): Promise<CallLogPage> {
    for (let tries = 1; ; tries++) {
      try {
        return await request(from, to);
      } catch (error) {
        // Other errors are from fetch: the connection failed, and a retry may succeed.
        const isFinal = error instanceof CallLogError && !error.retryable;
        if (isFinal || tries === MAX_ATTEMPTS) throw error;
        await wait(BEFORE_RETRY);
      }
    }
  }

  async function pull(from: Date, to: Date): Promise<void> {
    const page = await retry(from, to);
    const halves = page.truncated ? splitPeriod(from, to) : [];
    for (const half of halves) await pull(...half);
    if (halves.length > 0) return;
    if (page.truncated) found.incomplete.push(from);
    await storeMissing(page);
  }

  async function storeMissing({ cdrs, refused }: CallLogPage): Promise<void> {
    const byKey = new Map(cdrs.map((cdr) => [cdrKey(cdr), cdr]));
    for (const key of await store.missing([...byKey.keys()])) {
      const cdr = byKey.get(key);
      if (!cdr) continue;
      await store.save(cdr, requestOf(cdr.raw));
      found.missed++;
    }
    for (const { record, error } of refused) await store.setAside(requestOf(record), error);
    for (const key of byKey.keys()) seen.add(key);
    found.pulled = seen.size;
    found.refused += refused.length;
  }

  await pull(query.from, query.to);
  return found;
}

/** A request with only this record, to be set aside if the record cannot be stored. */
function requestOf(record: unknown) {
  return { body: JSON.stringify(record), contentType: 'application/json' };
}
