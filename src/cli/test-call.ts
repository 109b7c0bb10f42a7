import type { CdrFormat } from '../index.js';
import { encodeCdr, type WireCdr } from '../testing.js';
import type { CdrRequest } from './request.js';

/** The charsets that Israeli systems send. */
export const CHARSETS = ['utf-8', 'windows-1255', 'iso-8859-8'] as const;

export type Charset = (typeof CHARSETS)[number];

/**
 * Gives what makes a sample record a call of its own that begins now.
 *
 * @param prefix what every id begins with
 * @param now in milliseconds
 */
export function callNumberer(prefix: string, now: number): () => WireCdr {
  const time = wallClock(now);
  let calls = 0;
  return () => ({ ivruniqueid: `${prefix}${++calls}`, time });
}

/** Epoch seconds as Voicenter writes them: the wall clock of Israel, as if it were UTC. */
function wallClock(instant: number): number {
  // Swedish dates are written nearly as ISO 8601 has them.
  const clock = new Date(instant).toLocaleString('sv', { timeZone: 'Asia/Jerusalem' });
  return Date.parse(`${clock.replace(' ', 'T')}Z`) / 1000;
}

/** A record as the request that carries it. */
export function requestOf(
  record: WireCdr,
  format: CdrFormat,
  charset: Charset = 'utf-8',
): CdrRequest {
  return encodeCdr(record, format, { charset });
}
