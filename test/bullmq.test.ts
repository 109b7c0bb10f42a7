import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Queue, Worker } from 'bullmq';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cdrKey, parseCdr } from 'voicenter-cdr';
import { createQueueReceiver, openQueue, type RequestJob } from '../examples/bullmq/receiver.js';
import { createWorker } from '../examples/bullmq/worker.js';
import { type Place, temporaryFolder } from '../examples/durable/demo/place.js';
import { makeTraffic } from '../examples/durable/demo/traffic.js';
import { verify } from '../examples/durable/demo/verify.js';
import { sendAll } from '../examples/durable/demo/voicenter.js';
import { openStore, type Store } from '../examples/durable/store.js';
import { CONTENT_TYPES, ENCODERS, minimal, QUEUE, type Wire } from './wire.js';

const redisUrl = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379';
const isThere = process.env['REDIS_URL'] !== undefined || (await accepts(6379));

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const answer = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return answer;
}

// The examples report there what they are about to get over.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));

const servers: Server[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) server.close();
});

async function listen(queue: Queue<RequestJob>): Promise<string> {
  const server = createQueueReceiver(queue).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/voicenter/cdr`;
}

async function post(url: string, record: Wire): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': CONTENT_TYPES.json },
    body: ENCODERS.json(record),
  });
  return response.json();
}

describe('the receiver for BullMQ', () => {
  it('does not acknowledge while there is no Redis', async () => {
    const queue = openQueue('redis://127.0.0.1:1', randomUUID());
    const url = await listen(queue);
    expect(await post(url, QUEUE)).toEqual({ err: 2, errdesc: 'Application error' });
    await queue.close();
  }, 20_000);
});

describe.skipIf(!isThere)('BullMQ, where REDIS_URL or port 6379 has a Redis', () => {
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
    store = await openStore(place.where);
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

  it('stores every record once, in whatever order the workers take them', async () => {
    const traffic = makeTraffic(100);
    await sendAll(traffic.deliveries, url, () => {});
    work();
    work();
    await untilDone();
    const findings = Object.values(await verify(store, traffic));
    expect(findings.map(({ wrong }) => wrong)).toEqual(findings.map(() => 0));
    expect(findings[0]?.there).toBe(traffic.cdrs.length);
  }, 120_000);

  it('makes one job of a copy, and another of a copy that says more', async () => {
    const early = minimal({ ivruniqueid: 'a' });
    const later = { ...early, aiData: { insights: { summary: 'A price was asked for' } } };
    for (const record of [early, early, later]) {
      expect(await post(url, record)).toEqual({ err: 0, errdesc: 'OK' });
    }
    const ids = (await queue.getWaiting()).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    for (const id of ids) expect(id).toContain(cdrKey(parseCdr(early)));
    work();
    await untilDone();
    expect(await store.cdrs()).toMatchObject([{ ai: { summary: 'A price was asked for' } }]);
  }, 60_000);

  it('tries a job again that could not be stored', async () => {
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
    expect(await store.cdrs()).toMatchObject([{ callId: QUEUE.ivruniqueid }]);
  }, 60_000);

  it('does the job of a worker that died', async () => {
    await post(url, QUEUE);
    const never = new Promise<void>(() => {});
    let dying: Worker<RequestJob> | undefined;
    await new Promise<void>((started) => {
      const save = () => {
        started();
        return never;
      };
      dying = work({ ...store, save }, { lockDuration: 1_000, stalledInterval: 200 });
    });
    await dying?.close(true);
    work(store, { stalledInterval: 200 });
    await untilDone();
    expect(await store.cdrs()).toMatchObject([{ callId: QUEUE.ivruniqueid }]);
  }, 60_000);
});
