import { describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { CONTENT_TYPES, ENCODERS, minimal, type Wire } from './records.js';

/** The value and the issues of records that are usable despite an error. */
const usable: [what: string, sent: Wire, field: string, value: unknown, issues: object[]][] = [
  [
    'text where a duration belongs',
    { duration: 'long' },
    'durationSeconds',
    0,
    [{ path: ['duration'], code: 'invalid_field', received: 'long' }],
  ],
  [
    'no duration',
    { duration: null },
    'durationSeconds',
    0,
    [{ path: ['duration'], code: 'missing_field' }],
  ],
  [
    'a negative duration',
    { duration: -5 },
    'durationSeconds',
    0,
    [{ path: ['duration'], code: 'invalid_field', received: '-5' }],
  ],
  [
    'an absurd duration',
    { duration: 1e7 },
    'durationSeconds',
    0,
    [{ path: ['duration'], code: 'invalid_field' }],
  ],
  ['a duration of -0', { duration: -0 }, 'durationSeconds', 0, []],
  [
    'a duration in hexadecimal',
    { duration: '0x10' },
    'durationSeconds',
    0,
    [{ path: ['duration'], code: 'invalid_field' }],
  ],
  [
    'a duration in another script’s digits',
    { duration: '٧' },
    'durationSeconds',
    0,
    [{ path: ['duration'], code: 'invalid_field' }],
  ],
  ['a duration with an exponent', { duration: '1e3' }, 'durationSeconds', 1000, []],
  ['a duration with white space', { duration: ' 7 ' }, 'durationSeconds', 7, []],
  [
    'a duration of NaN',
    { duration: 'NaN' },
    'durationSeconds',
    0,
    [{ path: ['duration'], code: 'invalid_field' }],
  ],
  [
    'a boolean where a number belongs',
    { dialtime: true },
    'ringSeconds',
    null,
    [{ path: ['dialtime'], code: 'invalid_field', received: 'true' }],
  ],
  [
    'text where the price belongs',
    { price: 'free' },
    'priceAgorot',
    null,
    [{ path: ['price'], code: 'invalid_field' }],
  ],
  ['a price of 0.0', { price: '0.0' }, 'priceAgorot', 0, []],
  [
    'an object where text belongs',
    { caller: {} },
    'caller',
    null,
    [{ path: ['caller'], code: 'invalid_field', received: 'an object' }],
  ],
  [
    'a list where text belongs',
    { did: [1, 2] },
    'did',
    '2',
    [{ path: ['did'], code: 'duplicate_field' }],
  ],
  [
    'a recording that is not a web address',
    { record: 'javascript:alert(1)' },
    'recordingUrl',
    null,
    [{ path: ['record'], code: 'invalid_field' }],
  ],
  [
    'a recording with a line break in it',
    { record: 'https://a.example/\r\nx' },
    'recordingUrl',
    null,
    [{ path: ['record'], code: 'invalid_field' }],
  ],
  [
    'a recording without a host',
    { record: 'https://' },
    'recordingUrl',
    null,
    [{ path: ['record'], code: 'invalid_field' }],
  ],
  [
    'an unknown type',
    { type: 'Hologram' },
    'type',
    'unknown',
    [{ path: ['type'], code: 'unknown_type', received: 'Hologram' }],
  ],
  [
    'an unknown status',
    { status: 'PONDERING' },
    'status',
    'unknown',
    [{ path: ['status'], code: 'unknown_status', received: 'PONDERING' }],
  ],
  [
    'an unknown direction',
    { direction: 'sideways' },
    'direction',
    'incoming',
    [{ path: ['direction'], code: 'invalid_field' }],
  ],
  [
    'a direction against the type',
    { direction: 'outgoing' },
    'direction',
    'outgoing',
    [{ path: ['direction'], code: 'contradiction' }],
  ],
  [
    'an isAnswer against the status',
    { isAnswer: 0 },
    'answered',
    true,
    [{ path: ['isAnswer'], code: 'contradiction', received: '0' }],
  ],
  [
    'an invalid isAnswer',
    { isAnswer: 'maybe' },
    'answered',
    true,
    [{ path: ['isAnswer'], code: 'invalid_field' }],
  ],
  [
    'a key in two spellings',
    { Caller: '0501234567', CALLER: '0501234568' },
    'caller',
    '0501234568',
    [{ path: ['CALLER'], code: 'duplicate_field' }],
  ],
  [
    "a key in the vendor's spelling, and again in lower case",
    { DepartmentID: '1', departmentid: '2' },
    'department',
    { id: '2', name: null },
    [{ path: ['departmentid'], code: 'duplicate_field' }],
  ],
  [
    'an IVR that is not a list',
    { IVR: 'none' },
    'ivr',
    [],
    [{ path: ['IVR'], code: 'invalid_field', received: 'none' }],
  ],
  [
    'an IVR that is broken JSON text',
    { IVR: '[{"layer_id":1' },
    'ivr',
    [],
    [{ path: ['IVR'], code: 'invalid_field' }],
  ],
  ['an IVR of {}', { IVR: {} }, 'ivr', [], []],
  [
    'a layer that is not an object',
    { IVR: [7] },
    'ivr',
    [],
    [{ path: ['IVR', 0], code: 'invalid_field', received: '7' }],
  ],
  [
    'an invalid layer number',
    { IVR: [{ layer_number: 'x' }] },
    'ivr',
    [{ layerId: null, layerName: null, layerNumber: null, digits: null, order: null }],
    [{ path: ['IVR', 0, 'layer_number'], code: 'invalid_field' }],
  ],
  [
    'custom data that is not an object',
    { CustomData: 'vip' },
    'customData',
    {},
    [{ path: ['CustomData'], code: 'invalid_field' }],
  ],
  ['custom data that is a list', { CustomData: ['a', 'b'] }, 'customData', { 0: 'a', 1: 'b' }, []],
  ['custom data of indexes', { CustomData: { 5: 'a' } }, 'customData', { 5: 'a' }, []],
  [
    'an AI analysis that is broken JSON text',
    { aiData: '{"insights":' },
    'ai',
    null,
    [{ path: ['aiData'], code: 'invalid_field' }],
  ],
  ['an unknown key', { hologramId: 7 }, 'issues', [], []],
];

describe('the record is usable, with an issue if something is wrong', () => {
  it.each(usable)('with %s', (_, sent, field, value, issues) => {
    const cdr = parseCdr(minimal(sent));
    expect(cdr[field as 'issues']).toEqual(value);
    expect(cdr.issues).toMatchObject(issues);
    expect(cdr.issues).toHaveLength(issues.length);
    expect(cdr.raw).toEqual(minimal(sent));
  });

  it.each([
    { layer_name: 'Main', 7: 1 },
    { layer_name: 'Main', x1: {} },
    { layer_name: 'Main', '1x': {} },
  ])('with a menu outside a list, whatever keys it has: %j', (IVR) => {
    const { ivr } = parseCdr(minimal({ IVR }));
    expect(ivr.map(({ layerName }) => layerName)).toEqual(['Main']);
  });

  it('with a structure whose keys only look like indexes', () => {
    for (const IVR of [{ x1: { layer_name: 'A' } }, { '1x': { layer_name: 'A' } }]) {
      const { ivr } = parseCdr(minimal({ IVR }));
      expect(ivr.map(({ layerName }) => layerName)).toEqual([null]);
    }
  });

  it('with a number that JavaScript cannot represent', () => {
    const cdr = parseCdr(
      '{"ivruniqueid":12345678901234567890,"queueid":-98765432109876543210,"type":"Queue","status":"\\\\\\"ANSWER","time":1595960350,"duration":1e999,"price":123456789012345678901234567890,"note":"\\\\\\",123456789012345678901,"}',
    );
    expect(cdr.callId).toBe('12345678901234567890');
    expect(cdr.queue?.id).toBe('-98765432109876543210');
    expect(cdr.durationSeconds).toBe(0);
    expect(cdr.priceAgorot).toBeNull();
    expect(cdr.raw['note']).toBe('\\",123456789012345678901,');
    expect(cdr.issues.map(({ path, code }) => [...path, code])).toEqual([
      ['duration', 'invalid_field'],
      ['price', 'invalid_field'],
      ['status', 'unknown_status'],
    ]);
  });

  it('with thousands of numbers that JavaScript cannot represent among others', () => {
    const numbers = Array.from(
      { length: 2000 },
      (_, index) => `${9_007_199_254_740_993n + BigInt(index)}`,
    );
    const items = numbers.map((number) => `${number},"${number}\\"",-1.5e-3,${number}`);
    const body = JSON.stringify(minimal({ list: 'LIST' })).replace('"LIST"', `[[${items}]]`);
    expect(parseCdr(body).raw['list']).toEqual([
      numbers.flatMap((number) => [number, `${number}"`, -0.0015, number]),
    ]);
  });

  it('with a number that JavaScript can represent beside one that it cannot', () => {
    const body = JSON.stringify(minimal({ note: 'NOTE', safe: 9007199254740991 }));
    const { raw } = parseCdr(body.replace('"NOTE"', '-9007199254740993'));
    expect(raw).toMatchObject({ note: '-9007199254740993', safe: 9007199254740991 });
  });

  it.each([
    ['CustomData[0]=a&CustomData[1]=b', { 0: 'a', 1: 'b' }],
    ['CustomData[]=a&CustomData[]=b', { 0: 'a', 1: 'b' }],
    ['CustomData[5]=a', { 5: 'a' }],
    ['CustomData=%5B%22a%22%5D', { 0: 'a' }],
    ['CustomData=%7B%225%22:%22a%22%7D', { 5: 'a' }],
  ])('with indexes in the customData of a form: %s', (sent, customData) => {
    const cdr = parseCdr(`${ENCODERS.form(minimal())}&${sent}`);
    expect(cdr.customData).toEqual(customData);
    expect(cdr.issues).toEqual([]);
  });

  it.each<[format: string, body: string, contentType: string]>([
    ['a form field', `${ENCODERS.form(minimal())}&caller=1&caller=2`, CONTENT_TYPES.form],
    [
      'a bracketed form field',
      `${ENCODERS.form(minimal())}&caller=1&caller=2&IVR[0][layer_id]=1&IVR[0][layer_id]=2`,
      CONTENT_TYPES.form,
    ],
    [
      'an XML-RPC member',
      ENCODERS['xml-rpc'](minimal()).replace(
        '<struct>',
        '<struct><member><name>caller</name><value>1</value></member><member><name>caller</name><value>2</value></member>',
      ),
      CONTENT_TYPES['xml-rpc'],
    ],
  ])('with %s sent twice: the last one counts', (_, body, contentType) => {
    const cdr = parseCdr(body, contentType);
    expect(cdr.caller).toBe('2');
    expect(cdr.issues[0]).toMatchObject({ path: ['caller'], code: 'duplicate_field' });
  });

  it('with contradictory brackets in a form', () => {
    const cdr = parseCdr(
      `${ENCODERS.form(minimal())}&IVR=x&IVR[0][layer_id]=1&a[b=1&[c]=2&d]=3&IVR[0][layer_id]=2`,
    );
    expect(cdr.ivr).toMatchObject([{ layerId: '1' }, { layerId: '2' }]);
    expect(cdr.raw).toMatchObject({ 'a[b': '1', '[c]': '2', 'd]': '3' });
    expect(cdr.issues).toMatchObject([{ code: 'invalid_field', received: 'x' }]);
  });

  it('with [] for the next item in a form', () => {
    const cdr = parseCdr(`${ENCODERS.form(minimal())}&x[]=1&x[]=2`, CONTENT_TYPES.form);
    expect(cdr.raw['x']).toEqual(['1', '2']);
  });

  it('with [] for the next structure in a form', () => {
    const layers = 'IVR[][layer_id]=1&IVR[][Dtmf]=7&IVR[][layer_id]=2&IVR[][Dtmf]=8';
    const cdr = parseCdr(`${ENCODERS.form(minimal())}&${layers}`, CONTENT_TYPES.form);
    expect(cdr.ivr).toMatchObject([
      { layerId: '1', digits: '7' },
      { layerId: '2', digits: '8' },
    ]);
  });

  it('with a megabyte of + in a field of a form', () => {
    const cdr = parseCdr(`${ENCODERS.form(minimal())}&note=a${'+'.repeat(1_000_000)}b`);
    expect(cdr.raw['note']).toBe(`a${' '.repeat(1_000_000)}b`);
  });

  it('with stray percent signs in a form, which stay', () => {
    const cdr = parseCdr(`${ENCODERS.form(minimal())}&caller=%&did=%zz%41&target=100%25`);
    expect([cdr.caller, cdr.did, cdr.target]).toEqual(['%', '%zzA', '100%']);
  });

  it('with bytes in a form that are invalid in its charset', () => {
    const cdr = parseCdr(`${ENCODERS.form(minimal())}&caller=%ff%c0%af`);
    expect(cdr.caller).toBe('\uFFFDְ¯');
    expect(cdr.issues.map(({ code }) => code)).toEqual(['guessed_charset', 'invalid_bytes']);
  });
});
