import type { parseCdr } from 'voicenter-cdr';
import type { Wire } from './records.js';

/** A record with a value under every key, no two alike. */
export const FULL_RECORD = {
  ivruniqueid: '202401150800000000a',
  caller: '0501234567',
  target: '0721234560',
  time: 1705305600,
  duration: 50,
  type: 'Click 2 Queue Incoming',
  status: 'PONDERING',
  leg1DialStatusName: 'BUSY',
  targetextension: 'SIP201',
  targetextension_name: 'Desk 1',
  callerextension: 'SIP202',
  callerextension_name: 'Desk 2',
  did: '0721234567',
  queueid: 17,
  queuename: 'Sales',
  seconds_waiting_in_queue: 20,
  record: 'https://cpanel.voicenter.co.il/PlayRecord/1.mp3',
  price: 14.5,
  dialtime: 3,
  representative_name: 'User 1',
  representative_code: '00123',
  target_country: 'Cyprus',
  caller_country: 'Israel',
  OriginalIvrUniqueID: '202401150730000000b',
  DepartmentName: 'Renewals',
  DepartmentID: 12345678,
  TopDepartmentName: 'Main account',
  TopDepartmentID: 87654321,
  IVR: [{ layer_id: 1234, layer_name: 'Menu', layer_number: 5, Dtmf: '2', dtmf_order: 1 }],
  direction: 'incoming',
  extenUser: 'SIP203',
  callerPhone: '0501234568',
  isAnswer: 1,
  actualCallDuration: 31,
  actualCallDialtime: 4,
  CustomData: { order: '0042' },
  campaignID: 4711,
  campaignName: 'Spring',
  campaignCode: '0043',
  CampaignTypeID: 6,
  campaignTypeName: 'Smart',
  CallID: 990011,
  StatusName: 'Done',
  Phone: '0501234569',
  CallInserted: '2024-01-15 07:59:00',
  RetryNum: 1,
  RetryAmount: 8,
  dialerData: { campaignID: 4712 },
  IsDoNotCallMe: 0,
  DoNotCallMeStatus: 'Not listed',
  DoNotCallMeStatusCode: 9,
  DoNotCallMetransactionId: 'a-1',
  DoNotCallMeTokenName: 'main',
  aiData: {
    insights: {
      summary: 'An order.',
      questions: [{ key: 'k1', question: 'Bought?', data_type: 'boolean', answer: 'true' }],
      participants: {
        caller: { name: 'Caller', personality_traits: ['calm'] },
        callee: { name: 'Callee', personality_traits: ['brief'] },
      },
    },
    emotions: {
      questions: [{ key: 'k2', question: 'Mood?', data_type: 'string', answer: 'good' }],
      sentences: [
        {
          sentence_id: 's1',
          emotion: 'joy',
          emotion_direction: -1,
          confidence_emotion: 0.25,
          intensity_emotion: 0.5,
          personality_trait: 'patient',
          confidence_trait: 0.75,
        },
      ],
    },
    transcript: [
      { speaker: 'Speaker0', text: 'Hello', startTime: 1.5, endTime: 2.5, sentence_id: 's2' },
    ],
  },
} satisfies Wire;

/** The Cdr read from it, without `issues` and `raw`. */
export const FULL_CDR = {
  callId: '202401150800000000a',
  type: 'Click 2 Queue Incoming',
  status: 'unknown',
  typeName: 'Click 2 Queue Incoming',
  statusName: 'PONDERING',
  outcome: 'unknown',
  answered: true,
  leg: 2,
  legFamily: 'smart-dialer',
  legStatus: { leg1: 'BUSY', leg2: 'unknown' },
  direction: 'incoming',
  startedAt: new Date('2024-01-15T06:00:00Z'),
  durationSeconds: 50,
  talkSeconds: 31,
  ringSeconds: 4,
  caller: '0501234567',
  target: '0721234560',
  did: '0721234567',
  customerPhone: '0501234568',
  businessPhone: '0721234567',
  agentExtension: 'SIP203',
  callerExtension: { code: 'SIP202', name: 'Desk 2' },
  targetExtension: { code: 'SIP201', name: 'Desk 1' },
  representative: { name: 'User 1', code: '00123' },
  callerCountry: 'Israel',
  targetCountry: 'Cyprus',
  queue: { id: '17', name: 'Sales', waitSeconds: 20 },
  ivr: [{ layerId: '1234', layerName: 'Menu', layerNumber: 5, digits: '2', order: 1 }],
  recordingUrl: 'https://cpanel.voicenter.co.il/PlayRecord/1.mp3',
  priceAgorot: 14.5,
  originalCallId: '202401150730000000b',
  department: { id: '12345678', name: 'Renewals' },
  topDepartment: { id: '87654321', name: 'Main account' },
  customData: { order: '0042' },
  dialer: {
    campaignId: '4711',
    campaignName: 'Spring',
    campaignCode: '0043',
    campaignTypeId: '6',
    campaignTypeName: 'Smart',
    callId: '990011',
    statusName: 'Done',
    phone: '0501234569',
    callInserted: '2024-01-15 07:59:00',
    retryNumber: 1,
    retryAmount: 8,
  },
  doNotCall: {
    listed: false,
    status: 'Not listed',
    statusCode: '9',
    transactionId: 'a-1',
    tokenName: 'main',
  },
  ai: {
    summary: 'An order.',
    questions: [{ key: 'k1', question: 'Bought?', dataType: 'boolean', answer: true }],
    participants: {
      caller: { name: 'Caller', personalityTraits: ['calm'] },
      callee: { name: 'Callee', personalityTraits: ['brief'] },
    },
    emotions: {
      questions: [{ key: 'k2', question: 'Mood?', dataType: 'string', answer: 'good' }],
      sentences: [
        {
          sentenceId: 's1',
          emotion: 'joy',
          emotionDirection: -1,
          emotionConfidence: 0.25,
          emotionIntensity: 0.5,
          personalityTrait: 'patient',
          traitConfidence: 0.75,
        },
      ],
    },
    transcript: [
      { speaker: 'agent', text: 'Hello', startSeconds: 1.5, endSeconds: 2.5, sentenceId: 's2' },
    ],
  },
  format: 'json',
} satisfies Partial<ReturnType<typeof parseCdr>>;

type Path = (string | number)[];

/** The paths of all leaves inside a value. */
export function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || value instanceof Date) return [path];
  const parts: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return parts.flatMap(([part, inside]) => leavesOf(inside, [...path, part]));
}

/** A copy of a structure with a different value at a path. */
export function withValueAt<T extends object>(structure: T, path: Path, value: unknown): T {
  const copy = structuredClone(structure);
  const last = path.at(-1) ?? '';
  const parent = path.slice(0, -1).reduce<object>((at, part) => Reflect.get(at, part), copy);
  Reflect.set(parent, last, value);
  return copy;
}
