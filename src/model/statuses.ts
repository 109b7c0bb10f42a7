import { indexNames } from './names.js';

/**
 * How a call can end, in broader terms than the statuses: whether it was answered, and labels.
 *
 * @example
 * ```ts
 * import { OUTCOMES } from 'voicenter-cdr';
 *
 * console.log(OUTCOMES.abandoned.labels.en); // Abandoned
 * ```
 */
// biome-ignore format: one row per line is easier to read
export const OUTCOMES = {
  answered: { answered: true, labels: { en: 'Answered', he: 'נענתה' } },
  abandoned: { answered: false, labels: { en: 'Abandoned', he: 'ננטשה' } },
  unanswered: { answered: false, labels: { en: 'Not answered', he: 'לא נענתה' } },
  busy: { answered: false, labels: { en: 'Busy', he: 'תפוס' } },
  cancelled: { answered: false, labels: { en: 'Cancelled', he: 'בוטלה' } },
  voicemail: { answered: false, labels: { en: 'Voicemail', he: 'תא קולי' } },
  'ended-in-ivr': { answered: false, labels: { en: 'Ended in the menu', he: 'הסתיימה בתפריט' } },
  'not-dialed': { answered: false, labels: { en: 'Not dialed', he: 'לא חויגה' } },
  failed: { answered: false, labels: { en: 'Failed', he: 'נכשלה' } },
  unknown: { answered: null, labels: { en: 'Unknown', he: 'לא ידוע' } },
} as const satisfies Record<
  string,
  { answered: boolean | null; labels: { en: string; he: string } }
>;

/** How a call ended: a key of {@link OUTCOMES}. */
export type Outcome = keyof typeof OUTCOMES;

/**
 * The 18 statuses in the vendor's documents, each with its outcome and labels.
 *
 * @example
 * ```ts
 * import { CALL_STATUSES } from 'voicenter-cdr';
 *
 * console.log(CALL_STATUSES.VOEND.outcome); // ended-in-ivr
 * ```
 */
// biome-ignore format: one row per line is easier to read
export const CALL_STATUSES = {
  ANSWER: { outcome: 'answered', labels: { en: 'Answered', he: 'נענתה' } },
  ABANDONE: { outcome: 'abandoned', labels: { en: 'Left the queue', he: 'ננטשה בתור' } },
  TIMEOUT: { outcome: 'abandoned', labels: { en: 'Maximum wait', he: 'תם זמן ההמתנה' } },
  EXIT: { outcome: 'abandoned', labels: { en: 'Left the queue by a key', he: 'יציאה מהתור במקש' } },
  FULL: { outcome: 'unanswered', labels: { en: 'Queue full', he: 'התור מלא' } },
  JOINEMPTY: { outcome: 'unanswered', labels: { en: 'Nobody in the queue', he: 'אין נציגים בתור' } },
  NOANSWER: { outcome: 'unanswered', labels: { en: 'No answer', he: 'אין מענה' } },
  BUSY: { outcome: 'busy', labels: { en: 'Busy', he: 'תפוס' } },
  CANCEL: { outcome: 'cancelled', labels: { en: 'Caller hung up', he: 'המתקשר ניתק' } },
  VOICEMAIL: { outcome: 'voicemail', labels: { en: 'Voicemail', he: 'תא קולי' } },
  VOEND: { outcome: 'ended-in-ivr', labels: { en: 'Hung up in the menu', he: 'ניתוק בתפריט' } },
  TE: { outcome: 'ended-in-ivr', labels: { en: 'Message played', he: 'הושמעה הודעה' } },
  NOTDIALED: { outcome: 'not-dialed', labels: { en: 'Ended before dialing', he: 'הסתיימה לפני החיוג' } },
  NOTCALLED: { outcome: 'not-dialed', labels: { en: 'Second leg not made', he: 'הרגל השנייה לא חויגה' } },
  SSWPREAUTH: { outcome: 'not-dialed', labels: { en: 'Cancelled before dialing', he: 'בוטלה לפני החיוג' } },
  CONGESTION: { outcome: 'failed', labels: { en: 'Unknown destination', he: 'יעד לא מוכר' } },
  CHANUNAVAIL: { outcome: 'failed', labels: { en: 'Extension unavailable', he: 'השלוחה אינה זמינה' } },
  INVALIDARGS: { outcome: 'failed', labels: { en: 'Dialing error', he: 'שגיאת חיוג' } },
} as const satisfies Record<string, { outcome: Outcome; labels: { en: string; he: string } }>;

/** A status that this version knows, spelled as in the vendor's documents. */
export type KnownCallStatus = keyof typeof CALL_STATUSES;

/** A call's status, or `'unknown'` if this version does not know it; see `statusName`. */
export type CallStatus = KnownCallStatus | 'unknown';

/**
 * What follows from each status, for the compiler. With an unknown status, `isAnswer` can still
 * tell whether the call was answered.
 */
export type FactsOfStatus = {
  [S in CallStatus]: S extends KnownCallStatus
    ? { outcome: OutcomeOf<S>; answered: (typeof OUTCOMES)[OutcomeOf<S>]['answered'] }
    : { outcome: 'unknown'; answered: boolean | null };
};

type OutcomeOf<S extends KnownCallStatus> = (typeof CALL_STATUSES)[S]['outcome'];

const STATUSES_BY_NAME = /* @__PURE__ */ indexNames(CALL_STATUSES);

/** The status with a given name, in any case. */
export function callStatusOf(name: string): CallStatus {
  return STATUSES_BY_NAME(name) ?? 'unknown';
}

/** The outcome that follows from a status. */
export function outcomeOf(status: CallStatus): Outcome {
  return status === 'unknown' ? 'unknown' : CALL_STATUSES[status].outcome;
}
