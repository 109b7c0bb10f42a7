import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Queue } from 'bullmq';
import type { CdrRequest } from 'voicenter-cdr';
import { createReceiver } from '../node-http.js';
import { bytesOf } from '../set-aside.js';

/** The name of the queue in Redis. */
export const QUEUE_NAME = 'voicenter-cdr';

/** A job is the request as it came: whatever the worker makes of it, it can be made again. */
export interface RequestJob {
  /** The body's bytes, in base64. */
  body: string;
  contentType: string | null;
}

/**
 * What is parsed: several times the longest transcript, and what a worker of 256 MB can take. A
 * larger body is set aside as it came.
 */
export const LIMITS = { maxBytes: 2 * 1024 * 1024 };

/** How long Redis may take, in milliseconds. */
const PATIENCE = 5_000;

/** The receiver's side of the queue. */
export function openQueue(redisUrl: string, name = QUEUE_NAME): Queue<RequestJob> {
  const queue = new Queue<RequestJob>(name, {
    // When Redis goes away `add` fails at once, instead of keeping the job in memory until it is back.
    connection: { url: redisUrl, enableOfflineQueue: false, maxRetriesPerRequest: 0 },
    defaultJobOptions: {
      // It is acknowledged, so nobody sends it again: the worker tries until it is stored.
      attempts: Number.MAX_SAFE_INTEGER,
      backoff: { type: 'fixed', delay: 5_000 },
      removeOnComplete: true,
    },
  });
  // The connection is made again by itself. Without a listener its error would end the process.
  queue.on('error', (error) => console.error(`Redis: ${error.message}`));
  return queue;
}

/** A receiver that puts the work on a queue: it acknowledges only what Redis has. */
export function createQueueReceiver(path: string, queue: Queue<RequestJob>): Server {
  /** A body can hold several records, and its request is one job. */
  const jobs = new WeakMap<CdrRequest, Promise<void>>();

  function enqueue(request: CdrRequest): Promise<void> {
    const job = jobs.get(request) ?? add(request);
    jobs.set(request, job);
    return job;
  }

  async function add({ body, contentType }: CdrRequest): Promise<void> {
    const job = { body: bytesOf(body).toString('base64'), contentType };
    await Promise.race([queue.add('cdr', job, { jobId: jobIdOf(job) }), tooLate()]);
  }

  return createReceiver(path, {
    save: (_cdr, request) => enqueue(request),
    setAside: enqueue,
    limits: LIMITS,
  });
}

/** `add` waits for the first connection without end, and the sender for the answer. */
async function tooLate(): Promise<never> {
  await wait(PATIENCE, undefined, { ref: false });
  throw new Error(`Redis has not taken the job within ${PATIENCE} ms`);
}

/**
 * BullMQ ignores a job whose id is there already: waiting, under way, or among the dead letters. So
 * a copy that is sent again unchanged is one job, and a copy that says more, whose bytes are others,
 * is a job of its own. Jobs that are done are removed, and a copy that comes later is done again:
 * it is stored over the first.
 */
function jobIdOf({ body, contentType }: RequestJob): string {
  return `cdr-${createHash('sha256').update(`${contentType}\n${body}`).digest('hex')}`;
}
