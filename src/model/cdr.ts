import type { CdrFormat, CdrIssue } from '../errors.js';
import type { AiData } from './ai.js';
import type { CallType, Direction, FactsOfType, LegFamily } from './call-types.js';
import type {
  Department,
  DialerData,
  DoNotCall,
  Extension,
  IvrLayer,
  LegStatus,
  Queue,
  Representative,
} from './parts.js';
import type { CallStatus, FactsOfStatus, Outcome } from './statuses.js';

/** The fields of every call detail record, whatever its type and status; never `undefined`. */
export interface CdrFields {
  /** The id of the call; the two legs of a call share it. Wire key `ivruniqueid`. */
  callId: string;
  /** What kind of call it was. Wire key `type`. */
  type: CallType;
  /** How the call ended; on a second leg, how that leg ended. Wire key `status`. */
  status: CallStatus;
  /** The type as sent. Wire key `type`. */
  typeName: string;
  /** The status as sent. Wire key `status`. */
  statusName: string;
  /** How the call ended, in broader terms than `status`. Follows from `status`. */
  outcome: Outcome;
  /**
   * Whether a person or a voicemail answered; follows from `status`. For an unknown status it is
   * taken from the wire key `isAnswer`, or null if that was not sent.
   */
  answered: boolean | null;
  /** Which leg of a two-legged call this is; null for one-legged calls. Follows from `type`. */
  leg: 1 | 2 | null;
  /** Which service made the two legs; null for one-legged calls. Follows from `type`. */
  legFamily: LegFamily | null;
  /** How each leg ended; null for one-legged calls. Wire keys `leg1DialStatusName` and `status`. */
  legStatus: LegStatus | null;
  /**
   * The direction of the call; null if it was not sent and the type does not determine it.
   * Wire key `direction`.
   */
  direction: Direction | null;
  /**
   * The start of the call. Wire key `time`: epoch seconds or an ISO 8601 date-time; see the option
   * `timeZone`.
   */
  startedAt: Date;
  /** Seconds of talk, plus any wait in a queue, as sent; 0 if not sent. Wire key `duration`. */
  durationSeconds: number;
  /**
   * Seconds of talk. Wire key `actualCallDuration`. If that was not sent: 0 for a call that was not
   * answered, else `duration` minus any wait in a queue. Null if unknown.
   */
  talkSeconds: number | null;
  /** Seconds of ringing. Wire key `actualCallDialtime`, else `dialtime`. */
  ringSeconds: number | null;
  /** The number shown to the callee. Wire key `caller`. */
  caller: string | null;
  /**
   * Where the call went: a phone number or a SIP code; usually null on incoming calls.
   * Wire key `target`.
   */
  target: string | null;
  /** The number that the caller dialed; null on outgoing calls. Wire key `did`. */
  did: string | null;
  /**
   * The customer's number. Wire key `callerPhone`, else the outside party's number if type and
   * direction determine which party that is. Null otherwise, and for a withheld number.
   */
  customerPhone: string | null;
  /**
   * The business's own number: `did` if it was sent, else the target of an incoming call, or the
   * caller of an outgoing call or of a first leg (except in attended transfers). Null if unknown;
   * never an extension's code.
   */
  businessPhone: string | null;
  /**
   * The agent's SIP code. Wire key `extenUser`, else the inside party's extension if type and
   * direction determine which party that is; null otherwise.
   */
  agentExtension: string | null;
  /** The extension that dialed. Wire keys `callerextension`, `callerextension_name`. */
  callerExtension: Extension | null;
  /** The extension that answered. Wire keys `targetextension`, `targetextension_name`. */
  targetExtension: Extension | null;
  /** The agent. Wire keys `representative_name`, `representative_code`. */
  representative: Representative | null;
  /** The caller's country. Wire key `caller_country`. */
  callerCountry: string | null;
  /** The target's country. Wire key `target_country`. */
  targetCountry: string | null;
  /**
   * The queue; null if the call entered none, never null on the two queue types.
   * Wire keys `queueid` (0 for none), `queuename`, `seconds_waiting_in_queue`.
   */
  queue: Queue | null;
  /** The menus that the caller went through, in order; empty if there were none. Wire key `IVR`. */
  ivr: IvrLayer[];
  /** The URL of the recording, http or https only; null if there is none. Wire key `record`. */
  recordingUrl: string | null;
  /** The price in agorot, hundredths of a shekel. Wire key `price`. */
  priceAgorot: number | null;
  /**
   * The id of the call that this one continues; null if it is not a transfer.
   * Wire key `OriginalIvrUniqueID`.
   */
  originalCallId: string | null;
  /** The account. Wire keys `DepartmentID`, `DepartmentName`. */
  department: Department | null;
  /** The main account. Wire keys `TopDepartmentID`, `TopDepartmentName`. */
  topDepartment: Department | null;
  /**
   * Your own values, passed along with the call; empty if there are none. It has no prototype: a
   * key that was not sent is `undefined`, whatever its name.
   * Wire key `CustomData` or `CUSTOM_DATA`.
   */
  customData: Record<string, string>;
  /**
   * The dialer's campaign; null for calls outside a campaign.
   * Wire key `dialerData`, or the keys of each field, which take precedence.
   */
  dialer: DialerData | null;
  /** The do-not-call registry's answer; null if it was not asked. Wire keys: see each field. */
  doNotCall: DoNotCall | null;
  /** The AI analysis; null on accounts without it. Wire key `aiData`. */
  ai: AiData | null;
  /** The format in which the record was sent. */
  format: CdrFormat;
  /** What was not as expected, in the order found; empty for a clean record. */
  issues: CdrIssue[];
  /** The record as sent, keys and values untouched. Like `customData`, it has no prototype. */
  raw: Record<string, unknown>;
}

/**
 * One member of {@link Cdr}: a record of one type and one status, with the fields that follow from
 * them. Editors show this name for a narrowed record; in code, write {@link CdrOf}.
 */
export interface CdrMember<T extends CallType, S extends CallStatus> extends CdrFields {
  type: T;
  status: S;
  leg: FactsOfType[T]['leg'];
  legFamily: FactsOfType[T]['family'];
  legStatus: LegStatusOf<FactsOfType[T]['leg']>;
  direction: FactsOfType[T]['direction'] extends null ? Direction | null : Direction;
  queue: FactsOfType[T]['queue'] extends true ? Queue : Queue | null;
  outcome: FactsOfStatus[S]['outcome'];
  answered: FactsOfStatus[S]['answered'];
}

/** The status of the record's own leg is never null. */
type LegStatusOf<L extends 1 | 2 | null> = L extends 1
  ? LegStatusOnLeg1
  : L extends 2
    ? LegStatusOnLeg2
    : null;

/** How each leg ended, on a first leg's record: there may be no second leg. */
export interface LegStatusOnLeg1 extends LegStatus {
  leg1: CallStatus;
}

/** How each leg ended, on a second leg's record. */
export interface LegStatusOnLeg2 extends LegStatus {
  leg2: CallStatus;
}

/** Every member, by type and status. */
type CdrMembers = { [T in CallType]: { [S in CallStatus]: CdrMember<T, S> } };

/**
 * A call detail record: a union keyed by `type` and `status`. Checking `type`, `status`, `outcome`,
 * `answered`, `leg` or `legFamily` narrows the fields that follow from it.
 *
 * @example
 * ```ts
 * import type { Cdr } from 'voicenter-cdr';
 *
 * function waited(cdr: Cdr): number | null {
 *   if (cdr.type !== 'Queue') return null;
 *   return cdr.queue.waitSeconds; // compiles: the queue is never null on this type
 * }
 * ```
 */
export type Cdr = CdrMembers[CallType][CallStatus];

/**
 * The members of {@link Cdr} of one type, or of one type and status.
 *
 * @example
 * ```ts
 * import type { CdrOf } from 'voicenter-cdr';
 *
 * function callBack(cdr: CdrOf<'Queue', 'ABANDONE'>): string {
 *   return `${cdr.customerPhone} waited ${cdr.queue.waitSeconds} s in ${cdr.queue.name}`;
 * }
 * ```
 */
export type CdrOf<T extends CallType, S extends CallStatus = CallStatus> = CdrMembers[T][S];
