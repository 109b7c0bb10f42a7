import type { WireRecord } from '../record.js';
import { ai } from './ai.js';
import { customData } from './custom-data.js';
import { ivr } from './ivr.js';
import type {
  Department,
  DialerData,
  DoNotCall,
  Extension,
  Queue,
  Representative,
} from './parts.js';
import { type Place, within } from './place.js';
import {
  callId,
  callReference,
  flag,
  identifier,
  number,
  record,
  reference,
  seconds,
  text,
  time,
  url,
} from './read.js';
import { type AnyTable, type FieldsOf, rowsOf, type Table, TableReader } from './structure.js';

/** What is sent about the call itself. */
const CALL = {
  callId: ['ivruniqueid', callId],
  typeName: ['type', text],
  statusName: ['status', text],
  time: ['time', time],
  durationSeconds: ['duration', seconds],
  dialSeconds: ['dialtime', seconds],
  talkSeconds: ['actualCallDuration', seconds],
  ringSeconds: ['actualCallDialtime', seconds],
  isAnswer: ['isAnswer', flag],
  leg1StatusName: ['leg1DialStatusName', text],
  direction: ['direction', text],
  caller: ['caller', identifier],
  target: ['target', identifier],
  did: ['did', identifier],
  customerPhone: ['callerPhone', reference],
  agentExtension: ['extenUser', reference],
  callerCountry: ['caller_country', text],
  targetCountry: ['target_country', text],
  ivr: ['IVR', ivr],
  recordingUrl: ['record', url],
  priceAgorot: ['price', number],
  originalCallId: ['OriginalIvrUniqueID', callReference],
  customData: ['CustomData', customData],
  dialerData: ['dialerData', record],
  ai: ['aiData', ai],
} as const satisfies AnyTable;

const QUEUE = {
  id: ['queueid', reference],
  name: ['queuename', text],
  waitSeconds: ['seconds_waiting_in_queue', seconds],
} as const satisfies Table<Queue>;

const CALLER_EXTENSION = {
  code: ['callerextension', reference],
  name: ['callerextension_name', text],
} as const satisfies Table<Extension>;

const TARGET_EXTENSION = {
  code: ['targetextension', reference],
  name: ['targetextension_name', text],
} as const satisfies Table<Extension>;

const REPRESENTATIVE = {
  name: ['representative_name', text],
  code: ['representative_code', identifier],
} as const satisfies Table<Representative>;

const DEPARTMENT = {
  id: ['DepartmentID', reference],
  name: ['DepartmentName', text],
} as const satisfies Table<Department>;

const TOP_DEPARTMENT = {
  id: ['TopDepartmentID', reference],
  name: ['TopDepartmentName', text],
} as const satisfies Table<Department>;

const DIALER = {
  campaignId: ['campaignID', reference],
  campaignName: ['campaignName', text],
  campaignCode: ['campaignCode', identifier],
  campaignTypeId: ['CampaignTypeID', reference],
  campaignTypeName: ['campaignTypeName', text],
  callId: ['CallID', reference],
  statusName: ['StatusName', text],
  phone: ['Phone', identifier],
  callInserted: ['CallInserted', text],
  retryNumber: ['RetryNum', number],
  retryAmount: ['RetryAmount', number],
} as const satisfies Table<DialerData>;

const DO_NOT_CALL = {
  listed: ['IsDoNotCallMe', flag],
  status: ['DoNotCallMeStatus', text],
  statusCode: ['DoNotCallMeStatusCode', identifier],
  transactionId: ['DoNotCallMetransactionId', reference],
  tokenName: ['DoNotCallMeTokenName', text],
} as const satisfies Table<DoNotCall>;

/** What is read of a record, under the names of the fields. What was not sent is null. */
export interface WireFields {
  call: FieldsOf<typeof CALL>;
  queue: Queue | null;
  callerExtension: Extension | null;
  targetExtension: Extension | null;
  representative: Representative | null;
  department: Department | null;
  topDepartment: Department | null;
  dialer: DialerData | null;
  doNotCall: DoNotCall | null;
}

/**
 * Every key that the model reads, in the vendor's spelling: the structures of a Cdr, which stand
 * flat in the record, and the rest. Keys are the same key when they are equal in lower case without
 * underscores.
 */
export const WIRE = {
  call: CALL,
  queue: QUEUE,
  callerExtension: CALLER_EXTENSION,
  targetExtension: TARGET_EXTENSION,
  representative: REPRESENTATIVE,
  department: DEPARTMENT,
  topDepartment: TOP_DEPARTMENT,
  dialer: DIALER,
  doNotCall: DO_NOT_CALL,
} as const satisfies Record<keyof WireFields, object>;

/** A key that the model reads, in the vendor's spelling. */
export type WireKey = { [G in keyof typeof WIRE]: KeyIn<(typeof WIRE)[G]> }[keyof typeof WIRE];

type KeyIn<T> = {
  [F in keyof T]: T[F] extends readonly [infer K extends string, unknown] ? K : never;
}[keyof T];

/** What the value of each key is read as. */
export const WIRE_KEYS: Readonly<Record<string, string>> = /* @__PURE__ */ Object.fromEntries(
  Object.values(WIRE)
    .flatMap(rowsOf)
    .map(([, [key, { name }]]) => [key, name]),
);

const callReader = /* @__PURE__ */ new TableReader<
  [
    FieldsOf<typeof CALL>,
    Queue,
    Extension,
    Extension,
    Representative,
    Department,
    Department,
    DialerData,
    DoNotCall,
  ]
>(
  CALL,
  QUEUE,
  CALLER_EXTENSION,
  TARGET_EXTENSION,
  REPRESENTATIVE,
  DEPARTMENT,
  TOP_DEPARTMENT,
  DIALER,
  DO_NOT_CALL,
);

const dialerReader = /* @__PURE__ */ new TableReader<[DialerData]>(DIALER);

const customDataReader = /* @__PURE__ */ new TableReader<
  [Pick<FieldsOf<typeof CALL>, 'originalCallId'>, DoNotCall]
>({ originalCallId: CALL.originalCallId }, DO_NOT_CALL);

/** Reads a record. What it says counts before what its `dialerData` and its `CustomData` say. */
export function readWire(record: WireRecord, at: Place): WireFields {
  const [
    call,
    queue,
    callerExtension,
    targetExtension,
    representative,
    department,
    topDepartment,
    dialer,
    doNotCall,
  ] = callReader.read(record, at);
  const wire: WireFields = {
    call,
    queue,
    callerExtension,
    targetExtension,
    representative,
    department,
    topDepartment,
    dialer,
    doNotCall,
  };
  if (call.dialerData !== null) {
    const [nested] = dialerReader.read(call.dialerData, within(at, 'dialerData'));
    wire.dialer = merged(dialer, nested);
  }
  if (call.customData !== null) {
    const place = within(at, 'CustomData');
    const [nested, nestedDoNotCall] = customDataReader.read(call.customData, place);
    call.originalCallId ??= nested.originalCallId;
    wire.doNotCall = merged(doNotCall, nestedDoNotCall);
  }
  return wire;
}

/** The fields of both, those of the first before those of the second; null where there are none. */
function merged<T extends object>(first: T | null, second: T | null): T | null {
  if (first === null || second === null) return unlessEmpty(first ?? second);
  const fields = { ...second };
  for (const field in first) if (first[field] !== null) fields[field] = first[field];
  return fields;
}

function unlessEmpty<T extends object>(fields: T | null): T | null {
  for (const field in fields) if (fields[field] !== null) return fields;
  return null;
}

/** The key of a field of {@link WireFields.call} as a record spells it: the one that counts. */
export function sentKeyOf(field: keyof WireFields['call'], record: WireRecord): string | undefined {
  return callReader.keyOf(field, record);
}

/** The vendor's spelling of the keys of the fields in {@link WireFields.call}. */
export function vendorKeyOf(field: keyof WireFields['call']): string {
  return CALL[field][0];
}

/** The fields without which a record is no call. */
export const REQUIRED_FIELDS = ['callId', 'typeName', 'statusName', 'time'] as const;

/** Their keys. */
export const REQUIRED_KEYS: readonly string[] = /* @__PURE__ */ REQUIRED_FIELDS.map(vendorKeyOf);
