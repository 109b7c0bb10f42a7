import { indexNames } from './names.js';

/** What is fixed about a call type. */
interface CallTypeFacts {
  /** The number by which the vendor's Call Log knows the type. */
  number: number;
  /** Which leg of a two-legged call it records; null for calls of one leg. */
  leg: 1 | 2 | null;
  /** Which service makes the two legs; null for calls of one leg. */
  family: 'click-to-call' | 'agent-dialer' | 'smart-dialer' | 'attended-transfer' | null;
  /** The direction, where the type leaves no doubt about it; else null. */
  direction: 'incoming' | 'outgoing' | 'internal' | null;
  /** Whether the call entered a queue. */
  queue: boolean;
  /** Which party is the customer, where the type leaves no doubt about it; else null. */
  customer: 'caller' | 'target' | null;
  /** Which party is the agent, where the type leaves no doubt about it; else null. */
  agent: 'caller' | 'target' | null;
  /** A short name for a CRM's screen. */
  labels: { en: string; he: string };
}

/**
 * The 19 call types as the vendor's document spells them, each with what follows from it.
 *
 * @example
 * ```ts
 * import { CALL_TYPES } from 'voicenter-cdr';
 *
 * console.log(CALL_TYPES.Queue.number, CALL_TYPES.Queue.labels.he); // 8 תור
 * ```
 */
// biome-ignore format: a table reads best with a row a line
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

/** A call type that this version knows, as the vendor's document spells it. */
export type KnownCallType = keyof typeof CALL_TYPES;

/** A call type; `'unknown'` for one that the vendor has added since, whose name is in `typeName`. */
export type CallType = KnownCallType | 'unknown';

/** What is fixed about each type, as the compiler knows it. */
export type FactsOfType = typeof CALL_TYPES & { unknown: typeof NOTHING_FIXED };

/** Which service makes the two legs of a call. */
export type LegFamily = NonNullable<CallTypeFacts['family']>;

/** Which way a call went, as the business sees it. */
export type Direction = NonNullable<CallTypeFacts['direction']>;

const TYPES_BY_NAME = /* @__PURE__ */ indexNames(CALL_TYPES);

/** The type that a name stands for, in any case and with or without spaces. */
export function callTypeOf(name: string): CallType {
  return TYPES_BY_NAME(name) ?? 'unknown';
}

/** What is fixed about a type; for `'unknown'`, nothing is. */
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
