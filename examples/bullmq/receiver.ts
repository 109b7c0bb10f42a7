import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Queue } from 'bullmq';
import type { CdrRequest } from 'voicenter-cdr';
import { createReceiver } from '../node-http.js';
import { bytesOf } from '../set-aside.js';

/** The name of the queue in Redis. */
export const QUEUE_NAME = 'voicenter-cdr';

/** A job is the unparsed request, so a worker can always process it again. */
export interface RequestJob {
  /** The body's bytes, in base64. */
  body: string;
  contentType: string | null;
}

/**
 * Several times the longest transcript, and what a worker with 256 MB can handle. A larger body is
 * set aside unparsed.
 */
export const LIMITS = { maxBytes: 2 * 1024 * 1024 };

/** How long Redis may take, in milliseconds. */
const TIMEOUT = 5_000;

/** The receiver's side of the queue. */
export function openQueue(redisUrl: string, name = QUEUE_NAME): Queue<RequestJob> {
  const queue = new Queue<RequestJob>(name, {
    // While Redis is down, `add` fails at once instead of keeping the job in memory.
    connection: { url: redisUrl, enableOfflineQueue: false, maxRetriesPerRequest: 0 },
    defaultJobOptions: {
      // The request was acknowledged and will not be resent, so retry until it is stored.
      attempts: Number.MAX_SAFE_INTEGER,
      backoff: { type: 'fixed', delay: 5_000 },
      removeOnComplete: true,
    },
  });
  // The queue reconnects by itself. Without a listener, the error would end the process.
  queue.on('error', (error) => console.error(`Redis: ${error.message}`));
  return queue;
}

/** A receiver that queues each request and acknowledges it only once Redis has it. */
export function createQueueReceiver(path: string, queue: Queue<RequestJob>): Server {
  /** A body can hold several records, but its request is one job. */
  const jobs = new WeakMap<CdrRequest, Promise<void>>();

  function enqueue(request: CdrRequest): Promise<void> {
    const job = jobs.get(request) ?? add(request);
    jobs.set(request, job);
    return job;
  }

  async function add({ body, contentType }: CdrRequest): Promise<void> {
    const job = { body: bytesOf(body).toString('base64'), contentType };
    await Promise.race([queue.add('cdr', job, { jobId: jobIdOf(job) }), rejectAfterTimeout()]);
  }

  return createReceiver(path, {
    save: (_cdr, request) => enqueue(request),
    setAside: enqueue,
    limits: LIMITS,
  });
}

/** `add` waits indefinitely for the first connection, and the sender would wait for its answer. */
async function rejectAfterTimeout(): Promise<never> {
  await wait(TIMEOUT, undefined, { ref: false });
  throw new Error(`Redis did not accept the job within ${TIMEOUT} ms`);
}

/**
 * BullMQ ignores a job whose id already exists, whether it is waiting, active or failed. An
 * identical copy therefore adds no job, while a copy with more data has other bytes and becomes its
 * own job. Completed jobs are removed, so a later copy is processed again and merged into the
 * stored record.
 */
function jobIdOf({ body, contentType }: RequestJob): string {
  return `cdr-${createHash('sha256').update(`${contentType}\n${body}`).digest('hex')}`;
}
