import { isRecord, type WireRecord } from '../record.js';
import {
  isNothing,
  member,
  numberIn,
  type Place,
  readFlag,
  readList,
  readNumber,
  readStructure,
  readText,
  reject,
  textIn,
  within,
} from './read.js';

/** The AI analysis of a call, on accounts that have it. */
export interface AiData {
  /** What the call was about. Wire key `insights.summary`. */
  summary: string | null;
  /** What the account asks of every call. Wire key `insights.questions`. */
  questions: AiQuestion[];
  /** Who spoke. Wire key `insights.participants`. */
  participants: { caller: AiParticipant | null; callee: AiParticipant | null };
  /** How they felt. Wire key `emotions`. */
  emotions: { questions: AiQuestion[]; sentences: AiEmotion[] };
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

/** An answer in its declared type, null when there is none or it is not of that type. Wire keys `data_type`, `answer`. */
export type AiAnswer =
  | { dataType: 'boolean'; answer: boolean | null }
  | { dataType: 'string'; answer: string | null }
  | { dataType: 'number'; answer: number | null }
  | { dataType: 'json array' | 'json object list'; answer: unknown[] | null }
  | { dataType: 'json object'; answer: Record<string, unknown> | null }
  | { dataType: 'unknown'; answer: unknown };

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

/** Reads the AI analysis; any part of it may be missing. */
export function readAi(value: unknown, place: Place, key: string): AiData | null {
  const ai = readStructure(value, place, key);
  if (!ai) return null;
  const top = within(place, key);
  const [insights, inInsights] = structureIn(ai, 'insights', top);
  const [participants, inParticipants] = structureIn(insights, 'participants', inInsights);
  const [emotions, inEmotions] = structureIn(ai, 'emotions', top);
  return {
    summary: textIn(insights, 'summary', inInsights),
    questions: recordsIn(insights, 'questions', inInsights, readQuestion),
    participants: {
      caller: readParticipant(participants, 'caller', inParticipants),
      callee: readParticipant(participants, 'callee', inParticipants),
    },
    emotions: {
      questions: recordsIn(emotions, 'questions', inEmotions, readQuestion),
      sentences: recordsIn(emotions, 'sentences', inEmotions, readEmotion),
    },
    transcript: recordsIn(ai, 'transcript', top, readSentence),
  };
}

/** A structure inside a structure, and its place; an empty one when it is missing. */
function structureIn(structure: WireRecord, key: string, place: Place): [WireRecord, Place] {
  return [readStructure(member(structure, key), place, key) ?? {}, within(place, key)];
}

/** The structures of a list, each read in the same way. */
function recordsIn<T>(
  structure: WireRecord,
  key: string,
  place: Place,
  read: (record: WireRecord, place: Place) => T,
): T[] {
  const list = within(place, key);
  const records: T[] = [];
  for (const [index, item] of readList(member(structure, key), place, key).entries()) {
    if (isRecord(item)) records.push(read(item, within(list, index)));
    else reject(item, list, index, 'an object');
  }
  return records;
}

function readParticipant(
  participants: WireRecord,
  key: 'caller' | 'callee',
  place: Place,
): AiParticipant | null {
  const participant = readStructure(member(participants, key), place, key);
  if (!participant) return null;
  const at = within(place, key);
  const traits = member(participant, 'personality_traits');
  const list = isPlainText(traits) ? [traits] : readList(traits, at, 'personality_traits');
  return {
    name: textIn(participant, 'name', at),
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

function readQuestion(record: WireRecord, place: Place): AiQuestion {
  return {
    key: textIn(record, 'key', place),
    question: textIn(record, 'question', place),
    ...readAnswer(member(record, 'data_type'), member(record, 'answer'), place, 'answer'),
  };
}

function readAnswer(declared: unknown, answer: unknown, place: Place, part: string): AiAnswer {
  const name = (readText(declared, place, 'data_type') ?? '').toLowerCase();
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

function readEmotion(record: WireRecord, place: Place): AiEmotion {
  return {
    sentenceId: textIn(record, 'sentence_id', place),
    emotion: textIn(record, 'emotion', place),
    emotionDirection: numberIn(record, 'emotion_direction', place),
    emotionConfidence: numberIn(record, 'confidence_emotion', place),
    emotionIntensity: numberIn(record, 'intensity_emotion', place),
    personalityTrait: textIn(record, 'personality_trait', place),
    traitConfidence: numberIn(record, 'confidence_trait', place),
  };
}

function readSentence(record: WireRecord, place: Place): AiSentence {
  return {
    speaker: speakerOf(textIn(record, 'speaker', place)),
    text: textIn(record, 'text', place),
    startSeconds: numberIn(record, 'startTime', place),
    endSeconds: numberIn(record, 'endTime', place),
    sentenceId: textIn(record, 'sentence_id', place),
  };
}

function speakerOf(sent: string | null): AiSentence['speaker'] {
  if (sent === 'Speaker0') return 'agent';
  return sent === 'Speaker1' ? 'customer' : sent;
}
