import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  buildAck,
  CALL_STATUSES,
  CALL_TYPES,
  type CallType,
  type Cdr,
  detectFormat,
  isMissed,
  OUTCOMES,
  type Outcome,
  parseCdr,
} from 'voicenter-cdr';
import { callTypeOf, factsOfType } from '../src/model/call-types.js';
import { canonicalKey } from '../src/model/names.js';
import { WIRE_KEYS } from '../src/model/wire.js';
import { fieldsReadFrom, minimal } from './records.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8');

/** The rows of the table under a heading. A cell is its words in code, or its text without any. */
function rowsUnder(heading: string, text: string): string[][][] {
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const [, ...rows] = (section.split('\n## ')[0] ?? '').matchAll(/^\|(.*)\|$/gm);
  return rows.slice(1).map(([, row = '']) =>
    row.split('|').map((cell) => {
      const code = [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
      return code.length > 0 ? code : [cell.trim()];
    }),
  );
}

/** JSON as it is sent. In a document it is spread over lines. */
function compact(body: string): string {
  return body.startsWith('{') ? JSON.stringify(JSON.parse(body)) : body;
}

describe('docs/wire-format.md', () => {
  const text = read('docs/wire-format.md');
  const blocks = [...text.matchAll(/```(?:json|form|xml)\n([\s\S]+?)\n```/g)].map(
    ([, block = '']) => compact(block),
  );
  const answers = blocks.filter((block) => block.includes('errdesc'));
  const requests = blocks.filter((block) => block.includes('ivruniqueid'));

  it.each(requests)('has a request that is read without an issue: %.40s', (body) => {
    expect(parseCdr(body).issues).toEqual([]);
  });

  it('has both examples of the vendor', () => {
    for (const name of ['queue', 'extension-outgoing']) {
      expect(requests).toContain(compact(read(`fixtures/vendor/${name}-json.json`)));
    }
  });

  it('has the answer in all three formats', () => {
    expect(answers).toEqual(answers.map((body) => buildAck(0, detectFormat(body)).body));
    expect(new Set(answers.map((body) => detectFormat(body))).size).toBe(3);
  });

  it('lists exactly the known keys', () => {
    const keys = rowsUnder('The keys', text).flatMap(([cell = []]) => cell);
    expect(new Set(keys.map(canonicalKey))).toEqual(
      new Set(Object.keys(WIRE_KEYS).map(canonicalKey)),
    );
  });

  it('lists every type with its number, leg and spellings', () => {
    const rows = rowsUnder('Types', text).map((cells) => {
      const [number, type = '', other, , leg] = cells.flat();
      return {
        number: Number(number),
        type,
        leg: leg ? Number(leg) : null,
        others: other ? callTypeOf(other) : type,
      };
    });
    expect(rows).toEqual(
      Object.entries(CALL_TYPES).map(([type, { number, leg }]) => ({
        number,
        type,
        leg,
        others: type,
      })),
    );
  });

  it('lists every status with its outcome', () => {
    const rows = rowsUnder('Statuses', text).map(([status, , outcome]) => [status, outcome].flat());
    expect(rows).toEqual(
      Object.entries(CALL_STATUSES).map(([status, { outcome }]) => [status, outcome]),
    );
  });
});

describe('docs/calls.md', () => {
  const text = read('docs/calls.md');
  const shown = (value: string | number | boolean | null) =>
    value === null || value === false ? '' : String(value).replace('true', 'yes');

  it('lists every status with its outcome, whether it was answered, and its labels', () => {
    const known = Object.entries(CALL_STATUSES).map(([status, { outcome, labels }]) => {
      const answered = OUTCOMES[outcome].answered ? 'yes' : 'no';
      return [status, outcome, answered, labels.en, labels.he];
    });
    const { en, he } = OUTCOMES.unknown.labels;
    expect(rowsUnder('What follows from the status', text).map((row) => row.flat())).toEqual([
      ...known,
      ['unknown', 'unknown', 'isAnswer', en, he],
    ]);
  });

  it('lists every type with its facts and labels', () => {
    const expected = ([...Object.keys(CALL_TYPES), 'unknown'] as CallType[]).map((type) => {
      const { direction, customer, agent, leg, family, queue } = factsOfType(type);
      const { en, he } = type === 'unknown' ? { en: '', he: '' } : CALL_TYPES[type].labels;
      return [type, ...[direction, customer, agent, leg, family, queue].map(shown), en, he];
    });
    const rows = rowsUnder('What follows from the type', text);
    expect(rows.map((row) => row.flat())).toEqual(expected);
  });

  it('lists the labels of every outcome', () => {
    expect(rowsUnder('Labels', text).map((row) => row.flat())).toEqual(
      Object.entries(OUTCOMES).map(([outcome, { labels }]) => [outcome, labels.en, labels.he]),
    );
  });

  it('says for every type, direction and outcome whether the call is missed', () => {
    const rows = rowsUnder('What counts as missed', text);
    const columns = Object.keys(OUTCOMES).map((outcome) => `\`${outcome}\``);
    expect(text).toContain(`as sent | ${columns.join(' | ')} |\n`);
    const named = (direction: string) =>
      rows.filter(([, directions]) => directions?.includes(direction));
    /** The cell of a call, in the row that names its type or else in the last row. */
    const cellOf = (type: string, direction: string, outcome: Outcome) => {
      const of = named(direction);
      const row = of.find(([types]) => types?.includes(type)) ?? of.at(-1);
      return row?.[2 + Object.keys(OUTCOMES).indexOf(outcome)]?.[0];
    };
    const isMissedSays = (cdr: Cdr, ifUnanswered: Cdr) =>
      isMissed(cdr) ? 'yes' : isMissed(ifUnanswered) ? 'isAnswer' : '';

    for (const type of [...Object.keys(CALL_TYPES), 'Hologram']) {
      for (const direction of ['none', 'incoming', 'outgoing', 'internal']) {
        for (const status of [...Object.keys(CALL_STATUSES), 'PONDERING']) {
          const sent = { type, status, direction: direction === 'none' ? '' : direction };
          const cdr = parseCdr(minimal(sent));
          const ifUnanswered = parseCdr(minimal({ ...sent, isAnswer: 0 }));
          const cell = cellOf(type, direction, cdr.outcome);
          expect({ ...sent, cell }).toEqual({ ...sent, cell: isMissedSays(cdr, ifUnanswered) });
        }
      }
    }
  });
});

describe('docs/errors.md', () => {
  const [, ...sections] = read('docs/errors.md').split(/^### (?=`\w+`$)/m);
  const headings = sections.map((section) => /\w+/.exec(section)?.[0] ?? '');
  const source = read('src/errors.ts');

  it('lists exactly the codes', () => {
    const [, errorCodes = ''] = /type CdrErrorCode =([^;]+);/.exec(source) ?? [];
    const [, issueCodes = ''] = /type CdrIssueCode =([^;]+);/.exec(source) ?? [];
    const codes = [...`${errorCodes}${issueCodes}`.matchAll(/'(\w+)'/g)];
    expect([...headings].sort()).toEqual([...new Set(codes.map(([, code]) => code))].sort());
  });

  it.each(headings)('has an example that gives %s', (code) => {
    const section = sections.find((one) => one.startsWith(`\`${code}\``));
    expect(section).toMatch(new RegExp(`console\\.log\\(.* // .*\\b${code}\\b`)); // run as an example
  });

  it('lists every code that a body in fixtures/ gives', () => {
    const codes = readdirSync(`${root}fixtures`, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.expected.json'))
      .flatMap((file) => [...read(`fixtures/${file}`).matchAll(/"code": "([a-z_]+)"/g)])
      .map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(50);
    expect(headings).toEqual(expect.arrayContaining(codes));
  });
});

describe('docs/migration.md', () => {
  const rows = rowsUnder('From keys to fields', read('docs/migration.md')).flatMap(
    ([keys = [], fields = []]) => keys.map((key) => ({ key, fields })),
  );

  it('has a row for every key', () => {
    expect(rows.map(({ key }) => key).sort()).toEqual(Object.keys(WIRE_KEYS).sort());
  });

  it.each(rows)('is right that $key becomes $fields', ({ key, fields }) => {
    expect(fieldsReadFrom(key)).toEqual(expect.arrayContaining(fields));
  });
});
