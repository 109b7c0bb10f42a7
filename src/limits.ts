/** Limits on a body, checked before the work that they bound. */
export interface Limits {
  /** The size of the body in bytes, or in characters if it is text. Default 10 485 760 (10 MiB). */
  maxBytes?: number | undefined;
  /** How deep lists and objects nest; the record itself is level 1. Default 64, at most 1000. */
  maxDepth?: number | undefined;
  /**
   * Fields, list items, XML elements and entity references in the whole body, including JSON text
   * inside its fields. Unreadable JSON text or base64 counts as 30. Default 300 000.
   */
  maxNodes?: number | undefined;
}

/** All limits, with defaults filled in. */
export type ResolvedLimits = Readonly<Record<keyof Limits, number>>;

/** More than real calls need: room for 5 MB, or for 10 000 menus of 22 XML-RPC elements each. */
export const DEFAULT_LIMITS: ResolvedLimits = {
  maxBytes: 10 * 1024 * 1024,
  maxDepth: 64,
  maxNodes: 300_000,
};

/** Deeper than any real body, and within the stack of every engine. */
const MAX_DEPTH = 1000;

/**
 * Fills in the defaults. Ignores values that are not non-negative numbers.
 *
 * @throws TypeError for an unknown name: a misspelled limit must not be silently ignored
 */
export function resolveLimits(
  given: Limits | null | undefined,
  defaults: ResolvedLimits = DEFAULT_LIMITS,
): ResolvedLimits {
  if (typeof given !== 'object' || given === null) return defaults;
  const limits = { ...defaults };
  for (const [name, value] of Object.entries(given)) {
    if (!isLimitName(name)) {
      const expected = Object.keys(DEFAULT_LIMITS).join(', ');
      throw new TypeError(`Unknown limit "${name}": expected ${expected}`);
    }
    if (typeof value === 'number' && value >= 0) limits[name] = value;
  }
  return { ...limits, maxDepth: Math.min(limits.maxDepth, MAX_DEPTH) };
}

function isLimitName(name: string): name is keyof Limits {
  return Object.hasOwn(DEFAULT_LIMITS, name);
}
