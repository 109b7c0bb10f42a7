import { type Limits, type ResolvedLimits, resolveLimits } from './limits.js';
import { checkTimeZone } from './model/time.js';

/** How to read a body. All options are optional; an unknown name throws a TypeError at once. */
export interface ParseOptions {
  /**
   * Forces the IANA time zone whose wall clock `time` shows: `'UTC'` for true epoch seconds. The
   * default is Israel's, unless the record's id shows that `time` is in UTC. An unknown zone throws
   * a RangeError at once. The start is part of {@link cdrKey}: changing the zone changes the key.
   */
  timeZone?: string | undefined;
  /** Refuse a record that has any issue: for contract tests, not for production. Default false. */
  strict?: boolean | undefined;
  /** Bounds on the body. Defaults are far above any real record. Invalid values are ignored. */
  limits?: Limits | undefined;
}

/** All options, with defaults filled in. */
export interface ResolvedOptions {
  timeZone: string | undefined;
  strict: boolean;
  limits: ResolvedLimits;
}

export const OPTION_NAMES = [
  'timeZone',
  'strict',
  'limits',
] as const satisfies (keyof ParseOptions)[];

/** @throws TypeError for a name other than the expected ones */
export function checkNames(options: object, expected: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (!expected.includes(name)) {
      throw new TypeError(`Unknown option "${name}": expected ${expected.join(', ')}`);
    }
  }
}

/**
 * Fills in the defaults.
 *
 * @throws TypeError for an unknown name: a misspelled `timezone` would silently shift every call
 * @throws RangeError for an unknown zone
 */
export function resolveOptions(
  options: ParseOptions | null | undefined,
  defaultLimits?: ResolvedLimits,
): ResolvedOptions {
  const given = typeof options === 'object' && options !== null ? options : {};
  checkNames(given, OPTION_NAMES);
  const { timeZone, strict, limits } = given;
  if (timeZone !== undefined && timeZone !== null) checkTimeZone(timeZone);
  return {
    timeZone: timeZone ?? undefined,
    strict: strict === true,
    limits: resolveLimits(limits, defaultLimits),
  };
}
