import type { Job, Queue } from 'bullmq';
import { captureOf } from '../set-aside.js';
import type { RequestJob } from './receiver.js';

/** The jobs that killed their worker several times. They stay in Redis until they are replayed. */
export function deadLetters(queue: Queue<RequestJob>): Promise<Job<RequestJob>[]> {
  return queue.getFailed();
}

/** The request of a job as a line of a capture file, which `npx voicenter-cdr inspect` reads. */
export function captureOfJob({ data: { body, contentType } }: Job<RequestJob>): string {
  return captureOf({ body: Buffer.from(body, 'base64'), contentType });
}

/** Requeues a job as a new one, so that its count of dead workers starts at 0. */
export async function replay(queue: Queue<RequestJob>, job: Job<RequestJob>): Promise<void> {
  await queue.add(job.name, job.data);
  await job.remove();
}
