import { callTypeOf, factsOfType, type KnownCallType } from '../model/call-types.js';
import { canonicalKey } from '../model/names.js';
import { callStatusOf, type KnownCallStatus, type Outcome, outcomeOf } from '../model/statuses.js';
import type { WireKey } from '../model/wire.js';
import type { WireRecord } from '../record.js';

/** A record as Voicenter sends it: the keys that `parseCdr` reads, and any others. */
export type WireCdr = WireRecord & { [K in WireKey]?: unknown };

/**
 * A record as Voicenter would send it for a call of this type that ended with this status. It has
 * the parties and whatever applies to the call: the queue and its wait, the menus passed, the first
 * leg's result on a second leg, a dialer's campaign. The values are made up, and always the same.
 *
 * Every sample has the same `ivruniqueid` and `time`. Override `ivruniqueid` to get distinct calls.
 * The id contains no date, so a test may set any `time`. As Voicenter sends it, `time` is Israel's
 * wall clock written as epoch seconds.
 *
 * @param type one of the 19, in any of its spellings, or one that the vendor may add
 * @param status one of the 18, or one that the vendor may add; default `ANSWER`
 * @param overrides values by wire key; any key and any value. A key in another spelling replaces
 * the sample's own; undefined removes the key, null is sent as null
 *
 * @example
 * ```ts
 * import { parseCdr } from 'voicenter-cdr';
 * import { sampleCdr } from 'voicenter-cdr/testing';
 *
 * const cdr = parseCdr(sampleCdr('Queue', 'ABANDONE', { caller: '0507654321' }));
 * console.log(cdr.outcome, cdr.customerPhone, cdr.queue?.waitSeconds); // abandoned 0507654321 20
 * ```
 */
export function sampleCdr(
  type: KnownCallType | (string & {}),
  status: KnownCallStatus | (string & {}) = 'ANSWER',
  overrides: WireCdr = {},
): WireCdr {
  return withOverrides(sampleOf(type, status), overrides);
}

/** Applies overrides to a record, whatever the spelling of their keys; undefined removes a key. */
export function withOverrides(record: WireCdr, overrides: WireCdr): WireCdr {
  const overridden = new Set(Object.keys(overrides).map(canonicalKey));
  const kept = Object.entries(record).filter(([key]) => !overridden.has(canonicalKey(key)));
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...kept, ...given]);
}

type Sample = { [K in WireKey]?: unknown };

/** Without a date: the date in a real id shows how to read `time`, so it would limit `time`. */
const CALL_ID = 'sample-call-1';
const ORIGINAL_CALL_ID = 'sample-call-0';

function sampleOf(typeName: string, statusName: string): Sample {
  const type = callTypeOf(typeName);
  const status = callStatusOf(statusName);
  const { leg, queue } = factsOfType(type);
  const outcome = outcomeOf(status);
  const answered = outcome === 'answered';
  const waitSeconds = queue && !NEVER_QUEUED.includes(status) ? 20 : 0;
  const { duration, dialtime } = SECONDS[outcome];
  const call = type === 'unknown' ? { always: INCOMING } : CALLS[type];
  return {
    ...NOTHING,
    time: 1705305600, // 2024-01-15 08:00:00 on the wall clock
    duration: duration + waitSeconds,
    ivruniqueid: CALL_ID,
    type: typeName,
    status: statusName,
    dialtime,
    // In click-to-call the second leg has the recording, says the vendor's document.
    ...(answered &&
      leg !== 1 && { record: `https://cpanel.voicenter.co.il/PlayRecord/${CALL_ID}.mp3` }),
    ...(queue && { queueid: 123456789, queuename: 'Sales', seconds_waiting_in_queue: waitSeconds }),
    ...(leg === 2 && { leg1DialStatusName: status === 'NOTCALLED' ? 'NOANSWER' : 'ANSWER' }),
    ...call.always,
    // A copy of each menu: a test may change its sample.
    ...(call.always.IVR !== undefined && { IVR: MENUS.map((menu) => ({ ...menu })) }),
    ...(answered && call.answered),
  };
}

/** The keys of every record, in the order of the vendor's examples; "" stands for no value. */
const NOTHING = {
  caller: '',
  target: '',
  time: 0,
  duration: 0,
  ivruniqueid: '',
  type: '',
  status: '',
  targetextension: '',
  callerextension: '',
  did: '',
  queueid: 0,
  queuename: '',
  record: '',
  price: 0,
  dialtime: 0,
  representative_name: '',
  representative_code: '',
  targetextension_name: '',
  callerextension_name: '',
  target_country: '',
  caller_country: '',
  DepartmentID: 12345678,
  DepartmentName: 'Sales',
  TopDepartmentID: 87654321,
  TopDepartmentName: 'Main account',
} as const satisfies Sample;

/** Seconds of talk, voicemail or menu, and of ringing. */
const SECONDS: Record<Outcome, { duration: number; dialtime: number }> = {
  answered: { duration: 42, dialtime: 7 },
  abandoned: { duration: 0, dialtime: 0 },
  unanswered: { duration: 0, dialtime: 30 },
  busy: { duration: 0, dialtime: 2 },
  cancelled: { duration: 0, dialtime: 9 },
  voicemail: { duration: 18, dialtime: 30 },
  'ended-in-ivr': { duration: 8, dialtime: 0 },
  'not-dialed': { duration: 0, dialtime: 0 },
  failed: { duration: 0, dialtime: 0 },
  unknown: { duration: 0, dialtime: 0 },
};

/** The queue was full, nobody was logged in, or the caller was still in the menu. */
const NEVER_QUEUED: readonly string[] = [
  'FULL',
  'JOINEMPTY',
  'VOEND',
  'TE',
] satisfies KnownCallStatus[];

const CUSTOMER = '0501234567';
const SECOND_NUMBER = '0501234568';
const BUSINESS = '0721234567';
const EXTENSION = 'SIP201';
const SECOND_EXTENSION = 'SIP202';

const INCOMING: Sample = { caller: CUSTOMER, did: BUSINESS, caller_country: 'Israel' };
const OUTGOING: Sample = { caller: BUSINESS, target: CUSTOMER, target_country: 'Israel' };
const DIALED: Sample = { callerextension: EXTENSION, callerextension_name: 'Desk 1' };
const PICKED_UP: Sample = { targetextension: EXTENSION, targetextension_name: 'Desk 1' };
const AGENT: Sample = { representative_name: 'User 1', representative_code: '00123' };
const TO_AGENT: Sample = { caller: BUSINESS, target: EXTENSION, ...AGENT };
const FROM_AGENT: Sample = { ...OUTGOING, ...DIALED, ...AGENT };
const BY_AGENT: Sample = { ...PICKED_UP, ...AGENT };
const TRANSFER: Sample = { OriginalIvrUniqueID: ORIGINAL_CALL_ID };
const MENUS = [
  { layer_id: 1234, layer_name: 'Main menu', layer_number: 0, Dtmf: 2, dtmf_order: 1 },
  { layer_id: 4321, layer_name: 'Sales', layer_number: 2, Dtmf: 0, dtmf_order: 2 },
];
const MENU: Sample = { IVR: MENUS };
const CAMPAIGN: Sample = {
  campaignID: 4711,
  campaignName: 'Renewals',
  campaignCode: '0042',
  CallID: 990011,
  Phone: CUSTOMER,
  RetryNum: 1,
  RetryAmount: 3,
};

/** Who called whom for each type: always, and in addition if the call was answered. */
const CALLS: Record<KnownCallType, { always: Sample; answered?: Sample }> = {
  'Incoming Call': { always: { ...INCOMING, ...MENU }, answered: BY_AGENT },
  CC: { always: { ...INCOMING, target: SECOND_NUMBER } },
  'Extension Outgoing': { always: FROM_AGENT },
  Queue: { always: { ...INCOMING, ...MENU }, answered: BY_AGENT },
  'Click2Call leg1': { always: TO_AGENT, answered: PICKED_UP },
  'Click2Call leg2': { always: FROM_AGENT },
  VoiceMail: { always: INCOMING },
  Callference: { always: INCOMING },
  XferCDR: { always: { ...INCOMING, ...TRANSFER }, answered: BY_AGENT },
  ProductiveCallLeg1: { always: { ...TO_AGENT, ...CAMPAIGN }, answered: PICKED_UP },
  ProductiveCallLeg2: { always: { ...FROM_AGENT, ...CAMPAIGN } },
  Scrubber: { always: OUTGOING },
  'Click 2 IVR': { always: { ...OUTGOING, ...CAMPAIGN } },
  'Click 2 IVR Incoming': { always: { ...INCOMING, ...MENU, ...CAMPAIGN } },
  'Click 2 Queue Incoming': { always: { ...INCOMING, ...CAMPAIGN }, answered: BY_AGENT },
  FaxCdr: { always: INCOMING },
  'Attended CDR leg1': {
    always: { ...DIALED, caller: EXTENSION, target: SECOND_EXTENSION, ...TRANSFER },
    answered: { targetextension: SECOND_EXTENSION },
  },
  'Attended CDR leg2': {
    always: { ...INCOMING, ...TRANSFER },
    answered: { targetextension: SECOND_EXTENSION },
  },
  'Auto forward': { always: { ...INCOMING, target: SECOND_NUMBER } },
};
