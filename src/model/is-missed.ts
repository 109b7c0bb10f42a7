import type { Cdr } from './cdr.js';

/**
 * Whether a customer tried to reach the business and nobody answered: an incoming call that was
 * abandoned, rang out, was busy, ended in the menu or failed, or that a voicemail took.
 *
 * False where it cannot be told: an unknown status without `isAnswer`, or a call whose direction
 * is open.
 *
 * @example
 * ```ts
 * import { type Cdr, isMissed } from 'voicenter-cdr';
 *
 * const toCallBack = (cdrs: Cdr[]) => cdrs.filter(isMissed).map((cdr) => cdr.customerPhone);
 * ```
 */
export function isMissed(cdr: Cdr): boolean {
  // The service that took a call is its type; its status is ANSWER when the voicemail picked up.
  if (cdr.type === 'VoiceMail') return cdr.direction === 'incoming' || cdr.direction === null;
  return cdr.direction === 'incoming' && cdr.answered === false;
}
