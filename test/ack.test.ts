import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AckOptions,
  buildAck,
  type CdrFormat,
  CdrParseError,
  safeParseCdr,
} from 'voicenter-cdr';
import { create } from 'xmlbuilder2';
import { READERS } from './foreign-clients.js';
import { reproducible } from './properties.js';
import { CONTENT_TYPES, errorOf, minimal } from './records.js';

reproducible(20200728, 100);

const formats = Object.keys(READERS) as CdrFormat[];

describe('the answer', () => {
  it.each<[format: CdrFormat, contentType: string, body: string]>([
    ['json', 'application/json; charset=utf-8', '{"err":0,"errdesc":"OK"}'],
    ['form', 'application/x-www-form-urlencoded; charset=utf-8', 'err=0&errdesc=OK'],
    [
      'xml-rpc',
      'text/xml; charset=utf-8',
      '<?xml version="1.0" encoding="UTF-8"?><methodResponse><params><param><value><struct><member><name>err</name><value><i4>0</i4></value></member><member><name>errdesc</name><value><string>OK</string></value></member></struct></value></param></params></methodResponse>',
    ],
  ])('in %s reports success', (format, contentType, body) => {
    expect(buildAck(0, format)).toEqual({
      status: 200,
      headers: { 'content-type': contentType },
      body,
      err: 0,
      errdesc: 'OK',
    });
  });

  it('in XML-RPC equals the document that xmlbuilder2 builds', () => {
    // xmlbuilder2 takes an ampersand in a text for the start of an entity.
    const words = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('&', '+'));
    fc.assert(
      fc.property(words, (errdesc) => {
        const forbidden = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
        const member = [
          { name: 'err', value: { i4: 2 } },
          { name: 'errdesc', value: { string: errdesc.replace(forbidden, '\uFFFD') } },
        ];
        const params = { param: { value: { struct: { member } } } };
        const document = create(
          { version: '1.0', encoding: 'UTF-8' },
          { methodResponse: { params } },
        );
        expect(buildAck(2, 'xml-rpc', { errdesc }).body).toBe(
          document.end().replaceAll('\r', '&#13;').replace('<string/>', '<string></string>'),
        );
      }),
    );
  });

  it.each<[err: unknown, code: number]>([
    [undefined, 0],
    [null, 0],
    [0, 0],
    [-0, 0],
    [1, 1],
    [2, 2],
    [3, 2],
    ['0', 2],
    [false, 2],
    [Number.NaN, 2],
    [new Error('x'), 2],
    [new TypeError('x'), 2],
    [{ name: 'CdrParseError', message: 'password', code: 'malformed' }, 2],
    [Object.assign(new Error('x'), { name: 'CdrParseError' }), 2],
    [Object.assign(new Error('x'), { issues: [] }), 2],
    [{ name: 'CdrParseError', message: 'x', issues: [] }, 2],
    [Symbol('x'), 2],
    [() => {}, 2],
  ])('to %o has err %i', (err, code) => {
    const ack = buildAck(err);
    expect(ack.err).toBe(code);
    expect(Object.is(ack.err, -0)).toBe(false);
    expect(ack.errdesc).toBe(['OK', 'Parse error', 'Application error'][code]);
  });

  const succeeded = safeParseCdr(minimal());
  const error = errorOf('a=1', CONTENT_TYPES.form);
  const failed = { success: false, error };

  it.each<[what: string, err: unknown, code: number]>([
    ['a result that succeeded', succeeded, 0],
    ['a result that failed', failed, 1],
    ['results that all succeeded', [succeeded, succeeded], 0],
    ['results of which one failed', [succeeded, failed], 1],
    ['no results', [], 0],
    ['a list that holds something else', [succeeded, failed, 0], 2],
    ['a list of holes', new Array(2), 2],
    ['a success without a record', { success: true }, 2],
    ['a failure without a parse error', { success: false, error: new Error('x') }, 2],
    ['what only looks like a result', { success: 'true', data: {} }, 2],
    ['a parse error in a list', [error], 2],
  ])('to %s has err %i', (_, err, code) => {
    expect(buildAck(err).err).toBe(code);
  });

  it('to several results describes the first failure, in its format', () => {
    const others = ['{', 'x'].map((body) => safeParseCdr(body, CONTENT_TYPES.json));
    expect(buildAck([succeeded, failed, ...others])).toEqual(buildAck(error));
    expect(buildAck(failed)).toEqual(buildAck(error));
    expect(buildAck(failed).body).toMatch(/^err=1&/);
  });

  it('truncates an errdesc that is too long', () => {
    const { errdesc, body } = buildAck(2, 'json', { errdesc: 'x'.repeat(50_000_000) });
    expect(errdesc).toBe(`${'x'.repeat(299)}…`);
    expect(JSON.parse(body)).toEqual({ err: 2, errdesc });
  });

  it.each(formats)('in %s is never truncated inside a surrogate pair', async (format) => {
    const { body, errdesc } = buildAck(0, format, { errdesc: '😀'.repeat(200) });
    expect(errdesc).toBe(`${'😀'.repeat(149)}…`);
    expect(await READERS[format](body)).toMatchObject({ errdesc });
  });

  it('keeps its err whatever the errdesc', async () => {
    const { body } = buildAck(2, 'xml-rpc', { errdesc: 'OK' });
    expect(await READERS['xml-rpc'](body)).toEqual({ err: 2, errdesc: 'OK' });
  });

  it('to a refused body has err 1 and the reason', () => {
    const error = errorOf('{');
    expect(buildAck(error)).toMatchObject({ err: 1, errdesc: error.message });
  });

  it.each(formats)('in %s never repeats the message of any other error', (format) => {
    const ack = buildAck(new Error('password rejected for 0501234567'), format);
    expect(JSON.stringify(ack)).not.toMatch(/password|0501234567/);
  });

  it('is in the format of the refused body', () => {
    expect(buildAck(errorOf('<methodCall>', 'text/xml')).headers['content-type']).toMatch(/xml/);
    expect(buildAck(errorOf('a=1', 'application/x-www-form-urlencoded')).body).toMatch(/^err=1&/);
    expect(buildAck(errorOf('hello')).body).toMatch(/^{"err":1,/);
  });

  it('prefers the given format to the error’s own', () => {
    expect(buildAck(errorOf('<methodCall>', 'text/xml'), 'json').body).toMatch(/^{"err":1,/);
    expect(buildAck(errorOf('<methodCall>', 'text/xml'), null).body).toMatch(/^<\?xml/);
  });

  it.each(formats)('in %s has keys in the requested spelling', async (format) => {
    const ack = buildAck(2, format, { keys: 'pascal' });
    expect(await READERS[format](ack.body)).toEqual({ Err: 2, Errdesc: 'Application error' });
  });

  it.each(
    formats.flatMap((format) =>
      [
        'שלום "עולם" <b>&amp; it\'s</b>',
        'two\r\nlines\nand\ta tab',
        ']]> <!-- ?> %20 + & = ;',
        '&lt; &#65; &#x41; &#99999999; &nbsp; &',
        '😀 𝒳',
        '@a #b $c',
        ' ',
      ].map((errdesc) => [format, errdesc] as const),
    ),
  )('in %s carries %j intact to a foreign client', async (format, errdesc) => {
    const ack = buildAck(0, format, { errdesc });
    expect(await READERS[format](ack.body)).toEqual({ err: 0, errdesc });
    expect(ack.errdesc).toBe(errdesc);
  });

  it.each(formats)('in %s is well-formed whatever the errdesc', async (format) => {
    const ack = buildAck(2, format, { errdesc: 'a\u0000\u0001\ud800b\uffff' });
    const answer = (await READERS[format](ack.body)) as { errdesc: string };
    expect(answer.errdesc).toMatch(/^a.*b.$/su);
  });

  it.each<[what: string, format: unknown, options: unknown]>([
    ['an unknown format', 'yaml', undefined],
    ['a format of JavaScript’s own', '__proto__', {}],
    ['a format that is not text', Symbol('json'), {}],
    ['no options', 'json', null],
    ['an unknown spelling of the keys', 'json', { keys: 'constructor' }],
    ['keys that cannot be compared', 'json', { keys: Object.create(null) }],
    ['an errdesc that is a number', 'json', { errdesc: 5n }],
    ['an errdesc that is not text', 'json', { errdesc: { toString: null } }],
    [
      'options that throw',
      'json',
      {
        get errdesc(): never {
          throw new Error('no');
        },
      },
    ],
  ])('ignores invalid options: %s', (_, format, options) => {
    expect(buildAck(0, format as CdrFormat, options as AckOptions)).toEqual(buildAck(0, 'json'));
  });

  it('is built even for a parse error that throws when it is read', () => {
    const error = new Proxy(errorOf('<a', 'text/xml'), {
      get() {
        throw new Error('no');
      },
    });
    expect(buildAck(error)).toEqual(buildAck(1));
  });

  it('has err 1 for a parse error from another copy of the package', () => {
    // Happens when one part of a server imports the package and another requires it.
    const other = Object.assign(new Error('type: required, but not sent'), {
      name: 'CdrParseError',
      code: 'missing_field',
      format: 'form',
      issues: [],
    });
    expect(other).toBeInstanceOf(CdrParseError);
    expect(buildAck(other)).toMatchObject({
      err: 1,
      errdesc: other.message,
      body: expect.stringMatching(/^err=1&/),
    });
  });

  it('has err 1 for a parse error from another realm', () => {
    const parts = "{ name: 'CdrParseError', format: 'form', issues: [] }";
    const other: unknown = runInNewContext(`Object.assign(new Error('no id'), ${parts})`);
    expect(buildAck(other)).toMatchObject({ err: 1, errdesc: 'no id' });
    expect(buildAck({ success: false, error: other })).toEqual(buildAck(other));
  });

  it.each<[what: string, error: unknown]>([
    ['of another name', Object.assign(new Error('no'), { issues: [] })],
    ['without issues', Object.assign(new Error('no'), { name: 'CdrParseError' })],
    ['that is not an error', { name: 'CdrParseError', message: 'no', issues: [] }],
    ['that is null', null],
  ])('does not accept as a parse error a value %s', (_, error) => {
    expect(error).not.toBeInstanceOf(CdrParseError);
  });

  it('falls back to the default errdesc if the message of a parse error is not text', () => {
    const error = Object.defineProperty(errorOf('<a', 'text/xml'), 'message', { value: {} });
    expect(buildAck(error)).toMatchObject({ err: 1, errdesc: 'Parse error' });
  });

  it('is built even for a revoked proxy or a throwing getter', () => {
    const object = Proxy.revocable({}, {});
    const list = Proxy.revocable([], {});
    for (const { revoke } of [object, list]) revoke();
    const getter = {
      get success(): never {
        throw new Error('no');
      },
    };
    for (const err of [object.proxy, list.proxy, [object.proxy], getter, [getter]]) {
      expect(buildAck(err)).toEqual(buildAck(2));
    }
  });
});
