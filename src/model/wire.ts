import { duplicateField } from '../errors.js';
import { canonicalKey, type WireRecord } from '../record.js';
import { readAi } from './ai.js';
import { readCustomData } from './custom-data.js';
import { readIvr } from './ivr.js';
import {
  type Place,
  pathTo,
  readFlag,
  readNumber,
  readSeconds,
  readStructure,
  readText,
  readUrl,
} from './read.js';

/** How the value of a key is read. */
const READERS = {
  text: readText,
  number: readNumber,
  seconds: readSeconds,
  flag: readFlag,
  url: readUrl,
  layers: readIvr,
  bag: readCustomData,
  ai: readAi,
  structure: readStructure,
  /** Read on the account's clock, which the record does not know. */
  time: (value: unknown): unknown => value,
};

/**
 * Every key that the model reads, in the vendor's spelling, and how. Another spelling of a key is
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
  aiData: 'ai',
} as const satisfies Record<string, keyof typeof READERS>;

export type WireKey = keyof typeof WIRE_KEYS;

/** The values of a record under the vendor's keys: typed, and null for nothing. */
export type WireValues = {
  -readonly [K in WireKey]: ReturnType<(typeof READERS)[(typeof WIRE_KEYS)[K]]> | null;
};

/** A misprint in the vendor's document. */
const MISPRINTS: Record<string, WireKey> = { queueenamel: 'queuename' };

const NOTHING = /* @__PURE__ */ nothingSent();
const KEYS_BY_SPELLING = /* @__PURE__ */ indexSpellings();

function nothingSent(): WireValues {
  return Object.fromEntries(Object.keys(WIRE_KEYS).map((key) => [key, null])) as WireValues;
}

function indexSpellings(): Map<string, WireKey> {
  const index = new Map<string, WireKey>(Object.entries(MISPRINTS));
  for (const key of Object.keys(WIRE_KEYS) as WireKey[])
    index.set(key, key).set(canonicalKey(key), key);
  return index;
}

/** Reads what a record has of the keys above. Other keys are not an error; `raw` keeps them. */
export function readWire(record: WireRecord, place: Place): WireValues {
  const values: Record<WireKey, unknown> = { ...NOTHING };
  const seen = new Set<WireKey>();
  for (const sent of Object.keys(record)) {
    const key = keyOf(sent);
    if (key === undefined) continue;
    if (seen.has(key)) place.issues.push(duplicateField(pathTo(place, sent)));
    seen.add(key);
    values[key] = READERS[WIRE_KEYS[key]](record[sent], place, sent);
  }
  return values as WireValues;
}

/** How a record spells a key, for the path of an issue; the vendor's spelling when it has none. */
export function spellingOf(key: WireKey, record: WireRecord): string {
  return Object.keys(record).findLast((sent) => keyOf(sent) === key) ?? key;
}

function keyOf(sent: string): WireKey | undefined {
  return KEYS_BY_SPELLING.get(sent) ?? KEYS_BY_SPELLING.get(canonicalKey(sent));
}
