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
