import { indexNames } from './names.js';

// These unions are spelled out, not derived from the lists: editors then show their names.

/** Which service makes the two legs of a call. */
export type LegFamily = 'click-to-call' | 'agent-dialer' | 'smart-dialer' | 'attended-transfer';

export const LEG_FAMILIES: readonly LegFamily[] = [
  'click-to-call',
  'agent-dialer',
  'smart-dialer',
  'attended-transfer',
];

/** The direction of a call, from the business's point of view. */
export type Direction = 'incoming' | 'outgoing' | 'internal';

export const DIRECTIONS: readonly Direction[] = ['incoming', 'outgoing', 'internal'];

/** What a call type says about the call. */
interface CallTypeFacts {
  /** The type's number in the vendor's Call Log. */
  number: number;
  /** Which leg of a two-legged call the record is about; null for one-legged calls. */
  leg: 1 | 2 | null;
  /** Which service makes the two legs; null for one-legged calls. */
  family: LegFamily | null;
  /** The direction if the type determines it, else null. */
  direction: Direction | null;
  /** Whether the call entered a queue. */
  queue: boolean;
  /** Which party is the customer if the type determines it, else null. */
  customer: 'caller' | 'target' | null;
  /** Which party is the agent if the type determines it, else null. */
  agent: 'caller' | 'target' | null;
  /** Short names to display, for example in a CRM. */
  labels: { en: string; he: string };
}

/**
 * The 19 call types, spelled as in the vendor's document, each with what it says about the call.
 *
 * @example
 * ```ts
 * import { CALL_TYPES } from 'voicenter-cdr';
 *
 * console.log(CALL_TYPES.Queue.number, CALL_TYPES.Queue.labels.he); // 8 תור
 * ```
 */
// biome-ignore format: one row per line is easier to read
export const CALL_TYPES = {
  'Incoming Call': { number: 1, leg: null, family: null, direction: 'incoming', queue: false, customer: 'caller', agent: 'target', labels: { en: 'Incoming call', he: 'שיחה נכנסת' } },
  CC: { number: 2, leg: null, family: null, direction: null, queue: false, customer: null, agent: null, labels: { en: 'Access number', he: 'מספר גישה' } },
  'Extension Outgoing': { number: 4, leg: null, family: null, direction: 'outgoing', queue: false, customer: 'target', agent: 'caller', labels: { en: 'Outgoing call', he: 'שיחה יוצאת' } },
  Queue: { number: 8, leg: null, family: null, direction: 'incoming', queue: true, customer: 'caller', agent: 'target', labels: { en: 'Queue', he: 'תור' } },
  'Click2Call leg1': { number: 9, leg: 1, family: 'click-to-call', direction: null, queue: false, customer: null, agent: 'target', labels: { en: 'Click-to-call: agent', he: 'חיוג בקליק: נציג' } },
  'Click2Call leg2': { number: 10, leg: 2, family: 'click-to-call', direction: 'outgoing', queue: false, customer: 'target', agent: 'caller', labels: { en: 'Click-to-call: customer', he: 'חיוג בקליק: לקוח' } },
  VoiceMail: { number: 11, leg: null, family: null, direction: null, queue: false, customer: 'caller', agent: null, labels: { en: 'Voicemail', he: 'תא קולי' } },
  Callference: { number: 12, leg: null, family: null, direction: null, queue: false, customer: null, agent: null, labels: { en: 'Conference room', he: 'שיחת ועידה' } },
  XferCDR: { number: 13, leg: null, family: null, direction: null, queue: false, customer: null, agent: null, labels: { en: 'Transferred call', he: 'שיחה מועברת' } },
  ProductiveCallLeg1: { number: 14, leg: 1, family: 'agent-dialer', direction: null, queue: false, customer: null, agent: 'target', labels: { en: 'Agent dialer: agent', he: 'חייגן נציגים: נציג' } },
  ProductiveCallLeg2: { number: 15, leg: 2, family: 'agent-dialer', direction: 'outgoing', queue: false, customer: 'target', agent: 'caller', labels: { en: 'Agent dialer: customer', he: 'חייגן נציגים: לקוח' } },
  Scrubber: { number: 16, leg: null, family: null, direction: null, queue: false, customer: null, agent: null, labels: { en: 'Scrubber', he: 'סינון מספרים' } },
  'Click 2 IVR': { number: 17, leg: 1, family: 'smart-dialer', direction: 'outgoing', queue: false, customer: 'target', agent: null, labels: { en: 'Smart dialer: customer', he: 'חייגן חכם: לקוח' } },
  'Click 2 IVR Incoming': { number: 18, leg: 2, family: 'smart-dialer', direction: null, queue: false, customer: 'caller', agent: null, labels: { en: 'Smart dialer: menu', he: 'חייגן חכם: תפריט' } },
  'Click 2 Queue Incoming': { number: 19, leg: 2, family: 'smart-dialer', direction: null, queue: true, customer: 'caller', agent: 'target', labels: { en: 'Smart dialer: queue', he: 'חייגן חכם: תור' } },
  FaxCdr: { number: 20, leg: null, family: null, direction: null, queue: false, customer: null, agent: null, labels: { en: 'Fax', he: 'פקס' } },
  'Attended CDR leg1': { number: 21, leg: 1, family: 'attended-transfer', direction: null, queue: false, customer: null, agent: null, labels: { en: 'Attended transfer: first leg', he: 'העברה בליווי: רגל ראשונה' } },
  'Attended CDR leg2': { number: 22, leg: 2, family: 'attended-transfer', direction: null, queue: false, customer: null, agent: null, labels: { en: 'Attended transfer: second leg', he: 'העברה בליווי: רגל שנייה' } },
  'Auto forward': { number: 23, leg: null, family: null, direction: null, queue: false, customer: null, agent: null, labels: { en: 'Forwarded call', he: 'שיחה מופנית' } },
} as const satisfies Record<string, CallTypeFacts>;

/** A call type that this version knows, spelled as in the vendor's document. */
export type KnownCallType = keyof typeof CALL_TYPES;

/** A call type, or `'unknown'` if this version does not know it; see `typeName`. */
export type CallType = KnownCallType | 'unknown';

/** What each type says about the call, for the compiler. */
export type FactsOfType = typeof CALL_TYPES & { unknown: typeof NOTHING_FIXED };

const TYPES_BY_NAME = /* @__PURE__ */ indexNames(CALL_TYPES);

/** The type with a given name, in any case and with or without spaces. */
export function callTypeOf(name: string): CallType {
  return TYPES_BY_NAME(name) ?? 'unknown';
}

/** What a type says about the call; for `'unknown'`, nothing. */
export function factsOfType(type: CallType): Omit<CallTypeFacts, 'number' | 'labels'> {
  return type === 'unknown' ? NOTHING_FIXED : CALL_TYPES[type];
}

const NOTHING_FIXED = {
  leg: null,
  family: null,
  direction: null,
  queue: false,
  customer: null,
  agent: null,
} as const;
