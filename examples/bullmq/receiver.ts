import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { cdrKey } from 'voicenter-cdr';
import { createDurableReceiver } from '../durable/receiver.js';
import type { Sent } from '../durable/store.js';

/** The name of the queue in Redis. */
export const QUEUE_NAME = 'voicenter-cdr';

/** A job is the request as it came: whatever the worker makes of it, it can be made again. */
export interface RequestJob {
  /** The body's bytes, in base64. */
  body: string;
  contentType?: string | undefined;
}

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
export function createQueueReceiver(queue: Queue<RequestJob>): Server {
  async function enqueue(call: string, { body, contentType }: Sent): Promise<void> {
    const job = { body: Buffer.from(body).toString('base64'), contentType };
    await Promise.race([queue.add('cdr', job, { jobId: jobIdOf(call, body) }), tooLate()]);
  }
  return createDurableReceiver({
    save: (cdr, sent) => enqueue(cdrKey(cdr), sent),
    setAside: (sent) => enqueue('unreadable', sent),
  });
}

/** `add` waits for the first connection without end, and the sender for the answer. */
async function tooLate(): Promise<never> {
  await wait(PATIENCE, undefined, { ref: false });
  throw new Error(`Redis has not taken the job within ${PATIENCE} ms`);
}

/**
 * BullMQ ignores a job whose id is there already, waiting, under way, or kept when it was done or
 * had failed. So a copy that is re-sent unchanged is one job. A copy that says more has other bytes
 * and is a job of its own: with the key alone it would be ignored while the first one waits, and
 * the AI analysis lost.
 *
 * Jobs that are done are removed, and their ids with them. A copy that comes after that is done
 * again, which does no harm: it is stored over the first.
 *
 * An id must not hold a colon; a `cdrKey` holds none.
 */
function jobIdOf(call: string, body: Uint8Array): string {
  return `${call}-${createHash('sha256').update(body).digest('hex')}`;
}
