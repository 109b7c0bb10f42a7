import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CALL_TYPES,
  type Cdr,
  type CdrRequest,
  cdrKey,
  mergeCdr,
  parseCdr,
  receiveCdr,
} from 'voicenter-cdr';
import type { CallLogQuery } from 'voicenter-cdr/call-log';
import { encodeCdr, sampleCdr, type WireCdr } from 'voicenter-cdr/testing';
import { openPlace, temporaryFolder, temporarySchema } from '../../examples/durable/demo/place.js';
import { reconcile } from '../../examples/reconcile.js';
import { AUTHS, type CallLogBehaviour, startCallLog } from '../call-log-server.js';
import { databaseUrl, hasPostgres } from '../services.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One summer day in Israel, where UTC is three hours behind. */
const DAY: CallLogQuery = {
  auth: AUTHS.code,
  from: new Date('2024-06-09T21:00:00Z'),
  to: new Date('2024-06-10T21:00:00Z'),
};
const SECONDS = 24 * 60 * 60;
const MIDNIGHT = Date.UTC(2024, 5, 10) / 1000;

/** Records of every type, spread over the day; `time` is the wall clock in Israel. */
function recordsOfDay(count: number): WireCdr[] {
  const types = Object.keys(CALL_TYPES);
  return Array.from({ length: count }, (_, index) => {
    const second = Math.floor((index * SECONDS) / count);
    const clock = new Date((MIDNIGHT + second) * 1000).toISOString().replace(/\D/g, '');
    return sampleCdr(types[index % types.length] ?? '', index % 3 ? 'ANSWER' : 'NOANSWER', {
      ivruniqueid: `${clock.slice(0, 14)}${index}`,
      time: MIDNIGHT + second,
    });
  });
}

/** A store in memory. */
function memoryStore() {
  const cdrs = new Map<string, Cdr>();
  const aside: CdrRequest[] = [];
  return {
    cdrs,
    aside,
    async save(cdr: Cdr) {
      const stored = cdrs.get(cdrKey(cdr));
      cdrs.set(cdrKey(cdr), stored ? mergeCdr(stored, cdr) : cdr);
    },
    async setAside(request: CdrRequest) {
      aside.push(request);
    },
    async missing(keys: string[]) {
      return new Set(keys.filter((key) => !cdrs.has(key)));
    },
  };
}

let clock = 0;
let waits: number[] = [];
const wait = async (milliseconds: number) => {
  waits.push(milliseconds);
  clock += milliseconds;
};
let close: (() => void) | undefined;
beforeEach(() => {
  clock = 1_000_000;
  waits = [];
});
afterEach(() => close?.());

async function callLog(behaviour: Omit<CallLogBehaviour, 'now'>) {
  const server = await startCallLog({ now: () => clock, ...behaviour });
  close = server.close;
  return server;
}

describe('reconcile', () => {
  it('stores what is missing, and leaves the rest', async () => {
    const records = recordsOfDay(40);
    const { url } = await callLog({ records });
    const store = memoryStore();
    const pushed = records.slice(0, 30).map((record) => parseCdr(record));
    for (const cdr of pushed) await store.save(cdr);
    expect(await reconcile(store, DAY, { url, wait })).toEqual({
      requests: 1,
      pulled: 40,
      missed: 10,
      refused: 0,
      incomplete: [],
    });
    expect([...store.cdrs.keys()].sort()).toEqual(
      records.map((record) => cdrKey(parseCdr(record))).sort(),
    );
    for (const cdr of pushed) expect(store.cdrs.get(cdrKey(cdr))).toBe(cdr);
    expect((await reconcile(store, DAY, { url, wait })).missed).toBe(0);
  });

  it('merges a late push over what was pulled', async () => {
    const [record = {}] = recordsOfDay(1);
    const { url } = await callLog({ records: [record] });
    const store = memoryStore();
    await reconcile(store, DAY, { url, wait });
    const pushed = parseCdr(record);
    await store.save(pushed);
    expect(store.cdrs.size).toBe(1);
    expect(store.cdrs.get(cdrKey(pushed))).toMatchObject({
      ivr: pushed.ivr,
      callerCountry: 'Israel',
      topDepartment: pushed.topDepartment,
    });
  });

  it('pulls a day of more than 10 000 records in halves', async () => {
    const records = recordsOfDay(10_500);
    const { url } = await callLog({ records, keys: 'pascal' });
    const store = memoryStore();
    const found = await reconcile(store, DAY, { url, wait });
    expect(found).toMatchObject({ requests: 3, pulled: 10_500, missed: 10_500, incomplete: [] });
  }, 60_000);

  it('stays within 30 requests a minute, however many it needs', async () => {
    const { url, accepted } = await callLog({ records: recordsOfDay(2000), most: 30 });
    const found = await reconcile(memoryStore(), DAY, { url, wait });
    expect(found).toMatchObject({ missed: 2000, incomplete: [] });
    expect(found.requests).toBeGreaterThan(100);
    expect(accepted).toHaveLength(found.requests); // none was refused
  });

  it('waits five seconds after too many requests by others', async () => {
    const { url, accepted } = await callLog({ records: recordsOfDay(3) });
    accepted.push(...Array.from({ length: 30 }, () => clock - 58_000));
    const found = await reconcile(memoryStore(), DAY, { url, wait });
    expect(found).toMatchObject({ requests: 2, missed: 3 });
    expect(waits).toEqual([5_000, 2_000]);
  });

  it('retries after a body that is not an answer', async () => {
    const failures = ['<h1>502 Bad Gateway</h1>', '', '{"ERROR_NUMBER":0,"CDR_LIST":[{', 'hang up'];
    const { url } = await callLog({ records: recordsOfDay(3), failures });
    const found = await reconcile(memoryStore(), DAY, { url, wait });
    expect(found).toMatchObject({ requests: 5, missed: 3 });
  });

  it('gives up after five failures in a row', async () => {
    const { url } = await callLog({ records: [], failures: Array(9).fill('<h1>503</h1>') });
    await expect(reconcile(memoryStore(), DAY, { url, wait })).rejects.toThrow(
      'The answer is HTML or XML, not JSON: try again',
    );
    expect(waits.filter((milliseconds) => milliseconds === 5_000)).toHaveLength(4);
  });

  it.each([
    ['a wrong code', AUTHS.wrong, true, 2],
    ['an address that is not listed', AUTHS.code, false, 4],
  ])('does not retry after %s', async (_, auth, isListed, number) => {
    const { url } = await callLog({ records: [], isListed });
    const pulled = reconcile(memoryStore(), { ...DAY, auth }, { url, wait });
    await expect(pulled).rejects.toMatchObject({ name: 'CallLogError', number });
    expect(waits).toEqual([]);
  });

  it('needs no listed address if it has a token', async () => {
    const { url } = await callLog({ records: recordsOfDay(3), isListed: false });
    const found = await reconcile(memoryStore(), { ...DAY, auth: AUTHS.token }, { url, wait });
    expect(found.missed).toBe(3);
  });

  it('sets aside unreadable records', async () => {
    const [record = {}] = recordsOfDay(1);
    const failures = [JSON.stringify({ CDR_LIST: [{ CallID: 'a' }, null] })];
    const { url } = await callLog({ records: [record], failures });
    const store = memoryStore();
    expect(await reconcile(store, DAY, { url, wait })).toMatchObject({ refused: 2, missed: 0 });
    expect(store.aside.map(({ body }) => body)).toEqual(['{"CallID":"a"}', 'null']);
  });

  it('reports a second with more records than an answer holds', async () => {
    const [record = {}] = recordsOfDay(1);
    const records = ['a', 'b', 'c'].map((ivruniqueid) => ({ ...record, ivruniqueid }));
    const { url } = await callLog({ records, most: 2 });
    const found = await reconcile(memoryStore(), DAY, { url, wait });
    expect(found.missed).toBe(2);
    expect(found.incomplete.map(Number)).toContain(DAY.from.getTime());
  });
});

/** Returns a generator of numbers from 0 to 1, the same in each run (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe.each([
  ['PGlite', true, temporaryFolder],
  ['the Postgres of DATABASE_URL', hasPostgres, () => temporarySchema(databaseUrl)],
])('push plus pull, in %s', (_, there, makePlace) => {
  it.skipIf(!there)(
    'loses no record if pushes are dropped at random',
    async () => {
      const records = recordsOfDay(2000);
      const random = randomNumbers(15);
      const place = await makePlace();
      const store = await openPlace(place.where);
      const { save, setAside } = store;
      let dropped = 0;
      for (const record of records) {
        if (random() < 0.1) {
          dropped++;
          continue;
        }
        const { body, contentType } = encodeCdr(record, 'json');
        expect((await receiveCdr(body, contentType, { save, setAside })).err).toBe(0);
      }

      const { url } = await callLog({ records, most: 500 });
      const found = await reconcile(store, DAY, { url, wait });
      const { cdrs } = await store.cdrs();
      await store.close();
      await place.remove();
      expect(found).toMatchObject({ pulled: 2000, missed: dropped, refused: 0, incomplete: [] });
      expect(cdrs.map((cdr) => cdrKey(cdr)).sort()).toEqual(
        records.map((record) => cdrKey(parseCdr(record))).sort(),
      );

      const document = readFileSync(`${root}docs/reliability.md`, 'utf8');
      expect(document).toContain(
        `of 2000 records ${dropped} are missing, and ${found.requests} requests (500 records per answer) bring back all ${dropped}`,
      );
    },
    120_000,
  );
});

describe('reconcile-cron', () => {
  const run = promisify(execFile);
  const cron = (env: Record<string, string>) =>
    run(process.execPath, ['--import', 'tsx', 'examples/reconcile-cron.ts'], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: '', ...env },
    });

  it('exits with 1, and says what it needs', async () => {
    await expect(cron({})).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Set DATABASE_URL, and VOICENTER_TOKEN or VOICENTER_CODE'),
    });
  }, 60_000);

  it.skipIf(!hasPostgres)(
    'stores what is missing of the last hours',
    async () => {
      const [record = {}] = recordsOfDay(1);
      const recent = { ...record, ivruniqueid: 'recent', time: new Date().toISOString() };
      const { url } = await callLog({ records: [recent, record] });
      const place = await temporarySchema(databaseUrl);
      const env = {
        VOICENTER_TOKEN: AUTHS.token.token,
        DATABASE_URL: place.where,
        CALL_LOG_URL: url,
      };
      const first = await cron(env);
      const second = await cron(env);
      await place.remove();
      expect(first.stdout).toContain('{ requests: 1, pulled: 1, missed: 1, refused: 0 }');
      expect(second.stdout).toContain('{ requests: 1, pulled: 1, missed: 0, refused: 0 }');
    },
    60_000,
  );
});
