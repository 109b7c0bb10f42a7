import { byStart, latestCopies } from './key.js';
import { bothIds, type CdrLeg, joinLeg, type LegPair, pairOf } from './legs.js';
import type { Cdr } from './model/cdr.js';
import { linkSameIds } from './same-ids.js';

/**
 * Joins the two legs of each call, by id or by original id, whatever the order and however often
 * each record is given; of copies the last one given counts. Of several legs under one id, each goes
 * with the other kind of leg that started last before it and is still without a partner. A leg whose partner is not among the
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
  const records = [...cdrs];
  const { next, isLater } = linkSameIds(records);
  records.forEach((cdr, place) => {
    if (isLater[place]) return; // gone with the first of its id
    const second = next[place] ?? 0;
    if (second === 0) {
      if (isLeg(cdr)) withoutTwin.push(cdr);
      else singles.push(cdr);
    } else if (next[second] !== 0 || !joinTwins(cdr, records[second], pairs)) {
      const copies = latestCopies(groupFrom(place, records, next));
      for (const copy of copies) if (!isLeg(copy)) singles.push(copy);
      for (const leg of joinLinked(copies.filter(isLeg), ownId, pairs)) withoutTwin.push(leg);
    }
  });
  joinRest(withoutTwin, pairs);
  return { pairs, singles };
}

const isLeg = (cdr: Cdr): cdr is CdrLeg => cdr.leg !== null;
const ownId = ({ callId }: CdrLeg) => [callId];

/**
 * Joins two records if they are the two legs of one call. Nearly always those are all that an id
 * has, and need none of the work that more take: not even a pair of one, as joinLeg makes it.
 */
function joinTwins(one: Cdr, other: Cdr | undefined, pairs: LegPair[]): boolean {
  if (!other || !isLeg(one) || !isLeg(other) || one.leg === other.leg) return false;
  // linkSameIds can put two ids together.
  if (one.callId !== other.callId || one.legFamily !== other.legFamily) return false;
  pairs.push(one.leg === 1 ? pairOf(one, other) : pairOf(other, one));
  return true;
}

function groupFrom(first: number, records: Cdr[], next: Int32Array): Cdr[] {
  const places = [first];
  for (let place = next[first] ?? 0; place > 0; place = next[place] ?? 0) places.push(place);
  return places.flatMap((place) => records[place] ?? []);
}

/** Adds a pair for each two legs that an original id links, and for each leg alone. */
function joinRest(legs: CdrLeg[], pairs: LegPair[]): void {
  const originals = new Set<string>();
  for (const { originalCallId } of legs) {
    if (originalCallId !== null) originals.add(originalCallId);
  }
  const linked: CdrLeg[] = [];
  for (const leg of legs) {
    if (leg.originalCallId !== null || originals.has(leg.callId)) linked.push(leg);
    else pairs.push(joinLeg(null, leg));
  }
  for (const leg of joinLinked(linked, bothIds, pairs)) pairs.push(joinLeg(null, leg));
}

/**
 * Adds a pair for each leg and the one before it that is waiting for it under one of its ids;
 * returns the legs that still wait. Sorts the list it is given.
 */
function joinLinked(legs: CdrLeg[], idsOf: (leg: CdrLeg) => string[], pairs: LegPair[]): CdrLeg[] {
  const waiting = new Map<string, CdrLeg[]>();
  const joined = new Set<CdrLeg>();
  // By start and not by arrival, so that the order of arrival does not matter.
  for (const leg of legs.sort(byStart)) {
    const places = (number: number) => idsOf(leg).map((id) => `${leg.legFamily} ${number} ${id}`);
    const partner = takeLatest(places(3 - leg.leg), waiting, joined);
    if (partner === undefined) {
      for (const place of places(leg.leg)) {
        const others = waiting.get(place);
        if (others) others.push(leg);
        else waiting.set(place, [leg]);
      }
    } else {
      pairs.push(joinLeg(joinLeg(null, partner), leg));
      joined.add(partner).add(leg);
    }
  }
  return legs.filter((leg) => !joined.has(leg));
}

/** The last leg that waits in one of these places. One that waited in two can have been taken from the other. */
function takeLatest(
  places: string[],
  waiting: Map<string, CdrLeg[]>,
  joined: Set<CdrLeg>,
): CdrLeg | undefined {
  for (const place of places) {
    const legs = waiting.get(place) ?? [];
    for (let leg = legs.pop(); leg; leg = legs.pop()) if (!joined.has(leg)) return leg;
  }
  return undefined;
}
