import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import {
  type CdrBody,
  type CdrErrorCode,
  type CdrFormat,
  CdrParseError,
  parseCdr,
  safeParseCdr,
} from 'voicenter-cdr';
import { CONTENT_TYPES, ENCODERS, errorOf, minimal, QUEUE } from './records.js';

const xml = ENCODERS['xml-rpc'](QUEUE);
const record = JSON.stringify(QUEUE);

type Refusal = [what: string, body: unknown, message: string, contentType?: string];

const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const throwing = {
  get caller() {
    throw new Error('no');
  },
};

const EMPTY = 'The body is empty';
const NO_JSON = 'The body is not valid JSON';
const NO_FORMAT = 'The body is neither JSON nor XML nor a form';
const NO_TEXT = 'The body is not text: is it compressed?';
const NO_RECORD = 'Expected a record, received something else';
const THROWS = 'The body is an object that throws when it is read';
const unsupported = (what: string) =>
  `${what}: expected text, bytes or the object that a body parser made`;
const NO_BODY = unsupported('There is no body, or nothing has read it');
const STREAM = unsupported('The body is a stream that nobody has read');
const notXml = (what: string) => `The body is not well-formed XML: ${what}`;
const notACall = (why: string) => `The body is not an XML-RPC call: ${why}`;
const countOf = (what: string, count: number) => `Expected one ${what}, received ${count}`;
const missing = (...fields: string[]) =>
  `${fields.map((field) => `${field}: required, but not sent`).join('; ')}; `;

/** Every kind of unusable body, by its error's code and its answer's format. */
const REFUSED: [code: CdrErrorCode, format: CdrFormat | null, refusals: Refusal[]][] = [
  [
    'unsupported_format',
    null,
    [
      ['what is no format', 'hello', NO_FORMAT],
      ['what is no format', new Uint8Array([0, 1, 2]), NO_TEXT, 'image/png'],
      ['null', null, NO_BODY],
      ['a number', 7, unsupported('The body is of type number')],
      ['a function', () => QUEUE, unsupported('The body is of type function')],
      ['a Node stream', Readable.from([record]), STREAM],
      ['a web stream', new Blob([record]).stream(), STREAM],
      ['a blob', new Blob([record]), STREAM],
      ['a Request', new Request('http://localhost', { method: 'POST', body: record }), STREAM],
      ['a promise', Promise.resolve(record), unsupported('The body is a promise: await it first')],
      ['a revoked proxy', revoked, unsupported(THROWS)],
    ],
  ],
  ['unsupported_format', 'json', [['nothing', undefined, NO_BODY, CONTENT_TYPES.json]]],
  [
    'malformed',
    null,
    [
      ['no bytes', new Uint8Array(), EMPTY],
      ['white space', ' ', EMPTY],
    ],
  ],
  [
    'malformed',
    'json',
    [
      ['an empty body', '', EMPTY, CONTENT_TYPES.json],
      ['JSON that is cut off', record.slice(0, -1), NO_JSON],
      ['what is not JSON', '{caller: 1}', NO_JSON, CONTENT_TYPES.json],
      ['what is not JSON', 'hello', NO_JSON, CONTENT_TYPES.json],
      ['a getter that throws', throwing, THROWS],
    ],
  ],
  ['malformed', 'form', [['white space', ' \r\n', EMPTY, CONTENT_TYPES.form]]],
  [
    'malformed',
    'xml-rpc',
    [
      ['an empty body', '', EMPTY, CONTENT_TYPES['xml-rpc']],
      ['a DOCTYPE', '<!DOCTYPE a><a/>', notXml('a DOCTYPE or another declaration is not accepted')],
      ['tags that do not match', '<a></b>', notXml('tags do not match')],
      ['an open tag', '<a', notXml('a tag is cut off')],
      ['an open quotation', '<a b="', notXml('a tag is cut off')],
      ['an open closing tag', '<a></a', notXml('a tag is cut off')],
      ['an open element', '<a>', notXml('cut off')],
      ['an open comment', '<a><!-- -', notXml('a comment is cut off')],
      ['an open comment of three signs', '<a><!-->', notXml('a comment is cut off')],
      ['open CDATA', '<a><![CDATA[>', notXml('a CDATA section is cut off')],
      ['an open instruction', '<?xml >', notXml('a processing instruction is cut off')],
      ['an instruction of one sign', '<?>', notXml('a processing instruction is cut off')],
      ['nothing but a declaration', '<?xml version="1.0"?>', notXml('cut off')],
      ['two roots', '<a/><b/>', notXml('more than one root')],
      ['text behind the root', '<a/>b', notXml('text outside its root')],
      ['text before the root', '<?xml ?>b<a/>', notXml('text outside its root')],
      ['CDATA behind the root', '<a/><![CDATA[b]]>', notXml('text outside its root')],
      ['a tag without a name', '<a>< b></a>', notXml('a tag without a name')],
      ['an answer', '<methodResponse/>', notACall('its root is not a methodCall')],
      ['a page', '<html><body/></html>', notACall('its root is not a methodCall')],
      ['an XML-RPC call that is cut off', xml.slice(0, xml.length / 2), notXml('cut off')],
      ['an XML-RPC call without its last sign', xml.slice(0, -1), notXml('a tag is cut off')],
      [
        'an XML-RPC call with mismatched tags',
        xml.replace('</struct>', '</array>'),
        notXml('tags do not match'),
      ],
      [
        'an XML-RPC call with a tag too many',
        xml.replace('</value>', '</value></value>'),
        notXml('tags do not match'),
      ],
      [
        'an empty param',
        '<methodCall><params><param/></params></methodCall>',
        notACall('its param holds no value'),
      ],
      [
        'an element that means something to JavaScript',
        '<methodCall><constructor/></methodCall>',
        notACall('it has an element that XML-RPC does not know'),
      ],
    ],
  ],
  [
    'not_one_record',
    'xml-rpc',
    [
      ['XML-RPC without params', '<methodCall/>', countOf('param', 0)],
      ['XML-RPC without a param', '<methodCall><params/></methodCall>', countOf('param', 0)],
      [
        'XML-RPC with two params',
        xml.replace('</param>', '</param><param><value>2</value></param>'),
        countOf('param', 2),
      ],
      [
        'an XML-RPC param that is not a struct',
        '<methodCall><params><param><value>7</value></param></params></methodCall>',
        NO_RECORD,
      ],
    ],
  ],
  [
    'not_one_record',
    'json',
    [
      ['a list without a record', '[]', countOf('record', 0)],
      ['a list of a parser without a record', [], countOf('record', 0)],
      ['a list with two records', `[${record},${record}]`, countOf('record', 2)],
      ['a list in a list', `[[${record}]]`, NO_RECORD],
      ['a list of a number', '[1]', NO_RECORD],
      ['a JSON text', '"text"', NO_RECORD, CONTENT_TYPES.json],
      ['a JSON null', 'null', NO_RECORD, CONTENT_TYPES.json],
    ],
  ],
  [
    'missing_field',
    'json',
    [
      [
        'an empty object',
        '{}',
        `${missing('ivruniqueid', 'type', 'status', 'time')}the record is empty`,
      ],
    ],
  ],
  [
    'missing_field',
    'form',
    [
      [
        'a form with nothing in it',
        '&&=&',
        `${missing('ivruniqueid', 'type', 'status', 'time')}the record is empty`,
        CONTENT_TYPES.form,
      ],
    ],
  ],
];

describe('parseCdr refuses', () => {
  it.each(
    REFUSED.flatMap(([code, format, refusals]) =>
      refusals.map(([what, body, message, contentType]) => ({
        what,
        body,
        message,
        contentType,
        code,
        format,
      })),
    ),
  )('$what: $code, $message', ({ body, message, contentType, code, format }) => {
    const error = errorOf(body, contentType);
    expect(error).toMatchObject({ name: 'CdrParseError', code, format, message });
    if (code !== 'missing_field') expect(error.issues).toEqual([{ path: [], code, message }]);
    expect(() => parseCdr(body as CdrBody, contentType)).toThrow(CdrParseError);
  });

  it('no record for having keys named like methods of a stream', () => {
    const cdr = parseCdr(minimal({ pipe: 'x', getReader: 1, arrayBuffer: null }));
    expect(cdr.raw).toMatchObject({ pipe: 'x', getReader: 1, arrayBuffer: null });
  });

  it.each(['ivruniqueid', 'type', 'status', 'time'])('a record without %s', (key) => {
    for (const nothing of [undefined, null, '', ' ']) {
      const error = errorOf(minimal({ [key]: nothing }));
      expect(error.code).toBe('missing_field');
      expect(error.issues).toMatchObject([{ path: [key], code: 'missing_field' }]);
      const keys = 'ivruniqueid, type, status, time, duration';
      expect(error.message).toBe(`${key}: required, but not sent; its keys are ${keys}`);
    }
  });

  it.each(['ivruniqueid', 'type', 'status'])('a record whose %s is not text', (key) => {
    for (const value of [{}, [{}], { toString: 'x' }]) {
      const error = errorOf(minimal({ [key]: value }));
      expect(error.code).toBe('invalid_field');
      expect(error.issues).toMatchObject([{ path: [key], code: 'invalid_field' }]);
    }
  });

  it('a record with missing and invalid fields for what is missing', () => {
    const error = errorOf(minimal({ ivruniqueid: null, time: 'noon' }));
    expect(error.code).toBe('missing_field');
    expect(error.message).toBe(
      'time: expected epoch seconds, received "noon"; ivruniqueid: required, but not sent; its keys are ivruniqueid, type, status, time, duration',
    );
  });

  it('a record for everything that is missing at once', () => {
    const { issues } = errorOf('{"IvrUniqueId":"","Type":null}');
    expect(issues.map(({ path }) => path)).toEqual([
      ['IvrUniqueId'],
      ['Type'],
      ['status'],
      ['time'],
    ]);
  });

  it('a record with any issue if strict is set', () => {
    const result = safeParseCdr(minimal({ duration: 'long' }), null, { strict: true });
    expect(result).toMatchObject({
      success: false,
      error: { code: 'invalid_field', format: 'json', issues: [{ path: ['duration'] }] },
    });
    expect(safeParseCdr(minimal(), null, { strict: true }).success).toBe(true);
  });
});

describe('the message of an error', () => {
  it('and of each issue has at most 300 characters, whatever the keys', () => {
    const keys = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(99));
    const record = Object.fromEntries(keys.map((key) => [key, QUEUE]));
    const result = safeParseCdr({ [`${'_'.repeat(99)}time`]: '', ...record, e: 1 }, null);
    expect(result.error?.message).toHaveLength(300);
    for (const { message } of result.error?.issues ?? []) {
      expect(message.length).toBeLessThanOrEqual(300);
    }
  });

  it('is one line of at most 300 characters, with excerpts of at most 32', () => {
    const excerptOf = (type: string) => parseCdr(minimal({ type })).issues[0]?.received;
    expect(excerptOf('x'.repeat(32))).toBe('x'.repeat(32));
    expect(excerptOf('x'.repeat(33))).toBe(`${'x'.repeat(31)}…`);
    expect(excerptOf(`${'x'.repeat(30)}😀😀`)).toBe(`${'x'.repeat(30)}…`);
    expect(excerptOf(`😀${'x'.repeat(40)}`)).toBe(`😀${'x'.repeat(29)}…`);
    expect(excerptOf('a\u0000b\u200fc\u2028d\ud800e')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde');
    const sent = minimal({ IVR: Array(150).fill('x') });
    const { message, issues } = errorOf(sent, null, { strict: true });
    expect(message).toHaveLength(300);
    expect(message).toMatch(
      /^IVR\.0: expected a layer, received "x"; IVR\.1: expected a layer, .*…$/,
    );
    expect(issues).toHaveLength(101);
    expect(issues.at(-1)).toEqual({
      path: [],
      code: 'more_issues',
      message: 'only the first 100 issues are listed',
    });
  });
});
