import type { Cdr } from './model/cdr.js';

/** Which records go together, by their places in the list of all. */
export interface SameIds {
  /** For each record the place of the next one that goes with it; 0 for none. */
  next: Int32Array;
  /** For each record 1 if one before it goes with it, else 0. */
  isLater: Uint8Array;
}

/** How many slots of the table are tried for an id before it gets the one at the end. */
const TRIES = 16;

/**
 * Puts the records of each id together. Of a million ids some hundreds are together with another:
 * their hashes are equal, or neither found a slot of its own. Who uses this has to compare the ids.
 *
 * A Map would do, but one of a million ids does not fit into the processor's caches, and takes three
 * times as long for each as one of ten thousand. This table is one of numbers, and fits.
 */
export function linkSameIds(records: readonly Cdr[]): SameIds {
  // All hashes first: the loop over the table is so short then that many of its slots load at once.
  const hashes = new Int32Array(records.length);
  records.forEach(({ callId }, place) => {
    hashes[place] = hashOf(callId);
  });
  const next = new Int32Array(records.length);
  const isLater = new Uint8Array(records.length);
  const mask = 2 ** Math.ceil(Math.log2(2 * records.length + 1)) - 1;
  /** Each slot has the place, counted from one, of the last record that it stands for. */
  const table = new Int32Array(mask + TRIES + 1);
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

/**
 * The slot that stands for a hash, or is free for it. The last one is for all that find none: ids
 * that were made to meet would take quadratic time else.
 */
function slotOf(hash: number, hashes: Int32Array, table: Int32Array, mask: number): number {
  const first = hash & mask;
  for (let slot = first; slot < first + TRIES; slot++) {
    const place = table[slot] ?? 0;
    if (place === 0 || hashes[place - 1] === hash) return slot;
  }
  return table.length - 1;
}

/** FNV-1a with 32 bits, the upper half mixed into the lower, which the table goes by. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 16);
}
