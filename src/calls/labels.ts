import { CALL_TYPES } from '../model/call-types.js';
import type { Cdr } from '../model/cdr.js';
import { CALL_STATUSES, OUTCOMES } from '../model/statuses.js';

/** What a screen shows of a record. */
export interface CdrLabels {
  /** What kind of call it was; as it was sent where this version does not know the type. */
  type: string;
  /** How it ended; as it was sent where this version does not know the status. */
  status: string;
  /** How the call ended, in fewer words than the status. */
  outcome: string;
}

/**
 * The labels of a record's type, status and outcome, for a screen in English or in Hebrew: those of
 * CALL_TYPES, CALL_STATUSES and OUTCOMES.
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
