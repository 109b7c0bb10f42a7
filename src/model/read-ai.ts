import { isJsonText } from '../json-text.js';
import { isRecord } from '../record.js';
import type { AiAnswer, AiData, AiEmotion, AiParticipant, AiQuestion, AiSentence } from './ai.js';
import type { Kind, ListKind, Table } from './kind.js';
import { isMissing, isNoText } from './nothing.js';
import type { Place } from './place.js';
import {
  flag,
  freeText,
  fromJsonText,
  identifier,
  number,
  readItems,
  readStructure,
  text,
  toNumber,
} from './read.js';
import { listOf, structure } from './structure.js';

/** A question can have several lines but is no free text: `null` and the like are nothing. */
const question: Kind<string> = {
  ...freeText,
  read: (value, place, key) => (isNoText(value) ? undefined : freeText.read(value, place, key)),
};

const QUESTION: Table<SentQuestion> = {
  key: ['key', identifier],
  question: ['question', question],
  dataType: ['data_type', text],
  answer: ['answer', { name: 'any', read: (value) => value }],
};

/** A question as sent, whose answer is not converted to its declared type yet. */
interface SentQuestion {
  key: string | null;
  question: string | null;
  dataType: string | null;
  answer: unknown;
}

const questions: ListKind<AiQuestion> = /* @__PURE__ */ listOf(QUESTION, { finish: withAnswer });

function withAnswer({ key, question, dataType, answer }: SentQuestion, place: Place): AiQuestion {
  return { key, question, ...readAnswer(dataType, answer, place) };
}

/** The declared types. They can also be sent as numbers: index + 1. */
export const DATA_TYPES = [
  'boolean',
  'string',
  'number',
  'json array',
  'json object list',
  'json object',
] as const;

function readAnswer(declared: string | null, answer: unknown, place: Place): AiAnswer {
  const name = declared?.toLowerCase();
  // Answers contain no ids: all their numbers are quantities.
  const decoded = () => fromJsonText(answer, place, 'answer', 0);
  const dataType = DATA_TYPES.find((type, at) => name === type || toNumber(name) === at + 1);
  switch (dataType) {
    case 'boolean':
      return { dataType, answer: flag.read(answer, place, 'answer') ?? null };
    case 'string':
      return { dataType, answer: freeText.read(answer, place, 'answer') ?? null };
    case 'number':
      return { dataType, answer: number.read(answer, place, 'answer') ?? null };
    case 'json array':
    case 'json object list':
      return { dataType, answer: readItems(decoded(), place, 'answer') };
    case 'json object':
      return { dataType, answer: readStructure(decoded(), place, 'answer') ?? null };
    default:
      return { dataType: 'unknown', answer: isMissing(answer) ? null : answer };
  }
}

/** A list of traits, or one text. */
const traits: ListKind<string> = {
  name: 'texts',
  isList: true,
  read(value, place, key) {
    return [value]
      .flat(2)
      .flatMap((item) => (isStructure(item) ? (readItems(item, place, key) ?? []) : [item]))
      .map((trait) => text.read(trait, place, key))
      .filter((trait) => typeof trait === 'string');
  },
};

function isStructure(value: unknown): boolean {
  return isRecord(value) || (typeof value === 'string' && isJsonText(value));
}

const PARTICIPANT: Table<AiParticipant> = {
  name: ['name', text],
  personalityTraits: ['personality_traits', traits],
};

/** A structure without any key would be skipped when it is read back from its list. */
const ALWAYS_SENT = { nothing: '' };

const participant = /* @__PURE__ */ structure(PARTICIPANT);

const EMOTION: Table<AiEmotion> = {
  sentenceId: ['sentence_id', { ...identifier, ...ALWAYS_SENT }],
  emotion: ['emotion', text],
  emotionDirection: ['emotion_direction', number],
  emotionConfidence: ['confidence_emotion', number],
  emotionIntensity: ['intensity_emotion', number],
  personalityTrait: ['personality_trait', text],
  traitConfidence: ['confidence_trait', number],
};

/** The names of the two speakers, by their names on the wire. */
const SPEAKERS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['Speaker0', 'agent'],
  ['Speaker1', 'customer'],
]);
const SPEAKERS_ON_THE_WIRE: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  Array.from(SPEAKERS, ([sent, name]) => [name, sent]),
);

const speaker: Kind<string> = {
  ...text,
  read(value, place, key) {
    const sent = text.read(value, place, key);
    return SPEAKERS.get(sent ?? '') ?? sent;
  },
  write: (name) => SPEAKERS_ON_THE_WIRE.get(name) ?? name,
};

const SENTENCE: Table<AiSentence> = {
  speaker: ['speaker', speaker],
  text: ['text', { ...freeText, ...ALWAYS_SENT }],
  startSeconds: ['startTime', number],
  endSeconds: ['endTime', number],
  sentenceId: ['sentence_id', identifier],
};

/** The tables of the analysis, for its schema. */
export const AI_TABLES = { QUESTION, PARTICIPANT, EMOTION, SENTENCE };

/** The analysis as sent: nested one level deeper than in a Cdr. */
interface SentAi {
  insights: Insights | null;
  emotions: AiData['emotions'] | null;
  transcript: AiSentence[];
  summary: string | null;
}

interface Insights {
  questions: AiQuestion[];
  participants: AiData['participants'] | null;
  summary: string | null;
}

const sentAi: Kind<SentAi> = /* @__PURE__ */ structure<SentAi>({
  insights: [
    'insights',
    structure<Insights>({
      questions: ['questions', questions],
      participants: [
        'participants',
        structure<AiData['participants']>({
          caller: ['caller', participant],
          callee: ['callee', participant],
        }),
      ],
      summary: ['summary', freeText],
    }),
  ],
  emotions: [
    'emotions',
    structure<AiData['emotions']>({
      questions: ['questions', questions],
      sentences: ['sentences', listOf(EMOTION)],
    }),
  ],
  transcript: ['transcript', listOf(SENTENCE, { fromText: (said) => ({ text: said }) })],
  summary: ['summary', freeText],
});

/** The AI analysis; any part of it may be missing. */
export const ai: Kind<AiData> = {
  name: 'ai',
  read(value, place, key) {
    const sent = sentAi.read(value, place, key);
    return (
      sent && {
        summary: sent.insights?.summary ?? sent.summary,
        questions: sent.insights?.questions ?? [],
        participants: sent.insights?.participants ?? { caller: null, callee: null },
        emotions: sent.emotions ?? { questions: [], sentences: [] },
        transcript: sent.transcript,
      }
    );
  },
  // As JSON text, because an answer can be anything, and XML-RPC loses white space around keys.
  write: ({ summary, questions, participants, emotions, transcript }) =>
    JSON.stringify(
      sentAi.write?.({
        insights: { questions, participants, summary },
        emotions,
        transcript,
        summary: null,
      }),
    ),
};
