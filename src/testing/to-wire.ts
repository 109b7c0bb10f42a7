import type { AiData, AiEmotion, AiParticipant, AiQuestion, AiSentence } from '../model/ai.js';
import { callTypeOf } from '../model/call-types.js';
import type { CdrFields } from '../model/cdr.js';
import type { IvrLayer } from '../model/parts.js';
import { callStatusOf } from '../model/statuses.js';
import type { WireKey } from '../model/wire.js';
import { emptyRecord, type WireRecord } from '../record.js';
import { plain } from './plain-data.js';

/** The way back from a Cdr to a wire record: by its fields, whatever is in `raw`. */
export function toWire(cdr: CdrFields): WireRecord {
  const record = emptyRecord();
  for (const field of Object.keys(WRITERS) as (keyof CdrFields)[]) {
    for (const [key, value] of Object.entries(write(field, cdr))) {
      if (value === null) continue;
      record[key] = typeof value === 'boolean' ? Number(value) : value;
    }
  }
  return record;
}

type Values = { [K in WireKey]?: unknown };

/** The key of each field of a structure. */
type KeysOf<T, K extends string = string> = Record<keyof T, K>;

/**
 * How a field is sent: under a key, as it is; a structure under a key for each of its fields;
 * otherwise; or not at all, null, for what follows from other fields.
 */
type Writer<F extends keyof CdrFields> =
  | WireKey
  | KeysOf<NonNullable<CdrFields[F]>, WireKey>
  | ((value: NonNullable<CdrFields[F]>, cdr: CdrFields) => Values)
  | null;

/** Every field of a record, and how it is sent: the other way round than in toCdr. */
const WRITERS: { [F in keyof CdrFields]: Writer<F> } = {
  callId: 'ivruniqueid',
  // The name as it was sent, unless somebody has given the record another type since.
  type: (type, { typeName }) => ({ type: callTypeOf(typeName) === type ? typeName : type }),
  status: (status, { statusName }) => ({
    status: callStatusOf(statusName) === status ? statusName : status,
  }),
  typeName: null,
  statusName: null,
  outcome: null,
  answered: (isAnswer, { status }) => (status === 'unknown' ? { isAnswer } : {}),
  leg: null,
  legFamily: null,
  // With a status of the first leg, the record's own is that of the second.
  legStatus: ({ leg1, leg2 }) => (leg2 === null ? {} : { leg1DialStatusName: leg1 }),
  direction: 'direction',
  startedAt: (start) => ({ time: new Date(start).getTime() / 1000 }),
  // A call that was answered, yet nobody knows its talk, came without a duration.
  durationSeconds: (duration, { answered, talkSeconds }) =>
    duration === 0 && answered && talkSeconds === null ? {} : { duration },
  talkSeconds: 'actualCallDuration',
  ringSeconds: 'dialtime',
  caller: 'caller',
  target: 'target',
  did: 'did',
  customerPhone: 'callerPhone',
  businessPhone: null, // follows from did, target and caller
  agentExtension: 'extenUser',
  callerExtension: { code: 'callerextension', name: 'callerextension_name' },
  targetExtension: { code: 'targetextension', name: 'targetextension_name' },
  representative: {
    name: 'representative_name',
    code: 'representative_code',
  },
  callerCountry: 'caller_country',
  targetCountry: 'target_country',
  queue: {
    id: 'queueid',
    name: 'queuename',
    waitSeconds: 'seconds_waiting_in_queue',
  },
  ivr: (layers) => ({ IVR: layers.map(writeLayer) }),
  recordingUrl: 'record',
  priceAgorot: 'price',
  originalCallId: 'OriginalIvrUniqueID',
  department: { id: 'DepartmentID', name: 'DepartmentName' },
  topDepartment: { id: 'TopDepartmentID', name: 'TopDepartmentName' },
  customData: 'CustomData',
  dialer: {
    campaignId: 'campaignID',
    campaignName: 'campaignName',
    campaignCode: 'campaignCode',
    campaignTypeId: 'CampaignTypeID',
    campaignTypeName: 'campaignTypeName',
    callId: 'CallID',
    statusName: 'StatusName',
    phone: 'Phone',
    callInserted: 'CallInserted',
    retryNumber: 'RetryNum',
    retryAmount: 'RetryAmount',
  },
  doNotCall: {
    listed: 'IsDoNotCallMe',
    status: 'DoNotCallMeStatus',
    statusCode: 'DoNotCallMeStatusCode',
    transactionId: 'DoNotCallMetransactionId',
    tokenName: 'DoNotCallMeTokenName',
  },
  // As JSON text: an answer can be anything, and XML-RPC loses white space around a key.
  ai: (ai) => ({ aiData: JSON.stringify(plain(writeAi(ai), ['ai'])) }),
  format: null,
  issues: null,
  raw: null,
};

function write<F extends keyof CdrFields>(field: F, cdr: CdrFields): Values {
  const writer: Writer<F> = WRITERS[field];
  const value = cdr[field];
  if (writer === null || value === null || value === undefined) return {};
  if (typeof writer === 'function') return writer(value, cdr);
  return typeof writer === 'string' ? { [writer]: value } : respell(value, writer);
}

/** A structure with each field under its key. */
function respell<T extends object>(structure: T, keys: KeysOf<T>): WireRecord {
  const entries = Object.entries<string>(keys);
  return Object.fromEntries(entries.map(([field, key]) => [key, Reflect.get(structure, field)]));
}

const LAYER: KeysOf<IvrLayer> = {
  layerId: 'layer_id',
  layerName: 'layer_name',
  layerNumber: 'layer_number',
  digits: 'Dtmf',
  order: 'dtmf_order',
};

/** Nothing pressed is sent as 0. */
function writeLayer(layer: IvrLayer): WireRecord {
  return respell({ ...layer, digits: layer.digits ?? '0' }, LAYER);
}

const QUESTION: KeysOf<AiQuestion> = {
  key: 'key',
  question: 'question',
  dataType: 'data_type',
  answer: 'answer',
};

const PARTICIPANT: KeysOf<AiParticipant> = {
  name: 'name',
  personalityTraits: 'personality_traits',
};

const EMOTION: KeysOf<AiEmotion> = {
  sentenceId: 'sentence_id',
  emotion: 'emotion',
  emotionDirection: 'emotion_direction',
  emotionConfidence: 'confidence_emotion',
  emotionIntensity: 'intensity_emotion',
  personalityTrait: 'personality_trait',
  traitConfidence: 'confidence_trait',
};

const SENTENCE: KeysOf<AiSentence> = {
  speaker: 'speaker',
  text: 'text',
  startSeconds: 'startTime',
  endSeconds: 'endTime',
  sentenceId: 'sentence_id',
};

const SPEAKERS = new Map([
  ['agent', 'Speaker0'],
  ['customer', 'Speaker1'],
]);

function writeSentence(sentence: AiSentence): WireRecord {
  const speaker = SPEAKERS.get(sentence.speaker ?? '') ?? sentence.speaker;
  return respell({ ...sentence, speaker }, SENTENCE);
}

const writeQuestion = (question: AiQuestion) => respell(question, QUESTION);
const writeEmotion = (emotion: AiEmotion) => respell(emotion, EMOTION);
const writeParticipant = (participant: AiParticipant | null) =>
  participant && respell(participant, PARTICIPANT);

function writeAi({ summary, questions, participants, emotions, transcript, ...rest }: AiData) {
  rest satisfies Record<string, never>; // a part that was forgotten here does not compile
  return {
    insights: {
      summary,
      questions: questions.map(writeQuestion),
      participants: {
        caller: writeParticipant(participants.caller),
        callee: writeParticipant(participants.callee),
      },
    },
    emotions: {
      questions: emotions.questions.map(writeQuestion),
      sentences: emotions.sentences.map(writeEmotion),
    },
    transcript: transcript.map(writeSentence),
  };
}
