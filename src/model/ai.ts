import type { WireRecord } from '../record.js';
import { type Place, within } from './place.js';
import {
  isNothing,
  readFlag,
  readList,
  readNumber,
  readStructure,
  readStructures,
  readText,
} from './read.js';
import { inVendorSpelling, type Spellings, spellingsOf } from './spelling.js';

/** The AI analysis of a call, on accounts that have it. */
export interface AiData {
  /** What the call was about. Wire key `insights.summary`. */
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
  /** What was said, in the order in which it was sent. Wire key `transcript`. */
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

// biome-ignore format: a row a structure
const SPELLINGS = {
  ai: /* @__PURE__ */ spellingsOf(['insights', 'emotions', 'transcript']),
  insights: /* @__PURE__ */ spellingsOf(['questions', 'participants', 'summary']),
  participants: /* @__PURE__ */ spellingsOf(['caller', 'callee']),
  participant: /* @__PURE__ */ spellingsOf(['name', 'personality_traits']),
  emotions: /* @__PURE__ */ spellingsOf(['questions', 'sentences']),
  question: /* @__PURE__ */ spellingsOf(['key', 'question', 'data_type', 'answer']),
  emotion: /* @__PURE__ */ spellingsOf(['sentence_id', 'emotion', 'emotion_direction', 'confidence_emotion', 'intensity_emotion', 'personality_trait', 'confidence_trait']),
  sentence: /* @__PURE__ */ spellingsOf(['speaker', 'text', 'startTime', 'endTime', 'sentence_id']),
};

/** Reads the AI analysis; any part of it may be missing. */
export function readAi(value: unknown, place: Place, key: string): AiData | null {
  const ai = structureIn(value, place, key, SPELLINGS.ai);
  if (!ai) return null;
  const insights = structureIn(ai.sent.insights, ai.at, 'insights', SPELLINGS.insights);
  const participants =
    insights &&
    structureIn(insights.sent.participants, insights.at, 'participants', SPELLINGS.participants);
  const emotions = structureIn(ai.sent.emotions, ai.at, 'emotions', SPELLINGS.emotions);
  return {
    summary: insights && readText(insights.sent.summary, insights.at, 'summary'),
    questions: insights
      ? readStructures(insights.sent.questions, insights.at, 'questions', 'an object', readQuestion)
      : [],
    participants: {
      caller: participants && readParticipant(participants.sent.caller, participants.at, 'caller'),
      callee: participants && readParticipant(participants.sent.callee, participants.at, 'callee'),
    },
    emotions: {
      questions: emotions
        ? readStructures(
            emotions.sent.questions,
            emotions.at,
            'questions',
            'an object',
            readQuestion,
          )
        : [],
      sentences: emotions
        ? readStructures(
            emotions.sent.sentences,
            emotions.at,
            'sentences',
            'an object',
            readEmotion,
          )
        : [],
    },
    transcript: readStructures(ai.sent.transcript, ai.at, 'transcript', 'an object', readSentence),
  };
}

/** A structure inside a structure by the vendor's keys, and its place; null when it is missing. */
function structureIn<K extends string>(
  value: unknown,
  place: Place,
  key: string,
  spellings: Spellings<K>,
): { sent: Partial<Record<K, unknown>>; at: Place } | null {
  const structure = readStructure(value, place, key);
  if (!structure) return null;
  const at = within(place, key);
  return { sent: inVendorSpelling(structure, spellings, at), at };
}

function readParticipant(value: unknown, place: Place, key: string): AiParticipant | null {
  const participant = structureIn(value, place, key, SPELLINGS.participant);
  if (!participant) return null;
  const { sent, at } = participant;
  const traits = sent.personality_traits;
  const list = isPlainText(traits) ? [traits] : readList(traits, at, 'personality_traits');
  return {
    name: readText(sent.name, at, 'name'),
    personalityTraits: list
      .map((trait) => readText(trait, at, 'personality_traits'))
      .filter((trait) => trait !== null),
  };
}

/** A text that is no JSON text of a list. */
function isPlainText(value: unknown): value is string {
  return typeof value === 'string' && !value.trim().startsWith('[');
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

function readQuestion(record: WireRecord, at: Place): AiQuestion {
  const sent = inVendorSpelling(record, SPELLINGS.question, at);
  return {
    key: readText(sent.key, at, 'key'),
    question: readText(sent.question, at, 'question'),
    ...readAnswer(sent.data_type, sent.answer, at, 'answer'),
  };
}

function readAnswer(declared: unknown, answer: unknown, place: Place, part: string): AiAnswer {
  const name = readText(declared, place, 'data_type')?.toLowerCase();
  const dataType = DATA_TYPES.find((type, index) => name === type || name === String(index + 1));
  switch (dataType) {
    case 'boolean':
      return { dataType, answer: readFlag(answer, place, part) };
    case 'string':
      return { dataType, answer: readText(answer, place, part) };
    case 'number':
      return { dataType, answer: readNumber(answer, place, part) };
    case 'json array':
    case 'json object list':
      return { dataType, answer: isNothing(answer) ? null : readList(answer, place, part) };
    case 'json object':
      return { dataType, answer: readStructure(answer, place, part) };
    default:
      return { dataType: 'unknown', answer: isNothing(answer) ? null : answer };
  }
}

function readEmotion(record: WireRecord, at: Place): AiEmotion {
  const sent = inVendorSpelling(record, SPELLINGS.emotion, at);
  return {
    sentenceId: readText(sent.sentence_id, at, 'sentence_id'),
    emotion: readText(sent.emotion, at, 'emotion'),
    emotionDirection: readNumber(sent.emotion_direction, at, 'emotion_direction'),
    emotionConfidence: readNumber(sent.confidence_emotion, at, 'confidence_emotion'),
    emotionIntensity: readNumber(sent.intensity_emotion, at, 'intensity_emotion'),
    personalityTrait: readText(sent.personality_trait, at, 'personality_trait'),
    traitConfidence: readNumber(sent.confidence_trait, at, 'confidence_trait'),
  };
}

function readSentence(record: WireRecord, at: Place): AiSentence {
  const sent = inVendorSpelling(record, SPELLINGS.sentence, at);
  return {
    speaker: speakerOf(readText(sent.speaker, at, 'speaker')),
    text: readText(sent.text, at, 'text'),
    startSeconds: readNumber(sent.startTime, at, 'startTime'),
    endSeconds: readNumber(sent.endTime, at, 'endTime'),
    sentenceId: readText(sent.sentence_id, at, 'sentence_id'),
  };
}

function speakerOf(sent: string | null): AiSentence['speaker'] {
  if (sent === 'Speaker0') return 'agent';
  return sent === 'Speaker1' ? 'customer' : sent;
}
