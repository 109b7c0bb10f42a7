/**
 * The memory cost of a record: the bytes that parsing allocates, the bytes that a record holds
 * while it is kept, and whether the heap grows over a million parses.
 *
 *     npm run bench:allocation
 */
import { type CdrFormat, parseCdr } from 'voicenter-cdr';
import { ENCODE, QUEUE, RECORDS } from './bodies.js';

const collect = globalThis.gc;
if (!collect) throw new Error('wants --expose-gc');

function used(): number {
  collect?.();
  return process.memoryUsage().heapUsed;
}

/** Few enough to fit into the young generation without a collection. */
const FEW = 5_000;
const MILLION = 1_000_000;

const rows: Record<string, object> = {};
for (const format of ['json', 'form', 'xml-rpc'] satisfies CdrFormat[]) {
  // Distinct bodies, since the engine keeps equal strings once.
  const bodies = Array.from({ length: FEW }, (_, index) =>
    Buffer.from(ENCODE[format]({ ...QUEUE, ivruniqueid: `202007211213270${index}` })),
  );
  const parse = (index: number) => parseCdr(bodies[index % FEW] ?? '');
  for (let index = 0; index < 20_000; index++) parse(index);

  let before = used();
  for (let index = 0; index < FEW; index++) parse(index);
  const allocated = (process.memoryUsage().heapUsed - before) / FEW;

  before = used();
  const kept = Array.from({ length: FEW }, (_, index) => parse(index));
  const held = (used() - before) / kept.length;
  kept.length = 0;

  before = used();
  for (let index = 0; index < MILLION; index++) parse(index);
  const grown = used() - before;

  rows[format] = {
    'body, bytes': bodies[0]?.length,
    'allocated, bytes a record': Math.round(allocated),
    'held, bytes a record': Math.round(held),
    'grown over a million, KB': Math.round(grown / 1000),
  };
}
console.table(rows);

// Does a kept id keep the whole body, with its long transcript, alive?
const ids: Record<string, object> = {};
for (const format of ['json', 'form', 'xml-rpc'] satisfies CdrFormat[]) {
  const body = Buffer.from(ENCODE[format](RECORDS['transcript of 1 MB']));
  parseCdr(body);
  const before = used();
  const kept = Array.from({ length: 20 }, () => parseCdr(body).callId);
  ids[format] = { 'KB held by an id': Math.round((used() - before) / 1000 / kept.length) };
}
console.table(ids);
