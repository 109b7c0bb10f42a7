// What is known of a record, one bit each.
/** It is a leg. */
export const IS_LEG = 1;
/** It was joined with a leg of its id that came shortly before. */
export const IS_JOINED = 2;
/** One before it goes with it. */
export const HAS_PREVIOUS = 4;
/** One after it goes with it. */
export const HAS_NEXT = 8;

/** How many slots of the table are tried for an id before it gets the one at the end. */
const TRIES = 16;

/**
 * Puts the records of each id together. Of a million ids some hundreds are put together with
 * another: who uses this has to compare the ids.
 *
 * A Map would do, but one of a million ids does not fit into the processor's caches, and takes three
 * times as long for each as one of ten thousand. This table is one of numbers, and fits.
 *
 * @param links for each record the hash of its id; becomes the place of the one before, where there is one
 * @param marks for each record the bits above; the last two are set here
 */
export function linkSameIds(links: Int32Array, marks: Uint8Array): void {
  const mask = slotsFor(links.length) - 1;
  /**
   * The low bits of a hash are its slot. In the slot the low bits are the place, counted from one, of
   * the last record with that hash, and the high bits are the hash's. Filled, or each page of memory
   * would be made ready twice: when it is read and when it is written.
   */
  const table = new Int32Array(mask + TRIES + 1).fill(0);
  for (let place = 0; place < links.length; place++) {
    const hash = links[place] ?? 0;
    const slot = slotOf(hash, table, mask);
    const last = (table[slot] ?? 0) & mask;
    if (last > 0) {
      links[place] = last - 1;
      mark(place, HAS_PREVIOUS, marks);
      mark(last - 1, HAS_NEXT, marks);
    }
    table[slot] = (hash & ~mask) | (place + 1);
  }
}

/** Adds a bit to those of a record. */
function mark(place: number, bit: number, marks: Uint8Array): void {
  marks[place] = (marks[place] ?? 0) | bit;
}

/** How many slots a table for so many ids has: a power of two, so that bits of a hash can be one's number. */
export function slotsFor(ids: number): number {
  return 2 ** Math.ceil(Math.log2(2 * ids + 2));
}

/**
 * The slot that stands for a hash, or is free for it. The last one is for all that find none: ids
 * that were made to meet would take quadratic time else.
 */
function slotOf(hash: number, table: Int32Array, mask: number): number {
  const first = hash & mask;
  for (let slot = first; slot < first + TRIES; slot++) {
    const entry = table[slot] ?? 0;
    if (entry === 0 || ((entry ^ hash) & ~mask) === 0) return slot;
  }
  return table.length - 1;
}

/** FNV-1a with 32 bits, the upper half mixed into the lower, which the table goes by. */
export function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 16);
}
