import { customData } from './custom-data.js';
import { ivr } from './ivr.js';
import type { AnyTable, FieldsOf, Kind, Table } from './kind.js';
import type {
  Department,
  DialerData,
  DoNotCall,
  Extension,
  Queue,
  Representative,
} from './parts.js';
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
import { ai } from './read-ai.js';
import { rowsOf, TableReader } from './structure.js';

/** What is read from a record, by field. Fields that were not sent are null, lists empty. */
export interface WireFields {
  call: FieldsOf<typeof WIRE.call>;
  queue: Queue | null;
  callerExtension: Extension | null;
  targetExtension: Extension | null;
  representative: Representative | null;
  department: Department | null;
  topDepartment: Department | null;
  dialer: DialerData | null;
  doNotCall: DoNotCall | null;
}

/** What the derived fields follow from, besides the type and the status. */
export type Sources = Pick<WireFields, 'queue' | 'callerExtension' | 'targetExtension'> & {
  call: Pick<
    WireFields['call'],
    | 'caller'
    | 'target'
    | 'did'
    | 'direction'
    | 'isAnswer'
    | 'leg1StatusName'
    | 'durationSeconds'
    | 'talkSeconds'
    | 'customerPhone'
    | 'agentExtension'
  >;
};

/**
 * Every key that the model reads, in the vendor's spelling, grouped by the structures of a Cdr,
 * which are flat in the record. Two keys are the same if they are equal when trimmed, in lower case
 * and without underscores.
 */
export const WIRE = {
  /** What is sent about the call itself. */
  call: {
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
  },
  queue: {
    id: ['queueid', reference],
    name: ['queuename', text],
    waitSeconds: ['seconds_waiting_in_queue', seconds],
  },
  callerExtension: {
    code: ['callerextension', reference],
    name: ['callerextension_name', text],
  },
  targetExtension: {
    code: ['targetextension', reference],
    name: ['targetextension_name', text],
  },
  representative: {
    name: ['representative_name', text],
    code: ['representative_code', identifier],
  },
  department: {
    id: ['DepartmentID', reference],
    name: ['DepartmentName', text],
  },
  topDepartment: {
    id: ['TopDepartmentID', reference],
    name: ['TopDepartmentName', text],
  },
  dialer: {
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
  },
  doNotCall: {
    listed: ['IsDoNotCallMe', flag],
    status: ['DoNotCallMeStatus', text],
    statusCode: ['DoNotCallMeStatusCode', identifier],
    transactionId: ['DoNotCallMetransactionId', reference],
    tokenName: ['DoNotCallMeTokenName', text],
  },
} as const satisfies { call: AnyTable } & {
  [N in Exclude<keyof WireFields, 'call'>]: Table<NonNullable<WireFields[N]>>;
};

/** A key that the model reads, in the vendor's spelling. */
export type WireKey = { [G in keyof typeof WIRE]: KeyIn<(typeof WIRE)[G]> }[keyof typeof WIRE];

type KeyIn<T> = {
  [F in keyof T]: T[F] extends readonly [infer K extends string, unknown] ? K : never;
}[keyof T];

/** The kind that each key's value is read as. */
export const WIRE_KEYS: Readonly<Record<string, string>> = /* @__PURE__ */ Object.fromEntries(
  Object.values(WIRE)
    .flatMap(rowsOf)
    .map(([, [key, { name }]]) => [key, name]),
);

/** Reads a pushed record. */
export const wireReader = /* @__PURE__ */ new TableReader<WireFields>(WIRE);

/** Reads the `dialerData` of a record. */
export const dialerReader = /* @__PURE__ */ new TableReader<Pick<WireFields, 'dialer'>>({
  dialer: WIRE.dialer,
});

/** Reads the platform's own keys in the `CustomData` of a record. */
export const customDataReader = /* @__PURE__ */ new TableReader<{
  call: Pick<WireFields['call'], 'originalCallId'>;
  doNotCall: DoNotCall | null;
}>({ call: { originalCallId: WIRE.call.originalCallId }, doNotCall: WIRE.doNotCall });

/** The vendor's spelling of the key of a field in {@link WireFields.call}. */
export function vendorKeyOf(field: keyof WireFields['call']): string {
  return WIRE.call[field][0];
}

/** The kind of a field in {@link WireFields.call}. */
export function kindOf<F extends keyof WireFields['call']>(
  field: F,
): Kind<NonNullable<WireFields['call'][F]>> {
  // The compiler cannot see that the fields are those of the table.
  return WIRE.call[field][1] as Kind<NonNullable<WireFields['call'][F]>>;
}

/** The fields that every call must have. */
export const REQUIRED_FIELDS = ['callId', 'typeName', 'statusName', 'time'] as const;

/** The keys of the required fields. */
export const REQUIRED_KEYS: readonly string[] = /* @__PURE__ */ REQUIRED_FIELDS.map(vendorKeyOf);
