import fc from 'fast-check';
import { WIRE_KEYS } from '../../src/model/wire.js';
import { wireRecord } from '../arbitraries.js';
import { ENCODERS } from '../records.js';

const HOSTILE_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'toJSON',
  'length',
  '',
  '0',
  '4294967295',
];
/** A field name: the vendor's, one that means something to JavaScript, or an arbitrary one. */
export const key = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...Object.keys(WIRE_KEYS)) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_NAMES) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'insights',
      'emotions',
      'transcript',
      'questions',
      'answer',
      'data_type',
      'layer_id',
      'Dtmf',
      'dtmf_order',
      'TIME',
      'Iv_Runique_ID',
    ),
  },
  fc.string({ unit: 'binary', maxLength: 6 }),
);

/** Scalars as they might be written, and as nobody should. */
const word = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-0',
    '1',
    '1e3',
    '1e999',
    '-1e999',
    'NaN',
    'Infinity',
    '0x10',
    ' 7 ',
    '٧',
    '007',
    '12345678901234567890',
    '9007199254740993',
    '0.1',
    '1.',
    'true',
    'null',
    'ANSWER',
    'Queue',
    '20200728a',
    '1595960350',
    '2020-07-28T18:19:10',
    '[',
    '{',
    '[1,{"a":[]}]',
    '{"__proto__":{"x":1}}',
    'https://a.example/b',
    'javascript:x',
  ),
  fc.constantFrom(
    '\0',
    '\ud800',
    '\udc00x',
    '\u202e',
    '\u2028',
    '\r\n',
    '\u001b[31m',
    '\ufeff',
    '\uffff',
    'שלום',
    '😀',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const { json, object } = fc.letrec<{ json: string; list: string; object: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    word.map((text) => JSON.stringify(text)),
    fc.constantFrom(
      '0',
      '-0',
      '1',
      '1e999',
      '-1E+400',
      '12345678901234567890',
      '1.5',
      'true',
      'null',
      '1595960350',
      'NaN',
      '01',
      '+1',
    ),
    tie('object'),
    tie('list'),
  ),
  list: fc.array(tie('json'), { maxLength: 4 }).map((items) => `[${items.join()}]`),
  object: fc
    .array(fc.tuple(key, tie('json')), { maxLength: 6 })
    .map(
      (members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`,
    ),
}));

const escaped = (text: string) =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);
const xmlText = fc.oneof(
  { weight: 4, arbitrary: word.map(escaped) },
  fc.constantFrom(
    '<![CDATA[x]]>',
    '<![CDATA[]]]]><![CDATA[>]]>',
    '<!-- > -->',
    '<?p <x> ?>',
    '&#0;',
    '&#xD800;',
    '&#x110000;',
    '&#99999999999999999999;',
    '&nbsp;',
    '&#x5d0;',
    ']]>',
    '&',
  ),
);
const scalarTag = fc.constantFrom(
  'string',
  'i4',
  'i8',
  'int',
  'double',
  'boolean',
  'base64',
  'nil',
  'ex:i8',
  'ex:nil',
  'dateTime.iso8601',
  'constructor',
  '__proto__',
);
const { value: xmlValue, struct } = fc.letrec<{ value: string; struct: string; member: string }>(
  (tie) => ({
    value: fc
      .oneof(
        { maxDepth: 5 },
        xmlText,
        fc.tuple(scalarTag, xmlText).map(([tag, text]) => `<${tag}>${text}</${tag}>`),
        tie('struct'),
        fc
          .array(tie('value'), { maxLength: 4 })
          .map((items) => `<array><data>${items.join('')}</data></array>`),
      )
      .map((inner) => `<value>${inner}</value>`),
    struct: fc
      .array(tie('member'), { maxLength: 5 })
      .map((members) => `<struct>${members.join('')}</struct>`),
    member: fc
      .tuple(key, tie('value'), fc.constantFrom('', ' a="1>"', '/'))
      .map(([name, inner, odd]) =>
        odd === '/' ? '<member/>' : `<member${odd}><name>${escaped(name)}</name>${inner}</member>`,
      ),
  }),
);
const head = fc.constantFrom(
  '',
  '<?xml version="1.0"?>',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '<!-- -->',
);
const callOf = (start: string, inner: string) =>
  `${start}<methodCall><params><param>${inner}</param></params></methodCall>`;
const xml = fc.tuple(head, xmlValue).map(([start, inner]) => callOf(start, inner));

const escapeAll = (text: string) => encodeURIComponent(text.toWellFormed());
const formPart = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(key, word, json).map(escapeAll) },
  fc.constantFrom('%', '%zz', '%C0%AF', '%ED%A0%80', '%00', '+', '%E2%80%AE', '&', '&&', '='),
  fc
    .tuple(
      key,
      fc.array(fc.constantFrom('', '0', '1', '7', 'a', '__proto__', '99999999999', '[', ']'), {
        maxLength: 4,
      }),
    )
    .map(([name, path]) => `${escapeAll(name)}${path.map((part) => `[${part}]`).join('')}`),
);
const form = fc
  .array(fc.tuple(formPart, formPart), { maxLength: 12 })
  .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));

/** The required keys, without which nothing else of a record is read. */
const CALL = { ivruniqueid: 'a', type: 'Queue', status: 'ANSWER', time: '1595960350' };
const CALL_MEMBERS = Object.entries(CALL)
  .map(([name, value]) => `<member><name>${name}</name><value>${value}</value></member>`)
  .join('');

/** A body from the grammar of one format, usually with a call in it. */
export const built = fc.oneof(
  fc.tuple(fc.constant('built json'), json),
  fc.tuple(fc.constant('built xml'), xml),
  fc.tuple(fc.constant('built form'), form),
  fc.tuple(
    fc.constant('built json of a call'),
    object.map(
      (sent) => `${JSON.stringify(CALL).slice(0, -1)}${sent === '{}' ? '' : ','}${sent.slice(1)}`,
    ),
  ),
  fc.tuple(
    fc.constant('built xml of a call'),
    fc
      .tuple(fc.constantFrom('', '<?xml version="1.0"?>'), struct)
      .map(([start, inner]) =>
        callOf(start, `<value>${inner.replace('<struct>', `<struct>${CALL_MEMBERS}`)}</value>`),
      ),
  ),
  fc.tuple(
    fc.constant('built form of a call'),
    form.map((sent) => `${new URLSearchParams(CALL)}&${sent}`),
  ),
  fc
    .tuple(fc.constantFrom('json', 'xml-rpc', 'form'), wireRecord)
    .map(([format, record]): [string, string] => [
      `record in ${format}`,
      ENCODERS[format as 'json'](record),
    ]),
);
