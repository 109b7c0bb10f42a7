import { cdrKey } from './key.js';
import type { CALL_TYPES, KnownCallType, LegFamily } from './model/call-types.js';
import type { Cdr, CdrOf } from './model/cdr.js';
import { type Outcome, outcomeOf } from './model/statuses.js';

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
 * Puts a leg into its pair: the step that {@link pairLegs} is made of, for a receiver that gets
 * legs one at a time and keeps the pair in between. A copy of a leg takes its place.
 *
 * @param pair the pair so far; null for the first leg to arrive
 * @param leg a record of a leg: check `cdr.leg !== null`
 * @throws TypeError for a leg of another call, or of another family: it would take the place of one
 *
 * @example
 * ```ts
 * import { type Cdr, joinLeg, type LegPair } from 'voicenter-cdr';
 *
 * const calls = new Map<string, LegPair>();
 *
 * function store(cdr: Cdr): void {
 *   if (cdr.leg === null) return;
 *   const call = `${cdr.legFamily} ${cdr.originalCallId ?? cdr.callId}`;
 *   calls.set(call, joinLeg(calls.get(call) ?? null, cdr));
 * }
 * ```
 */
export function joinLeg(pair: LegPair | null, leg: CdrLeg): LegPair {
  if (pair !== null && !belongs(leg, pair)) {
    throw new TypeError(
      `The leg ${cdrKey(leg)} is not of the ${pair.legFamily} call ${pair.callId}`,
    );
  }
  const leg1 = leg.leg === 1 ? leg : (pair?.leg1 ?? null);
  const leg2 = leg.leg === 2 ? leg : (pair?.leg2 ?? null);
  const first = leg1 ?? leg;
  const last = leg2 ?? leg;
  const joined = {
    legFamily: leg.legFamily,
    leg1,
    leg2,
    callId: first.callId,
    outcome: leg2 ? outcomeOfSecond(leg2, leg1) : outcomeOfFirst(first),
    customerPhone: last.customerPhone ?? first.customerPhone,
    agentExtension: last.agentExtension ?? first.agentExtension,
    recordingUrl: last.recordingUrl ?? first.recordingUrl,
    startedAt: new Date(Math.min(first.startedAt.getTime(), last.startedAt.getTime())),
  };
  // The compiler cannot see that both legs are of one family, which `belongs` has made sure of.
  return joined as LegPair;
}

function belongs(leg: CdrLeg, { legFamily, leg1, leg2 }: LegPair): boolean {
  return leg.legFamily === legFamily && (isLinked(leg, leg1) || isLinked(leg, leg2));
}

/** Whether two legs share an id, or one continues what the other is or continues. */
function isLinked(leg: CdrLeg, other: CdrLeg | null): boolean {
  if (other === null) return false;
  const { callId, originalCallId } = leg;
  if (callId === other.callId || callId === other.originalCallId) return true;
  return (
    originalCallId !== null &&
    (originalCallId === other.callId || originalCallId === other.originalCallId)
  );
}

/** In the smart dialer the first leg is the customer's: how it failed is why there is no second. */
function outcomeOfSecond(leg2: CdrLeg, leg1: CdrLeg | null): Outcome {
  if (leg2.status !== 'NOTCALLED' || leg2.legFamily !== 'smart-dialer') return leg2.outcome;
  return outcomeOf(leg1?.legStatus.leg1 ?? leg2.legStatus.leg1 ?? leg2.status);
}

/** A first leg that was answered decides nothing, unless it says how the second ended. */
function outcomeOfFirst(leg1: CdrLeg): Outcome {
  return leg1.outcome === 'answered' && leg1.legStatus.leg2 === null ? 'unknown' : leg1.outcome;
}

/**
 * Joins the two legs of each call, by id or by original id, whatever the order and however often
 * each record is given; of copies the last one given counts. A leg whose partner is not among the
 * records stands alone in its pair. `singles` has every other record, once.
 *
 * @example
 * ```ts
 * import { type Cdr, pairLegs } from 'voicenter-cdr';
 *
 * function rowsOf(cdrs: Cdr[]): { callId: string; customer: string | null; outcome: string }[] {
 *   const { pairs, singles } = pairLegs(cdrs);
 *   return [...pairs, ...singles].map(({ callId, customerPhone, outcome }) => ({
 *     callId,
 *     customer: customerPhone,
 *     outcome,
 *   }));
 * }
 * ```
 */
export function pairLegs(cdrs: Iterable<Cdr>): {
  /** The calls of two legs. */
  pairs: LegPair[];
  /** Every other record. */
  singles: Cdr[];
} {
  const pairs: LegPair[] = [];
  const singles: Cdr[] = [];
  const withoutTwin: CdrLeg[] = [];
  for (const call of groupsOf(cdrs, byId)) {
    if (Array.isArray(call)) {
      const latest = latestCopies(call);
      for (const cdr of latest) if (cdr.leg === null) singles.push(cdr);
      joinWithin(latest.filter(isLeg), pairs, withoutTwin);
    } else if (isLeg(call)) withoutTwin.push(call);
    else singles.push(call);
  }
  const alone: CdrLeg[] = [];
  for (const legs of groupsOf(withoutTwin, byOriginalId)) {
    if (Array.isArray(legs)) joinWithin(legs, pairs, alone);
    else alone.push(legs);
  }
  for (const leg of alone) pairs.push(joinLeg(null, leg));
  return { pairs, singles };
}

const isLeg = (cdr: Cdr): cdr is CdrLeg => cdr.leg !== null;
const byId = (cdr: Cdr) => cdr.callId;
const byOriginalId = (cdr: Cdr) => cdr.originalCallId ?? cdr.callId;

/**
 * Records by id, in the order in which the ids came: a list where an id came again, and else the
 * record itself, for a million lists cost more than all the rest.
 */
function groupsOf<C extends Cdr>(cdrs: Iterable<C>, idOf: (cdr: C) => string): Iterable<C | C[]> {
  const groups = new Map<string, C | C[]>();
  for (const cdr of cdrs) {
    const id = idOf(cdr);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, cdr);
    else if (Array.isArray(group)) group.push(cdr);
    else groups.set(id, [group, cdr]);
  }
  return groups.values();
}

/** Each record once, as it was last given. */
export function latestCopies(cdrs: Iterable<Cdr>): Cdr[] {
  const latest = new Map<string, Cdr>();
  for (const cdr of cdrs) latest.set(cdrKey(cdr), cdr);
  return [...latest.values()];
}

/** Adds a pair for each first leg of a group and the second leg that follows it, and the other legs to `remaining`. */
function joinWithin(group: CdrLeg[], pairs: LegPair[], remaining: CdrLeg[]): void {
  // By start and not by arrival, so that the order of arrival does not matter.
  if (group.length > 2) group.sort(byStart);
  for (const family of new Set(group.map((leg) => leg.legFamily))) {
    const legs = group.filter((leg) => leg.legFamily === family);
    const first = legs.filter((leg) => leg.leg === 1);
    const second = legs.filter((leg) => leg.leg === 2);
    for (let index = 0; index < Math.max(first.length, second.length); index++) {
      const leg1 = first[index];
      const leg2 = second[index];
      if (leg1 && leg2) pairs.push(joinLeg(joinLeg(null, leg1), leg2));
      else if (leg1) remaining.push(leg1);
      else if (leg2) remaining.push(leg2);
    }
  }
}

/** The order of calls: by start, those of one second in the order of their keys. */
export function byStart(a: Cdr, b: Cdr): number {
  const difference = a.startedAt.getTime() - b.startedAt.getTime();
  if (difference !== 0) return difference;
  return cdrKey(a) < cdrKey(b) ? -1 : 1;
}
