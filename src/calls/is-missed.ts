import type { Cdr } from '../model/cdr.js';

/**
 * Whether a customer tried to reach the business and nobody answered: an incoming call that was
 * abandoned, rang out, was busy, ended in the menu, failed or went to voicemail.
 *
 * This looks at a single record. Before you call the customer back, check the others: somebody may
 * have answered since, or in another record of the same call. See docs/calls.md.
 *
 * False if it cannot be determined: for an unknown status without `isAnswer`, or an unknown
 * direction (except voicemail, which then counts as incoming).
 *
 * @example
 * ```ts
 * import { isMissed, parseCdr } from 'voicenter-cdr';
 * import { sampleCdr } from 'voicenter-cdr/testing';
 *
 * console.log(isMissed(parseCdr(sampleCdr('Queue', 'ABANDONE')))); // true
 * console.log(isMissed(parseCdr(sampleCdr('Extension Outgoing', 'BUSY')))); // false
 * ```
 */
export function isMissed(cdr: Cdr): boolean {
  // Only the type shows that voicemail took the call: the status is then ANSWER.
  if (cdr.type === 'VoiceMail') return cdr.direction === 'incoming' || cdr.direction === null;
  return cdr.direction === 'incoming' && cdr.answered === false;
}
