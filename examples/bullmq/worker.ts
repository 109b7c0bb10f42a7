import { Worker, type WorkerOptions } from 'bullmq';
import { safeParseCdr } from 'voicenter-cdr';
import type { Store } from '../durable/store.js';
import { QUEUE_NAME, type RequestJob } from './receiver.js';

/**
 * Stores what the receivers have put on the queue. Run as many as you like, on as many machines:
 * the order in which copies and legs are stored does not matter.
 */
export function createWorker(
  store: Store,
  redisUrl: string,
  name = QUEUE_NAME,
  options: Partial<WorkerOptions> = {},
): Worker<RequestJob> {
  const worker = new Worker<RequestJob>(
    name,
    async ({ data }) => {
      const sent = { body: Buffer.from(data.body, 'base64'), contentType: data.contentType };
      const result = safeParseCdr(sent.body, sent.contentType);
      if (result.success) await store.save(result.data, sent);
      else await store.setAside(sent, result.error.message);
    },
    {
      connection: { url: redisUrl },
      concurrency: 16,
      // The job of a worker that died is done by another, however often that happens.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      ...options,
    },
  );
  worker.on('error', (error) => console.error(`Redis: ${error.message}`));
  worker.on('failed', (job, error) => console.error(`${job?.id}: ${error.message}`));
  return worker;
}
