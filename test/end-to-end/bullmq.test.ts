import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Queue, Worker } from 'bullmq';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { captureOfJob, deadLetters, replay } from '../../examples/bullmq/dead-letters.js';
import {
  createQueueReceiver,
  LIMITS,
  openQueue,
  type RequestJob,
} from '../../examples/bullmq/receiver.js';
import { createWorker } from '../../examples/bullmq/worker.js';
import { openPlace, type Place, temporaryFolder } from '../../examples/durable/demo/place.js';
import { makeTraffic } from '../../examples/durable/demo/traffic.js';
import { verify } from '../../examples/durable/demo/verify.js';
import { sendAll } from '../../examples/durable/demo/voicenter.js';
import type { Store } from '../../examples/durable/store.js';
import { failedChecks } from '../command.js';
import { CONTENT_TYPES, minimal, QUEUE, type Wire } from '../records.js';
import { hasRedis, redisUrl } from '../services.js';

const PATH = '/voicenter/0f1e2d3c4b5a6978';

// The examples log errors that they recover from.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));

const servers: Server[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) server.close();
});

async function listen(queue: Queue<RequestJob>): Promise<string> {
  const server = createQueueReceiver(PATH, queue).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
}

async function post(url: string, record: Wire | Wire[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': CONTENT_TYPES.json },
    body: JSON.stringify(record),
  });
  return response.json();
}

describe('the receiver for BullMQ', () => {
  it('does not acknowledge without a Redis', async () => {
    const queue = openQueue('redis://127.0.0.1:1', randomUUID());
    const url = await listen(queue);
    expect(await post(url, QUEUE)).toEqual({ err: 2, errdesc: 'Application error' });
    await queue.close();
  }, 20_000);
});

describe.skipIf(!hasRedis)('BullMQ, if REDIS_URL or port 6379 has a Redis', () => {
  let queue: Queue<RequestJob>;
  let url = '';
  let name = '';
  let place: Place;
  let store: Store;
  let workers: Worker<RequestJob>[];

  beforeEach(async () => {
    name = `voicenter-cdr-${randomUUID()}`;
    queue = openQueue(redisUrl, name);
    await queue.waitUntilReady();
    url = await listen(queue);
    place = await temporaryFolder();
    store = await openPlace(place.where);
    workers = [];
  }, 60_000);
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await queue.obliterate({ force: true });
    await queue.close();
    await store.close();
    await place.remove();
  });

  function work(...[into = store, options]: [Store?, Parameters<typeof createWorker>[3]?]) {
    const worker = createWorker(into, redisUrl, name, options);
    workers.push(worker);
    return worker;
  }
  async function untilDone(): Promise<void> {
    await expect
      .poll(() => queue.getJobCountByTypes('waiting', 'active', 'delayed', 'failed'), {
        timeout: 60_000,
      })
      .toBe(0);
  }

  it('passes voicenter-cdr check', async () => {
    expect(await failedChecks(url)).toMatchObject({ failures: [] });
  }, 60_000);

  it('stores every record once, in whatever order the workers run', async () => {
    const traffic = makeTraffic(100);
    await sendAll(traffic.deliveries, url, () => {});
    work();
    work();
    await untilDone();
    const findings = Object.values(await verify(store, traffic));
    expect(findings.map(({ wrong }) => wrong)).toEqual(findings.map(() => 0));
    expect(findings[0]?.there).toBe(traffic.cdrs.length);
  }, 120_000);

  it('creates no second job for a copy, unless it has more data', async () => {
    const early = minimal({ ivruniqueid: 'a' });
    const later = { ...early, aiData: { insights: { summary: 'A price was asked for' } } };
    for (const record of [early, early, later]) {
      expect(await post(url, record)).toEqual({ err: 0, errdesc: 'OK' });
    }
    const ids = (await queue.getWaiting()).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    work();
    await untilDone();
    expect((await store.cdrs()).cdrs).toMatchObject([{ ai: { summary: 'A price was asked for' } }]);
  }, 60_000);

  it('retries a job whose record could not be stored', async () => {
    await post(url, QUEUE);
    let tries = 0;
    const save: Store['save'] = async (cdr, sent) => {
      tries++;
      if (tries === 1) throw new Error('The database is away');
      await store.save(cdr, sent);
    };
    work({ ...store, save });
    await untilDone();
    expect(tries).toBe(2);
    expect((await store.cdrs()).cdrs).toMatchObject([{ callId: QUEUE.ivruniqueid }]);
  }, 60_000);

  it('creates one job for a request with several records', async () => {
    await post(url, [minimal({ ivruniqueid: 'a' }), minimal({ ivruniqueid: 'b' }), {}]);
    expect(await queue.getJobCountByTypes('waiting')).toBe(1);
    work();
    await untilDone();
    expect((await store.cdrs()).cdrs.map(({ callId }) => callId)).toEqual(['a', 'b']);
    expect(await captures()).toHaveLength(1);
  }, 60_000);

  it('sets aside a body that is too large for a worker, without parsing it', async () => {
    const record = minimal({ target: 'x'.repeat(LIMITS.maxBytes) });
    expect(await post(url, record)).toEqual({ err: 0, errdesc: 'OK' });
    work();
    await untilDone();
    expect((await store.cdrs()).cdrs).toEqual([]);
    expect((await captures()).map((line) => JSON.parse(line))).toEqual([
      { contentType: CONTENT_TYPES.json, body: JSON.stringify(record) },
    ]);
  }, 60_000);

  it('takes over the job of a dead worker', async () => {
    await post(url, QUEUE);
    await dieOver(QUEUE.ivruniqueid);
    work(store, { stalledInterval: 200 });
    await untilDone();
    expect((await store.cdrs()).cdrs).toMatchObject([{ callId: QUEUE.ivruniqueid }]);
  }, 60_000);

  it('dead-letters a job that killed four workers, without delaying others', async () => {
    const poison = minimal({ ivruniqueid: 'poison' });
    await post(url, poison);
    await post(url, QUEUE);
    for (let deaths = 0; deaths < 4; deaths++) await dieOver('poison');
    work(store, { stalledInterval: 200 });
    await expect.poll(async () => (await deadLetters(queue)).length, { timeout: 20_000 }).toBe(1);
    await expect
      .poll(async () => (await store.cdrs()).cdrs, { timeout: 20_000 })
      .toMatchObject([{ callId: QUEUE.ivruniqueid }]);

    const [job] = await deadLetters(queue);
    if (!job) throw new Error('no dead letter');
    expect(JSON.parse(captureOfJob(job)).body).toBe(JSON.stringify(poison));
    await replay(queue, job);
    await untilDone();
    expect((await store.cdrs()).cdrs.map(({ callId }) => callId).sort()).toEqual([
      QUEUE.ivruniqueid,
      'poison',
    ]);
  }, 120_000);

  /** A worker that takes the job with this call and dies while processing it, as if killed. */
  async function dieOver(callId: string): Promise<void> {
    const never = new Promise<void>(() => {});
    let dying: Worker<RequestJob> | undefined;
    await new Promise<void>((started) => {
      const save: Store['save'] = async (cdr, request) => {
        if (cdr.callId !== callId) return store.save(cdr, request);
        started();
        return never;
      };
      dying = work({ ...store, save }, { lockDuration: 1_000, stalledInterval: 200 });
    });
    await dying?.close(true);
  }

  async function captures(): Promise<string[]> {
    const lines: string[] = [];
    for await (const line of store.captures()) lines.push(line);
    return lines;
  }
});
