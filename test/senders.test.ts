import { readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import type { CdrBody } from 'voicenter-cdr';
import { type Expectation, expectGiven } from './expectations.js';

/** A body as a real sender writes it: as text, in base64, or after a body parser. */
interface Case {
  kind: string;
  name: string;
  body?: string;
  base64?: string;
  value?: object;
  contentType: string | null;
  expect: Expectation;
}

const file = new URL('../fixtures/senders/cases.json', import.meta.url);
const cases: Case[] = JSON.parse(readFileSync(file, 'utf8'));

describe('bodies of real senders', () => {
  it.each(cases)('$kind: $name', ({ contentType, expect, ...sent }) => {
    expectGiven({ body: bodyOf(sent), contentType }, expect);
  });
});

function bodyOf({ body, base64, value }: Pick<Case, 'body' | 'base64' | 'value'>): CdrBody {
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  const given = body ?? value;
  if (given === undefined) throw new Error('a case without a body');
  return given;
}
