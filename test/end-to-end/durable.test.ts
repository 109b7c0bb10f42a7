import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CdrRequest, cdrKey, mergeCdr, parseCdr } from 'voicenter-cdr';
import {
  openPlace,
  type Place,
  temporaryFolder,
  temporarySchema,
} from '../../examples/durable/demo/place.js';
import { bodyOf } from '../../examples/durable/demo/verify.js';
import { openPostgres } from '../../examples/durable/postgres.js';
import { openStore, type Store } from '../../examples/durable/store.js';
import { createReceiver } from '../../examples/node-http.js';
import { CONTENT_TYPES, minimal, QUEUE, type Wire, withoutTransport } from '../records.js';
import { databaseUrl, hasPostgres } from '../services.js';

const requestOf = (body: string | Uint8Array, contentType = CONTENT_TYPES.json): CdrRequest => ({
  body: Buffer.from(body),
  contentType,
});

describe.each<[database: string, there: boolean, place: () => Promise<Place>]>([
  ['PGlite', true, temporaryFolder],
  ['the Postgres of DATABASE_URL', hasPostgres, () => temporarySchema(databaseUrl)],
])('the store in %s', (_, there, makePlace) => {
  describe.skipIf(!there)('(if there is one)', () => {
    let place: Place;
    let store: Store;

    beforeAll(async () => {
      place = await makePlace();
      store = await openPlace(place.where);
    }, 60_000);
    afterAll(async () => {
      await store.close();
      await place.remove();
    });

    async function save(record: Wire | string): Promise<void> {
      const body = typeof record === 'string' ? record : JSON.stringify(record);
      await store.save(parseCdr(body), requestOf(body));
    }
    const stored = async (callId: string) =>
      (await store.cdrs()).cdrs.filter((cdr) => cdr.callId === callId);
    async function setAside(text: string): Promise<string[]> {
      const lines: string[] = [];
      for await (const line of store.captures()) {
        if (bodyOf(line).includes(text)) lines.push(line);
      }
      return lines;
    }

    it('returns a record unchanged', async () => {
      await save(QUEUE);
      const expected = JSON.parse(JSON.stringify(parseCdr(QUEUE)));
      expect(JSON.parse(JSON.stringify(await stored(QUEUE.ivruniqueid)))).toEqual([expected]);
    });

    it('has copies once, and each leg', async () => {
      const leg = (type: string) => minimal({ ivruniqueid: 'legs', type });
      for (const type of ['Click2Call leg2', 'Click2Call leg1', 'Click2Call leg2']) {
        await save(leg(type));
      }
      const types = (await stored('legs')).map(({ type }) => type);
      expect(types.sort()).toEqual(['Click2Call leg1', 'Click2Call leg2']);
    });

    it('takes over what a later copy has', async () => {
      const answered = { ivruniqueid: 'later', status: 'ANSWER', price: 12 };
      await save(minimal({ ...answered, status: 'NOANSWER', price: 10 }));
      await save(minimal(answered));
      const [cdr] = await stored('later');
      expect(cdr && withoutTransport(cdr)).toEqual(withoutTransport(parseCdr(minimal(answered))));
    });

    it('keeps what a late copy lacks, wholly or in part', async () => {
      const early = minimal({
        ivruniqueid: 'late',
        type: 'Queue',
        record: '',
        IVR: [],
        aiData: { insights: null, transcript: [] },
      });
      const rich = {
        ...early,
        record: 'https://a.example/1.mp3',
        IVR: QUEUE.IVR,
        queueid: 7,
        queuename: 'Sales',
        aiData: { insights: { summary: 'A price was asked for' }, transcript: [{ text: 'Hello' }] },
      };
      await save(rich);
      await save(early);
      const [cdr] = await stored('late');
      expect(cdr && withoutTransport(cdr)).toEqual(withoutTransport(parseCdr(rich)));
    });

    it('merges copies as mergeCdr does, even if they come at once', async () => {
      const copies = Array.from({ length: 12 }, (_, index) =>
        minimal({ ivruniqueid: 'at once', CustomData: { [`key${index}`]: String(index) } }),
      );
      await Promise.all(copies.map(save));
      const [cdr] = await stored('at once');
      const [first, ...others] = copies.map((copy) => parseCdr(copy));
      if (!first) throw new Error('no copies');
      expect(cdr?.customData).toEqual({ ...others.reduce(mergeCdr, first).customData });
    });

    it('has the issues of the last copy', async () => {
      const { duration, ...withoutDuration } = minimal({ ivruniqueid: 'issues' });
      await save(withoutDuration);
      expect((await stored('issues'))[0]?.issues).toHaveLength(1);
      await save(minimal({ ivruniqueid: 'issues' }));
      expect((await stored('issues'))[0]).toMatchObject({ durationSeconds: duration, issues: [] });
    });

    it.each([
      ['zero', '\\u0000'],
      ['high', '\\ud83d'],
      ['low', '\\ude00'],
    ])('stores text that Postgres cannot hold, and keeps the body (%s)', async (callId, unit) => {
      const record = minimal({
        ivruniqueid: callId,
        CustomData: { k: 1, note: '?' },
      });
      const body = JSON.stringify(record).replace('?', `a${unit}b`).replace('"k"', `"k${unit}"`);
      await save(body);
      await save(body);
      expect(await stored(callId)).toMatchObject([
        { customData: { 'k\uFFFD': '1', note: 'a\uFFFDb' } },
      ]);
      expect(await setAside(callId)).toEqual([
        `${JSON.stringify({ contentType: CONTENT_TYPES.json, body })}\n`,
      ]);
    });

    it('leaves text that only looks so unchanged', async () => {
      const name = 'C:\\u0000 \\\\ud83d "\\" 😀';
      await save(minimal({ ivruniqueid: 'looks', representative_name: name }));
      expect(await stored('looks')).toMatchObject([{ representative: { name } }]);
      expect(await setAside('looks')).toEqual([]);
    });

    it('keeps an unreadable body byte by byte, once', async () => {
      const body = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      for (let copy = 0; copy < 2; copy++) {
        await store.setAside({ body, contentType: null }, new Error('malformed'));
      }
      const lines = await setAside('@ABC');
      expect(lines.map((line) => [...bodyOf(line)])).toEqual([[...body]]);
      expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ contentType: null }]);
    });

    it('fails if it cannot store, so that nothing is acknowledged', async () => {
      const other = await makePlace();
      const closed = await openPlace(other.where);
      await closed.close();
      await expect(closed.save(parseCdr(QUEUE), requestOf('{}'))).rejects.toThrow();
      await other.remove();
    }, 60_000);
  });
});

describe.skipIf(!hasPostgres)('the store, if DATABASE_URL has a Postgres', () => {
  let place: Place;
  beforeEach(async () => {
    place = await temporarySchema(databaseUrl);
    return () => place.remove();
  });

  it('can be opened by many receivers at once', async () => {
    const stores = await Promise.all(Array.from({ length: 16 }, () => openPlace(place.where)));
    await Promise.all(stores.map((store) => store.close()));
  }, 60_000);

  it('returns the readable records, and names the others', async () => {
    const database = openPostgres(place.where);
    const store = await openStore(database);
    const cdrs = ['a', 'b'].map((ivruniqueid) => parseCdr(minimal({ ivruniqueid })));
    for (const cdr of cdrs) await store.save(cdr, requestOf('{}'));
    const [a, b] = cdrs.map(cdrKey);
    const broken = 'update cdrs set record = record || $1 where cdr_key = $2';
    await database.query(broken, ['{"callId":""}', a]);
    expect(await store.cdrs()).toMatchObject({
      cdrs: [{ callId: 'b' }],
      unreadable: [{ key: a, reason: expect.stringContaining('callId') }],
    });
    expect(b).not.toBe(a);

    const [copy] = cdrs;
    if (copy) await store.save(copy, requestOf('a copy'));
    const captures: string[] = [];
    for await (const line of store.captures()) captures.push(line);
    expect(captures.map((line) => JSON.parse(line).body)).toEqual(['a copy']);
    await store.close();
  });
});

describe('a receiver with a store', () => {
  const path = '/voicenter/0f1e2d3c4b5a6978';
  const kept: string[] = [];
  const server = createReceiver(path, {
    save: ({ callId }) => kept.push(callId),
    setAside: (_, { message }) => kept.push(message),
  });
  let port = 0;
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    kept.length = 0;
  });

  const post = async (body: string) =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body })).json();

  it('acknowledges what it set aside', async () => {
    expect(await post('{"ivruniqueid":')).toEqual({ err: 0, errdesc: 'OK' });
    expect(kept).toEqual([expect.stringContaining('JSON')]);
  });

  it('survives a sender that hangs up, and keeps nothing of its body', async () => {
    const reading = once(server, 'request');
    const headers = { 'content-length': 1000 };
    const sent = request({ port, path, method: 'POST', headers });
    sent.on('error', () => {}); // hanging up is an error on this side
    sent.write('{"ivruniqueid":');
    await reading;
    await new Promise((closed) => sent.on('close', closed).destroy());
    expect(await post(JSON.stringify(QUEUE))).toEqual({ err: 0, errdesc: 'OK' });
    expect(kept).toEqual([QUEUE.ivruniqueid]);
  });
});

describe('npm run demo:durable', () => {
  const demo = (size: string[], env: Record<string, string> = {}) =>
    spawnSync('npm', ['run', 'demo:durable', '--silent', '--', ...size], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });

  it('shows that every record is stored exactly once, however often the receiver is killed', () => {
    const { stdout, stderr, status } = demo(['--calls', '200', '--kills', '5']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/Killed 2 times at once, 3 times between storing and answering/);
    expect(stdout).toMatch(/^Every record is there exactly once/m);
    expect(status).toBe(0);
  }, 240_000);

  it('exits with 1 if the receiver acknowledges before it stores', () => {
    const { stdout, status } = demo(['--calls', '60', '--kills', '2'], { ACKNOWLEDGE_FIRST: '1' });
    expect(stdout).toMatch(/^NOT every record/m);
    expect(status).toBe(1);
  }, 240_000);
});
