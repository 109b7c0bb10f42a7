import type { CallType, Direction } from '../model/call-types.js';
import type { Cdr } from '../model/cdr.js';
import type { Queue } from '../model/parts.js';
import type { Outcome } from '../model/statuses.js';
import { groupById, mergeCopies, type Records } from './copies.js';
import { isMissed } from './is-missed.js';
import { byStart } from './key.js';
import { type LegPair, pairLegs } from './legs.js';
import { continuesAnother, rootsOf } from './transfers.js';

/** One call: its legs, its transfers and what they say together. */
export interface Call {
  /**
   * The id of the first call, which its transfers continue, even if its own record was not given.
   * Of calls that continue each other in a cycle, the smallest id.
   */
  callId: string;
  /** The type of the record that began first. */
  type: CallType;
  /** That type as it was sent. */
  typeName: string;
  /** Which way the call went: the first direction that is known, by start; null if none is. */
  direction: Direction | null;
  /** The start of the record that began first. */
  startedAt: Date;
  /**
   * Whether there was a conversation: an answered record that is no first leg, voicemail, fax,
   * scrubber or menu.
   */
  answered: boolean;
  /**
   * `answered` if there was a conversation, and only then. Otherwise the outcome of the last record
   * that is no first leg: `voicemail` if the voicemail took the call, `ended-in-ivr` if a menu
   * answered, `unknown` for an answered first leg without a second.
   */
  outcome: Outcome;
  /** Whether a customer tried to reach the business and talked to nobody; see {@link isMissed}. */
  missed: boolean;
  /** Seconds of talk in all conversations; 0 if there was none, null if one of them is unknown. */
  talkSeconds: number | null;
  /** Seconds of the longest wait in a queue; null if none is known. */
  waitSeconds: number | null;
  /** The customer's number: the first that is known, by start; null if none is. */
  customerPhone: string | null;
  /** The business's own number: the first that is known, by start; null if none is. */
  businessPhone: string | null;
  /**
   * Who talked, in order, each once. Two are the same agent if their codes are equal; where one has
   * no code, if their extensions are; where one has neither, if their names are.
   */
  agents: {
    /** The agent's SIP code. */
    extension: string | null;
    /** The agent's name. */
    name: string | null;
    /** The agent's code. */
    code: string | null;
  }[];
  /** The first queue that the call entered; null if it met none. */
  queue: Queue | null;
  /** The recordings, by the start of their records, each once. */
  recordingUrls: string[];
  /** The legs of the call in pairs, by start; empty if no record is a leg. */
  legs: LegPair[];
  /** All records of the call, by start, each once. */
  records: Cdr[];
}

/**
 * Groups records into calls, by start, in whatever order they come. Records belong to one call if
 * they share an id, or if one continues the other through `originalCallId`, directly or through
 * others. Copies of a record are merged by {@link mergeCdr} in the order given.
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
  const recordsById: Records[] = [];
  const transfers: Cdr[] = [];
  for (const copies of groupById(cdrs).values()) {
    const records = mergeCopies(copies);
    recordsById.push(records);
    for (const cdr of records) if (continuesAnother(cdr)) transfers.push(cdr);
  }
  transfers.sort(byStart);
  const roots = rootsOf(transfers);
  const sets = linkedIds(transfers);

  const calls: Records[] = [];
  const linked = new Map<string, Records>();
  for (const records of recordsById) {
    const set = sets.get(records[0].callId);
    const call = set === undefined ? undefined : linked.get(set);
    if (call) {
      for (const cdr of records) call.push(cdr);
    } else {
      calls.push(records);
      if (set !== undefined) linked.set(set, records);
    }
  }
  for (const call of calls) if (call.length > 1) call.sort(byStart);
  calls.sort((a, b) => byStart(a[0], b[0]));
  return calls.map((call) => toCall(roots.get(call[0].callId) ?? call[0].callId, call));
}

/** For each id that transfers link with others: the id that stands for all of them. */
function linkedIds(transfers: Cdr[]): Map<string, string> {
  const parents = new Map<string, string>();
  const setOf = (id: string): string => {
    let set = id;
    for (let next = parents.get(set); next !== undefined; next = parents.get(set)) set = next;
    // Makes the way short for the next look-up.
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
  const ids = transfers.flatMap(({ callId, originalCallId }) => [callId, originalCallId ?? callId]);
  return new Map(ids.map((id) => [id, setOf(id)]));
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

/** Services that answer a call without anybody talking. */
const SERVICES: readonly CallType[] = ['VoiceMail', 'FaxCdr', 'Scrubber'];

/** A first leg is only half of a call: whether the two sides talked, the second says. */
function isConversation(cdr: Cdr): boolean {
  return cdr.answered === true && cdr.leg !== 1 && !SERVICES.includes(cdr.type) && !isMenu(cdr);
}

/** Whether the call went to a menu, the vendor's or the customer's own, and not to a person. */
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
    // Where the type leaves open who is who, an extension that answered talked.
    const extension = agentExtension ?? targetExtension?.code ?? null;
    if (extension === null && representative === null) continue;
    const { name = null, code = null } = representative ?? {};
    addAgent({ extension, name, code }, agents);
  }
  return agents;
}

/** Adds an agent, or what it says of one that is there. It can show that two of them are one. */
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
