import type { WireRecord } from '../record.js';
import { type AiData, readAi } from './ai.js';
import { readCustomData } from './custom-data.js';
import { readIvr } from './ivr.js';
import type { IvrLayer } from './parts.js';
import type { Place } from './place.js';
import { readFlag, readNumber, readSeconds, readStructure, readText, readUrl } from './read.js';
import { inVendorSpelling, spellingsOf } from './spelling.js';

/** What the value of a key is read as. */
interface Kinds {
  text: string | null;
  number: number | null;
  seconds: number | null;
  flag: boolean | null;
  url: string | null;
  layers: IvrLayer[];
  bag: Record<string, string>;
  ai: AiData | null;
  structure: WireRecord | null;
  /** Read on the account's clock, which the record does not know. */
  time: unknown;
}

/**
 * Every key that the model reads, in the vendor's spelling, and what it is read as. Another spelling of a key is
 * the same key when it is equal in lower case without underscores.
 */
export const WIRE_KEYS = {
  ivruniqueid: 'text',
  caller: 'text',
  target: 'text',
  time: 'time',
  duration: 'seconds',
  type: 'text',
  status: 'text',
  leg1DialStatusName: 'text',
  targetextension: 'text',
  targetextension_name: 'text',
  callerextension: 'text',
  callerextension_name: 'text',
  did: 'text',
  queueid: 'text',
  queuename: 'text',
  seconds_waiting_in_queue: 'seconds',
  record: 'url',
  price: 'number',
  dialtime: 'seconds',
  representative_name: 'text',
  representative_code: 'text',
  target_country: 'text',
  caller_country: 'text',
  OriginalIvrUniqueID: 'text',
  DepartmentName: 'text',
  DepartmentID: 'text',
  TopDepartmentName: 'text',
  TopDepartmentID: 'text',
  IVR: 'layers',
  direction: 'text',
  extenUser: 'text',
  callerPhone: 'text',
  isAnswer: 'flag',
  actualCallDuration: 'seconds',
  actualCallDialtime: 'seconds',
  CustomData: 'bag',
  campaignID: 'text',
  campaignName: 'text',
  campaignCode: 'text',
  CampaignTypeID: 'text',
  campaignTypeName: 'text',
  CallID: 'text',
  StatusName: 'text',
  Phone: 'text',
  CallInserted: 'text',
  RetryNum: 'number',
  RetryAmount: 'number',
  dialerData: 'structure',
  IsDoNotCallMe: 'flag',
  DoNotCallMeStatus: 'text',
  DoNotCallMeStatusCode: 'text',
  DoNotCallMetransactionId: 'text',
  DoNotCallMeTokenName: 'text',
  aiData: 'ai',
} as const satisfies Record<string, keyof Kinds>;

export type WireKey = keyof typeof WIRE_KEYS;

/** The values of a record under the vendor's keys: typed, and null for nothing. */
export type WireValues = { -readonly [K in WireKey]: Kinds[(typeof WIRE_KEYS)[K]] };

const SPELLINGS = /* @__PURE__ */ spellingsOf(Object.keys(WIRE_KEYS) as WireKey[]);

/**
 * Reads what a record has of the keys above. Other keys are not an error; `raw` keeps them.
 *
 * Each key is written out, and not looked up in a loop: the engine then finds it by its place in
 * the record, which makes reading a record more than twice as fast.
 */
export function readWire(record: WireRecord, at: Place): WireValues {
  const sent = inVendorSpelling(record, SPELLINGS, at);
  return {
    ivruniqueid: readText(sent.ivruniqueid, at, 'ivruniqueid'),
    caller: readText(sent.caller, at, 'caller'),
    target: readText(sent.target, at, 'target'),
    time: sent.time,
    duration: readSeconds(sent.duration, at, 'duration'),
    type: readText(sent.type, at, 'type'),
    status: readText(sent.status, at, 'status'),
    leg1DialStatusName: readText(sent.leg1DialStatusName, at, 'leg1DialStatusName'),
    targetextension: readText(sent.targetextension, at, 'targetextension'),
    targetextension_name: readText(sent.targetextension_name, at, 'targetextension_name'),
    callerextension: readText(sent.callerextension, at, 'callerextension'),
    callerextension_name: readText(sent.callerextension_name, at, 'callerextension_name'),
    did: readText(sent.did, at, 'did'),
    queueid: readText(sent.queueid, at, 'queueid'),
    queuename: readText(sent.queuename, at, 'queuename'),
    seconds_waiting_in_queue: readSeconds(
      sent.seconds_waiting_in_queue,
      at,
      'seconds_waiting_in_queue',
    ),
    record: readUrl(sent.record, at, 'record'),
    price: readNumber(sent.price, at, 'price'),
    dialtime: readSeconds(sent.dialtime, at, 'dialtime'),
    representative_name: readText(sent.representative_name, at, 'representative_name'),
    representative_code: readText(sent.representative_code, at, 'representative_code'),
    target_country: readText(sent.target_country, at, 'target_country'),
    caller_country: readText(sent.caller_country, at, 'caller_country'),
    OriginalIvrUniqueID: readText(sent.OriginalIvrUniqueID, at, 'OriginalIvrUniqueID'),
    DepartmentName: readText(sent.DepartmentName, at, 'DepartmentName'),
    DepartmentID: readText(sent.DepartmentID, at, 'DepartmentID'),
    TopDepartmentName: readText(sent.TopDepartmentName, at, 'TopDepartmentName'),
    TopDepartmentID: readText(sent.TopDepartmentID, at, 'TopDepartmentID'),
    IVR: readIvr(sent.IVR, at, 'IVR'),
    direction: readText(sent.direction, at, 'direction'),
    extenUser: readText(sent.extenUser, at, 'extenUser'),
    callerPhone: readText(sent.callerPhone, at, 'callerPhone'),
    isAnswer: readFlag(sent.isAnswer, at, 'isAnswer'),
    actualCallDuration: readSeconds(sent.actualCallDuration, at, 'actualCallDuration'),
    actualCallDialtime: readSeconds(sent.actualCallDialtime, at, 'actualCallDialtime'),
    CustomData: readCustomData(sent.CustomData, at, 'CustomData'),
    campaignID: readText(sent.campaignID, at, 'campaignID'),
    campaignName: readText(sent.campaignName, at, 'campaignName'),
    campaignCode: readText(sent.campaignCode, at, 'campaignCode'),
    CampaignTypeID: readText(sent.CampaignTypeID, at, 'CampaignTypeID'),
    campaignTypeName: readText(sent.campaignTypeName, at, 'campaignTypeName'),
    CallID: readText(sent.CallID, at, 'CallID'),
    StatusName: readText(sent.StatusName, at, 'StatusName'),
    Phone: readText(sent.Phone, at, 'Phone'),
    CallInserted: readText(sent.CallInserted, at, 'CallInserted'),
    RetryNum: readNumber(sent.RetryNum, at, 'RetryNum'),
    RetryAmount: readNumber(sent.RetryAmount, at, 'RetryAmount'),
    dialerData: readStructure(sent.dialerData, at, 'dialerData'),
    IsDoNotCallMe: readFlag(sent.IsDoNotCallMe, at, 'IsDoNotCallMe'),
    DoNotCallMeStatus: readText(sent.DoNotCallMeStatus, at, 'DoNotCallMeStatus'),
    DoNotCallMeStatusCode: readText(sent.DoNotCallMeStatusCode, at, 'DoNotCallMeStatusCode'),
    DoNotCallMetransactionId: readText(
      sent.DoNotCallMetransactionId,
      at,
      'DoNotCallMetransactionId',
    ),
    DoNotCallMeTokenName: readText(sent.DoNotCallMeTokenName, at, 'DoNotCallMeTokenName'),
    aiData: readAi(sent.aiData, at, 'aiData'),
  };
}
