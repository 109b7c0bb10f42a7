import type { CALL_TYPES, KnownCallType, LegFamily } from '../model/call-types.js';
import type { Cdr, CdrOf } from '../model/cdr.js';
import { type Outcome, outcomeOf } from '../model/statuses.js';
import { groupById, mergeCopies, type Records } from './copies.js';
import { byStart } from './key.js';

/** The types of one leg of a family. */
type LegType<F extends LegFamily, L extends 1 | 2> = {
  [T in KnownCallType]: (typeof CALL_TYPES)[T] extends { family: F; leg: L } ? T : never;
}[KnownCallType];

/** A record of one leg: of the first or the second, of one family or of any. */
export type CdrLeg<F extends LegFamily = LegFamily, L extends 1 | 2 = 1 | 2> = CdrOf<LegType<F, L>>;

/** The two legs of a call of one family, and what they say together. */
export interface LegPairOf<F extends LegFamily> {
  /** Which service made the legs. */
  legFamily: F;
  /** The first leg; null until it arrives. */
  leg1: CdrLeg<F, 1> | null;
  /** The second leg; null until it arrives. */
  leg2: CdrLeg<F, 2> | null;
  /** The id of the first leg; of the second until the first arrives. */
  callId: string;
  /**
   * The outcome of the second leg. Until it arrives, the first leg's failure, or `unknown`. Where
   * the first leg went to the customer, its outcome also stands for a second leg that was never made.
   */
  outcome: Outcome;
  /** The customer's number, from whichever leg has it; null if neither has it. */
  customerPhone: string | null;
  /** The agent's SIP code, from whichever leg has it; null if neither has it. */
  agentExtension: string | null;
  /** Where the recording is, from whichever leg has it, the second first; null if neither has it. */
  recordingUrl: string | null;
  /** The start of the call: the earlier of the two. */
  startedAt: Date;
}

/** The two legs of a call; check `legFamily`, and the types of the legs are narrowed. */
export type LegPair = { [F in LegFamily]: LegPairOf<F> }[LegFamily];

/**
 * Joins the two legs of each call, by id or by original id, in whatever order the records come.
 * Copies of a record are merged by `mergeCdr` in the order given. Of several legs under one
 * id, each goes with the other kind of leg that started last before it and has no partner yet.
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
  /** The calls of two legs; a leg without its partner is a pair with null for the other. */
  pairs: LegPair[];
  /** Every other record, once. */
  singles: Cdr[];
} {
  const pairs: LegPair[] = [];
  const singles: Cdr[] = [];
  const unpaired: CdrLeg[] = [];
  for (const records of groupById(cdrs).values()) {
    const twins = twinsIn(records);
    if (twins) {
      pairs.push(makePair(twins));
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

/** Pairs legs that are linked by the id of the call that they continue, and adds the rest alone. */
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

/** What most calls of two legs are: two records, one of each leg. */
function twinsIn([one, other, third]: Records): Legs | null {
  if (!other || third || one.legFamily !== other.legFamily) return null;
  if (one.leg === 1 && other.leg === 2) return { leg1: one, leg2: other };
  return one.leg === 2 && other.leg === 1 ? { leg1: other, leg2: one } : null;
}

/**
 * Adds a pair for each leg and the last one before it that waits under one of its ids; returns the
 * legs that still wait.
 */
function joinLegs(legs: CdrLeg[], idsOf: (leg: CdrLeg) => string[], pairs: LegPair[]): CdrLeg[] {
  if (legs.length < 2) return legs;
  const waiting = new Map<string, CdrLeg[]>();
  const joined = new Set<CdrLeg>();
  const keysOf = (leg: CdrLeg, number: number) =>
    idsOf(leg).map((id) => `${leg.legFamily} ${number} ${id}`);
  // By start and not by arrival, so that the order of arrival does not matter.
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

/** Takes the last leg that waits under one of these keys. One that waits under two can be joined already. */
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
  // The compiler cannot see that both legs are of one family.
  return pair as LegPair;
}

/** In the smart dialer the first leg is the customer's: its failure is why there is no second. */
function outcomeOfSecond(leg2: CdrLeg, leg1: CdrLeg | null): Outcome {
  if (leg2.status !== 'NOTCALLED' || leg2.legFamily !== 'smart-dialer') return leg2.outcome;
  return outcomeOf(leg1?.legStatus.leg1 ?? leg2.legStatus.leg1 ?? leg2.status);
}

/** A first leg that was answered decides nothing, unless it says how the second ended. */
function outcomeOfFirst(leg1: CdrLeg): Outcome {
  return leg1.outcome === 'answered' && leg1.legStatus.leg2 === null ? 'unknown' : leg1.outcome;
}
