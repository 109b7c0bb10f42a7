import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cdr, type CdrFormat, safeParseCdr } from 'voicenter-cdr';
import { wireRecord } from './arbitraries.js';
import { areCompatible, MISTAKES, type Mistake, writeWith } from './mistakes.js';
import { reproducible } from './properties.js';
import { type Wire, withoutTransport } from './records.js';

reproducible(20210115, 30);

const FORMATS: CdrFormat[] = ['json', 'form', 'xml-rpc'];
const RECORDS = fc.sample(wireRecord, { seed: 20210115, numRuns: 200 });

const formatsOf = (mistakes: readonly Mistake[]) =>
  FORMATS.filter((format) => mistakes.every(({ formats }) => formats.includes(format)));

/** The value of a record without its issues, or the error. */
function valueOrError(...given: Parameters<typeof safeParseCdr>): unknown {
  const result = safeParseCdr(...given);
  return result.success ? withoutIssues(result.data) : result.error.message;
}

function withoutIssues(cdr: Cdr): unknown {
  const { issues, ...value } = withoutTransport(cdr);
  return value;
}

/** The value of a record that is written with these mistakes, and the expected value. */
function withMistakes(mistakes: readonly Mistake[], record: Wire, format: CdrFormat) {
  const limited = mistakes.reduce<Wire>((wire, { limit }) => limit?.(wire) ?? wire, record);
  const { body, contentType } = writeWith(mistakes, limited, format);
  return { given: valueOrError(body, contentType), expected: valueOrError(limited) };
}

describe('a record with a mistake has the intended value', () => {
  it.each(MISTAKES)('with $name', (mistake) => {
    for (const format of formatsOf([mistake])) {
      const property = fc.property(wireRecord, (record) => {
        const { given, expected } = withMistakes([mistake], record, format);
        // Vitest's own comparison takes as long as all the rest: it only runs to show a difference.
        if (!isDeepStrictEqual(given, expected)) expect(given).toEqual(expected);
      });
      fc.assert(property);
    }
  });

  it.each(
    MISTAKES.map((one, index) => ({ name: one.name, one, others: MISTAKES.slice(index + 1) })),
  )('with $name and any other mistake', ({ one, others }) => {
    const failures = others
      .filter((other) => areCompatible(one, other))
      .flatMap((other) => formatsOf([one, other]).map((format) => ({ other, format })))
      .flatMap(({ other, format }, index) => {
        // Each pair gets other records. Together they are as many as the runs for a single mistake.
        const records = [0, 1, 2, 3].map((run) => RECORDS[(4 * index + run) % RECORDS.length]);
        const wrong = records
          .map((record) => withMistakes([one, other], record ?? {}, format))
          .find(({ given, expected }) => !isDeepStrictEqual(given, expected));
        return wrong ? [{ other: other.name, format, ...wrong }] : [];
      });
    expect(failures).toEqual([]);
  });
});
