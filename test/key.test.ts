import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CALL_TYPES,
  type Cdr,
  cdrKey,
  groupCalls,
  linkTransfers,
  mergeCdr,
  pairLegs,
  parseCdr,
} from 'voicenter-cdr';
import { encodeCdr } from 'voicenter-cdr/testing';
import { reproducible } from './properties.js';
import { minimal, type Wire } from './records.js';

reproducible(20200728, 300);

const cdr = (sent: Wire): Cdr => parseCdr(minimal(sent));

describe('a stored record that only JSON.parse has read', () => {
  const stored: Cdr = JSON.parse(JSON.stringify(parseCdr(minimal())));

  it.each<[name: string, use: () => unknown]>([
    ['cdrKey', () => cdrKey(stored)],
    ['mergeCdr', () => mergeCdr(stored, parseCdr(minimal()))],
    ['groupCalls', () => groupCalls([stored])],
    ['pairLegs', () => pairLegs([stored])],
    ['linkTransfers', () => linkTransfers([stored])],
  ])('is refused by %s, with a hint', (_, use) => {
    expect(use).toThrow(TypeError);
    expect(use).toThrow(/startedAt: read stored records with cdrSchema/);
  });
});

describe('the key of a record', () => {
  const record = minimal({ type: 'Click2Call leg2', OriginalIvrUniqueID: '20200728A' });
  const key = '202007281819100b1.click2callleg2.1595949550';

  it('is the same for a copy in another format', () => {
    for (const format of ['json', 'form', 'xml-rpc'] as const) {
      const { body, contentType } = encodeCdr(record, format);
      expect(cdrKey(parseCdr(body, contentType))).toBe(key);
    }
  });

  it.each<[what: string, copy: Wire]>([
    [
      'other key case',
      Object.fromEntries(Object.entries(record).map(([k, v]) => [k.toUpperCase(), v])),
    ],
    ['the AI analysis', { ...record, aiData: { insights: { summary: 'x' } } }],
    ['a recording', { ...record, record: 'https://a.example/b.mp3' }],
    ['numbers as text', { ...record, time: String(record['time']), duration: '11' }],
    ['another spelling of the type', { ...record, type: 'Click2Callleg2' }],
    ['the start as a date and time', { ...record, time: '20200728T18:19:10' }],
    ['the start with a fraction of its second', { ...record, time: '1595960350.5' }],
    ['another status', { ...record, status: 'BUSY' }],
    ['no original call, which only JSON carries', { ...record, OriginalIvrUniqueID: null }],
    ['another original call', { ...record, OriginalIvrUniqueID: '20200728B' }],
  ])('is the same for a copy with %s', (_, copy) => {
    expect(cdrKey(parseCdr(copy))).toBe(key);
  });

  it.each<[what: string, other: Wire]>([
    ['the other leg', { type: 'Click2Call leg1' }],
    ['another call', { ivruniqueid: 'other' }],
    ['another transfer of the call, under the same id', { time: 1595960399 }],
    ['a type that the vendor has added', { type: 'Click3Call leg2' }],
  ])('differs for %s', (_, other) => {
    expect(cdrKey(cdr({ ...record, ...other }))).not.toBe(key);
  });

  it('is printable ASCII without quotes', () => {
    expect(cdrKey(cdr({ type: 'Queue' }))).toBe('202007281819100b1.queue.1595949550');
    expect(cdrKey(cdr({ ivruniqueid: 'a.1', type: 'New-א' }))).toBe('a%002e1.new%05d0.1595949550');
    const { callId, typeName } = { callId: 'א ."%_-', typeName: 'ה חדש' };
    expect(cdrKey(cdr({ ivruniqueid: callId, type: typeName }))).toMatch(/^[\w.%-]+$/);
  });

  it('has at most 255 characters if the id has at most 128 letters and digits', () => {
    const callId = 'a'.repeat(128);
    for (const typeName of [...Object.keys(CALL_TYPES), 'x'.repeat(5000), 'א'.repeat(5000)]) {
      for (const start of [-8.64e15, 1_595_960_350_000, 8.64e15]) {
        const record = cdr({ type: typeName });
        const long = cdrKey({ ...record, callId, startedAt: new Date(start) });
        expect(long).toMatch(/^a{128}\.[\w%]+\.-?\d+$/);
        expect(long.length).toBeLessThanOrEqual(255);
      }
    }
  });

  it('contains the whole id and the first 100 characters of an unknown type', () => {
    const id = 'a'.repeat(127);
    expect(cdrKey(cdr({ ivruniqueid: `${id}b`, type: 'x'.repeat(101) }))).toBe(
      `${id}b.${'x'.repeat(100)}.1595949550`,
    );
  });

  it('differs for different ids, even if they contain the separator', () => {
    const id = fc.string({
      unit: fc.constantFrom('a', '.', '%', '0', '\ud800'),
      minLength: 1,
      maxLength: 4,
    });
    const record = cdr({});
    fc.assert(
      fc.property(id, id, (one, two) => {
        fc.pre(one !== two);
        expect(cdrKey({ ...record, callId: one })).not.toBe(cdrKey({ ...record, callId: two }));
      }),
    );
  });
});
