/** Bounds on a body, checked before the work that they bound. */
export interface Limits {
  /** The size of the body: bytes, or characters of a body given as text. Default 10 485 760 (10 MiB). */
  maxBytes?: number | undefined;
  /** How deep lists and objects nest, the record itself being the first. Default 64, at most 1000. */
  maxDepth?: number | undefined;
  /**
   * Fields, list items, XML elements and entity references of the whole body, those of the JSON text
   * inside its fields included. JSON text or base64 that cannot be read counts as 30. Default 300 000.
   */
  maxNodes?: number | undefined;
}

/** Every limit, with the default where none was given. */
export type ResolvedLimits = Readonly<Record<keyof Limits, number>>;

/** More than real calls need: a body of 5 MB, or 10 000 menus in XML-RPC, with 22 elements each. */
export const DEFAULT_LIMITS: ResolvedLimits = {
  maxBytes: 10 * 1024 * 1024,
  maxDepth: 64,
  maxNodes: 300_000,
};

/** Deeper than any body, and within the stack of every engine. */
const MAX_DEPTH = 1000;

/**
 * Fills in the defaults. A value that is not a number from 0 on counts as not given.
 *
 * @throws TypeError for an unknown name: a misspelled limit must not be ignored in silence
 */
export function resolveLimits(
  given: Limits | null | undefined,
  defaults: ResolvedLimits = DEFAULT_LIMITS,
): ResolvedLimits {
  if (typeof given !== 'object' || given === null) return defaults;
  const limits = { ...defaults };
  for (const [name, value] of Object.entries(given)) {
    if (!isLimitName(name)) throw new TypeError(`Unknown limit "${name}"`);
    if (typeof value === 'number' && value >= 0) limits[name] = value;
  }
  return { ...limits, maxDepth: Math.min(limits.maxDepth, MAX_DEPTH) };
}

function isLimitName(name: string): name is keyof Limits {
  return Object.hasOwn(DEFAULT_LIMITS, name);
}
