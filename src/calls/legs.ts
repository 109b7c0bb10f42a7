import type { CALL_TYPES, KnownCallType, LegFamily } from '../model/call-types.js';
import type { Cdr, CdrOf } from '../model/cdr.js';
import { type Outcome, outcomeOf } from '../model/statuses.js';
import { groupById, mergeCopies, type Records } from './copies.js';
import { byStart } from './key.js';

/** The call types of one leg of a family. */
type LegType<F extends LegFamily, L extends 1 | 2> = {
  [T in KnownCallType]: (typeof CALL_TYPES)[T] extends { family: F; leg: L } ? T : never;
}[KnownCallType];

/** The record of a call leg; name a family or a leg to narrow it. */
export type CdrLeg<F extends LegFamily = LegFamily, L extends 1 | 2 = 1 | 2> = CdrOf<LegType<F, L>>;

/** The two legs of a call of one family, and the values combined from them. */
export interface LegPairOf<F extends LegFamily> {
  /** The service that made the legs. */
  legFamily: F;
  /** The first leg; null until it arrives. */
  leg1: CdrLeg<F, 1> | null;
  /** The second leg; null until it arrives. */
  leg2: CdrLeg<F, 2> | null;
  /** The id of the first leg, or of the second until the first arrives. */
  callId: string;
  /**
   * The outcome of the second leg. Until it arrives, the first leg's failure, or `unknown`. If the
   * first leg went to the customer and the second was never dialed, the outcome of the first leg.
   */
  outcome: Outcome;
  /** The customer's number, from whichever leg has it; null if neither has it. */
  customerPhone: string | null;
  /** The agent's SIP code, from whichever leg has it; null if neither has it. */
  agentExtension: string | null;
  /** The URL of the recording: the second leg's, else the first leg's; null if neither has it. */
  recordingUrl: string | null;
  /** The start of the call: the earlier start of the two legs. */
  startedAt: Date;
}

/** The two legs of a call. Checking `legFamily` narrows the types of the legs. */
export type LegPair = { [F in LegFamily]: LegPairOf<F> }[LegFamily];

/**
 * Pairs the two legs of each call, by id or by original id. The records can come in any order.
 * Copies of a record are merged by `mergeCdr` in the order given. If several legs share an id, each
 * is paired with the last leg of the other kind that started before it and has no partner yet.
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
  /** Calls with two legs. If a leg is missing, it is null in the pair. */
  pairs: LegPair[];
  /** All other records, without duplicates. */
  singles: Cdr[];
} {
  const pairs: LegPair[] = [];
  const singles: Cdr[] = [];
  const unpaired: CdrLeg[] = [];
  for (const records of groupById(cdrs).values()) {
    const pair = simplePair(records);
    if (pair) {
      pairs.push(makePair(pair));
      continue;
    }
    const legs: CdrLeg[] = [];
    for (const cdr of mergeCopies(records)) {
      if (cdr.leg === null) singles.push(cdr);
      else legs.push(cdr);
    }
    for (const leg of joinLegs(legs, ownId, pairs)) unpaired.push(leg);
  }
  if (unpaired.length > 0) pairRest(unpaired, pairs);
  return { pairs, singles };
}

/** Pairs legs linked by `originalCallId`, and adds the remaining legs without a partner. */
function pairRest(unpaired: CdrLeg[], pairs: LegPair[]): void {
  const originals = new Set(unpaired.map(({ originalCallId }) => originalCallId));
  const isLinked = (leg: CdrLeg) => leg.originalCallId !== null || originals.has(leg.callId);
  const alone = [
    ...unpaired.filter((leg) => !isLinked(leg)),
    ...joinLegs(unpaired.filter(isLinked), bothIds, pairs),
  ];
  for (const leg of alone) {
    pairs.push(makePair(leg.leg === 1 ? { leg1: leg, leg2: null } : { leg1: null, leg2: leg }));
  }
}

/** The legs of a pair: at least one, and both of one family. */
type Legs =
  | { leg1: CdrLeg<LegFamily, 1>; leg2: CdrLeg<LegFamily, 2> }
  | { leg1: CdrLeg<LegFamily, 1>; leg2: null }
  | { leg1: null; leg2: CdrLeg<LegFamily, 2> };

/** The most common case: two records, one of each leg. */
function simplePair([one, other, third]: Records): Legs | null {
  if (!other || third || one.legFamily !== other.legFamily) return null;
  if (one.leg === 1 && other.leg === 2) return { leg1: one, leg2: other };
  return one.leg === 2 && other.leg === 1 ? { leg1: other, leg2: one } : null;
}

/**
 * Pairs each leg with the last earlier leg that waits under one of its ids. Returns the legs that
 * still wait.
 */
function joinLegs(legs: CdrLeg[], idsOf: (leg: CdrLeg) => string[], pairs: LegPair[]): CdrLeg[] {
  if (legs.length < 2) return legs;
  const waiting = new Map<string, CdrLeg[]>();
  const joined = new Set<CdrLeg>();
  const keysOf = (leg: CdrLeg, number: number) =>
    idsOf(leg).map((id) => `${leg.legFamily} ${number} ${id}`);
  // By start, so that the order of arrival does not matter.
  for (const leg of legs.sort(byStart)) {
    const partner = takeLast(keysOf(leg, 3 - leg.leg), waiting, joined);
    if (partner) {
      const [leg1, leg2] = leg.leg === 1 ? [leg, partner] : [partner, leg];
      if (leg1.leg === 1 && leg2.leg === 2) pairs.push(makePair({ leg1, leg2 }));
      joined.add(partner).add(leg);
      continue;
    }
    for (const key of keysOf(leg, leg.leg)) {
      const others = waiting.get(key);
      if (others) others.push(leg);
      else waiting.set(key, [leg]);
    }
  }
  return legs.filter((leg) => !joined.has(leg));
}

/** Takes the last leg waiting under one of these keys, skipping legs joined under another key. */
function takeLast(
  keys: string[],
  waiting: Map<string, CdrLeg[]>,
  joined: Set<CdrLeg>,
): CdrLeg | undefined {
  for (const key of keys) {
    const legs = waiting.get(key) ?? [];
    for (let leg = legs.pop(); leg; leg = legs.pop()) if (!joined.has(leg)) return leg;
  }
  return undefined;
}

const ownId = ({ callId }: CdrLeg) => [callId];
const bothIds = ({ callId, originalCallId }: CdrLeg) =>
  originalCallId === null ? [callId] : [callId, originalCallId];

function makePair({ leg1, leg2 }: Legs): LegPair {
  const first = leg1 ?? leg2;
  const last = leg2 ?? leg1;
  const pair = {
    legFamily: first.legFamily,
    leg1,
    leg2,
    callId: first.callId,
    outcome: leg2 ? outcomeOfSecond(leg2, leg1) : outcomeOfFirst(leg1),
    customerPhone: last.customerPhone ?? first.customerPhone,
    agentExtension: last.agentExtension ?? first.agentExtension,
    recordingUrl: last.recordingUrl ?? first.recordingUrl,
    startedAt: new Date(Math.min(first.startedAt.getTime(), last.startedAt.getTime())),
  };
  // The compiler cannot see that both legs belong to the same family.
  return pair as LegPair;
}

/** In the smart dialer the first leg goes to the customer: if it fails, there is no second leg. */
function outcomeOfSecond(leg2: CdrLeg, leg1: CdrLeg | null): Outcome {
  if (leg2.status !== 'NOTCALLED' || leg2.legFamily !== 'smart-dialer') return leg2.outcome;
  return outcomeOf(leg1?.legStatus.leg1 ?? leg2.legStatus.leg1 ?? leg2.status);
}

/** An answered first leg leaves the outcome unknown, unless it says how the second leg ended. */
function outcomeOfFirst(leg1: CdrLeg): Outcome {
  return leg1.outcome === 'answered' && leg1.legStatus.leg2 === null ? 'unknown' : leg1.outcome;
}
