import assert from 'node:assert/strict';
import {
  buildAck,
  type CdrBody,
  CdrParseError,
  detectFormat,
  parseCdr,
  safeParseCdr,
} from 'voicenter-cdr';
import { cdrSchema } from 'voicenter-cdr/schema';
import { READERS } from '../foreign-clients.js';
import type { HostileBody } from './bodies.js';

/** Not allowed in a log: controls, line separators, bidirectional controls, lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

const PROTOTYPES = [Object.prototype, Array.prototype, String.prototype, Function.prototype];
const ownNames = () => PROTOTYPES.map((prototype) => Object.getOwnPropertyNames(prototype).join());
const UNPOLLUTED = ownNames();

/**
 * Checks what the package promises for every possible body.
 *
 * @returns whether the body was read
 * @throws AssertionError, or what parseCdr threw instead of a CdrParseError
 */
export async function checkPromises({ body, contentType }: HostileBody): Promise<boolean> {
  const before = copyOf(body);
  const result = safeParseCdr(body, contentType);

  const again = safeParseCdr(body, contentType);
  assert.deepEqual(again, result, 'is another value the second time');
  assert.deepEqual(copyOf(body), before, 'the body was changed');
  assert.deepEqual(ownNames(), UNPOLLUTED, 'a prototype was changed');

  const format = detectFormat(body, contentType);
  const error = result.success ? null : result.error;
  if (result.success) {
    assert.equal(result.data.format, format, 'the formats differ');
    const checked = cdrSchema.safeParse(result.data);
    assert.ok(checked.success, `against the schema: ${checked.error?.message}`);
  } else {
    assert.ok(result.error instanceof CdrParseError);
    assert.throws(() => parseCdr(body, contentType), CdrParseError);
    assert.ok(result.error.issues.length > 0, 'an error without an issue');
    checkLine(result.error.message, 300);
  }
  const { issues } = result.success ? result.data : result.error;
  for (const { message, received = '', path } of issues) {
    checkLine(message, 300);
    checkLine(received, 32);
    checkLine(path.join('.'), 350);
  }

  const ack = buildAck(error ?? 0, format);
  const answer: unknown = await READERS[format ?? error?.format ?? 'json'](ack.body);
  assert.deepEqual(answer, { err: error ? 1 : 0, errdesc: error?.message ?? 'OK' });
  return result.success;
}

function checkLine(text: string, length: number): void {
  assert.ok(text.length <= length, `${text.length} characters: ${text}`);
  assert.doesNotMatch(text, UNPRINTABLE);
}

/** A copy of a body for comparison: bytes and text unchanged, an object as JSON. */
function copyOf(body: CdrBody): unknown {
  if (typeof body === 'string') return body;
  try {
    if (body instanceof Uint8Array) return body.slice();
    return JSON.stringify(body, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
  } catch {
    return 'what JSON cannot hold';
  }
}
