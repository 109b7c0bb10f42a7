import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildAck, CALL_STATUSES, CALL_TYPES, detectFormat, parseCdr } from 'voicenter-cdr';
import { callTypeOf } from '../src/model/call-types.js';
import { canonicalKey } from '../src/model/names.js';
import { WIRE_KEYS } from '../src/model/wire.js';
import { fieldsReadFrom } from './wire.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8');

/** The rows of the table under a heading: of each cell the words in code, else the text. */
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

/** JSON as it is sent: in a document it is spread over lines. */
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

  it('has the two examples of the vendor', () => {
    for (const name of ['queue', 'extension-outgoing']) {
      expect(requests).toContain(compact(read(`fixtures/vendor/${name}-json.json`)));
    }
  });

  it('has the answer in all three formats', () => {
    expect(answers).toEqual(answers.map((body) => buildAck(0, detectFormat(body)).body));
    expect(new Set(answers.map((body) => detectFormat(body))).size).toBe(3);
  });

  it('has every key, and no other', () => {
    const keys = rowsUnder('The keys', text).flatMap(([cell = []]) => cell);
    expect(new Set(keys.map(canonicalKey))).toEqual(
      new Set(Object.keys(WIRE_KEYS).map(canonicalKey)),
    );
  });

  it('has every type with its number, its leg and its spellings', () => {
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

  it('has every status with its outcome', () => {
    const rows = rowsUnder('Statuses', text).map(([status, , outcome]) => [status, outcome].flat());
    expect(rows).toEqual(
      Object.entries(CALL_STATUSES).map(([status, { outcome }]) => [status, outcome]),
    );
  });
});

describe('docs/errors.md', () => {
  const [, ...sections] = read('docs/errors.md').split(/^### (?=`\w+`$)/m);
  const headings = sections.map((section) => /\w+/.exec(section)?.[0] ?? '');
  const source = read('src/errors.ts');

  it('has every code, and no other', () => {
    const [, errorCodes = ''] = /type CdrErrorCode =([^;]+);/.exec(source) ?? [];
    const [, issueCodes = ''] = /on a usable record([^.]+)\./.exec(source) ?? [];
    const codes = [...`${errorCodes}${issueCodes}`.matchAll(/['`](\w+)['`]/g)];
    expect([...headings].sort()).toEqual([...new Set(codes.map(([, code]) => code))].sort());
  });

  it.each(headings)('shows what gives %s', (code) => {
    const section = sections.find((one) => one.startsWith(`\`${code}\``));
    expect(section).toMatch(new RegExp(`console\\.log\\(.* // .*\\b${code}\\b`)); // run as an example
  });

  it('has every code that comes of a body in fixtures/', () => {
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

  it.each(rows)('says rightly that $key becomes $fields', ({ key, fields }) => {
    expect(fieldsReadFrom(key)).toEqual(expect.arrayContaining(fields));
  });
});
