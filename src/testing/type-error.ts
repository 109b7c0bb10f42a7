import { createIssue } from '../errors.js';

/** A TypeError that says what was expected, and shows a short excerpt of what was received. */
export function typeError(expected: string, received: unknown): TypeError {
  return new TypeError(createIssue([], 'invalid_field', `expected ${expected}`, received).message);
}
