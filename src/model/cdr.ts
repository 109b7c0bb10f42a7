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

/** What every call detail record has, whatever its type and status. Nothing is ever `undefined`. */
export interface CdrFields {
  /** The id of the call; the two legs of a call share it. Wire key `ivruniqueid`. */
  callId: string;
  /** What kind of call this was. Wire key `type`. */
  type: CallType;
  /** How it ended. Wire key `status`; on a second leg, the second leg's. */
  status: CallStatus;
  /** The type as it was sent. Wire key `type`. */
  typeName: string;
  /** The status as it was sent. Wire key `status`. */
  statusName: string;
  /** How the call ended, in fewer words than the status; follows from `status`. */
  outcome: Outcome;
  /**
   * Whether somebody, or a voicemail, answered; follows from `status`. For an unknown status it
   * follows from the wire key `isAnswer`, and is null without it.
   */
  answered: boolean | null;
  /** Which leg of a two-legged call this is; null for calls of one leg. Follows from `type`. */
  leg: 1 | 2 | null;
  /** Which service made the two legs; null for calls of one leg. Follows from `type`. */
  legFamily: LegFamily | null;
  /** How both legs ended; null where `leg` is. Wire keys `leg1DialStatusName` and `status`. */
  legStatus: LegStatus | null;
  /** Which way the call went; null when it was not sent and the type leaves it open. Wire key `direction`. */
  direction: Direction | null;
  /** The start of the call. Wire key `time`: epoch seconds, or an ISO 8601 date and time; see the option `timeZone`. */
  startedAt: Date;
  /** Seconds, as sent: the talk, and for calls in a queue the wait too. 0 when not sent. Wire key `duration`. */
  durationSeconds: number;
  /**
   * Seconds of talk. Wire key `actualCallDuration`; without it 0 for a call that was not answered,
   * else `duration`, less the wait for calls in a queue. Null when it cannot be told.
   */
  talkSeconds: number | null;
  /** Seconds of ringing. Wire key `actualCallDialtime`, else `dialtime`. */
  ringSeconds: number | null;
  /** The number shown to the callee. Wire key `caller`. */
  caller: string | null;
  /** Where the call went: a phone number or a SIP code; null on incoming calls. Wire key `target`. */
  target: string | null;
  /** The number that the caller dialled; null on outgoing calls. Wire key `did`. */
  did: string | null;
  /**
   * The customer's number. Wire key `callerPhone`, else the outside party where type and direction
   * leave no doubt; null otherwise, and for a withheld number.
   */
  customerPhone: string | null;
  /**
   * The business's own number: `did` where it was sent, else the target of an incoming call, the
   * caller of an outgoing call and of a first leg. Null when it cannot be told; never an
   * extension's code.
   */
  businessPhone: string | null;
  /**
   * The agent's SIP code. Wire key `extenUser`, else the extension on the inside where type and
   * direction leave no doubt; else null.
   */
  agentExtension: string | null;
  /** The extension that dialled. Wire keys `callerextension`, `callerextension_name`. */
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
   * The queue; null when the call met none, never null on the two queue types. Wire keys
   * `queueid` (0 for none), `queuename`, `seconds_waiting_in_queue`.
   */
  queue: Queue | null;
  /** The menus that the caller passed, in order; empty when there were none. Wire key `IVR`. */
  ivr: IvrLayer[];
  /** Where the recording is, http or https only; null when there is none. Wire key `record`. */
  recordingUrl: string | null;
  /** The price in agorot, hundredths of a shekel. Wire key `price`. */
  priceAgorot: number | null;
  /** The id of the call that this one continues; null unless it was transferred. Wire key `OriginalIvrUniqueID`. */
  originalCallId: string | null;
  /** The account. Wire keys `DepartmentID`, `DepartmentName`. */
  department: Department | null;
  /** The main account. Wire keys `TopDepartmentID`, `TopDepartmentName`. */
  topDepartment: Department | null;
  /**
   * The customer's own values, empty when there are none. It inherits nothing: a key that was not
   * sent is `undefined`, whatever its name. Wire key `CustomData` or `CUSTOM_DATA`.
   */
  customData: Record<string, string>;
  /** The dialer's campaign; null for calls that no campaign made. Wire key `dialerData`, else those of each field. */
  dialer: DialerData | null;
  /** The do-not-call registry's answer; null when it was not asked. Wire keys: see each field. */
  doNotCall: DoNotCall | null;
  /** The AI analysis; null on accounts without it. Wire key `aiData`. */
  ai: AiData | null;
  /** The format that carried the record. */
  format: CdrFormat;
  /** What was not as expected, in the order in which it was met; empty for a clean record. */
  issues: CdrIssue[];
  /** The record as it was sent, keys and values untouched. Like `customData` it inherits nothing. */
  raw: Record<string, unknown>;
}

/**
 * A record of one type and one status, with what follows from them: one member of {@link Cdr}, and
 * what an editor shows of a record that was narrowed. In code write {@link CdrOf}.
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

/** The status of the leg that the record is about is always there. */
type LegStatusOf<L extends 1 | 2 | null> = L extends 1
  ? LegStatusOnLeg1
  : L extends 2
    ? LegStatusOnLeg2
    : null;

/** How both legs ended, on a record of the first: the second may not have been made. */
export interface LegStatusOnLeg1 extends LegStatus {
  leg1: CallStatus;
}

/** How both legs ended, on a record of the second. */
export interface LegStatusOnLeg2 extends LegStatus {
  leg2: CallStatus;
}

/** Every member, by its type and its status. */
type CdrMembers = { [T in CallType]: { [S in CallStatus]: CdrMember<T, S> } };

/**
 * A call detail record: a union keyed by `type` and by `status`. Check either, or `outcome`,
 * `answered`, `leg` or `legFamily`, and the fields that follow from it are narrowed.
 *
 * @example
 * ```ts
 * import type { Cdr } from 'voicenter-cdr';
 *
 * function waited(cdr: Cdr): number | null {
 *   if (cdr.type !== 'Queue') return null;
 *   return cdr.queue.waitSeconds; // never null on this type, says the compiler
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
