import type { CallType, Direction } from '../model/call-types.js';
import type { Cdr } from '../model/cdr.js';
import type { Queue } from '../model/parts.js';
import type { Outcome } from '../model/statuses.js';
import { groupById, mergeCopies, type Records } from './copies.js';
import { isMissed } from './is-missed.js';
import { byStart } from './key.js';
import { type LegPair, pairLegs } from './legs.js';
import { continuesAnother, rootsOf } from './transfers.js';

/** One call: its legs and transfers, and the values combined from them. */
export interface Call {
  /**
   * The id of the original call, even if its own record was not given. If the ids form a cycle, the
   * smallest one.
   */
  callId: string;
  /** The type of the record that began first. */
  type: CallType;
  /** The name of that type, as sent. */
  typeName: string;
  /** The first known direction, by start; null if none is known. */
  direction: Direction | null;
  /** The start of the record that began first. */
  startedAt: Date;
  /**
   * Whether there was a conversation: an answered record other than a first leg, voicemail, fax,
   * scrubber or menu.
   */
  answered: boolean;
  /**
   * `answered` only if there was a conversation. Otherwise the outcome of the last record other
   * than a first leg: `voicemail` if voicemail took the call, `ended-in-ivr` if a menu answered,
   * `unknown` if the fax or scrubber service did, or if there is only an answered first leg.
   */
  outcome: Outcome;
  /** Whether a customer tried to reach the business and talked to nobody; see {@link isMissed}. */
  missed: boolean;
  /** Total seconds of talk; 0 without a conversation, null if the talk of one is unknown. */
  talkSeconds: number | null;
  /** Seconds of the longest known wait in a queue; null if none is known. */
  waitSeconds: number | null;
  /** The first known number of the customer, by start; null if none is known. */
  customerPhone: string | null;
  /** The first known number of the business itself, by start; null if none is known. */
  businessPhone: string | null;
  /**
   * The agents who talked, in order, without duplicates. Two agents are compared by code; if either
   * of them has no code, by extension; if either has no extension, by name.
   */
  agents: {
    /** The agent's SIP code. */
    extension: string | null;
    /** The agent's name. */
    name: string | null;
    /** The agent's code. */
    code: string | null;
  }[];
  /** The first queue that the call entered; null if there was none. */
  queue: Queue | null;
  /** The recordings, by the start of their records, without duplicates. */
  recordingUrls: string[];
  /** The call legs in pairs, by start; empty if no record is a leg. */
  legs: LegPair[];
  /** All records of the call, by start, without duplicates. */
  records: Cdr[];
}

/**
 * Groups records, given in any order, into calls sorted by start. Records belong to one call if
 * they share an id, or if one continues the other through `originalCallId`, directly or through
 * other records. Copies of a record are merged by {@link mergeCdr} in the order given.
 *
 * @example
 * ```ts
 * import { groupCalls, parseCdr } from 'voicenter-cdr';
 * import { sampleCdr } from 'voicenter-cdr/testing';
 *
 * const left = sampleCdr('Queue', 'TIMEOUT', { ivruniqueid: 'a', time: 1705312800 });
 * const answered = sampleCdr('Incoming Call', 'ANSWER', { ivruniqueid: 'a', time: 1705312860 });
 * const [call] = groupCalls([answered, left].map((record) => parseCdr(record)));
 * console.log(call?.type, call?.outcome, call?.missed); // Queue answered false
 * ```
 */
export function groupCalls(cdrs: Iterable<Cdr>): Call[] {
  const recordsById = Array.from(groupById(cdrs).values(), mergeCopies);
  const transfers: Cdr[] = [];
  for (const records of recordsById) {
    for (const cdr of records) if (continuesAnother(cdr)) transfers.push(cdr);
  }
  transfers.sort(byStart);
  const roots = rootsOf(transfers);
  const setOf = linkIds(transfers);

  const calls = new Map<string, Records>();
  for (const records of recordsById) {
    const set = setOf(records[0].callId);
    const call = calls.get(set);
    if (!call) calls.set(set, records);
    else for (const cdr of records) call.push(cdr);
  }
  const sorted = [...calls.values()];
  for (const call of sorted) if (call.length > 1) call.sort(byStart);
  sorted.sort((a, b) => byStart(a[0], b[0]));
  return sorted.map((call) => toCall(roots.get(call[0].callId) ?? call[0].callId, call));
}

/** Makes a function that maps all ids that transfers link to one of them, any other to itself. */
function linkIds(transfers: Cdr[]): (id: string) => string {
  const parents = new Map<string, string>();
  const setOf = (id: string): string => {
    let set = id;
    for (let next = parents.get(set); next !== undefined; next = parents.get(set)) set = next;
    // Compresses the path, to speed up the next lookup.
    for (let step = id; step !== set; ) {
      const next = parents.get(step) ?? set;
      parents.set(step, set);
      step = next;
    }
    return set;
  };
  for (const { callId, originalCallId } of transfers) {
    const [set, original] = [setOf(callId), setOf(originalCallId ?? callId)];
    if (set !== original) parents.set(set, original);
  }
  return setOf;
}

function toCall(callId: string, records: Records): Call {
  const { type, typeName, startedAt } = records[0];
  const conversations = records.filter(isConversation);
  const answered = conversations.length > 0;
  return {
    callId,
    type,
    typeName,
    direction: firstKnown(records, 'direction'),
    startedAt,
    answered,
    outcome: answered ? 'answered' : unansweredOutcome(records),
    missed: !answered && records.some(isMissed),
    talkSeconds: talkSecondsIn(conversations),
    waitSeconds: longestWait(records),
    customerPhone: firstKnown(records, 'customerPhone'),
    businessPhone: firstKnown(records, 'businessPhone'),
    agents: agentsIn(conversations),
    queue: firstKnown(records, 'queue'),
    recordingUrls: [...new Set(records.flatMap(({ recordingUrl }) => recordingUrl ?? []))],
    legs: legsIn(records),
    records,
  };
}

function firstKnown<K extends keyof Cdr>(records: Records, field: K): Cdr[K] | null {
  return records.find((cdr) => cdr[field] !== null)?.[field] ?? null;
}

/** Services that answer a call without a conversation. */
const SERVICES: readonly CallType[] = ['VoiceMail', 'FaxCdr', 'Scrubber'];

/** First legs do not count: only the second leg tells whether the two sides talked. */
function isConversation(cdr: Cdr): boolean {
  return cdr.answered === true && cdr.leg !== 1 && !SERVICES.includes(cdr.type) && !isMenu(cdr);
}

/** Whether the call reached a menu, the vendor's or the customer's own, rather than a person. */
function isMenu({ type, agentExtension, targetExtension, representative }: Cdr): boolean {
  if (representative?.name === 'External IVR') return true;
  return type === 'Click 2 IVR Incoming' && agentExtension === null && targetExtension === null;
}

function unansweredOutcome(records: Records): Outcome {
  const last = records.findLast(({ leg }) => leg !== 1) ?? records.at(-1) ?? records[0];
  if (last.type === 'VoiceMail') return 'voicemail';
  if (last.answered !== true) return last.outcome;
  return last.leg !== 1 && isMenu(last) ? 'ended-in-ivr' : 'unknown';
}

function talkSecondsIn(conversations: Cdr[]): number | null {
  let sum = 0;
  for (const { talkSeconds } of conversations) {
    if (talkSeconds === null) return null;
    sum += talkSeconds;
  }
  return sum;
}

function longestWait(records: Records): number | null {
  let longest: number | null = null;
  for (const { queue } of records) {
    const seconds = queue?.waitSeconds ?? null;
    if (seconds !== null && (longest === null || seconds > longest)) longest = seconds;
  }
  return longest;
}

type Agent = Call['agents'][number];

function agentsIn(conversations: Cdr[]): Agent[] {
  const agents: Agent[] = [];
  for (const { agentExtension, targetExtension, representative } of conversations) {
    // If the type does not tell who the agent is, the extension that answered did the talking.
    const extension = agentExtension ?? targetExtension?.code ?? null;
    if (extension === null && representative === null) continue;
    const { name = null, code = null } = representative ?? {};
    addAgent({ extension, name, code }, agents);
  }
  return agents;
}

/** Adds an agent, or completes its entry. The new data can show that two entries are one agent. */
function addAgent(agent: Agent, agents: Agent[]): void {
  const [known, ...others] = agents.filter((other) => isSameAgent(agent, other));
  if (!known) {
    agents.push(agent);
    return;
  }
  complete(known, agent);
  for (const other of others.filter((one) => isSameAgent(known, one))) {
    complete(known, other);
    agents.splice(agents.indexOf(other), 1);
  }
}

function complete(known: Agent, agent: Agent): void {
  known.extension ??= agent.extension;
  known.name ??= agent.name;
  known.code ??= agent.code;
}

function isSameAgent(a: Agent, b: Agent): boolean {
  if (a.code !== null && b.code !== null) return a.code === b.code;
  if (a.extension !== null && b.extension !== null) return a.extension === b.extension;
  return a.name !== null && a.name === b.name;
}

function legsIn(records: Records): LegPair[] {
  if (records.every(({ leg }) => leg === null)) return [];
  return pairLegs(records).pairs.sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
}
