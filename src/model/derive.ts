import { type CallType, factsOfType } from './call-types.js';
import type { CdrFields } from './cdr.js';
import { agentExtensionOf, businessPhoneOf, customerPhoneOf, readDirection } from './parties.js';
import type { LegStatus, Queue } from './parts.js';
import { type CallStatus, callStatusOf, OUTCOMES, outcomeOf } from './statuses.js';
import type { Sources } from './wire.js';

/** The fields that follow from others, by the rules documented in `CdrFields`. */
export type DerivedFields = Pick<
  CdrFields,
  | 'outcome'
  | 'answered'
  | 'leg'
  | 'legFamily'
  | 'legStatus'
  | 'direction'
  | 'queue'
  | 'talkSeconds'
  | 'customerPhone'
  | 'businessPhone'
  | 'agentExtension'
>;

/**
 * Derives fields from the type, the status and what was sent. A field that was sent itself wins.
 */
export function deriveFields(type: CallType, status: CallStatus, sources: Sources): DerivedFields {
  const facts = factsOfType(type);
  const { call } = sources;
  const outcome = outcomeOf(status);
  const answered = status === 'unknown' ? call.isAnswer : OUTCOMES[outcome].answered;
  const direction = readDirection(call.direction) ?? facts.direction;
  const queue = queueOf(sources.queue, facts.queue);
  return {
    outcome,
    answered,
    leg: facts.leg,
    legFamily: facts.family,
    legStatus: legStatusOf(facts.leg, status, call.leg1StatusName),
    direction,
    queue,
    talkSeconds: talkSecondsOf(call, answered, queue),
    customerPhone: customerPhoneOf(type, direction, sources),
    businessPhone: businessPhoneOf(type, direction, sources),
    agentExtension: agentExtensionOf(type, direction, sources),
  };
}

/** If the first leg's status was sent separately, the record's own status is the second leg's. */
function legStatusOf(leg: 1 | 2 | null, status: CallStatus, leg1: string | null): LegStatus | null {
  if (leg === null) return null;
  if (leg1 !== null) return { leg1: callStatusOf(leg1), leg2: status };
  return leg === 1 ? { leg1: status, leg2: null } : { leg1: null, leg2: status };
}

/** The two queue types always have a queue. On other types, a wait of 0 alone means no queue. */
function queueOf(queue: Queue | null, always: boolean): Queue | null {
  if (always) return queue ?? { id: null, name: null, waitSeconds: null };
  return queue && (queue.id ?? queue.name ?? queue.waitSeconds) ? queue : null;
}

/**
 * `duration` is the talk; for calls in a queue it includes the wait, according to the vendor's
 * newer document and the example in its older one.
 */
function talkSecondsOf(
  { talkSeconds, durationSeconds }: Sources['call'],
  answered: boolean | null,
  queue: Queue | null,
): number | null {
  if (talkSeconds !== null) return talkSeconds;
  if (answered === false) return 0;
  if (answered === null || durationSeconds === null) return null;
  if (queue === null) return durationSeconds;
  const { waitSeconds } = queue;
  return waitSeconds === null || waitSeconds > durationSeconds
    ? null
    : durationSeconds - waitSeconds;
}
