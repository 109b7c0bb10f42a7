import type { Cdr } from '../model/cdr.js';
import { groupById, mergeCopies } from './copies.js';
import { byStart } from './key.js';

/** A call and the records that continue it. */
export interface TransferChain {
  /** The id of the original call. */
  callId: string;
  /** The records of that call, including both legs if it has two; empty if none was given. */
  original: Cdr[];
  /** The records that continue it, directly or through other records, by start. */
  transfers: Cdr[];
}

/**
 * Links each transferred call with the records that continue it, through `originalCallId`: one
 * chain per original call. The records can come in any order. Calls without a transfer are left
 * out. Copies of a record are merged by `mergeCdr` in the order given.
 *
 * If the original is missing, its chain has only the transfers. A cycle of ids forms one chain,
 * with the smallest id as its `callId`.
 *
 * @example
 * ```ts
 * import { type Cdr, linkTransfers } from 'voicenter-cdr';
 *
 * function agentsOf(cdrs: Cdr[], callId: string): (string | null)[] {
 *   const chain = linkTransfers(cdrs).find((one) => one.callId === callId);
 *   return chain ? [...chain.original, ...chain.transfers].map((cdr) => cdr.agentExtension) : [];
 * }
 * ```
 */
export function linkTransfers(cdrs: Iterable<Cdr>): TransferChain[] {
  const records = [...groupById(cdrs).values()].flatMap(mergeCopies).sort(byStart);
  const roots = rootsOf(records.filter(continuesAnother));
  // Per record, not per id: two records with the same id can continue different calls.
  const rootOf = (cdr: Cdr) => {
    const id = cdr.originalCallId ?? cdr.callId;
    return roots.get(id) ?? id;
  };
  // A transfer can share its call's id and name that id as its original; the call itself does not.
  const ids = new Set(records.filter((cdr) => !namesItself(cdr)).map(({ callId }) => callId));
  const isTransfer = (cdr: Cdr) => namesItself(cdr) && ids.has(cdr.callId);

  const chains = new Map<string, TransferChain>();
  for (const cdr of records.filter((one) => continuesAnother(one) || isTransfer(one))) {
    chains.set(rootOf(cdr), { callId: rootOf(cdr), original: [], transfers: [] });
  }
  for (const cdr of records) {
    const chain = chains.get(rootOf(cdr));
    const isOriginal = cdr.callId === chain?.callId && !isTransfer(cdr);
    chain?.[isOriginal ? 'original' : 'transfers'].push(cdr);
  }
  return [...chains.values()];
}

/**
 * Whether a record continues another call. Not a type predicate: the compiler would compare every
 * member of Cdr with every other, which takes seconds.
 */
export function continuesAnother(cdr: Cdr): boolean {
  return cdr.originalCallId !== null && !namesItself(cdr);
}

const namesItself = ({ callId, originalCallId }: Cdr) => callId === originalCallId;

/**
 * Maps each id that continues another to the id at the beginning of its chain.
 *
 * @param transfers by start: if records with the same id name several originals, the first counts
 */
export function rootsOf(transfers: readonly Cdr[]): Map<string, string> {
  const originals = new Map<string, string>();
  for (const { callId, originalCallId } of transfers) {
    if (originalCallId !== null && !originals.has(callId)) originals.set(callId, originalCallId);
  }
  const roots = new Map<string, string>();
  for (const start of originals.keys()) {
    const path = new Set<string>();
    let id = start;
    let next = originals.get(id);
    while (next !== undefined && !roots.has(id) && !path.has(id)) {
      path.add(id);
      id = next;
      next = originals.get(id);
    }
    const root = path.has(id) ? smallestInCycle(id, [...path]) : (roots.get(id) ?? id);
    for (const step of path) roots.set(step, root);
  }
  return roots;
}

/** The smallest id of the cycle that starts at `id`; ids that lead into the cycle do not count. */
function smallestInCycle(id: string, path: string[]): string {
  return path.slice(path.indexOf(id)).sort()[0] ?? id;
}
