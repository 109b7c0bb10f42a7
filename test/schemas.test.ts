import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { CALL_STATUSES, CALL_TYPES, OUTCOMES, parseCdr } from 'voicenter-cdr';
import { cdrSchema } from 'voicenter-cdr/schema';
import { FILES } from '../schema/files.js';
import { WIRE_KEYS } from '../src/model/wire.js';
import { CONTENT_TYPES, fieldsReadFrom, minimal } from './records.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8');

const ajv = addFormats.default(new Ajv2020({ strict: true, allowUnionTypes: true }));
const isCdr = ajv.compile(JSON.parse(FILES['cdr.json']));
const isWireRecord = ajv.compile(JSON.parse(FILES['wire-record.json']));

const fixtures = readdirSync(`${root}fixtures`, { recursive: true, encoding: 'utf8' }).sort();

/** The Cdr in an expectation file, if the body is not to be refused; see fixtures/README.md. */
function expectedCdr(file: string): { issues: { code: string }[] } | undefined {
  return JSON.parse(read(`fixtures/${file}`)).cdr;
}

describe('the schemas in schema/', () => {
  const { resolve } = createRequire(import.meta.url);

  it.each(Object.entries(FILES))('%s is exported as `npm run schemas` writes it', (file, text) => {
    expect(readFileSync(resolve(`voicenter-cdr/schema/${file}`), 'utf8')).toBe(text);
  });
});

describe('the schema of a Cdr', () => {
  const expectations = fixtures
    .filter((file) => file.endsWith('.expected.json'))
    .flatMap((file) => {
      const cdr = expectedCdr(file);
      return cdr ? [[file, cdr] as const] : [];
    });

  it.each(expectations)('accepts the value of %s', (_, cdr) => {
    // Expectation files leave messages out, see fixtures/README.md.
    const issues = cdr.issues.map((issue) => ({ ...issue, message: '' }));
    isCdr({ ...cdr, issues, raw: {} });
    expect(isCdr.errors).toBe(null);
  });

  const cdr: Record<string, unknown> = JSON.parse(JSON.stringify(parseCdr(minimal())));

  it.each(Object.keys(cdr))('refuses a record without %s', (field) => {
    const { [field]: _, ...rest } = cdr;
    expect([isCdr(cdr), isCdr(rest)]).toEqual([true, false]);
  });

  it.each<[what: string, changes: object]>([
    ['an outcome that does not follow from its status', { outcome: 'busy' }],
    ['a leg that does not follow from its type', { leg: 1 }],
    ['an unknown type', { type: 'Incoming' }],
    ['an invalid start', { startedAt: 'yesterday' }],
    ['a start in epoch seconds', { startedAt: 1595960350 }],
    ['an id that is a number', { callId: 1 }],
    ['a recording that is not a web address', { recordingUrl: 'javascript:alert(1)' }],
  ])('refuses %s', (_, changes) => {
    expect(isCdr({ ...cdr, ...changes })).toBe(false);
  });

  const legStatus = { leg1: null, leg2: null };
  const changes: object[] = [
    {},
    ...Object.keys(OUTCOMES).map((outcome) => ({ outcome })),
    ...[true, false, null].map((answered) => ({ answered })),
    ...[1, 2, null].map((leg) => ({ leg })),
    ...['click-to-call', 'agent-dialer', 'smart-dialer', 'attended-transfer', null].map(
      (legFamily) => ({ legFamily }),
    ),
    { legStatus: null },
    { legStatus },
    { legStatus: { ...legStatus, leg1: 'BUSY' } },
    { legStatus: { ...legStatus, leg2: 'BUSY' } },
    { direction: null },
    { queue: null },
    { queue: { id: null, name: null, waitSeconds: null } },
  ];
  const parsed = (type: string, status: string): object =>
    JSON.parse(JSON.stringify(parseCdr(minimal({ type, status }))));

  it.each([
    ...[...Object.keys(CALL_TYPES), 'new type'].map((type) => [type, 'BUSY']),
    ...[...Object.keys(CALL_STATUSES), 'NEW'].map((status) => ['Queue', status]),
  ])('agrees with cdrSchema for %s, %s', (type = '', status = '') => {
    const records = changes.map((change) => ({ ...parsed(type, status), ...change }));
    const verdicts = records.map((record) => isCdr(record));
    expect(verdicts).toEqual(records.map((record) => cdrSchema.safeParse(record).success));
    expect(new Set(verdicts)).toEqual(new Set([true, false]));
  });
});

describe('the schema of a wire record', () => {
  const recordIn = (file: string) => [JSON.parse(read(`fixtures/${file}`))].flat()[0];
  const clean = fixtures.filter((file) => {
    if (!/^(?!foreign|mistakes|senders|stored).*(?<!expected)\.json$/.test(file)) return false;
    // Bytes that start with a BOM, and keys in spellings that the schema does not list.
    if (/bom-|key-variants/.test(file)) return false;
    const cdr = expectedCdr(file.replace('.json', '.expected.json'));
    return cdr && !cdr.issues.some(({ code }) => code === 'invalid_field');
  });

  it('is tested on real bodies', () => expect(clean.length).toBeGreaterThan(40));

  it.each(clean)('accepts fixtures/%s', (file) => {
    isWireRecord(recordIn(file));
    expect(isWireRecord.errors).toBe(null);
  });

  it('treats a key in another spelling as an unknown one', () => {
    const record = recordIn('newer-keys/key-variants.json');
    expect(isWireRecord(record)).toBe(false);
    expect(isWireRecord(minimal(record))).toBe(true);
  });

  const { properties } = JSON.parse(FILES['wire-record.json']);

  it('knows every key', () => {
    expect(Object.keys(properties)).toEqual(Object.keys(WIRE_KEYS));
  });

  it.each(Object.keys(WIRE_KEYS))('describes what %s is read as', (key) => {
    const [, field] = /^Read into `([\w.]+)`: /.exec(properties[key].description) ?? [];
    expect(fieldsReadFrom(key)).toContain(field);
  });

  it.each<[what: string, record: object]>([
    ['a record without an id', { ...minimal(), ivruniqueid: undefined }],
    ['an empty id', minimal({ ivruniqueid: '' })],
    ['a type that is null', minimal({ type: null })],
    ['a status that is a list', minimal({ status: ['ANSWER'] })],
    ['a duration in words', minimal({ duration: 'long' })],
    ['a negative duration', minimal({ duration: -1 })],
    ['an order of layers in words', minimal({ IVR: [{ dtmf_order: 'first' }] })],
    ['an invalid boolean', minimal({ isAnswer: 'perhaps' })],
  ])('refuses %s', (_, record) => {
    expect(isWireRecord(JSON.parse(JSON.stringify(record)))).toBe(false);
  });
});

describe('the OpenAPI document', () => {
  async function problemsOf(source: string): Promise<string[]> {
    const config = await createConfig({
      extends: ['recommended'],
      rules: {
        // The URL is the customer's own, and the request is Voicenter's.
        'no-empty-servers': 'off',
        // Voicenter expects 200 whatever the outcome.
        'operation-4xx-response': 'off',
      },
    });
    const problems = await lintFromString({ source, config });
    return problems.map(({ ruleId }) => ruleId);
  }

  it('passes the recommended lint rules, except for two', async () => {
    expect(await problemsOf(FILES['openapi.json'])).toEqual([]);
  });

  it.each<[what: string, written: string, instead: string, rule: string]>([
    ['an invalid err', '"err": 2', '"err": 3', 'no-invalid-media-type-examples'],
    [
      'a number in a form',
      '"queueid": "123',
      '"queueid": 123, "x": "',
      'no-invalid-media-type-examples',
    ],
    ['a schema that is missing', 'schemas/Ack"', 'schemas/Nack"', 'no-unresolved-refs'],
    ['a misspelled part', '"requestBody"', '"requestbody"', 'struct'],
  ])('fails the lint rules with %s', async (_, written, instead, rule) => {
    const broken = FILES['openapi.json'].replace(written, instead);
    expect(await problemsOf(broken)).toContain(rule);
  });

  it('has requests and answers in all three media types', () => {
    const { requestBody, responses } = JSON.parse(FILES['openapi.json']).webhooks.cdr.post;
    const mediaTypes = Object.values(CONTENT_TYPES).sort();
    expect(Object.keys(requestBody.content).sort()).toEqual(mediaTypes);
    expect(Object.keys(responses[200].content).sort()).toEqual(mediaTypes);
  });
});
