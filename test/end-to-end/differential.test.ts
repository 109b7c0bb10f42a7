import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { wireRecord } from '../arbitraries.js';
import { CONTENT_TYPES, ENCODERS, type Wire, withoutTransport } from '../records.js';

const parsed = (record: Wire, format: keyof typeof ENCODERS) =>
  withoutTransport(parseCdr(ENCODERS[format](record), CONTENT_TYPES[format]));

/** Vitest's own comparison takes as long as all the rest, so it only runs to show a difference. */
function expectSame(one: unknown, other: unknown): void {
  if (!isDeepStrictEqual(one, other)) expect(one).toEqual(other);
}

/** XML-RPC that needs fast-xml-parser: with an attribute, a comment, a prefix and CDATA. */
function decorated(xml: string): string {
  return xml
    .replace('<struct>', '<struct a="/>"><!-- & -->')
    .replaceAll(/(<\/?)(string|i4|int|array)>/g, '$1ex:$2>')
    .replaceAll(/(<ex:string>)([^<&]+)(<)/g, '$1<![CDATA[$2]]>$3');
}

describe('for ten thousand records', () => {
  it('the three formats, written by foreign encoders, have the same value', () => {
    fc.assert(
      fc.property(wireRecord, (record) => {
        const value = parsed(record, 'json');
        for (const format of ['form', 'xml-rpc'] as const) {
          expectSame(parsed(record, format), value);
        }
      }),
      { seed: 20200728, numRuns: 10_000 },
    );
  }, 300_000);

  it('a plain document has the same value as one for the parser', () => {
    fc.assert(
      fc.property(wireRecord, (record) => {
        const xml = ENCODERS['xml-rpc'](record);
        expectSame(parseCdr(decorated(xml), 'text/xml'), parseCdr(xml, 'text/xml'));
      }),
      { seed: 20200728, numRuns: 10_000 },
    );
  }, 300_000);
});
