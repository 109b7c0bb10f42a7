import { DEFAULT_LIMITS, type Limits, type ResolvedLimits, resolveLimits } from './limits.js';
import { checkTimeZone } from './model/time.js';

/** How to read a body; every option has a default. An unknown name is a TypeError at once. */
export interface ParseOptions {
  /**
   * Forces the IANA time zone in whose wall clock `time` counts: `'UTC'` for true epoch seconds. By
   * default it is Israel's, unless the id of the record shows that it counts in UTC. An unknown zone
   * is a RangeError at once. The start is part of {@link cdrKey}: another zone is another key.
   */
  timeZone?: string | undefined;
  /** Refuse a record with any issue: for contract tests, not for production. Default false. */
  strict?: boolean | undefined;
  /** Bounds on the body. Defaults are far above any real record. Invalid values are ignored. */
  limits?: Limits | undefined;
}

/** Every option, with the default where none was given. */
export interface ResolvedOptions {
  timeZone: string | undefined;
  strict: boolean;
  limits: ResolvedLimits;
}

const OPTION_NAMES: readonly string[] = [
  'timeZone',
  'strict',
  'limits',
] satisfies (keyof ParseOptions)[];

/**
 * Fills in the defaults.
 *
 * @throws TypeError for an unknown name: a misspelled `timezone` would shift every call in silence
 * @throws RangeError for an unknown zone
 */
export function resolveOptions(
  options: ParseOptions | null | undefined,
  defaultLimits: ResolvedLimits = DEFAULT_LIMITS,
): ResolvedOptions {
  const given = typeof options === 'object' && options !== null ? options : {};
  for (const name of Object.keys(given)) {
    if (!OPTION_NAMES.includes(name)) {
      throw new TypeError(`Unknown option "${name}": expected ${OPTION_NAMES.join(', ')}`);
    }
  }
  const { timeZone, strict, limits } = given;
  if (timeZone !== undefined && timeZone !== null) checkTimeZone(timeZone);
  return {
    timeZone: timeZone ?? undefined,
    strict: strict === true,
    limits: resolveLimits(limits, defaultLimits),
  };
}
