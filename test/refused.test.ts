import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type CdrBody, CdrParseError, type Limits, parseCdr, safeParseCdr } from 'voicenter-cdr';
import { CONTENT_TYPES, ENCODERS, errorOf, minimal, QUEUE } from './wire.js';

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
    ['a promise', Promise.resolve(record), null, 'unsupported_format', null],
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
      const keys = 'ivruniqueid, type, status, time, duration';
      expect(error.message).toBe(`${key}: required, but not sent; its keys are ${keys}`);
    }
  });

  it.each(['ivruniqueid', 'type', 'status'])('is a record whose %s is no text', (key) => {
    for (const value of [{}, [{}], { toString: 'x' }]) {
      const error = errorOf(minimal({ [key]: value }));
      expect(error.code).toBe('invalid_field');
      expect(error.issues).toMatchObject([{ path: [key], code: 'invalid_field' }]);
    }
  });

  it('is of what is missing, when something is missing and something else is none', () => {
    const error = errorOf(minimal({ ivruniqueid: null, time: 'noon' }));
    expect(error.code).toBe('missing_field');
    expect(error.message).toBe(
      'time: expected epoch seconds, received "noon"; ivruniqueid: required, but not sent; its keys are ivruniqueid, type, status, time, duration',
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
    ['maxNodes', '<a>&lt;&lt;&lt;&lt;</a>', { maxNodes: 3 }],
    ['maxNodes', ENCODERS.form(QUEUE), { maxNodes: 20 }],
  ])('%s, the error says which: %#', (limit, body, limits) => {
    const result = safeParseCdr(body as CdrBody, null, { limits });
    if (result.success) throw new Error('expected a refusal');
    expect(result.error.code).toBe('too_large');
    expect(result.error.message).toContain(limit);
  });

  it.each([Number.NaN, -1, null, undefined, '30'])(
    'is judged by the default where the limit is none: %s',
    (limit) => {
      const limits = { maxBytes: limit, maxDepth: limit, maxNodes: limit } as Limits;
      expect(safeParseCdr(record, null, { limits }).success).toBe(true);
      const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
      expect(errorOf(deep, null, { limits }).code).toBe('too_large');
    },
  );

  it.each<[what: string, body: unknown]>([
    ['JSON', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['XML', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`],
    ['a form', `x=1&a${'[b]'.repeat(100_000)}=1`],
    ['an object', JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
  ])('is a depth that no stack takes, whatever the limit: %s', (_, body) => {
    const error = errorOf(body, null, { limits: { maxDepth: Number.POSITIVE_INFINITY } });
    expect(error.code).toBe('too_large');
    expect(error.message).toMatch(/maxDepth \(1000\)/);
  });

  it('is told of JSON text inside a field, too', () => {
    const IVR = JSON.stringify(Array(10).fill({ layer_id: 1 }));
    const cdr = parseCdr(minimal({ IVR }), null, { limits: { maxNodes: 15 } });
    expect(cdr.ivr).toEqual([]);
    expect(cdr.issues).toMatchObject([{ path: ['IVR'], code: 'invalid_field' }]);
    expect(cdr.issues[0]?.message).toContain('maxNodes');
  });

  // Memory is only measured where no other file has filled it: not in the mutation run.
  it.skipIf(process.env['PROPERTY_RUNS'])(
    'is found before the work: a flood of fields is not read',
    () => {
      const names = Array.from({ length: 400_000 }, (_, index) => `"k${index}":1`).join();
      const before = process.memoryUsage().heapUsed;
      expect(errorOf(`{${names}}`, null, { limits: { maxNodes: 1000 } }).code).toBe('too_large');
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(names.length);
    },
  );

  it('is counted outside of texts', () => {
    const note = ',{['.repeat(1000);
    expect(
      safeParseCdr(JSON.stringify(minimal({ note })), null, { limits: { maxNodes: 10 } }),
    ).toMatchObject({ success: true });
  });

  it.each(['json', 'xml-rpc', 'form'] as const)('is no real record in %s', (format) => {
    expect(safeParseCdr(ENCODERS[format](QUEUE)).success).toBe(true);
  });
});
