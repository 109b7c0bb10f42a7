/** The AI analysis of a call, on accounts that have it. */
export interface AiData {
  /** A summary of the call. Wire key `insights.summary`, else `summary`. */
  summary: string | null;
  /** The account's questions about the call, with their answers. Wire key `insights.questions`. */
  questions: AiQuestion[];
  /** The speakers. Wire key `insights.participants`. */
  participants: {
    /** The caller. Wire key `caller`. */
    caller: AiParticipant | null;
    /** The callee. Wire key `callee`. */
    callee: AiParticipant | null;
  };
  /** The emotions in the call. Wire key `emotions`. */
  emotions: {
    /** The account's questions about emotions, with their answers. Wire key `questions`. */
    questions: AiQuestion[];
    /** The emotion in each sentence that shows one. Wire key `sentences`. */
    sentences: AiEmotion[];
  };
  /**
   * What was said, in the order sent. A transcript that was sent as text is one sentence.
   * Wire key `transcript`.
   */
  transcript: AiSentence[];
}

/** A question and its answer; `dataType` is the type of the answer. */
export type AiQuestion = {
  /** The question's key in the account's settings. Wire key `key`. */
  key: string | null;
  /** The question itself. Wire key `question`. */
  question: string | null;
} & AiAnswer;

/** The TypeScript type of an answer, by its declared type. */
interface AnswerTypes {
  boolean: boolean;
  string: string;
  number: number;
  'json array': unknown[];
  'json object list': unknown[];
  'json object': Record<string, unknown>;
  unknown: unknown;
}

/** An answer in its declared type. Checking `dataType` narrows the type of `answer`. */
export type AiAnswer = {
  [T in keyof AnswerTypes]: {
    /** The declared type; `unknown` if this version does not know it. Wire key `data_type`. */
    dataType: T;
    /** The answer; null if there is none or it is not of the declared type. Wire key `answer`. */
    answer: AnswerTypes[T] | null;
  };
}[keyof AnswerTypes];

/** A speaker in the call. */
export interface AiParticipant {
  /** Wire key `name`. */
  name: string | null;
  /** Wire key `personality_traits`: a list, or one text. */
  personalityTraits: string[];
}

/** The emotion in one sentence. */
export interface AiEmotion {
  /** The id of the sentence in the transcript. Wire key `sentence_id`. */
  sentenceId: string | null;
  /** The emotion's name. Wire key `emotion`. */
  emotion: string | null;
  /** 1 positive, 0 neutral, -1 negative. Wire key `emotion_direction`. */
  emotionDirection: number | null;
  /** How sure the analysis is of the emotion. Wire key `confidence_emotion`. */
  emotionConfidence: number | null;
  /** How strong the emotion is. Wire key `intensity_emotion`. */
  emotionIntensity: number | null;
  /** The personality trait that the sentence shows. Wire key `personality_trait`. */
  personalityTrait: string | null;
  /** How sure the analysis is of the trait. Wire key `confidence_trait`. */
  traitConfidence: number | null;
}

/** One sentence of the transcript. */
export interface AiSentence {
  /** `agent` (Speaker0), `customer` (Speaker1), or any other name as sent. Wire key `speaker`. */
  speaker: 'agent' | 'customer' | (string & {}) | null;
  /** What was said. Wire key `text`. */
  text: string | null;
  /** Seconds from the start of the recording. Wire key `startTime`. */
  startSeconds: number | null;
  /** Seconds from the start of the recording. Wire key `endTime`. */
  endSeconds: number | null;
  /** The sentence's id, which the emotions refer to. Wire key `sentence_id`. */
  sentenceId: string | null;
}
