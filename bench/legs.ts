/**
 * The cost of pairLegs per record: a million records in batches of 10 000, of 100 000, and in one
 * pass. Every row works through the same records, so that only the size of a pass differs.
 *
 *     npm run bench:legs
 */
import { type Cdr, pairLegs, parseCdr } from 'voicenter-cdr';

const RECORDS = 1_000_000;
const BATCHES = [10_000, 100_000, RECORDS];
const ROUNDS = 25;
const TYPES = ['Click2Call leg1', 'Click2Call leg2', 'Queue', 'Extension Outgoing'];

/** Calls of two legs and of one, by turns; the legs of a call are up to a hundred records apart. */
function record(index: number): Cdr {
  const position = index - (index % 100) + ((index * 37) % 100);
  const type = TYPES[position % TYPES.length];
  const call = type === 'Click2Call leg2' ? position - 1 : position;
  const cdr = parseCdr({
    ivruniqueid: `20240101${call.toString(36).padStart(8, '0')}`,
    type,
    status: 'ANSWER',
    time: 1_700_000_000 + call,
    duration: 10,
  });
  return { ...cdr, raw: {} }; // a million of them have to fit into memory
}

const cdrs = Array.from({ length: RECORDS }, (_, index) => record(index));

function pass(batch: number): number {
  const kept: ReturnType<typeof pairLegs>[] = []; // as after one pass: memory is paid for in each
  const from = performance.now();
  for (let start = 0; start < RECORDS; start += batch) {
    kept.push(pairLegs(batch === RECORDS ? cdrs : cdrs.slice(start, start + batch)));
  }
  return ((performance.now() - from) * 1e6) / RECORDS;
}

const rounds = Array.from({ length: ROUNDS + 1 }, () => BATCHES.map(pass)).slice(1); // the first warms up

const quartile = (values: number[], quarter: number) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length * quarter) / 4)] ?? 0;

console.table(
  BATCHES.map((batch, index) => {
    // Within a round, so that what slows the whole machine for a while does not count.
    const ratios = rounds.map((times) => (times[index] ?? 0) / (times[0] ?? 0));
    const [low, middle, high] = [1, 2, 3].map((quarter) => quartile(ratios, quarter).toFixed(2));
    return {
      'records a pass': batch,
      'ns per record': Math.round(
        quartile(
          rounds.map((times) => times[index] ?? 0),
          2,
        ),
      ),
      'of that at 10 000': middle,
      'half of the rounds': `${low} to ${high}`,
    };
  }),
);
