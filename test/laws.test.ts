import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAck, type CdrFormat, type CdrIssue, parseCdr } from 'voicenter-cdr';
import { cdrSchema } from 'voicenter-cdr/schema';
import { wireRecord } from './arbitraries.js';
import { reproducible } from './properties.js';
import { CONTENT_TYPES, ENCODERS, withoutTransport } from './records.js';

const formats: CdrFormat[] = ['json', 'form', 'xml-rpc'];

reproducible(20200728, 300);

const parsed = (record: Record<string, unknown>, format: CdrFormat) =>
  withoutTransport(parseCdr(ENCODERS[format](record), CONTENT_TYPES[format]));

/** Sorts the issues, which are otherwise in the order of the keys that were sent. */
function inOrder<T extends { issues: CdrIssue[] }>(cdr: T): T {
  const byPath = (a: CdrIssue, b: CdrIssue) => (String(a.path) < String(b.path) ? -1 : 1);
  return { ...cdr, issues: cdr.issues.toSorted(byPath) };
}

describe('for every record', () => {
  it('a parsed body gives the same value as its text', () => {
    fc.assert(
      fc.property(wireRecord, (record) => {
        expect(withoutTransport(parseCdr(record))).toEqual(parsed(record, 'json'));
      }),
    );
  });

  it('the order of keys does not matter', () => {
    fc.assert(
      fc.property(
        wireRecord.chain((record) =>
          fc.tuple(
            fc.constant(record),
            fc.shuffledSubarray(Object.keys(record), { minLength: Object.keys(record).length }),
          ),
        ),
        ([record, keys]) => {
          const shuffled = Object.fromEntries(keys.map((key) => [key, record[key]]));
          expect(inOrder(parsed(shuffled, 'json'))).toEqual(inOrder(parsed(record, 'json')));
        },
      ),
    );
  });

  it('the case and underscores of keys do not matter', () => {
    fc.assert(
      fc.property(wireRecord, fc.func(fc.boolean()), (record, upper) => {
        const respelled = Object.fromEntries(
          Object.entries(record).map(([key, value]) => [
            key
              .replaceAll('_', '')
              .replace(/./g, (c) => (upper(c, key) ? c.toUpperCase() : c.toLowerCase())),
            value,
          ]),
        );
        const { issues, ...value } = parsed(respelled, 'json');
        const { issues: expected, ...expectedValue } = parsed(record, 'json');
        expect(value).toEqual(expectedValue);
        expect(issues.map(({ code }) => code)).toEqual(expected.map(({ code }) => code));
      }),
    );
  });

  it('an empty text, null and an absent key are equivalent', () => {
    fc.assert(
      fc.property(wireRecord, (record) => {
        const nulls = Object.fromEntries(
          Object.entries(record).map(([key, value]) => [key, value === '' ? null : value]),
        );
        const absent = Object.fromEntries(
          Object.entries(record).filter(([, value]) => value !== ''),
        );
        const value = parsed(record, 'json');
        expect(parsed(nulls, 'json')).toEqual(value);
        expect(parsed(absent, 'json')).toEqual(value);
      }),
    );
  });

  it('the schema accepts the parsed record, directly and from JSON', () => {
    fc.assert(
      fc.property(wireRecord, fc.constantFrom(...formats), (record, format) => {
        const cdr = parseCdr(ENCODERS[format](record), CONTENT_TYPES[format]);
        expect(cdrSchema.parse(cdr)).toEqual(cdr);
        expect(cdrSchema.parse(JSON.parse(JSON.stringify(cdr)))).toEqual(cdr);
      }),
    );
  });

  it('the Cdr survives JSON: no field is undefined', () => {
    fc.assert(
      fc.property(wireRecord, (record) => {
        const cdr = parseCdr(record);
        expect(Object.values(cdr)).not.toContain(undefined);
      }),
    );
  });
});

describe('for every error', () => {
  it('an answer can be built', () => {
    fc.assert(
      fc.property(fc.anything(), fc.option(fc.constantFrom(...formats)), (err, format) => {
        const ack = buildAck(err, format);
        expect([0, 1, 2]).toContain(ack.err);
        expect(ack.body).toContain(String(ack.err));
      }),
    );
  });
});
