import type { CALL_TYPES, KnownCallType, LegFamily } from '../model/call-types.js';
import type { CdrOf } from '../model/cdr.js';
import { type Outcome, outcomeOf } from '../model/statuses.js';
import { byStart, cdrKey } from './key.js';

/** The types of one leg of a family. */
type LegType<F extends LegFamily, L extends 1 | 2> = {
  [T in KnownCallType]: (typeof CALL_TYPES)[T] extends { family: F; leg: L } ? T : never;
}[KnownCallType];

/** A record of one leg: of the first or the second, of one family or of any. */
export type CdrLeg<F extends LegFamily = LegFamily, L extends 1 | 2 = 1 | 2> = CdrOf<LegType<F, L>>;

/** The two legs of a call of one family, and what is true of the whole call. */
export interface LegPairOf<F extends LegFamily> {
  /** Which service made the legs. */
  legFamily: F;
  /** The first leg; null while it has not arrived. */
  leg1: CdrLeg<F, 1> | null;
  /** The second leg; null while it has not arrived. */
  leg2: CdrLeg<F, 2> | null;
  /** The id of the first leg; of the second while the first has not arrived. */
  callId: string;
  /**
   * What became of the call: what became of its second leg. While that has not arrived, how the
   * first leg failed, and `unknown` if it did not. Where the first leg went to the customer, its
   * outcome also stands for a second leg that was never made.
   */
  outcome: Outcome;
  /** The customer's number, from whichever leg has it; null when neither has. */
  customerPhone: string | null;
  /** The agent's SIP code, from whichever leg has it; null when neither has. */
  agentExtension: string | null;
  /** Where the recording is, from whichever leg has it, the second first; null when neither has. */
  recordingUrl: string | null;
  /** The start of the call: the earlier of the two. */
  startedAt: Date;
}

/** The two legs of a call; check `legFamily`, and the types of the legs are narrowed. */
export type LegPair = { [F in LegFamily]: LegPairOf<F> }[LegFamily];

/**
 * Puts a leg into its pair, as {@link pairLegs} does: for a receiver that gets legs one at a time
 * and keeps the pair in between. A copy of a leg takes its place. Of two records
 * of one leg that are no copies the one that started later counts, in whatever order they come.
 *
 * @param pair the pair so far; null for the first leg to arrive
 * @param leg a record of a leg: check `cdr.leg !== null`
 * @throws TypeError for a leg of another call, or of another family: it would take the place of one
 *
 * @example
 * ```ts
 * import { type Cdr, joinLeg, type LegPair } from 'voicenter-cdr';
 *
 * const calls = new Map<string, { pair: LegPair | null }>(); // by the ids of their legs
 *
 * function store(cdr: Cdr): void {
 *   if (cdr.leg === null) return;
 *   const { legFamily, leg, callId, originalCallId } = cdr;
 *   const ids = [callId, originalCallId ?? callId].map((id) => `${legFamily} ${id}`);
 *   const [own, linked] = ids.map((id) => calls.get(id));
 *   const isOpen = linked?.pair?.[`leg${leg}`] === null; // else another transfer of the same call
 *   const call = own ?? (isOpen ? linked : { pair: null });
 *   call.pair = joinLeg(call.pair, cdr);
 *   for (const id of ids) if (!calls.has(id)) calls.set(id, call);
 * }
 * ```
 */
export function joinLeg(pair: LegPair | null, leg: CdrLeg): LegPair {
  if (pair !== null && !belongs(leg, pair)) {
    const known = pair.leg1 ?? pair.leg2 ?? leg;
    throw new TypeError(`The leg ${cdrKey(leg)} is not of the call of ${cdrKey(known)}`);
  }
  const taken = pair?.[`leg${leg.leg}`];
  if (pair && taken && cdrKey(taken) !== cdrKey(leg) && byStart(taken, leg) > 0) return pair;
  const first = leg.leg === 1 ? leg : (pair?.leg1 ?? leg);
  const last = leg.leg === 2 ? leg : (pair?.leg2 ?? leg);
  return pairOf(first, last);
}

/** The pair of a first and a second leg of one family; of a leg without its other, given as both. */
export function pairOf(first: CdrLeg, last: CdrLeg): LegPair {
  const leg1 = first.leg === 1 ? first : null;
  const leg2 = last.leg === 2 ? last : null;
  const joined = {
    legFamily: first.legFamily,
    leg1,
    leg2,
    callId: first.callId,
    outcome: leg2 ? outcomeOfSecond(leg2, leg1) : outcomeOfFirst(first),
    customerPhone: last.customerPhone ?? first.customerPhone,
    agentExtension: last.agentExtension ?? first.agentExtension,
    recordingUrl: last.recordingUrl ?? first.recordingUrl,
    startedAt: new Date(Math.min(first.startedAt.getTime(), last.startedAt.getTime())),
  };
  // The compiler cannot see that both legs are of one family, which all who call this have made sure of.
  return joined as LegPair;
}

function belongs(leg: CdrLeg, { legFamily, leg1, leg2 }: LegPair): boolean {
  return leg.legFamily === legFamily && (isLinked(leg, leg1) || isLinked(leg, leg2));
}

/** Whether two legs share an id, or one continues what the other is or continues. */
function isLinked(leg: CdrLeg, other: CdrLeg | null): boolean {
  return other !== null && bothIds(leg).some((id) => bothIds(other).includes(id));
}

/** The ids under which a leg can be another's. */
export const bothIds = ({ callId, originalCallId }: CdrLeg) =>
  originalCallId === null ? [callId] : [callId, originalCallId];

/** In the smart dialer the first leg is the customer's: how it failed is why there is no second. */
function outcomeOfSecond(leg2: CdrLeg, leg1: CdrLeg | null): Outcome {
  if (leg2.status !== 'NOTCALLED' || leg2.legFamily !== 'smart-dialer') return leg2.outcome;
  return outcomeOf(leg1?.legStatus.leg1 ?? leg2.legStatus.leg1 ?? leg2.status);
}

/** A first leg that was answered decides nothing, unless it says how the second ended. */
function outcomeOfFirst(leg1: CdrLeg): Outcome {
  return leg1.outcome === 'answered' && leg1.legStatus.leg2 === null ? 'unknown' : leg1.outcome;
}
