import { type CdrFormat, type CdrParseError, refusal } from './errors.js';

/** Bounds on a body, checked before the work that they bound. */
export interface Limits {
  /** The size of the body: bytes, or characters of a body given as text. Default 33 554 432 (32 MiB). */
  maxBytes?: number | undefined;
  /** How deep lists and objects nest, the record itself being the first. Default 64, at most 1000. */
  maxDepth?: number | undefined;
  /** Fields, list items, XML elements and entity references, counted together. Default 1 000 000. */
  maxNodes?: number | undefined;
}

/** Every limit, as it is in force. */
export type LimitsInForce = Record<keyof Limits, number>;

/** Far above what a call makes: a 10 MB body with a transcript of 5 MB meets none of them. */
export const DEFAULT_LIMITS: LimitsInForce = {
  maxBytes: 32 * 1024 * 1024,
  maxDepth: 64,
  maxNodes: 1_000_000,
};

/** No body is as deep, and every engine's stack takes it. */
const DEEPEST = 1000;

/** The limits in force: what was given, and the default where that is no number from 0 on. */
export function limitsOf(given: Limits | null | undefined): LimitsInForce {
  if (!given) return DEFAULT_LIMITS;
  const limit = (name: keyof Limits): number => {
    const value = given[name];
    return typeof value === 'number' && value >= 0 ? value : DEFAULT_LIMITS[name];
  };
  return {
    maxBytes: limit('maxBytes'),
    maxDepth: Math.min(limit('maxDepth'), DEEPEST),
    maxNodes: limit('maxNodes'),
  };
}

/** The refusal of a body that is over a limit, which it names. */
export function overLimit(
  limit: keyof Limits,
  limits: LimitsInForce,
  format: CdrFormat | null,
): CdrParseError {
  return refusal('too_large', format, `The body is over the limit ${limit} (${limits[limit]})`);
}
