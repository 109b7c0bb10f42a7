import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { wireRecord } from './arbitraries.js';
import { CONTENT_TYPES, ENCODERS, type Wire, withoutTransport } from './wire.js';

const parsed = (record: Wire, format: keyof typeof ENCODERS) =>
  withoutTransport(parseCdr(ENCODERS[format](record), CONTENT_TYPES[format]));

describe('for ten thousand records', () => {
  it('the three formats, written by foreign encoders, give the same value', () => {
    fc.assert(
      fc.property(wireRecord, (record) => {
        const value = parsed(record, 'json');
        for (const format of ['form', 'xml-rpc'] as const) {
          const other = parsed(record, format);
          // Vitest's own comparison takes as long as all the rest; it is left to show a difference.
          if (!isDeepStrictEqual(other, value)) expect(other).toEqual(value);
        }
      }),
      { seed: 20200728, numRuns: 10_000 },
    );
  }, 300_000);
});
