import type { ParseContext } from '../context.js';
import { type CdrIssue, type CdrIssueCode, CdrParseError, createIssue } from '../errors.js';
import { type WireRecord, withoutInheritance } from '../record.js';
import { callTypeOf, factsOfType } from './call-types.js';
import type { Cdr, CdrFields } from './cdr.js';
import { deriveFields } from './derive.js';
import { missingFieldHint } from './hints.js';
import { isNoText, isNothing } from './nothing.js';
import { readDirection } from './parties.js';
import { type Place, rootPlace } from './place.js';
import { fromJsonText, MAX_ID_LENGTH } from './read.js';
import { callStatusOf } from './statuses.js';
import type { TableReader } from './structure.js';
import { type Clock, readStart } from './time.js';
import { customDataReader, dialerReader, REQUIRED_FIELDS, type WireFields } from './wire.js';

/**
 * Turns a wire record into a Cdr.
 *
 * @param timeZone the zone set by the caller
 * @param reader knows the keys of the record
 * @throws CdrParseError `missing_field` or `invalid_field` for a record without an id, type, status
 * or start
 */
export function toCdr(
  sent: WireRecord,
  context: ParseContext,
  timeZone: string | undefined,
  reader: TableReader<WireFields>,
): { cdr: Cdr; clock: Clock } {
  const record = withoutInheritance(sent);
  const at = rootPlace(context);
  const wire = readWire(record, at, reader);
  const { call } = wire;
  const { callId, typeName, statusName } = call;
  const start = readStart(call.time, callId, timeZone);
  if (callId === null || typeName === null || statusName === null || start === null) {
    throw requiredFieldError(record, { ...call, time: start }, context, reader);
  }

  const type = callTypeOf(typeName);
  const status = callStatusOf(statusName);
  const derived = deriveFields(type, status, wire);

  const fields: CdrFields = {
    callId,
    type,
    status,
    typeName,
    statusName,
    outcome: derived.outcome,
    answered: derived.answered,
    leg: derived.leg,
    legFamily: derived.legFamily,
    legStatus: derived.legStatus,
    direction: derived.direction,
    startedAt: start.instant,
    durationSeconds: call.durationSeconds ?? 0,
    talkSeconds: derived.talkSeconds,
    ringSeconds: call.ringSeconds ?? call.dialSeconds,
    caller: call.caller,
    target: call.target,
    did: call.did,
    customerPhone: derived.customerPhone,
    businessPhone: derived.businessPhone,
    agentExtension: derived.agentExtension,
    callerExtension: wire.callerExtension,
    targetExtension: wire.targetExtension,
    representative: wire.representative,
    callerCountry: call.callerCountry,
    targetCountry: call.targetCountry,
    queue: derived.queue,
    ivr: call.ivr,
    recordingUrl: call.recordingUrl,
    priceAgorot: call.priceAgorot,
    originalCallId: call.originalCallId,
    department: wire.department,
    topDepartment: wire.topDepartment,
    customData: call.customData ?? withoutInheritance({}),
    dialer: wire.dialer,
    doNotCall: wire.doNotCall,
    ai: call.ai,
    format: context.format ?? 'json',
    issues: context.issues,
    raw: record,
  };
  addWarnings(fields, call, context, reader);
  // The compiler cannot see that these fields were looked up by the type and the status.
  return { cdr: fields as Cdr, clock: start.clock };
}

/** Reads a record. Its own keys take precedence over those in its `dialerData` and `CustomData`. */
function readWire(record: WireRecord, at: Place, reader: TableReader<WireFields>): WireFields {
  const wire = reader.read(record, at);
  const { dialerData, customData } = wire.call;
  /** `key` is a getter: the record's spelling is looked up only if there is an issue. */
  const placeOf = (field: keyof WireFields['call']): Place => ({
    context: at.context,
    parent: at,
    get key() {
      return reader.keyOf('call', field, record);
    },
  });
  if (dialerData !== null) {
    const { dialer } = dialerReader.read(dialerData, placeOf('dialerData'));
    wire.dialer = completeFields(wire.dialer, dialer);
  }
  if (customData !== null) {
    const place = placeOf('customData');
    const { call, doNotCall } = customDataReader.read(platformKeys(customData, place), place);
    wire.call.originalCallId ??= call.originalCallId;
    wire.doNotCall = completeFields(wire.doNotCall, doNotCall);
  }
  return wire;
}

/**
 * The platform's own keys in a bag. Like any value, theirs can be lists, which the bag holds as
 * JSON text.
 */
function platformKeys(bag: Record<string, string>, place: Place): WireRecord {
  const own: WireRecord = {};
  for (const key of Object.keys(bag)) {
    if (customDataReader.hasKey(key)) own[key] = fromJsonText(bag[key], place, key);
  }
  return own;
}

/** The fields of both, the first taking precedence; null if all are null. */
function completeFields<T extends object>(first: T | null, second: T | null): T | null {
  if (first === null || second === null) return unlessEmpty(first ?? second);
  const fields = { ...second };
  for (const field in first) if (first[field] !== null) fields[field] = first[field];
  return fields;
}

function unlessEmpty<T extends object>(fields: T | null): T | null {
  for (const field in fields) if (fields[field] !== null) return fields;
  return null;
}

/** What each required field must be. */
const EXPECTED: Record<(typeof REQUIRED_FIELDS)[number], string> = {
  callId: `text of at most ${MAX_ID_LENGTH} characters`,
  typeName: 'text',
  statusName: 'text',
  time: 'epoch seconds',
};

function requiredFieldError(
  record: WireRecord,
  fields: Record<keyof typeof EXPECTED, unknown>,
  { format }: ParseContext,
  reader: TableReader<WireFields>,
): CdrParseError {
  const missing: string[] = [];
  const problems: CdrIssue[] = [];
  for (const field of REQUIRED_FIELDS) {
    if (fields[field] !== null) continue;
    const key = reader.keyOf('call', field, record);
    const sent = Object.hasOwn(record, key) ? record[key] : undefined;
    if (field === 'time' ? isNothing(sent) : isNoText(sent)) missing.push(key);
    else {
      problems.push(createIssue([key], 'invalid_field', `expected ${EXPECTED[field]}`, sent));
    }
  }
  missing.forEach((key, index) => {
    const hint = index === missing.length - 1 ? `; ${missingFieldHint(record, reader)}` : '';
    problems.push(createIssue([key], 'missing_field', `required, but not sent${hint}`));
  });
  return new CdrParseError(
    missing.length > 0 ? 'missing_field' : 'invalid_field',
    format,
    problems,
  );
}

/** Adds issues about values that are usable but worth reporting. */
function addWarnings(
  cdr: CdrFields,
  call: WireFields['call'],
  context: ParseContext,
  reader: TableReader<WireFields>,
): void {
  const warn = (field: keyof WireFields['call'], code: CdrIssueCode, message: string): void => {
    const key = reader.keyOf('call', field, cdr.raw);
    const sent = cdr.raw[key];
    context.addIssue([key], code, message, ...(isNothing(sent) ? [] : [sent]));
  };
  if (cdr.type === 'unknown') warn('typeName', 'unknown_type', 'not a type known to this version');
  if (cdr.status === 'unknown') {
    warn('statusName', 'unknown_status', 'not a status known to this version');
  }
  if (call.leg1StatusName !== null && cdr.legStatus?.leg1 === 'unknown') {
    warn('leg1StatusName', 'unknown_status', 'not a status known to this version');
  }
  if (
    call.durationSeconds === null &&
    isNothing(cdr.raw[reader.keyOf('call', 'durationSeconds', cdr.raw)])
  ) {
    warn('durationSeconds', 'missing_field', 'expected seconds; taken as 0');
  }
  if (call.direction !== null && readDirection(call.direction) === null) {
    warn('direction', 'invalid_field', 'expected incoming, outgoing or internal');
  }
  const usual = factsOfType(cdr.type).direction;
  // A call between two extensions is internal, even though its type says outgoing.
  if (usual !== null && cdr.direction !== usual && cdr.direction !== 'internal') {
    warn('direction', 'contradiction', `the type says ${usual}; what was sent counts`);
  }
  if (call.isAnswer !== null && call.isAnswer !== cdr.answered) {
    warn('isAnswer', 'contradiction', `the status ${cdr.status} says otherwise and counts`);
  }
}
