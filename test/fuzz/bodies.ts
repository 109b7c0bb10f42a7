import { extname } from 'node:path';
import fc from 'fast-check';
import type { CdrBody } from 'voicenter-cdr';
import { wireRecord } from '../arbitraries.js';
import { FIXTURES } from '../fixtures.js';
import { CONTENT_TYPES } from '../records.js';
import { built, key } from './grammar.js';
import { type Mutation, mutate } from './mutate.js';

/** A body that nobody should have sent, and its content type. */
export interface HostileBody {
  /** How it was made. */
  kind: string;
  body: CdrBody;
  contentType: string | null;
}

/** The bodies in fixtures/, except the large one, which takes as long as a hundred others. */
const BODIES = FIXTURES.filter(({ file }) => !file.startsWith('large'));

const contentType = fc.oneof(
  fc.constant(null),
  fc.constantFrom(
    ...Object.values(CONTENT_TYPES),
    'application/json; charset=windows-1255',
    'application/vnd.voicenter+json',
    'text/xml; charset=utf-16le',
    'application/x-www-form-urlencoded; charset=windows-1255',
    'application/x-www-form-urlencoded; charset=utf-16be',
    'text/plain; charset=klingon',
    'application/octet-stream',
    'application/json; charset="; charset=',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    what: fc.constantFrom('flip', 'cut', 'drop', 'repeat', 'splice'),
    at: fc.nat(),
    length: fc.nat({ max: 200 }),
    bit: fc.nat({ max: 7 }),
  }),
  { minLength: 1, maxLength: 4 },
);
const fixture = fc.constantFrom(...BODIES);

/** Bodies of every kind with content types of every kind. */
export const hostileBody: fc.Arbitrary<HostileBody> = fc.oneof(
  fc.tuple(built, contentType).map(([[kind, body], type]) => ({ kind, body, contentType: type })),
  fc.tuple(built, fixture, mutations, contentType).map(([[kind, text], other, how, type]) => ({
    kind: `${kind}, broken`,
    body: mutate(new TextEncoder().encode(text), other.body, how),
    contentType: type,
  })),
  {
    weight: 2,
    arbitrary: fc
      .tuple(fixture, fixture, mutations, contentType)
      .map(([{ file, body }, other, how, type]) => ({
        kind: `fixture${extname(file)}, broken`,
        body: mutate(body, other.body, how),
        contentType: type,
      })),
  },
  fc
    .tuple(fc.uint8Array({ maxLength: 300 }), contentType)
    .map(([body, type]) => ({ kind: 'any bytes', body, contentType: type })),
  fc
    .tuple(fc.string({ unit: 'binary', maxLength: 300 }), contentType)
    .map(([body, type]) => ({ kind: 'any text', body, contentType: type })),
  fc
    .tuple(
      wireRecord,
      fc.dictionary(
        key,
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
          withSparseArray: true,
          withTypedArray: true,
          withBoxedValues: true,
        }),
        { maxKeys: 5 },
      ),
      contentType,
    )
    .map(([record, odd, type]) => ({
      kind: 'an object',
      body: { ...record, ...odd },
      contentType: type,
    })),
);
