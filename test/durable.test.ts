import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { type Place, temporaryFolder, temporarySchema } from '../examples/durable/demo/place.js';
import { createDurableReceiver } from '../examples/durable/receiver.js';
import { openStore, type Store } from '../examples/durable/store.js';
import { CONTENT_TYPES, minimal, QUEUE, type Wire, withoutTransport } from './wire.js';

const databaseUrl = process.env['DATABASE_URL'] ?? '';

describe.each<[database: string, there: boolean, place: () => Promise<Place>]>([
  ['PGlite', true, temporaryFolder],
  ['the Postgres of DATABASE_URL', databaseUrl !== '', () => temporarySchema(databaseUrl)],
])('the store in %s', (_, there, makePlace) => {
  describe.skipIf(!there)('(where there is one)', () => {
    let place: Place;
    let store: Store;

    beforeAll(async () => {
      place = await makePlace();
      store = await openStore(place.where);
    }, 60_000);
    afterAll(async () => {
      await store.close();
      await place.remove();
    });

    const sentAs = (body: string | Uint8Array, contentType = CONTENT_TYPES.json) => ({
      body: Buffer.from(body),
      contentType,
    });
    async function save(record: Wire | string): Promise<void> {
      const body = typeof record === 'string' ? record : JSON.stringify(record);
      await store.save(parseCdr(body), sentAs(body));
    }
    const stored = async (callId: string) =>
      (await store.cdrs()).filter((cdr) => cdr.callId === callId);
    const setAside = async (callId: string) =>
      (await store.bodiesSetAside()).filter(({ body }) => Buffer.from(body).includes(callId));

    it('gives back a record as it was', async () => {
      await save(QUEUE);
      const expected = JSON.parse(JSON.stringify(parseCdr(QUEUE)));
      expect(JSON.parse(JSON.stringify(await stored(QUEUE.ivruniqueid)))).toEqual([expected]);
    });

    it('has a copy once, and each leg', async () => {
      const leg = (type: string) => minimal({ ivruniqueid: 'legs', type });
      for (const type of ['Click2Call leg2', 'Click2Call leg1', 'Click2Call leg2']) {
        await save(leg(type));
      }
      const types = (await stored('legs')).map(({ type }) => type);
      expect(types.sort()).toEqual(['Click2Call leg1', 'Click2Call leg2']);
    });

    it('takes over what a later copy says', async () => {
      const answered = { ivruniqueid: 'later', status: 'ANSWER', price: 12 };
      await save(minimal({ ...answered, status: 'NOANSWER', price: 10 }));
      await save(minimal(answered));
      const [cdr] = await stored('later');
      expect(cdr && withoutTransport(cdr)).toEqual(withoutTransport(parseCdr(minimal(answered))));
    });

    it('keeps what an older copy that comes late does not have', async () => {
      const early = minimal({ ivruniqueid: 'late', record: '', IVR: [] });
      const rich = {
        ...early,
        record: 'https://a.example/1.mp3',
        IVR: QUEUE.IVR,
        aiData: { insights: { summary: 'A price was asked for' } },
      };
      await save(rich);
      await save(early);
      const [cdr] = await stored('late');
      expect(cdr && withoutTransport(cdr)).toEqual(withoutTransport(parseCdr(rich)));
      expect(cdr?.raw).toEqual(rich);
    });

    it('has the issues of the copy that came last', async () => {
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
        representative_name: '?',
        CustomData: { k: 1 },
      });
      const body = JSON.stringify(record).replace('?', `a${unit}b`).replace('"k"', `"k${unit}"`);
      await save(body);
      await save(body);
      expect(await stored(callId)).toMatchObject([
        { representative: { name: 'a\uFFFDb' }, customData: { 'k\uFFFD': '1' } },
      ]);
      const [aside, ...others] = await setAside(callId);
      expect(others).toEqual([]);
      expect(Buffer.from(aside?.body ?? []).toString()).toBe(body);
    });

    it('leaves text alone that only looks so', async () => {
      const name = 'C:\\u0000 \\\\ud83d "\\" 😀';
      await save(minimal({ ivruniqueid: 'looks', representative_name: name }));
      expect(await stored('looks')).toMatchObject([{ representative: { name } }]);
      expect(await setAside('looks')).toEqual([]);
    });

    it('sets a body aside whose record Postgres refuses, whenever it comes', async () => {
      // Longer than an index takes, and not to be compressed below that.
      const callId = Array.from({ length: 2_000 }, (_, index) => Math.imul(index, 0x9e3779b1) >>> 0)
        .map((word) => word.toString(36))
        .join('');
      await save(minimal({ ivruniqueid: callId }));
      expect(await stored(callId)).toEqual([]);
      expect(await setAside(callId)).toMatchObject([
        { why: expect.stringContaining('cannot store') },
      ]);
    });

    it('keeps a body that cannot be read byte by byte, and once', async () => {
      const body = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      for (let copy = 0; copy < 2; copy++) {
        await store.setAside({ body, contentType: undefined }, 'malformed');
      }
      const kept = (await store.bodiesSetAside()).filter(({ why }) => why === 'malformed');
      expect(kept.map((aside) => [...aside.body])).toEqual([[...body]]);
    });

    it('fails when it cannot store, so that nothing is acknowledged', async () => {
      const other = await makePlace();
      const closed = await openStore(other.where);
      await closed.close();
      await expect(closed.save(parseCdr(QUEUE), sentAs('{}'))).rejects.toThrow();
      await other.remove();
    }, 60_000);
  });
});

describe('the durable receiver', () => {
  const kept: string[] = [];
  const server = createDurableReceiver({
    save: async (cdr) => void kept.push(cdr.callId),
    setAside: async (_, why) => void kept.push(why),
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
    (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })).json();

  it('acknowledges what it set aside', async () => {
    expect(await post('{"ivruniqueid":')).toEqual({ err: 0, errdesc: 'OK' });
    expect(kept).toEqual([expect.stringContaining('JSON')]);
  });

  it('outlives a sender that hangs up, and keeps nothing of its body', async () => {
    const reading = once(server, 'request');
    const sent = request({ port, method: 'POST', headers: { 'content-length': 1000 } });
    sent.on('error', () => {}); // to hang up is one, on this side
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
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });

  it('shows that every record is there exactly once, however often the receiver is killed', () => {
    const { stdout, stderr, status } = demo(['--calls', '200', '--kills', '5']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/Killed 2 times at once, 3 times between storing and answering/);
    expect(stdout).toMatch(/^Every record is there exactly once/m);
    expect(status).toBe(0);
  }, 240_000);

  it('ends with 1 when the receiver acknowledges before it stores', () => {
    const { stdout, status } = demo(['--calls', '60', '--kills', '2'], { ACKNOWLEDGE_FIRST: '1' });
    expect(stdout).toMatch(/^NOT every record/m);
    expect(status).toBe(1);
  }, 240_000);
});
