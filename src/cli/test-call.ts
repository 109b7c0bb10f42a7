import type { WireCdr } from '../testing.js';

/** The charsets that Israeli systems use. */
export const CHARSETS = ['utf-8', 'windows-1255', 'iso-8859-8'] as const;

export type Charset = (typeof CHARSETS)[number];

/**
 * Returns a function that gives the id and start of a new call, which begins now.
 *
 * @param prefix the beginning of every id
 * @param now in milliseconds
 */
export function callNumberer(prefix: string, now: number): () => WireCdr {
  const time = wallClock(now);
  let calls = 0;
  return () => ({ ivruniqueid: `${prefix}${++calls}`, time });
}

/** Epoch seconds as Voicenter writes them: Israel's wall clock, as if it were UTC. */
function wallClock(instant: number): number {
  // The Swedish date format is nearly ISO 8601.
  const clock = new Date(instant).toLocaleString('sv', { timeZone: 'Asia/Jerusalem' });
  return Date.parse(`${clock.replace(' ', 'T')}Z`) / 1000;
}
