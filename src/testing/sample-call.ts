import type { CdrLeg } from '../calls/legs.js';
import type { LegFamily } from '../model/call-types.js';
import { callStatusOf, type KnownCallStatus } from '../model/statuses.js';
import { sampleCdr, type WireCdr, withOverrides } from './sample.js';

/** How the legs of a sample call end. */
export interface LegStatuses {
  /** The first leg's status. Default: `ANSWER`. */
  leg1?: KnownCallStatus | (string & {}) | undefined;
  /** The second leg's status. Default: `ANSWER`; `NOTCALLED` if the first leg was not answered. */
  leg2?: KnownCallStatus | (string & {}) | undefined;
}

/** The wire record of one leg of a call. */
export interface WireLeg<F extends LegFamily, L extends 1 | 2> extends WireCdr {
  /** One of the types of this leg. */
  type: CdrLeg<F, L>['type'];
}

/**
 * The records of both legs of a call, as Voicenter would send them: both have the same id, and the
 * second also has the first leg's status. A second leg that was never dialed (`NOTCALLED`) has a
 * record too.
 *
 * The second leg of the smart dialer is in a queue if its status occurs only in queues, such as
 * `ABANDONE`, and in a menu otherwise.
 *
 * @param family the service that makes the legs
 * @param statuses how the legs end
 * @param overrides values by wire key for both legs, as in {@link sampleCdr}, such as another
 * `ivruniqueid`; the types cannot be overridden
 * @throws TypeError for an unknown family
 *
 * @example
 * ```ts
 * import { pairLegs, parseCdr } from 'voicenter-cdr';
 * import { sampleCall } from 'voicenter-cdr/testing';
 *
 * const [leg1, leg2] = sampleCall('click-to-call', { leg2: 'BUSY' });
 * const { pairs } = pairLegs([parseCdr(leg2), parseCdr(leg1)]);
 * console.log(leg1.type, leg2.type, pairs[0]?.outcome); // Click2Call leg1 Click2Call leg2 busy
 * ```
 */
export function sampleCall<F extends LegFamily>(
  family: F,
  statuses: LegStatuses = {},
  overrides: WireCdr = {},
): [leg1: WireLeg<F, 1>, leg2: WireLeg<F, 2>] {
  const { leg1 = 'ANSWER' } = statuses;
  const { leg2 = callStatusOf(leg1) === 'ANSWER' ? 'ANSWER' : 'NOTCALLED' } = statuses;
  if (!Object.hasOwn(LEG_TYPES, family)) {
    throw new TypeError(`Expected ${Object.keys(LEG_TYPES).join(', ')}, received "${family}"`);
  }
  const types = LEG_TYPES[family];
  const type1 = types.leg1;
  const type2 = (QUEUE_STATUSES.includes(callStatusOf(leg2)) && types.queued) || types.leg2;
  const second = sampleCdr(type2, leg2, { leg1DialStatusName: leg1 });
  return [
    legOf(type1, sampleCdr(type1, leg1, overrides)),
    legOf(type2, withOverrides(second, overrides)),
  ];
}

/** The record with its type, whatever an override says and however it spells the key. */
function legOf<T extends string>(type: T, record: WireCdr): WireCdr & { type: T } {
  return { ...withOverrides(record, { type: undefined }), type };
}

const LEG_TYPES: {
  [F in LegFamily]: {
    leg1: CdrLeg<F, 1>['type'];
    leg2: CdrLeg<F, 2>['type'];
    queued?: CdrLeg<F, 2>['type'];
  };
} = {
  'click-to-call': { leg1: 'Click2Call leg1', leg2: 'Click2Call leg2' },
  'agent-dialer': { leg1: 'ProductiveCallLeg1', leg2: 'ProductiveCallLeg2' },
  'smart-dialer': {
    leg1: 'Click 2 IVR',
    leg2: 'Click 2 IVR Incoming',
    queued: 'Click 2 Queue Incoming',
  },
  'attended-transfer': { leg1: 'Attended CDR leg1', leg2: 'Attended CDR leg2' },
};

/** Statuses of calls that were meant for a queue. */
const QUEUE_STATUSES: readonly string[] = [
  'ABANDONE',
  'TIMEOUT',
  'EXIT',
  'FULL',
  'JOINEMPTY',
] satisfies KnownCallStatus[];
