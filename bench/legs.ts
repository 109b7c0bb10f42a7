/**
 * The cost of pairLegs and groupCalls per record, in passes of 10 000 and of a million records. The
 * million records are the same, so that only the size of a pass differs.
 *
 *     npm run bench:legs
 */
import { type Cdr, groupCalls, pairLegs, parseCdr } from 'voicenter-cdr';
import { percentile } from './rounds.js';

const RECORDS = 1_000_000;
const BATCH = 10_000;
const ROUNDS = 7;
/** The bound is in microseconds a record at 10 000. At a million it is twice that. */
const FUNCTIONS = {
  pairLegs: { run: pairLegs, bound: 1.5 },
  groupCalls: { run: groupCalls, bound: 4 },
};
const TYPES = ['Click2Call leg1', 'Click2Call leg2', 'Queue', 'Extension Outgoing', 'XferCDR'];

/**
 * Calls with two legs, with one, and with a transfer, in turn. The records of a call are up to a
 * hundred records apart.
 */
function record(index: number): Cdr {
  const position = index - (index % 100) + ((index * 37) % 100);
  const type = TYPES[position % TYPES.length];
  const idOf = (number: number) => `20240101${number.toString(36).padStart(8, '0')}`;
  const cdr = parseCdr({
    ivruniqueid: idOf(type === 'Click2Call leg2' ? position - 1 : position),
    OriginalIvrUniqueID: type === 'XferCDR' ? idOf(position - 2) : null,
    type,
    status: 'ANSWER',
    time: 1_700_000_000 + position,
    duration: 10,
  });
  return { ...cdr, raw: {} }; // a million of them must fit into memory
}

const cdrs = Array.from({ length: RECORDS }, (_, index) => record(index));

/** Microseconds a record. The results of all batches are kept, as those of a single pass are. */
function pass(run: (cdrs: Cdr[]) => unknown, batch: number): number {
  const kept: unknown[] = [];
  const from = performance.now();
  for (let start = 0; start < RECORDS; start += batch) {
    kept.push(run(cdrs.slice(start, start + batch)));
  }
  return ((performance.now() - from) * 1000) / kept.length / batch;
}

const rows = Object.entries(FUNCTIONS).map(([name, { run, bound }]) => {
  pass(run, BATCH); // warms up
  const rounds = Array.from({ length: ROUNDS }, () => ({
    small: pass(run, BATCH),
    large: pass(run, RECORDS),
  }));
  const median = (values: number[]) => percentile(values, 50).toFixed(2);
  return {
    function: name,
    'µs a record at 10 000': median(rounds.map(({ small }) => small)),
    bound,
    'at a million': median(rounds.map(({ large }) => large)),
    'bound there': 2 * bound,
    'times as much': median(rounds.map(({ small, large }) => large / small)),
  };
});
console.table(rows);
