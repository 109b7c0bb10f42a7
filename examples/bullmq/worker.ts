import { Worker, type WorkerOptions } from 'bullmq';
import { receiveCdr } from 'voicenter-cdr';
import type { Store } from '../durable/store.js';
import { LIMITS, QUEUE_NAME, type RequestJob } from './receiver.js';

/**
 * Stores what the receivers have queued. Run any number of workers, on any number of machines: the
 * order in which copies and legs are stored does not matter.
 */
export function createWorker(
  store: Pick<Store, 'save' | 'setAside'>,
  redisUrl: string,
  name = QUEUE_NAME,
  options: Partial<WorkerOptions> = {},
): Worker<RequestJob> {
  async function work({ body, contentType }: RequestJob): Promise<void> {
    const errors: unknown[] = [];
    const ack = await receiveCdr(Buffer.from(body, 'base64'), contentType, {
      save: store.save,
      setAside: store.setAside,
      onError: (error) => errors.push(error),
      limits: LIMITS,
    });
    if (ack.err !== 0) throw new Error(`Not stored: ${errors[0]}`);
  }

  const worker = new Worker<RequestJob>(name, ({ data }) => work(data), {
    connection: { url: redisUrl },
    // One at a time: if the worker dies, the job under way is the one that killed it.
    concurrency: 1,
    // If a worker dies, another one takes its job. After the fourth it is a dead letter.
    maxStalledCount: 3,
    ...options,
  });
  worker.on('error', (error) => console.error(`Redis: ${error.message}`));
  worker.on('failed', (job, error) => console.error(`${job?.id}: ${error.message}`));
  return worker;
}
