import type { Cdr } from '../model/cdr.js';

/**
 * Whether a customer tried to reach the business and nobody answered: an incoming call that was
 * abandoned, rang out, was busy, ended in the menu or failed, or that a voicemail took.
 *
 * It looks at one record. Whether to call the customer back, the others tell: somebody may have
 * answered since, or in another record of the same call. See docs/calls.md.
 *
 * False where it cannot be told: an unknown status without `isAnswer`, or a call whose direction
 * is open.
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
  // The service that took a call is its type; its status is ANSWER when the voicemail picked up.
  if (cdr.type === 'VoiceMail') return cdr.direction === 'incoming' || cdr.direction === null;
  return cdr.direction === 'incoming' && cdr.answered === false;
}
