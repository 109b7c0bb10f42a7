import { describe, expect, it } from 'vitest';
import { type Cdr, detectFormat, parseCdr } from 'voicenter-cdr';
import {
  CONTENT_TYPES,
  ENCODERS,
  errorOf,
  minimal,
  QUEUE,
  type Wire,
  withoutTransport,
} from './records.js';

const expected = () => withoutTransport(parseCdr(JSON.stringify(QUEUE), CONTENT_TYPES.json));

const asText = Object.fromEntries(
  Object.entries(QUEUE).map(([key, value]) => [
    key,
    typeof value === 'number' ? String(value) : value,
  ]),
);
const IVR_TEXT = JSON.stringify(QUEUE.IVR);
const { IVR, ...withoutIvr } = QUEUE;
const flat = ENCODERS.form(withoutIvr);
const brackets = IVR.flatMap((layer, index) =>
  Object.entries(layer).map(
    ([key, value]) => [`IVR[${index}][${key}]`, String(value)] as [string, string],
  ),
);

/** XML-RPC by hand, since no library on npm writes this. */
function xml(value: unknown, scalar: (value: unknown) => string): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => `<value>${xml(item, scalar)}</value>`).join('');
    return `<array><data>${items}</data></array>`;
  }
  if (typeof value !== 'object' || value === null) return scalar(value);
  const members = Object.entries(value)
    .map(
      ([name, item]) => `<member><name>${name}</name><value>${xml(item, scalar)}</value></member>`,
    )
    .join('');
  return `<struct>${members}</struct>`;
}

function call(value: unknown, scalar: (value: unknown) => string, attributes = ''): string {
  return `<?xml version="1.0"?><methodCall${attributes}><methodName>cdr</methodName><params><param><value>${xml(value, scalar)}</value></param></params></methodCall>`;
}

const typed = (integer: string) => (value: unknown) =>
  typeof value === 'number' ? `<${integer}>${value}</${integer}>` : `<string>${value}</string>`;
const text = (value: unknown) => String(value);
const characterReferences = (value: unknown) =>
  `<string>${[...String(value)].map((c) => `&#x${c.codePointAt(0)?.toString(16)};`).join('')}</string>`;
const pretty = (xmlText: string) =>
  xmlText
    .replaceAll('><', '>\r\n    <')
    .replaceAll('<string>\r\n    </string>', '<string></string>');

describe('the same call has the same value', () => {
  it.each<[shape: string, body: string, contentType: string]>([
    ['JSON with numbers as text', JSON.stringify(asText), CONTENT_TYPES.json],
    ['JSON with IVR as JSON text', JSON.stringify({ ...QUEUE, IVR: IVR_TEXT }), CONTENT_TYPES.json],
    ['JSON in a one-element array', JSON.stringify([QUEUE]), CONTENT_TYPES.json],
    ['JSON with a BOM', `\uFEFF${JSON.stringify(QUEUE)}`, CONTENT_TYPES.json],
    ['indented JSON', JSON.stringify(QUEUE, null, '\t'), CONTENT_TYPES.json],
    [
      'JSON with keys in another case and without underscores',
      JSON.stringify(QUEUE, (_, value) =>
        typeof value === 'object' && !Array.isArray(value)
          ? Object.fromEntries(
              Object.entries(value).map(([key, item]) => [
                key.toUpperCase().replaceAll('_', ''),
                item,
              ]),
            )
          : value,
      ),
      CONTENT_TYPES.json,
    ],
    [
      'JSON with its keys in reverse order',
      JSON.stringify(Object.fromEntries(Object.entries(QUEUE).reverse())),
      CONTENT_TYPES.json,
    ],
    ['a form with IVR as JSON text', ENCODERS.form(QUEUE), CONTENT_TYPES.form],
    [
      'a form with IVR in bracketed keys',
      `${flat}&${new URLSearchParams(brackets)}`,
      CONTENT_TYPES.form,
    ],
    [
      'a form with brackets that are not percent-encoded',
      `${flat}&${brackets.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}`,
      CONTENT_TYPES.form,
    ],
    ['a form with %20 for spaces', ENCODERS.form(QUEUE).replaceAll('+', '%20'), CONTENT_TYPES.form],
    ['XML-RPC from npm', ENCODERS['xml-rpc'](QUEUE), CONTENT_TYPES['xml-rpc']],
    ['XML-RPC with int', call(QUEUE, typed('int')), CONTENT_TYPES['xml-rpc']],
    ['XML-RPC with i4', call(QUEUE, typed('i4')), CONTENT_TYPES['xml-rpc']],
    ['XML-RPC with i8', call(QUEUE, typed('i8')), CONTENT_TYPES['xml-rpc']],
    [
      'XML-RPC with ex:i8',
      call(QUEUE, typed('ex:i8'), ' xmlns:ex="http://ws.apache.org/xmlrpc/namespaces/extensions"'),
      CONTENT_TYPES['xml-rpc'],
    ],
    ['XML-RPC without types', call(QUEUE, text), CONTENT_TYPES['xml-rpc']],
    [
      'XML-RPC in CDATA',
      call(QUEUE, (value) => `<string><![CDATA[${value}]]></string>`),
      CONTENT_TYPES['xml-rpc'],
    ],
    [
      'XML-RPC in CDATA that is split in two',
      call(
        QUEUE,
        (value) =>
          `<string>${String(value).slice(0, 2)}<![CDATA[${String(value).slice(2)}]]></string>`,
      ),
      CONTENT_TYPES['xml-rpc'],
    ],
    ['XML-RPC in character references', call(QUEUE, characterReferences), CONTENT_TYPES['xml-rpc']],
    [
      'XML-RPC with nil for nothing',
      call(QUEUE, (value) => (value === '' ? '<nil/>' : typed('i4')(value))),
      CONTENT_TYPES['xml-rpc'],
    ],
    [
      'XML-RPC with ex:nil for nothing',
      call(QUEUE, (value) => (value === '' ? '<ex:nil/>' : typed('i4')(value))),
      CONTENT_TYPES['xml-rpc'],
    ],
    [
      'XML-RPC with <string/> for nothing',
      call(QUEUE, (value) => (value === '' ? '<string/>' : typed('i4')(value))),
      CONTENT_TYPES['xml-rpc'],
    ],
    [
      'XML-RPC over lines that end in CRLF',
      pretty(call(QUEUE, typed('i4'))),
      CONTENT_TYPES['xml-rpc'],
    ],
    [
      'XML-RPC with comments and processing instructions everywhere',
      call(QUEUE, typed('i4')).replaceAll('><', "><!-- it's <here> --><?why don't?><"),
      CONTENT_TYPES['xml-rpc'],
    ],
    [
      'XML-RPC with attributes that hold a >',
      call(QUEUE, typed('i4')).replaceAll('<value>', `<value a="1>0" b='"' >`),
      CONTENT_TYPES['xml-rpc'],
    ],
    [
      'XML-RPC with IVR as JSON text',
      ENCODERS['xml-rpc']({ ...QUEUE, IVR: IVR_TEXT }),
      CONTENT_TYPES['xml-rpc'],
    ],
    ['XML-RPC with a list around the record', call([QUEUE], typed('i4')), CONTENT_TYPES['xml-rpc']],
  ])('as %s', (_, body, contentType) => {
    expect(withoutTransport(parseCdr(body, contentType))).toEqual(expected());
  });

  it.each<[parser: string, body: object, contentType: string]>([
    ['express.json()', QUEUE, CONTENT_TYPES.json],
    ['express.json() of an array', [QUEUE], CONTENT_TYPES.json],
    [
      'express.urlencoded({ extended: false })',
      Object.assign(
        Object.create(null),
        Object.fromEntries(new URLSearchParams([...new URLSearchParams(flat), ...brackets])),
      ),
      CONTENT_TYPES.form,
    ],
    ['express.urlencoded({ extended: true })', { ...asText, IVR }, CONTENT_TYPES.form],
    [
      'a form parser that leaves lists as structures of indexes',
      { ...asText, IVR: { ...IVR } },
      CONTENT_TYPES.form,
    ],
    [
      'a parser that reads integers as bigint',
      { ...QUEUE, time: 1595333610n, queueid: 123456789n },
      CONTENT_TYPES.json,
    ],
    ['a frozen object', Object.freeze({ ...QUEUE, IVR: Object.freeze(IVR) }), CONTENT_TYPES.json],
  ])('as an object from %s', (_, body, contentType) => {
    expect(withoutTransport(parseCdr(body, contentType))).toEqual(expected());
  });

  it('if a single menu is sent without a list', () => {
    const [layer] = IVR;
    const cdr = parseCdr({ ...QUEUE, IVR: layer });
    expect(cdr.ivr).toEqual(expected().ivr.slice(0, 1));
  });
});

describe('bytes', () => {
  const record = {
    ...QUEUE,
    representative_name: 'נציג א',
    queuename: 'תור מכירות',
    did: '0722776772',
  };
  const json = JSON.stringify(record);
  const xmlBody = (charset: string) =>
    call(record, typed('i4')).replace('?>', charset ? ` encoding="${charset}"?>` : '?>');

  /** windows-1255 and ISO-8859-8 have the same bytes for the Hebrew letters. */
  const oneByte = (body: string) =>
    Uint8Array.from(body, (character) => {
      const code = character.charCodeAt(0);
      return code >= 0x5d0 ? code - 0x5d0 + 0xe0 : code;
    });
  const utf16 = (body: string, littleEndian: boolean) => {
    const view = new DataView(new ArrayBuffer(2 * body.length + 2));
    [...`\uFEFF${body}`].forEach((character, index) => {
      view.setUint16(2 * index, character.charCodeAt(0), littleEndian);
    });
    return new Uint8Array(view.buffer);
  };
  const percent = (bytes: Uint8Array) =>
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const formIn = (charset: (text: string) => Uint8Array) =>
    Object.entries({ ...record, IVR: JSON.stringify(IVR) })
      .map(([key, value]) => `${key}=${percent(charset(String(value)))}`)
      .join('&');

  it.each<[what: string, body: Uint8Array | ArrayBuffer | string, contentType: string | null]>([
    ['UTF-8', new TextEncoder().encode(json), 'application/json'],
    ['UTF-8 in an ArrayBuffer', new TextEncoder().encode(json).buffer, 'application/json'],
    ['UTF-8 with a BOM', new TextEncoder().encode(`\uFEFF${json}`), null],
    ['UTF-16 little-endian with a BOM', utf16(json, true), 'application/json'],
    ['UTF-16 big-endian with a BOM', utf16(json, false), null],
    [
      'UTF-16 with a BOM against its content type',
      utf16(json, true),
      'application/json; charset=utf-8',
    ],
    ['windows-1255 by content type', oneByte(json), 'application/json; charset=windows-1255'],
    [
      'windows-1255 by quoted content type',
      oneByte(json),
      'application/json; charset="WINDOWS-1255"',
    ],
    ['ISO-8859-8 by content type', oneByte(json), 'application/json;charset=ISO-8859-8'],
    ['windows-1255 by the XML declaration', oneByte(xmlBody('windows-1255')), 'text/xml'],
    ['ISO-8859-8 by the XML declaration', oneByte(xmlBody('ISO-8859-8')), null],
    [
      'windows-1255 by content type against the XML declaration',
      oneByte(xmlBody('utf-8')),
      'text/xml; charset=windows-1255',
    ],
    ['UTF-16 XML with a BOM', utf16(xmlBody('UTF-16'), true), 'text/xml'],
    [
      'UTF-8 XML that says it is in UTF-16',
      new TextEncoder().encode(xmlBody('UTF-16')),
      'text/xml',
    ],
    [
      'UTF-8 XML that says it is in ASCII',
      new TextEncoder().encode(xmlBody('us-ascii')),
      'text/xml',
    ],
    [
      'a form percent-encoded in UTF-8',
      formIn((text) => new TextEncoder().encode(text)),
      'application/x-www-form-urlencoded',
    ],
    [
      'a form percent-encoded in windows-1255',
      formIn(oneByte),
      'application/x-www-form-urlencoded; charset=windows-1255',
    ],
    [
      'a form percent-encoded in ISO-8859-8, as bytes',
      new TextEncoder().encode(formIn(oneByte)),
      'application/x-www-form-urlencoded; charset=iso-8859-8',
    ],
  ])('are decoded in their charset: %s', (_, body, contentType) => {
    const cdr: Cdr = parseCdr(body, contentType);
    expect(withoutTransport(cdr)).toEqual(withoutTransport(parseCdr(record)));
  });

  it('are read as UTF-8 if the declared charset is unknown, with an issue', () => {
    const cdr = parseCdr(new TextEncoder().encode(json), 'application/json; charset=klingon');
    expect(cdr.queue?.name).toBe('תור מכירות');
    expect(cdr.issues).toMatchObject([{ path: [], code: 'unknown_charset', received: 'klingon' }]);
  });

  it('are guessed to be windows-1255 if no charset is declared, with an issue', () => {
    const cdr = parseCdr(oneByte(json), 'application/json');
    expect(cdr.queue?.name).toBe('תור מכירות');
    expect(cdr.issues).toMatchObject([{ path: [], code: 'guessed_charset' }]);
  });
});

describe('leading zeros survive', () => {
  const record = { ...QUEUE, representative_code: '0012', queueid: '007', caller: '0501234567' };
  it.each(['json', 'form', 'xml-rpc'] as const)('in %s', (format) => {
    const cdr = parseCdr(ENCODERS[format](record), CONTENT_TYPES[format]);
    expect(cdr.representative?.code).toBe('0012');
    expect(cdr.queue?.id).toBe('007');
    expect(cdr.caller).toBe('0501234567');
  });

  it('in an XML-RPC integer', () => {
    const body = call(record, typed('i4')).replace(
      '<string>0501234567</string>',
      '<i4>0501234567</i4>',
    );
    expect(parseCdr(body, CONTENT_TYPES['xml-rpc']).caller).toBe('0501234567');
  });
});

describe('an unexpected value', () => {
  it.each<[what: string, sent: Wire]>([
    ['a list for a structure', { dialerData: [1, null] }],
    ['nothing for the duration', { duration: null }],
    ['numbers that are too large', { CustomData: { a: { b: 1e21 } }, price: 1e300 }],
    ['text for a number', { price: 'free', dialtime: 'soon' }],
    ['an invalid boolean', { isAnswer: 'maybe' }],
  ])('is reported alike in every format: %s', (_, sent) => {
    const [json, ...others] = Object.values(ENCODERS).map((encode) =>
      withoutTransport(parseCdr(encode(minimal(sent)))),
    );
    for (const other of others) expect(other).toEqual(json);
  });
});

describe('a form that a framework parsed', () => {
  const body = ENCODERS.form(QUEUE);
  const formData = new FormData();
  for (const [key, value] of new URLSearchParams(body)) formData.append(key, value);

  it.each<[what: string, body: object]>([
    ['URLSearchParams', new URLSearchParams(body)],
    ['FormData', formData],
  ])('into %s is still a form', (_, given) => {
    const cdr = parseCdr(given, 'multipart/form-data; boundary=x');
    expect(cdr.format).toBe('form');
    expect(withoutTransport(cdr)).toEqual(withoutTransport(parseCdr(body)));
    expect(detectFormat(given)).toBe('form');
  });

  it('is limited by the characters of its keys and values', () => {
    const maxBytes = [...new URLSearchParams(body)].flat().join('').length;
    expect(parseCdr(formData, null, { limits: { maxBytes } }).format).toBe('form');
    const limits = { maxBytes: maxBytes - 1 };
    expect(errorOf(formData, null, { limits }).code).toBe('too_large');
  });

  it('without any field counts as empty', () => {
    expect(errorOf(new FormData()).message).toBe('The body is empty');
  });
});
