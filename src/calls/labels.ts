import { CALL_TYPES } from '../model/call-types.js';
import type { Cdr } from '../model/cdr.js';
import { CALL_STATUSES, OUTCOMES } from '../model/statuses.js';

/** The labels of a record, for display. */
export interface CdrLabels {
  /** The type of the call; as sent if this version does not know it. */
  type: string;
  /** How the call ended; the status as sent if this version does not know it. */
  status: string;
  /** The outcome, in fewer words than the status. */
  outcome: string;
}

/**
 * The English or Hebrew labels of a record's type, status and outcome, from CALL_TYPES,
 * CALL_STATUSES and OUTCOMES.
 *
 * @example
 * ```ts
 * import { labelsOf, parseCdr } from 'voicenter-cdr';
 * import { sampleCdr } from 'voicenter-cdr/testing';
 *
 * const cdr = parseCdr(sampleCdr('Queue', 'ABANDONE'));
 * console.log(labelsOf(cdr, 'he').outcome); // ננטשה
 * ```
 */
export function labelsOf(cdr: Cdr, language: 'en' | 'he'): CdrLabels {
  return {
    type: cdr.type === 'unknown' ? cdr.typeName : CALL_TYPES[cdr.type].labels[language],
    status: cdr.status === 'unknown' ? cdr.statusName : CALL_STATUSES[cdr.status].labels[language],
    outcome: OUTCOMES[cdr.outcome].labels[language],
  };
}
