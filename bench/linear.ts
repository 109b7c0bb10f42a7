/**
 * Time per byte at 80 KB, 800 KB and 8 MB, for every part of each format that can grow. Next to it
 * is the floor: how the time per byte grows when the platform alone reads the same bytes or makes
 * the same value. A growing floor is due to the engine's table of keys, or to garbage collection,
 * which has more to do the more is kept.
 *
 *     npm run bench:linear
 *     npm run bench:linear -- "form, distinct"
 *
 * The exit code is 1 if the time per byte at 8 MB is more than 1.5 times that at 80 KB and this
 * ratio is more than the floor's, or if bodies of a case have different outcomes.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { safeParseCdr } from 'voicenter-cdr';
import { CASES, type Case } from './growing.js';

const SIZES = [80_000, 800_000, 8_000_000];
const ROUNDS = 15;
const MOST = 1.5;
/** High enough that no body reaches a limit. */
const limits = { maxBytes: 100_000_000, maxNodes: 10_000_000, maxDepth: 1000 };

type Read = (body: string) => unknown;

const ours: Read = (body) => safeParseCdr(body, null, { limits });

function nanosecondsPerByte(body: string, read: Read): number {
  // Small bodies are read several times, so that there is enough time to measure.
  const times = Math.max(1, Math.floor(800_000 / body.length));
  globalThis.gc?.(); // so that no reader pays for another's garbage
  const from = performance.now();
  for (let time = 0; time < times; time++) read(body);
  return ((performance.now() - from) * 1e6) / (body.length * times);
}

/**
 * The best time of each reader at each size, over interleaved rounds, since other load on the
 * machine only adds time. The first round warms up.
 */
function measure(bodies: string[], readers: Read[]): number[][] {
  const samples = readers.map(() => bodies.map((): number[] => []));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [size, body] of bodies.entries()) {
      for (const [reader, read] of readers.entries()) {
        const nanoseconds = nanosecondsPerByte(body, read);
        if (round > 0) samples[reader]?.[size]?.push(nanoseconds);
      }
    }
  }
  return samples.map((sizes) => sizes.map((times) => Math.min(...times)));
}

const growth = ([small = Number.NaN, , large = Number.NaN]: number[] = []) => large / small;

/** All sizes must have the same outcome, since a refusal takes no time. */
const outcomeOf = (body: string) => safeParseCdr(body, null, { limits }).error?.code ?? 'read';

function verdictOn(ratio: number, floorRatio: number, outcomes: Set<string>): string {
  if (outcomes.size > 1) return [...outcomes].join(' and ');
  return ratio > MOST && !(ratio <= floorRatio) ? 'too steep' : '';
}

function rowOf([what, make, floor]: Case) {
  const bodies = SIZES.map(make);
  const outcomes = new Set(bodies.map(outcomeOf));
  const [times = [], floors] = measure(bodies, floor ? [ours, floor] : [ours]);
  const ratio = growth(times);
  const floorRatio = growth(floors);
  const [small, medium, large] = times.map((nanoseconds) => nanoseconds.toFixed(1));
  return {
    case: what,
    '80 KB': small,
    '800 KB': medium,
    '8 MB': large,
    ratio: ratio.toFixed(2),
    floor: floor ? floorRatio.toFixed(2) : '',
    verdict: verdictOn(ratio, floorRatio, outcomes),
  };
}

/** Measures a case in its own process, so that the collector has no other case's objects to scan. */
function rowOfProcess([what]: Case): ReturnType<typeof rowOf> {
  const arguments_ = [...process.execArgv, fileURLToPath(import.meta.url), what, '--json'];
  return JSON.parse(execFileSync(process.execPath, arguments_, { encoding: 'utf8' }));
}

const [, , only = '', isChild] = process.argv;
if (isChild) {
  const [row] = CASES.filter(([what]) => what === only).map(rowOf);
  console.log(JSON.stringify(row));
} else {
  const rows = only
    ? CASES.filter(([what]) => what.includes(only)).map(rowOf)
    : CASES.map(rowOfProcess);
  console.log('Nanoseconds per byte, and the ratio of those at 8 MB to those at 80 KB');
  console.table(rows);
  process.exitCode = rows.some(({ verdict }) => verdict !== '') ? 1 : 0;
}
