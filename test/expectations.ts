import { expect } from 'vitest';
import { type CdrBody, type ParseOptions, safeParseCdr } from 'voicenter-cdr';

/**
 * The expected result of a body: values of the Cdr by dotted paths (`queue.name`, `ivr.length`),
 * with dates as text; or `error`, the code of a refusal, and its `format`. `says` lists words that
 * the error or an issue must contain.
 */
export type Expectation = Record<string, unknown>;

/** A body as a sender writes it. */
export interface Written {
  body: CdrBody;
  contentType: string | null;
}

/** Checks the result of a body. */
export function expectGiven(
  { body, contentType }: Written,
  { says, ...values }: Expectation,
  options?: ParseOptions,
): void {
  const given = givenBy(body, contentType, options);
  const found = Object.keys(values).map((path) => [path, valueAt(given.value, path)]);
  expect(Object.fromEntries(found)).toEqual(values);
  if (typeof says === 'string') expect(given.words).toMatch(new RegExp(says, 'i'));
}

function givenBy(body: CdrBody, contentType: string | null, options?: ParseOptions) {
  const result = safeParseCdr(body, contentType, options);
  if (result.success) {
    const words = result.data.issues.map(({ code, message }) => `${code}: ${message}`).join('\n');
    return { value: JSON.parse(JSON.stringify(result.data)), words };
  }
  const { code: error, format, issues, message: words } = result.error;
  return { value: { error, format, issues }, words };
}

function valueAt(value: unknown, path: string): unknown {
  const [part, ...rest] = path.split('.');
  if (part === undefined) return value;
  const inner = Object(value)[part];
  return rest.length === 0 ? inner : valueAt(inner, rest.join('.'));
}
