import type { Cdr } from '../model/cdr.js';
import { byStart, latestCopies } from './key.js';

/** A call and what continues it. */
export interface TransferChain {
  /** The id of the call that was there first. */
  callId: string;
  /** The records of that call, both legs where it has two; empty when they are not among those given. */
  original: Cdr[];
  /** The records that continue it, directly or through another, by their start. */
  transfers: Cdr[];
}

/**
 * Links each transferred call with the records that continue it, through `originalCallId`: a chain
 * per original call, whatever the order and however often each record is given. Calls that nothing
 * continues are in no chain.
 *
 * An original that is missing leaves a chain without it; ids that continue each other in a circle
 * are a chain under the one that sorts first.
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
  const records = latestCopies(cdrs).sort(byStart);
  const continues = new Map<string, string>();
  for (const { callId, originalCallId } of records.filter(continuesAnother)) {
    if (originalCallId !== null && !continues.has(callId)) continues.set(callId, originalCallId);
  }
  const roots = rootsOf(continues);
  // By what the record itself names: of two under one id each can continue another call.
  const rootOf = (cdr: Cdr) => {
    const id = cdr.originalCallId ?? cdr.callId;
    return roots.get(id) ?? id;
  };
  // A transfer can have the id of its call and name it as its original, which the call itself does not.
  const begun = new Set(records.filter((cdr) => !namesItself(cdr)).map(({ callId }) => callId));
  const isTransfer = (cdr: Cdr) => namesItself(cdr) && begun.has(cdr.callId);

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

const continuesAnother = (cdr: Cdr) => cdr.originalCallId !== null && !namesItself(cdr);
const namesItself = ({ callId, originalCallId }: Cdr) => callId === originalCallId;

/** For each id that continues another, the id at the beginning of its chain. */
function rootsOf(continues: Map<string, string>): Map<string, string> {
  const roots = new Map<string, string>();
  for (const start of continues.keys()) {
    const path = new Set<string>();
    let id = start;
    let next = continues.get(id);
    while (next !== undefined && !roots.has(id) && !path.has(id)) {
      path.add(id);
      id = next;
      next = continues.get(id);
    }
    const root = path.has(id) ? firstInCircle(id, [...path]) : (roots.get(id) ?? id);
    for (const step of path) roots.set(step, root);
  }
  return roots;
}

/** Of a path that has come back to `id`, the first in the order of ids; a way into the circle is none of it. */
function firstInCircle(id: string, path: string[]): string {
  return path.slice(path.indexOf(id)).sort()[0] ?? id;
}
