import type { Cdr } from '../model/cdr.js';
import { byStart, latestCopies } from './key.js';
import { bothIds, type CdrLeg, joinLeg, type LegPair, pairOf } from './legs.js';
import {
  HAS_NEXT,
  HAS_PREVIOUS,
  hashOf,
  IS_JOINED,
  IS_LEG,
  linkSameIds,
  slotsFor,
} from './same-ids.js';

/**
 * Joins the two legs of each call, by id or by original id, whatever the order and however often
 * each record is given; of copies the last one given counts. Of several legs under one id, each goes
 * with the other kind of leg that started last before it and is still without a partner. A leg whose
 * partner is not among the records stands alone in its pair. `singles` has every other record, once.
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
  const records: readonly Cdr[] = Array.isArray(cdrs) ? cdrs : [...cdrs];
  const links = new Int32Array(records.length);
  const marks = new Uint8Array(records.length);
  const pairs = joinNear(records, links, marks);
  linkSameIds(links, marks);
  let near = 0; // how many pairs of joinNear have come by
  let kept = 0; // how many of them stay: they move up to the front
  const others: LegPair[] = [];
  const singles: Cdr[] = [];
  const withoutTwin: CdrLeg[] = [];
  // Of the records of one id the last one stands for all.
  records.forEach((cdr, place) => {
    const mark = marks[place] ?? 0;
    const pair = mark & IS_JOINED ? pairs[near++] : undefined;
    if (mark === 0) singles.push(cdr);
    else if (mark & HAS_NEXT) return;
    else if (!(mark & HAS_PREVIOUS)) {
      if (isLeg(cdr)) withoutTwin.push(cdr);
    } else {
      const previous = links[place] ?? 0;
      const areTwo = !((marks[previous] ?? 0) & HAS_PREVIOUS);
      if (areTwo && pair) pairs[kept++] = pair;
      else if (!areTwo || !joinTwins(records[previous], cdr, others)) {
        const copies = latestCopies(groupUpTo(place, records, links, marks));
        for (const copy of copies) if (!isLeg(copy)) singles.push(copy);
        for (const leg of joinLinked(copies.filter(isLeg), ownId, others)) withoutTwin.push(leg);
      }
    }
  });
  pairs.length = kept; // without those that were joined before a third of their id came
  joinRest(withoutTwin, others);
  for (const pair of others) pairs.push(pair);
  return { pairs, singles };
}

const isLeg = (cdr: Cdr): cdr is CdrLeg => cdr.leg !== null;
const ownId = ({ callId }: CdrLeg) => [callId];

/** How many legs back, more or less, a leg finds its twin in the processor's cache; a power of two. */
const NEAR = 4096;

/**
 * Hashes the id of each record, and joins each leg with its twin if that came shortly before. A
 * million records do not fit into the processor's cache: later, both would have to come from memory
 * once more. That these two are all that their id has is not known yet.
 *
 * @returns the pairs, in the order of their later legs, which are marked as joined
 */
function joinNear(records: readonly Cdr[], links: Int32Array, marks: Uint8Array): LegPair[] {
  const pairs: LegPair[] = [];
  /** The place of the last leg whose hash has these low bits. */
  const recent = new Int32Array(Math.min(NEAR, slotsFor(records.length)));
  records.forEach((cdr, place) => {
    const hash = hashOf(cdr.callId);
    links[place] = hash;
    if (!isLeg(cdr)) return;
    const slot = hash & (recent.length - 1);
    const before = recent[slot] ?? 0;
    const isJoined = links[before] === hash && joinTwins(records[before], cdr, pairs);
    marks[place] = isJoined ? IS_LEG | IS_JOINED : IS_LEG;
    recent[slot] = place;
  });
  return pairs;
}

/**
 * Joins two records if they are the two legs of one call. Nearly always those are all that an id
 * has, and need none of the work that more take: not even a pair of one, as joinLeg makes it.
 */
function joinTwins(one: Cdr | undefined, other: Cdr, pairs: LegPair[]): boolean {
  if (!one || !isLeg(one) || !isLeg(other) || one.leg === other.leg) return false;
  // Two ids can have one hash.
  if (one.callId !== other.callId || one.legFamily !== other.legFamily) return false;
  pairs.push(one.leg === 1 ? pairOf(one, other) : pairOf(other, one));
  return true;
}

/** The records that go with the last of them, in the order in which they came. */
function groupUpTo(
  last: number,
  records: readonly Cdr[],
  links: Int32Array,
  marks: Uint8Array,
): Cdr[] {
  const places = [last];
  for (let place = last; (marks[place] ?? 0) & HAS_PREVIOUS; ) {
    place = links[place] ?? 0;
    places.push(place);
  }
  return places.reverse().flatMap((place) => records[place] ?? []);
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
