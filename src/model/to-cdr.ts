import { type CdrFormat, type CdrIssue, CdrParseError, issue, note } from '../errors.js';
import type { LimitsInForce } from '../limits.js';
import type { WireRecord } from '../record.js';
import { callTypeOf, factsOfType } from './call-types.js';
import type { Cdr, CdrFields } from './cdr.js';
import { agentExtensionOf, businessPhoneOf, customerPhoneOf, readDirection } from './parties.js';
import type { DialerData, LegStatus, Queue } from './parts.js';
import { type Place, spellingAt, topPlace, within } from './place.js';
import { isNothing } from './read.js';
import { type CallStatus, callStatusOf, OUTCOMES, outcomeOf } from './statuses.js';
import { type Clock, readStart } from './time.js';
import { readWire, type WireKey, type WireValues } from './wire.js';

/** What the model needs besides the record. */
export interface ModelContext {
  /** The format that carried the record: a label, on which nothing depends. */
  format: CdrFormat;
  /** What was not as expected so far; the model adds to it. */
  issues: CdrIssue[];
  /** Bounds on the JSON text inside fields. */
  limits: LimitsInForce;
  /** The clock in which the account's `time` counts. */
  clock: Clock;
}

/**
 * The one way from a wire record to a Cdr.
 *
 * @throws CdrParseError `missing_field` or `invalid_field` for a record without an id, type, status
 * or start
 */
export function toCdr(record: WireRecord, { format, issues, limits, clock }: ModelContext): Cdr {
  const at = topPlace(issues, limits);
  const wire = readWire(record, at);
  const { ivruniqueid: callId, type: typeName, status: statusName } = wire;
  const startedAt = readStart(wire.time, clock);
  if (callId === null || typeName === null || statusName === null || startedAt === null) {
    throw incomplete(record, at, { ...wire, time: startedAt }, format);
  }

  const type = callTypeOf(typeName);
  const status = callStatusOf(statusName);
  const facts = factsOfType(type);
  const outcome = outcomeOf(status);
  const direction = readDirection(wire.direction) ?? facts.direction;
  const answered = status === 'unknown' ? wire.isAnswer : OUTCOMES[outcome].answered;
  const queue = queueOf(wire, facts.queue);

  const fields: CdrFields = {
    callId,
    type,
    status,
    typeName,
    statusName,
    outcome,
    answered,
    leg: facts.leg,
    legFamily: facts.family,
    legStatus: legStatusOf(facts.leg, status, wire),
    direction,
    startedAt,
    durationSeconds: wire.duration ?? 0,
    talkSeconds: talkSecondsOf(wire, answered, queue),
    ringSeconds: wire.actualCallDialtime ?? wire.dialtime,
    caller: wire.caller,
    target: wire.target,
    did: wire.did,
    customerPhone: customerPhoneOf(type, direction, wire),
    businessPhone: businessPhoneOf(type, direction, wire),
    agentExtension: wire.extenUser ?? agentExtensionOf(type, direction, wire),
    callerExtension: unlessEmpty({ code: wire.callerextension, name: wire.callerextension_name }),
    targetExtension: unlessEmpty({ code: wire.targetextension, name: wire.targetextension_name }),
    representative: unlessEmpty({ name: wire.representative_name, code: wire.representative_code }),
    callerCountry: wire.caller_country,
    targetCountry: wire.target_country,
    queue,
    ivr: wire.IVR,
    recordingUrl: wire.record,
    priceAgorot: wire.price,
    originalCallId: wire.OriginalIvrUniqueID,
    department: unlessEmpty({ id: wire.DepartmentID, name: wire.DepartmentName }),
    topDepartment: unlessEmpty({ id: wire.TopDepartmentID, name: wire.TopDepartmentName }),
    customData: wire.CustomData,
    dialer: dialerOf(wire, at),
    doNotCall: unlessEmpty({
      listed: wire.IsDoNotCallMe,
      status: wire.DoNotCallMeStatus,
      statusCode: wire.DoNotCallMeStatusCode,
      transactionId: wire.DoNotCallMetransactionId,
      tokenName: wire.DoNotCallMeTokenName,
    }),
    ai: wire.aiData,
    format,
    issues,
    raw: record,
  };
  noteDoubts(fields, at, wire);
  // The compiler cannot see that these fields were looked up by the type and the status.
  return fields as Cdr;
}

/** Without these four a record is no call. */
export const REQUIRED = ['ivruniqueid', 'type', 'status', 'time'] as const satisfies WireKey[];

function incomplete(
  record: WireRecord,
  at: Place,
  wire: WireValues,
  format: CdrFormat,
): CdrParseError {
  const problems = REQUIRED.filter((key) => wire[key] === null).map((key) => {
    const spelling = spellingAt(at, key);
    const sent = record[spelling];
    if (isNothing(sent)) return issue([spelling], 'missing_field', 'required, but not sent');
    const expected = key === 'time' ? 'epoch seconds' : 'text';
    return issue([spelling], 'invalid_field', `expected ${expected}`, sent);
  });
  const missing = problems.some((problem) => problem.code === 'missing_field');
  return new CdrParseError(missing ? 'missing_field' : 'invalid_field', format, problems);
}

/** What a reader of the log should know of a record that is usable all the same. */
function noteDoubts(cdr: CdrFields, at: Place, wire: WireValues): void {
  const doubt = (key: WireKey, code: string, message: string) => {
    const spelling = spellingAt(at, key);
    const sent = cdr.raw[spelling];
    note(cdr.issues, [spelling], code, message, ...(isNothing(sent) ? [] : [sent]));
  };
  if (cdr.type === 'unknown') doubt('type', 'unknown_type', 'not a type known to this version');
  if (cdr.status === 'unknown') {
    doubt('status', 'unknown_status', 'not a status known to this version');
  }
  if (wire.leg1DialStatusName !== null && cdr.legStatus?.leg1 === 'unknown') {
    doubt('leg1DialStatusName', 'unknown_status', 'not a status known to this version');
  }
  if (isNothing(cdr.raw[spellingAt(at, 'duration')])) {
    doubt('duration', 'missing_field', 'expected seconds; taken as 0');
  }
  if (wire.direction !== null && readDirection(wire.direction) === null) {
    doubt('direction', 'invalid_field', 'expected incoming, outgoing or internal');
  }
  const usual = factsOfType(cdr.type).direction;
  // From one extension to another is both: internal, and outgoing by its type.
  if (usual !== null && cdr.direction !== usual && cdr.direction !== 'internal') {
    doubt('direction', 'contradiction', `the type says ${usual}; what was sent counts`);
  }
  if (wire.isAnswer !== null && wire.isAnswer !== cdr.answered) {
    doubt('isAnswer', 'contradiction', `the status ${cdr.status} says otherwise and counts`);
  }
}

/** How both legs ended: the record's status is that of its second leg as soon as there is a status of the first. */
function legStatusOf(
  leg: 1 | 2 | null,
  status: CallStatus,
  { leg1DialStatusName: leg1 }: WireValues,
): LegStatus | null {
  if (leg === null) return null;
  if (leg1 !== null) return { leg1: callStatusOf(leg1), leg2: status };
  return leg === 1 ? { leg1: status, leg2: null } : { leg1: null, leg2: status };
}

/** `duration` is the talk, but for calls in a queue it holds the wait too, as the vendor's newer document and its older one's example say. */
function talkSecondsOf(
  wire: WireValues,
  answered: boolean | null,
  queue: Queue | null,
): number | null {
  if (wire.actualCallDuration !== null) return wire.actualCallDuration;
  if (answered === false) return 0;
  if (answered === null || wire.duration === null) return null;
  if (queue === null) return wire.duration;
  const { waitSeconds } = queue;
  return waitSeconds === null || waitSeconds > wire.duration ? null : wire.duration - waitSeconds;
}

/** Queue 0 is none. The two queue types always have a queue, even where nothing of it was sent. */
function queueOf(wire: WireValues, always: boolean): Queue | null {
  const id = wire.queueid === '0' ? null : wire.queueid;
  const { queuename: name, seconds_waiting_in_queue: waitSeconds } = wire;
  return always || id !== null || name !== null || waitSeconds ? { id, name, waitSeconds } : null;
}

/** The campaign's keys stand in the record or in its dialerData; the record's own count first. */
function dialerOf(wire: WireValues, at: Place): DialerData | null {
  const nested = wire.dialerData ? readWire(wire.dialerData, within(at, 'dialerData')) : null;
  return unlessEmpty({
    campaignId: wire.campaignID ?? nested?.campaignID ?? null,
    campaignName: wire.campaignName ?? nested?.campaignName ?? null,
    campaignCode: wire.campaignCode ?? nested?.campaignCode ?? null,
    campaignTypeId: wire.CampaignTypeID ?? nested?.CampaignTypeID ?? null,
    campaignTypeName: wire.campaignTypeName ?? nested?.campaignTypeName ?? null,
    callId: wire.CallID ?? nested?.CallID ?? null,
    statusName: wire.StatusName ?? nested?.StatusName ?? null,
    phone: wire.Phone ?? nested?.Phone ?? null,
    callInserted: wire.CallInserted ?? nested?.CallInserted ?? null,
    retryNumber: wire.RetryNum ?? nested?.RetryNum ?? null,
    retryAmount: wire.RetryAmount ?? nested?.RetryAmount ?? null,
  });
}

/** A group of fields, or null where none of them was sent. */
function unlessEmpty<T extends object>(group: T): T | null {
  for (const key in group) if (group[key] !== null) return group;
  return null;
}
