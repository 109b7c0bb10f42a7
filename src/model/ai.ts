import type { Place } from './place.js';
import {
  flag,
  freeText,
  identifier,
  isBlank,
  number,
  readItems,
  readRecord,
  text,
} from './read.js';
import { type Kind, type ListKind, listOf, structure, type Table } from './structure.js';

/** The AI analysis of a call, on accounts that have it. */
export interface AiData {
  /** What the call was about. Wire key `insights.summary`, else `summary`. */
  summary: string | null;
  /** What the account asks of every call. Wire key `insights.questions`. */
  questions: AiQuestion[];
  /** Who spoke. Wire key `insights.participants`. */
  participants: {
    /** Who called. Wire key `caller`. */
    caller: AiParticipant | null;
    /** Who was called. Wire key `callee`. */
    callee: AiParticipant | null;
  };
  /** How they felt. Wire key `emotions`. */
  emotions: {
    /** What the account asks of the emotions in every call. Wire key `questions`. */
    questions: AiQuestion[];
    /** The emotion in each sentence that shows one. Wire key `sentences`. */
    sentences: AiEmotion[];
  };
  /** What was said, in the order in which it was sent; a transcript sent as text is one sentence. Wire key `transcript`. */
  transcript: AiSentence[];
}

/** A question and its answer; `dataType` says which type the answer has. */
export type AiQuestion = {
  /** The question's key in the account's settings. Wire key `key`. */
  key: string | null;
  /** The question itself. Wire key `question`. */
  question: string | null;
} & AiAnswer;

/** The type of the answer to a question, by the type that the account declared for it. */
interface AnswerTypes {
  boolean: boolean;
  string: string;
  number: number;
  'json array': unknown[];
  'json object list': unknown[];
  'json object': Record<string, unknown>;
  unknown: unknown;
}

/** An answer in its declared type. Check `dataType`, and the type of `answer` is narrowed. */
export type AiAnswer = {
  [T in keyof AnswerTypes]: {
    /** The declared type; `unknown` for one that the vendor has added since. Wire key `data_type`. */
    dataType: T;
    /** The answer; null when there is none or it is not of its type. Wire key `answer`. */
    answer: AnswerTypes[T] | null;
  };
}[keyof AnswerTypes];

/** One who spoke in a call. */
export interface AiParticipant {
  /** Wire key `name`. */
  name: string | null;
  /** Wire key `personality_traits`: a list, or one text. */
  personalityTraits: string[];
}

/** The emotion in one sentence. */
export interface AiEmotion {
  /** The sentence of the transcript. Wire key `sentence_id`. */
  sentenceId: string | null;
  /** The emotion's name. Wire key `emotion`. */
  emotion: string | null;
  /** 1 positive, 0 neutral, -1 negative. Wire key `emotion_direction`. */
  emotionDirection: number | null;
  /** How sure the analysis is of the emotion. Wire key `confidence_emotion`. */
  emotionConfidence: number | null;
  /** How strong the emotion is. Wire key `intensity_emotion`. */
  emotionIntensity: number | null;
  /** What the sentence shows of the speaker. Wire key `personality_trait`. */
  personalityTrait: string | null;
  /** How sure the analysis is of the trait. Wire key `confidence_trait`. */
  traitConfidence: number | null;
}

/** One sentence of the transcript. */
export interface AiSentence {
  /** `agent` (sent as Speaker0), `customer` (Speaker1), or what was sent. Wire key `speaker`. */
  speaker: 'agent' | 'customer' | (string & {}) | null;
  /** What was said. Wire key `text`. */
  text: string | null;
  /** Seconds from the start of the recording. Wire key `startTime`. */
  startSeconds: number | null;
  /** Seconds from the start of the recording. Wire key `endTime`. */
  endSeconds: number | null;
  /** The sentence's id, by which emotions refer to it. Wire key `sentence_id`. */
  sentenceId: string | null;
}

const QUESTION: Table<SentQuestion> = {
  key: ['key', identifier],
  question: ['question', freeText],
  dataType: ['data_type', text],
  answer: ['answer', { name: 'any', read: (value) => value }],
};

/** A question as it is sent: its answer is not yet of its type. */
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

/** The declared types, at the numbers that stand for them less one. */
const DATA_TYPES = [
  'boolean',
  'string',
  'number',
  'json array',
  'json object list',
  'json object',
] as const;

function readAnswer(declared: string | null, answer: unknown, place: Place): AiAnswer {
  const name = declared?.toLowerCase();
  const dataType = DATA_TYPES.find((type, index) => name === type || name === String(index + 1));
  switch (dataType) {
    case 'boolean':
      return { dataType, answer: flag.read(answer, place, 'answer') ?? null };
    case 'string':
      return { dataType, answer: freeText.read(answer, place, 'answer') ?? null };
    case 'number':
      return { dataType, answer: number.read(answer, place, 'answer') ?? null };
    case 'json array':
    case 'json object list':
      return { dataType, answer: isBlank(answer) ? null : readItems(answer, place, 'answer') };
    case 'json object':
      return { dataType, answer: readRecord(answer, place, 'answer') ?? null };
    default:
      return { dataType: 'unknown', answer: isBlank(answer) ? null : answer };
  }
}

/** A list of traits, or one text. */
const traits: ListKind<string> = {
  name: 'texts',
  isList: true,
  read(value, place, key) {
    const isText = typeof value === 'string' && !value.trim().startsWith('[');
    return (isText ? [value] : readItems(value, place, key))
      .map((trait) => text.read(trait, place, key))
      .filter((trait) => typeof trait === 'string');
  },
};

const PARTICIPANT: Table<AiParticipant> = {
  name: ['name', text],
  personalityTraits: ['personality_traits', traits],
};

const participant = /* @__PURE__ */ structure(PARTICIPANT);

const EMOTION: Table<AiEmotion> = {
  sentenceId: ['sentence_id', identifier],
  emotion: ['emotion', text],
  emotionDirection: ['emotion_direction', number],
  emotionConfidence: ['confidence_emotion', number],
  emotionIntensity: ['intensity_emotion', number],
  personalityTrait: ['personality_trait', text],
  traitConfidence: ['confidence_trait', number],
};

/** What the wire calls the two speakers. */
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
  text: ['text', freeText],
  startSeconds: ['startTime', number],
  endSeconds: ['endTime', number],
  sentenceId: ['sentence_id', identifier],
};

/** The tables of the analysis, for its schema. */
export const AI_TABLES = { QUESTION, PARTICIPANT, EMOTION, SENTENCE };

/** The analysis as it is sent: a level deeper than a Cdr has it. */
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
  // As JSON text: an answer can be anything, and XML-RPC loses white space around a key.
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
