import type { Cdr } from './model/cdr.js';

/** Records of one id, as places in the list of all records. */
export interface SameIds {
  /** For each record the place of the next one of its id; 0 for none. */
  next: Int32Array;
  /** For each record 1 if there is one of its id before it, else 0. */
  isLater: Uint8Array;
}

/**
 * So many places of the table are tried for an id. What finds none, which is very rare unless ids
 * are made for it, shares one, so that no list of ids takes quadratic time.
 */
const TRIES = 16;

/**
 * Links the records of each id. Very rarely records of other ids are linked with them: those whose
 * ids have the same hash.
 *
 * A Map would do, but with a million ids it leaves the processor's caches, and costs three times for
 * each what it does with ten thousand. This table of numbers stays in them.
 */
export function linkSameIds(records: readonly Cdr[]): SameIds {
  // Numbers first and the table then: the processor looks up many at once in so short a loop.
  const hashes = new Int32Array(records.length);
  records.forEach(({ callId }, place) => {
    hashes[place] = hashOf(callId);
  });
  const next = new Int32Array(records.length);
  const isLater = new Uint8Array(records.length);
  const mask = 2 ** Math.ceil(Math.log2(2 * records.length + 1)) - 1;
  const table = new Int32Array(mask + 1 + TRIES); // of the last place of each id, counted from one
  for (let place = 0; place < hashes.length; place++) {
    const slot = slotOf(hashes[place] ?? 0, hashes, table, mask);
    const before = table[slot] ?? 0;
    if (before > 0) {
      next[before - 1] = place;
      isLater[place] = 1;
    }
    table[slot] = place + 1;
  }
  return { next, isLater };
}

/** The slot of the table that has records of this hash, or is free for them. */
function slotOf(hash: number, hashes: Int32Array, table: Int32Array, mask: number): number {
  const first = hash & mask;
  for (let slot = first; slot < first + TRIES; slot++) {
    const place = table[slot] ?? 0;
    if (place === 0 || hashes[place - 1] === hash) return slot;
  }
  return mask + TRIES;
}

/** FNV-1a with 32 bits, the upper half mixed into the lower, which the table goes by. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 16);
}
