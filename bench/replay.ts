/**
 * How fast examples/replay.ts replays a gigabyte of bodies, one per line, on one core and with
 * worker_threads on all cores, and in how much memory.
 *
 *     npm run bench:replay
 */
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CALL_STATUSES, CALL_TYPES } from 'voicenter-cdr';
import { sampleCdr } from 'voicenter-cdr/testing';
import { RECORDS } from './bodies.js';

const GIGABYTE = 1e9;
const folder = mkdtempSync(join(tmpdir(), 'replay-'));
const file = join(folder, 'cdrs.ndjson');

/** Writes calls of every type and status in turn. One in two hundred has a long menu. */
async function write(): Promise<number> {
  const samples = Object.keys(CALL_TYPES).flatMap((type) =>
    Object.keys(CALL_STATUSES).map((status) => sampleCdr(type, status)),
  );
  const stream = createWriteStream(file);
  let lines = 0;
  for (let bytes = 0; bytes < GIGABYTE; lines++) {
    const sample =
      lines % 200 === 0 ? RECORDS['menu of 100 layers'] : samples[lines % samples.length];
    const line = `${JSON.stringify({ ...Object(sample), ivruniqueid: `20240101${lines}` })}\n`;
    bytes += line.length;
    if (!stream.write(line)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
  return lines;
}

/** Where to cut the file into parts of whole lines: the offset of the byte after each part. */
async function cuts(parts: number): Promise<number[]> {
  const { size } = statSync(file);
  const ends: number[] = [];
  for (let part = 1; part < parts; part++) {
    const from = Math.floor((size * part) / parts);
    for await (const chunk of createReadStream(file, { start: from, highWaterMark: 1 << 16 })) {
      ends.push(from + chunk.indexOf('\n') + 1);
      break;
    }
  }
  return [...ends, size];
}

/** Replays with so many workers; returns the number of records, the time and the peak memory. */
async function run(workers: number): Promise<{ records: number; seconds: number; peak: number }> {
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const from = performance.now();
  let start = 0;
  const counts = (await cuts(workers)).map((end) => {
    const workerData = { file, range: { start, end: end - 1 } };
    start = end;
    const worker = new Worker(new URL('replay-worker.mjs', import.meta.url), { workerData });
    return once(worker, 'message');
  });
  const records = (await Promise.all(counts)).reduce((sum, [count]) => sum + count, 0);
  clearInterval(watch);
  return { records, seconds: (performance.now() - from) / 1000, peak };
}

const lines = await write();
const { size } = statSync(file);
const rows: Record<string, object> = {};
for (const workers of [1, availableParallelism()]) {
  const { records, seconds, peak } = await run(workers);
  if (records !== lines) throw new Error(`${records} of ${lines} records were read`);
  rows[workers === 1 ? 'one core' : `${workers} cores`] = {
    records,
    seconds: Number(seconds.toFixed(1)),
    'MB a second': Math.round(size / 1e6 / seconds),
    'records a second': Math.round(records / seconds),
    'peak memory, MB': Math.round(peak / 1e6),
  };
}
rmSync(folder, { recursive: true });
console.table(rows);
