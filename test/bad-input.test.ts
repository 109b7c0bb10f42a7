import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type CdrBody, CdrParseError, parseCdr, safeParseCdr } from 'voicenter-cdr';
import { CONTENT_TYPES, ENCODERS, minimal, QUEUE, type Wire } from './wire.js';

function errorOf(body: unknown, contentType?: string | null): CdrParseError {
  const result = safeParseCdr(body as CdrBody, contentType);
  if (result.success) throw new Error('expected a refusal');
  return result.error;
}

const xml = ENCODERS['xml-rpc'](QUEUE);
const record = JSON.stringify(QUEUE);

describe('refused', () => {
  it.each<
    [what: string, body: unknown, contentType: string | null, code: string, format: string | null]
  >([
    ['an empty body', '', 'application/json', 'malformed', 'json'],
    ['an empty body', '', 'text/xml', 'malformed', 'xml-rpc'],
    ['an empty body', new Uint8Array(), null, 'malformed', null],
    ['white space', ' \r\n', CONTENT_TYPES.form, 'malformed', 'form'],
    ['JSON that is cut off', record.slice(0, -1), null, 'malformed', 'json'],
    ['what is not JSON', '{caller: 1}', CONTENT_TYPES.json, 'malformed', 'json'],
    ['what is not JSON', 'hello', CONTENT_TYPES.json, 'malformed', 'json'],
    ['what is no format', 'hello', null, 'unsupported_format', null],
    ['what is no format', new Uint8Array([0, 1, 2]), 'image/png', 'unsupported_format', null],
    ['XML that is no XML-RPC call', '<html><body/></html>', null, 'malformed', 'xml-rpc'],
    [
      'an XML-RPC answer',
      xml.replaceAll('methodCall', 'methodResponse'),
      null,
      'malformed',
      'xml-rpc',
    ],
    ['XML-RPC that is cut off', xml.slice(0, -1), null, 'malformed', 'xml-rpc'],
    ['XML-RPC that is cut off', xml.slice(0, xml.length / 2), null, 'malformed', 'xml-rpc'],
    [
      'XML-RPC with mismatched tags',
      xml.replace('</struct>', '</array>'),
      null,
      'malformed',
      'xml-rpc',
    ],
    [
      'XML-RPC with a tag too many',
      xml.replace('</value>', '</value></value>'),
      null,
      'malformed',
      'xml-rpc',
    ],
    ['XML-RPC with two roots', `${xml}<methodCall/>`, null, 'malformed', 'xml-rpc'],
    ['XML-RPC with text after its root', `${xml}junk`, null, 'malformed', 'xml-rpc'],
    ['XML-RPC with CDATA after its root', `${xml}<![CDATA[junk]]>`, null, 'malformed', 'xml-rpc'],
    [
      'XML-RPC with a DOCTYPE',
      xml.replace('?>', '?><!DOCTYPE methodCall>'),
      null,
      'malformed',
      'xml-rpc',
    ],
    [
      'XML-RPC with an open comment',
      xml.replace('<struct>', '<!-- <struct>'),
      null,
      'malformed',
      'xml-rpc',
    ],
    [
      'XML-RPC with open CDATA',
      xml.replace('<struct>', '<![CDATA[<struct>'),
      null,
      'malformed',
      'xml-rpc',
    ],
    [
      'XML-RPC with an open attribute',
      xml.replace('<struct>', '<struct a="b>'),
      null,
      'malformed',
      'xml-rpc',
    ],
    [
      'XML-RPC with a tag without a name',
      xml.replace('<struct>', '<>'),
      null,
      'malformed',
      'xml-rpc',
    ],
    [
      'XML-RPC with an element named constructor',
      xml.replaceAll('struct>', 'constructor>'),
      null,
      'malformed',
      'xml-rpc',
    ],
    [
      'XML-RPC without a param',
      '<methodCall><params/></methodCall>',
      null,
      'not_one_record',
      'xml-rpc',
    ],
    ['XML-RPC without params', '<methodCall/>', null, 'not_one_record', 'xml-rpc'],
    [
      'XML-RPC with two params',
      xml.replace('</param>', '</param><param><value>2</value></param>'),
      null,
      'not_one_record',
      'xml-rpc',
    ],
    [
      'XML-RPC with an empty param',
      '<methodCall><params><param/></params></methodCall>',
      null,
      'malformed',
      'xml-rpc',
    ],
    [
      'an XML-RPC param that is no struct',
      '<methodCall><params><param><value>7</value></param></params></methodCall>',
      null,
      'not_one_record',
      'xml-rpc',
    ],
    ['a list without a record', '[]', null, 'not_one_record', 'json'],
    ['a list with two records', `[${record},${record}]`, null, 'not_one_record', 'json'],
    ['a list in a list', `[[${record}]]`, null, 'not_one_record', 'json'],
    ['a JSON text', '"text"', CONTENT_TYPES.json, 'not_one_record', 'json'],
    ['a JSON null', 'null', CONTENT_TYPES.json, 'not_one_record', 'json'],
    ['an empty object', '{}', null, 'missing_field', 'json'],
    ['a form with nothing in it', '&&=&', CONTENT_TYPES.form, 'missing_field', 'form'],
    ['null', null, null, 'unsupported_format', null],
    ['nothing', undefined, 'application/json', 'unsupported_format', 'json'],
    ['a number', 42, 'text/xml', 'unsupported_format', 'xml-rpc'],
    ['a function', () => QUEUE, null, 'unsupported_format', null],
    ['a Node stream', Readable.from([record]), 'application/json', 'unsupported_format', 'json'],
    ['a web stream', new Blob([record]).stream(), null, 'unsupported_format', null],
    [
      'a Request',
      new Request('http://localhost', { method: 'POST', body: record }),
      null,
      'unsupported_format',
      null,
    ],
    ['an array of a parser without a record', [], null, 'not_one_record', 'json'],
  ])('is %s', (_, body, contentType, code, format) => {
    const error = errorOf(body, contentType);
    expect({ code: error.code, format: error.format }).toEqual({ code, format });
    expect(error).toBeInstanceOf(CdrParseError);
    expect(error.name).toBe('CdrParseError');
    expect(error.issues).not.toEqual([]);
    expect(error.message).toMatch(/^[\x20-\x7e…]{10,300}$/);
    expect(() => parseCdr(body as CdrBody, contentType)).toThrow(CdrParseError);
  });

  it.each(['ivruniqueid', 'type', 'status', 'time'])('is a record without %s', (key) => {
    for (const nothing of [undefined, null, '', ' ']) {
      const error = errorOf(minimal({ [key]: nothing }));
      expect(error.code).toBe('missing_field');
      expect(error.issues).toMatchObject([{ path: [key], code: 'missing_field' }]);
      expect(error.message).toBe(`${key}: required, but not sent`);
    }
  });

  it.each(['ivruniqueid', 'type', 'status'])('is a record whose %s is no text', (key) => {
    for (const value of [{}, [], { toString: 'x' }]) {
      const error = errorOf(minimal({ [key]: value }));
      expect(error.code).toBe('invalid_field');
      expect(error.issues).toMatchObject([{ path: [key], code: 'invalid_field' }]);
    }
  });

  it('is of what is missing, when something is missing and something else is none', () => {
    const error = errorOf(minimal({ ivruniqueid: null, time: 'noon' }));
    expect(error.code).toBe('missing_field');
    expect(error.message).toBe(
      'ivruniqueid: required, but not sent; time: expected epoch seconds, received "noon"',
    );
  });

  it('names everything that is missing at once', () => {
    const { issues } = errorOf('{"IvrUniqueId":"","Type":null}');
    expect(issues.map(({ path }) => path)).toEqual([
      ['IvrUniqueId'],
      ['Type'],
      ['status'],
      ['time'],
    ]);
  });

  it('is, when asked to be strict, a record with any issue', () => {
    const result = safeParseCdr(minimal({ duration: 'long' }), null, { strict: true });
    expect(result).toMatchObject({
      success: false,
      error: { code: 'invalid_field', format: 'json', issues: [{ path: ['duration'] }] },
    });
    expect(safeParseCdr(minimal(), null, { strict: true }).success).toBe(true);
  });
});

describe('over a limit', () => {
  it.each<[limit: string, body: unknown, limits: object]>([
    ['maxBytes', record, { maxBytes: 100 }],
    ['maxBytes', new TextEncoder().encode(record), { maxBytes: 100 }],
    ['maxDepth', `${'['.repeat(100)}${']'.repeat(100)}`, {}],
    ['maxDepth', record, { maxDepth: 2 }],
    ['maxDepth', QUEUE, { maxDepth: 2 }],
    ['maxDepth', xml, { maxDepth: 0 }],
    ['maxDepth', 'a[b][c][d]=1', { maxDepth: 3 }],
    ['maxNodes', record, { maxNodes: 30 }],
    ['maxNodes', `[${'{},'.repeat(30)}{}]`, { maxNodes: 30 }],
    ['maxNodes', QUEUE, { maxNodes: 30 }],
    ['maxNodes', xml, { maxNodes: 30 }],
    ['maxNodes', '<a>&lt;&lt;&lt;</a>', { maxNodes: 3 }],
    ['maxNodes', ENCODERS.form(QUEUE), { maxNodes: 20 }],
  ])('%s, the error says which: %#', (limit, body, limits) => {
    const result = safeParseCdr(body as CdrBody, null, { limits });
    if (result.success) throw new Error('expected a refusal');
    expect(result.error.code).toBe('too_large');
    expect(result.error.message).toContain(limit);
  });

  it.each(['json', 'xml-rpc', 'form'] as const)('is no real record in %s', (format) => {
    expect(safeParseCdr(ENCODERS[format](QUEUE)).success).toBe(true);
  });
});

/** What a usable record with something wrong in it becomes. */
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
    { did: [1] },
    'did',
    null,
    [{ path: ['did'], code: 'invalid_field', received: 'a list' }],
  ],
  [
    'a recording that is no web address',
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
    'an isAnswer that is none',
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
    'an IVR that is no list',
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
    'a layer that is no layer',
    { IVR: [7] },
    'ivr',
    [],
    [{ path: ['IVR', 0], code: 'invalid_field', received: '7' }],
  ],
  [
    'a layer number that is none',
    { IVR: [{ layer_number: 'x' }] },
    'ivr',
    [{ layerId: null, layerName: null, layerNumber: null, digits: null, order: null }],
    [{ path: ['IVR', 0, 'layer_number'], code: 'invalid_field' }],
  ],
  [
    'custom data that is no object',
    { CustomData: 'vip' },
    'customData',
    {},
    [{ path: ['CustomData'], code: 'invalid_field' }],
  ],
  [
    'an AI analysis that is broken JSON text',
    { aiData: '{"insights":' },
    'ai',
    null,
    [{ path: ['aiData'], code: 'invalid_field' }],
  ],
  ['an unknown key', { hologramId: 7 }, 'issues', [], []],
];

describe('accepted, with an issue where something is wrong', () => {
  it.each(usable)('is %s', (_, sent, field, value, issues) => {
    const cdr = parseCdr(minimal(sent));
    expect(cdr[field as 'issues']).toEqual(value);
    expect(cdr.issues).toMatchObject(issues);
    expect(cdr.issues).toHaveLength(issues.length);
    expect(cdr.raw).toEqual(minimal(sent));
  });

  it('is a number that JavaScript cannot hold', () => {
    const cdr = parseCdr(
      '{"ivruniqueid":12345678901234567890,"queueid":-98765432109876543210,"type":"Queue","status":"\\\\\\"ANSWER","time":1,"duration":1e999,"price":123456789012345678901234567890,"note":"\\\\\\",123456789012345678901,"}',
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
  ])('is %s given twice: the last one counts', (_, body, contentType) => {
    const cdr = parseCdr(body, contentType);
    expect(cdr.caller).toBe('2');
    expect(cdr.issues[0]).toMatchObject({ path: ['caller'], code: 'duplicate_field' });
  });

  it('is a form with brackets that contradict each other', () => {
    const cdr = parseCdr(
      `${ENCODERS.form(minimal())}&IVR=x&IVR[0][layer_id]=1&a[b=1&[c]=2&d]=3&IVR[0][layer_id]=2`,
    );
    expect(cdr.ivr).toMatchObject([{ layerId: '2' }]);
    expect(cdr.raw).toMatchObject({ 'a[b': '1', '[c]': '2', 'd]': '3' });
    expect(cdr.issues.map(({ code }) => code)).toContain('duplicate_field');
  });

  it('is a form with [] for the next item', () => {
    const cdr = parseCdr(`${ENCODERS.form(minimal())}&x[]=1&x[]=2`, CONTENT_TYPES.form);
    expect(cdr.raw['x']).toEqual(['1', '2']);
  });

  it('is a form with [] for the next structure', () => {
    const layers = 'IVR[][layer_id]=1&IVR[][Dtmf]=7&IVR[][layer_id]=2&IVR[][Dtmf]=8';
    const cdr = parseCdr(`${ENCODERS.form(minimal())}&${layers}`, CONTENT_TYPES.form);
    expect(cdr.ivr).toMatchObject([
      { layerId: '1', digits: '7' },
      { layerId: '2', digits: '8' },
    ]);
  });

  it('is a form with percent signs that are none, which stay', () => {
    const cdr = parseCdr(`${ENCODERS.form(minimal())}&caller=%&did=%zz%41&target=100%25`);
    expect([cdr.caller, cdr.did, cdr.target]).toEqual(['%', '%zzA', '100%']);
  });

  it('is a form with bytes that are not of its charset', () => {
    const cdr = parseCdr(`${ENCODERS.form(minimal())}&caller=%ff%c0%af`);
    expect(cdr.caller).toMatch(/^\uFFFD+$/);
    expect(cdr.issues).toMatchObject([{ path: [], code: 'invalid_bytes' }]);
  });

  it('is XML-RPC with entities that XML does not know, which stay', () => {
    const body = ENCODERS['xml-rpc'](minimal({ caller: 'CALLER' })).replace(
      'CALLER',
      '&nbsp;&AMP;a & b&#x5d0;&#1488;&#0;&#xD800;&#x110000;&lt;',
    );
    expect(parseCdr(body).caller).toBe('&nbsp;&AMP;a & bאא\uFFFD\uFFFD\uFFFD<');
  });

  it('is XML-RPC with types that only other senders write', () => {
    const member = (name: string, value: string) =>
      `<member><name>${name}</name><value>${value}</value></member>`;
    const body = ENCODERS['xml-rpc'](minimal()).replace(
      '<struct>',
      `<struct>${member('isAnswer', '<boolean>1</boolean>')}${member('price', '<double>1.50</double>')}${member('dialtime', '<double>soon</double>')}${member('representative_name', '<base64>16DXpteZ15I=</base64>')}${member('queuename', '<base64>***</base64>')}${member('caller_country', '<ex:bigdecimal>7</ex:bigdecimal>')}${member('CustomData', '<struct><member><name>vip</name><value><boolean>0</boolean></value></member></struct>')}`,
    );
    const cdr = parseCdr(body);
    expect(cdr.answered).toBe(true);
    expect(cdr.priceAgorot).toBe(1.5);
    expect(cdr.representative?.name).toBe('נציג');
    expect(cdr.callerCountry).toBe('7');
    expect(cdr.customData).toEqual({ vip: 'false' });
    expect(cdr.ringSeconds).toBeNull();
    expect(cdr.queue?.name).toBe('***');
    expect(cdr.issues.map(({ code }) => code)).toEqual(['invalid_field', 'invalid_field']);
  });
});

describe('keys that mean something to JavaScript are data', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
  const json = `{${names.map((name) => `"${name}":"x"`).join()},"CustomData":{${names.map((name) => `"${name}":"y"`).join()}},${JSON.stringify(minimal()).slice(1)}`;
  const form = `${names.map((name) => `${name}=x`).join('&')}&${names.map((name) => `CustomData[${name}]=y`).join('&')}&${ENCODERS.form(minimal())}`;
  const members = (value: string) =>
    names.map((name) => `<member><name>${name}</name><value>${value}</value></member>`).join('');
  const xmlRpc = ENCODERS['xml-rpc'](minimal()).replace(
    '<struct>',
    `<struct>${members('x')}<member><name>CustomData</name><value><struct>${members('y')}</struct></value></member>`,
  );

  it.each<[format: string, body: CdrBody]>([
    ['json', json],
    ['form', form],
    ['xml-rpc', xmlRpc],
    ['an object', JSON.parse(json)],
  ])('in %s', (_, body) => {
    const cdr = parseCdr(body);
    for (const name of names) {
      expect(Object.getOwnPropertyDescriptor(cdr.raw, name)?.value).toBe('x');
      expect(Object.getOwnPropertyDescriptor(cdr.customData, name)?.value).toBe('y');
      expect(Object.getOwnPropertyDescriptor({ ...cdr.raw }, name)?.value).toBe('x');
    }
    expect(Object.keys(cdr.customData)).toEqual(names);
    expect(cdr.issues).toEqual([]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('and are nothing where they were not sent', () => {
    const cdr = parseCdr(JSON.stringify(minimal({ CustomData: { vip: 1 } })));
    for (const name of names) {
      expect(cdr.raw[name]).toBeUndefined();
      expect(cdr.customData[name]).toBeUndefined();
    }
  });
});

describe('a form of fifty thousand keys without a value', () => {
  it('is read, and the record behind them too', () => {
    const body = `${'a&'.repeat(50_000)}${ENCODERS.form(minimal())}`;
    expect(parseCdr(body, CONTENT_TYPES.form).callId).toBe(minimal()['ivruniqueid']);
  });
});

describe('what ends in a log', () => {
  it('holds a short excerpt at most, without control characters', () => {
    const hostile = `\u001b[31m\r\n2026-01-01 ERROR forged\u202e${'x'.repeat(1000)}`;
    const cdr = parseCdr(
      minimal({
        type: hostile,
        status: hostile,
        duration: hostile,
        [`${hostile}\u0000`]: 1,
        IVR: hostile,
      }),
    );
    for (const { message, received, path } of cdr.issues) {
      expect(message.length).toBeLessThan(200);
      expect(`${message}${received}${path}`).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      expect(String(received).length).toBeLessThanOrEqual(32);
    }
    expect(cdr.issues).toHaveLength(4);
  });

  it('names a hostile key in the same way', () => {
    const key = `Dur${'_'.repeat(100)}ation`;
    const cdr = parseCdr({ ...minimal({ duration: undefined }), [key]: 'x' });
    expect(cdr.issues[0]?.path.join('').length).toBeLessThanOrEqual(32);
  });
});

describe('the input', () => {
  it('is never changed', () => {
    const body = JSON.parse(JSON.stringify([QUEUE]));
    const before = structuredClone(body);
    const bytes = new TextEncoder().encode(record);
    parseCdr(body);
    parseCdr(bytes);
    expect(body).toEqual(before);
    expect(new TextDecoder().decode(bytes)).toBe(record);
    expect(Object.getPrototypeOf(body[0])).toBe(Object.prototype);
  });

  it('is not held on to: what the caller changes later does not change raw', () => {
    const body = { ...QUEUE, CustomData: { vip: '1' } };
    const cdr = parseCdr(body);
    body.CustomData.vip = '2';
    expect(cdr.raw['CustomData']).toEqual({ vip: '1' });
  });

  it.each<[what: string, body: () => object]>([
    [
      'a getter that throws',
      () => ({
        ...QUEUE,
        get caller(): never {
          throw new Error('no');
        },
      }),
    ],
    [
      'a revoked proxy',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
    [
      'a revoked proxy inside',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return { ...QUEUE, x: proxy };
      },
    ],
    [
      'an object that holds itself',
      () => {
        const body: Wire = { ...QUEUE };
        body['self'] = body;
        return body;
      },
    ],
    ['a list of four billion holes', () => ({ ...QUEUE, IVR: new Array(2 ** 32 - 1) })],
    ['an invalid date', () => ({ ...QUEUE, time: new Date(Number.NaN) })],
  ])('may be hostile: %s', (_, body) => {
    expect(['malformed', 'too_large', 'unsupported_format']).toContain(errorOf(body()).code);
  });

  it('may hold dates, functions and symbols', () => {
    const cdr = parseCdr({
      ...minimal({ time: new Date(1595960350000) }),
      f: () => 1,
      s: Symbol('s'),
    });
    expect(cdr.startedAt.toISOString()).toBe('2020-07-28T18:19:10.000Z');
    expect(cdr.raw['f']).toBeUndefined();
  });
});
