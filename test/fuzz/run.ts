/**
 * Feeds the package bodies until the time is up, built from the grammar of each format and mutated.
 * Prints what it tried. A body that breaks a promise is written to a file, and the exit code is 1.
 * The same seed makes the same bodies again.
 *
 *     npm run fuzz -- --seconds 60 --seed 7
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect, parseArgs } from 'node:util';
import fc from 'fast-check';
import { type HostileBody, hostileBody } from './bodies.js';
import { checkPromises } from './promises.js';

/** How many bodies are made at once, from one seed. */
const BATCH = 200;
/** How long checking a body may take, with room for garbage collection and a busy machine. */
const MILLISECONDS = 5000;
/** How many failures are written before the run ends. */
const MOST_FAILURES = 20;
const REPORTS = 'reports/fuzz';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } },
});
const seconds = Number(values.seconds);
const firstSeed = Number(values.seed ?? Date.now() % 1_000_000_000);
if (!(seconds > 0) || !Number.isSafeInteger(firstSeed)) {
  throw new Error('Expected --seconds with a number, and --seed with an integer');
}
console.log(`seed ${firstSeed}, ${seconds} s`);

const counts: Record<string, { read: number; refused: number; failed: number }> = {};
let failures = 0;

function report(hostile: HostileBody, error: unknown, seed: number, index: number): void {
  failures++;
  mkdirSync(REPORTS, { recursive: true });
  const file = join(REPORTS, `${seed}-${index}`);
  const { body } = hostile;
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  writeFileSync(`${file}.body`, isRaw ? body : inspect(body, { depth: null }));
  const why = inspect(error);
  writeFileSync(
    `${file}.txt`,
    `seed ${seed}, body ${index}, ${hostile.kind}, content type ${JSON.stringify(hostile.contentType)}\n${why}\n`,
  );
  console.error(`${file}: ${why.slice(0, 500)}`);
}

const end = performance.now() + seconds * 1000;
for (let seed = firstSeed; performance.now() < end && failures < MOST_FAILURES; seed++) {
  for (const [index, hostile] of fc.sample(hostileBody, { seed, numRuns: BATCH }).entries()) {
    counts[hostile.kind] ??= { read: 0, refused: 0, failed: 0 };
    const count = counts[hostile.kind];
    if (!count) continue;
    try {
      const from = performance.now();
      const isRead = await checkPromises(hostile);
      const took = performance.now() - from;
      if (took > MILLISECONDS) throw new Error(`took ${took} ms`);
      count[isRead ? 'read' : 'refused']++;
    } catch (error) {
      count.failed++;
      report(hostile, error, seed, index);
    }
  }
}
console.table(counts);
const tried = Object.values(counts).reduce(
  (sum, { read, refused, failed }) => sum + read + refused + failed,
  0,
);
console.log(`${tried} bodies, ${failures} failures, seed ${firstSeed}`);
process.exitCode = failures > 0 ? 1 : 0;
