import type { Cdr } from '../model/cdr.js';
import { cdrKey, expectCdr } from './key.js';
import { mergeCdr } from './merge.js';

/** A non-empty list of records. */
export type Records = [Cdr, ...Cdr[]];

/**
 * Groups records by id, in the order given.
 *
 * @throws TypeError for a value that is not a Cdr
 */
export function groupById(cdrs: Iterable<Cdr>): Map<string, Records> {
  const groups = new Map<string, Records>();
  for (const cdr of cdrs) {
    expectCdr(cdr);
    const group = groups.get(cdr.callId);
    if (group) group.push(cdr);
    else groups.set(cdr.callId, [cdr]);
  }
  return groups;
}

/** Merges copies of the same record, in the order given. */
export function mergeCopies(records: Records): Records {
  if (records.length === 1) return records;
  const merged = new Map<string, Cdr>();
  for (const cdr of records) {
    const key = cdrKey(cdr);
    const copy = merged.get(key);
    merged.set(key, copy ? mergeCdr(copy, cdr) : cdr);
  }
  if (merged.size === records.length) return records;
  const [first = records[0], ...others] = merged.values();
  return [first, ...others];
}
