import { describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { expectGiven, type Written } from './expectations.js';
import { CONTENT_TYPES, ENCODERS, minimal, QUEUE, withoutTransport, xmlCall } from './records.js';

const JSON_TEXT = JSON.stringify(QUEUE);
const quoted = (text: string) => JSON.stringify(text);
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const param = (content: string) =>
  `<?xml version="1.0"?><methodCall><methodName>cdr</methodName><params><param>${content}</param></params></methodCall>`;
const structOf = (xml: string) => xml.slice(xml.indexOf('<struct>'), xml.lastIndexOf('</value>'));
const STRUCT = structOf(ENCODERS['xml-rpc'](QUEUE));
/** A structure as form fields, the way PHP's http_build_query and qs write it. */
const fields = (value: unknown, key: string): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([part, item]) => fields(item, `${key}[${part}]`))
    : [`${key}=${encodeURIComponent(String(value))}`];
const json = (body: Written['body']): Written => ({ body, contentType: CONTENT_TYPES.json });
const form = (body: Written['body']): Written => ({ body, contentType: CONTENT_TYPES.form });
const xml = (body: Written['body']): Written => ({ body, contentType: CONTENT_TYPES['xml-rpc'] });

describe('a wrapped record is unwrapped', () => {
  it.each<[what: string, written: Written]>([
    ['JSON text of JSON text', json(quoted(JSON_TEXT))],
    ['JSON text of JSON text, as bytes', json(new TextEncoder().encode(quoted(JSON_TEXT)))],
    ['JSON text of JSON text of JSON text', json(quoted(quoted(JSON_TEXT)))],
    ['JSON text of a list of one', json(quoted(`[${JSON_TEXT}]`))],
    ['a list of JSON text', json(`[${quoted(JSON_TEXT)}]`)],
    ['a list of JSON text, behind a parser', json([JSON_TEXT])],
    ...['payload', 'data', 'cdr', 'json', 'x'].flatMap((name): [string, Written][] => [
      [`the field ${name} of a form`, form(`${new URLSearchParams({ [name]: JSON_TEXT })}`)],
      [`the field ${name}, behind a parser`, form({ [name]: JSON_TEXT })],
      [`the field ${name}, as URLSearchParams`, form(new URLSearchParams({ [name]: JSON_TEXT }))],
    ]),
    ['a field with JSON text of JSON text', form({ payload: quoted(JSON_TEXT) })],
    ['a field with a list of one', form(`payload=${encodeURIComponent(`[${JSON_TEXT}]`)}`)],
    ['a field twice in a list, behind a parser', form({ payload: [JSON_TEXT] })],
    ['the key of a form', form(`${encodeURIComponent(JSON_TEXT)}=`)],
    ['the key of a form without =', form(encodeURIComponent(JSON_TEXT))],
    ['the JSON text itself, sent as a form', form(JSON_TEXT)],
    ['the key of a form, behind a parser', form({ [JSON_TEXT]: '' })],
    ['the key of a form, as URLSearchParams', form(new URLSearchParams([[JSON_TEXT, '']]))],
    ['a list of one in a form', form(fields(QUEUE, '0').join('&'))],
    ['a list of one with its index in brackets', form(fields(QUEUE, '[0]').join('&'))],
    [
      'the same, escaped',
      form(fields(QUEUE, '[0]').join('&').replace(/[[\]]/g, encodeURIComponent)),
    ],
    [
      'a list of one as ASP.NET writes it',
      form(
        fields(QUEUE, '[0]')
          .join('&')
          .replace(/\](?:\[(?!\d)(\w+)\])/g, '].$1'),
      ),
    ],
    ['a list of one in a form, behind a parser', form({ 0: QUEUE })],
    ['a list of one in a form, as a list behind a parser', form([QUEUE])],
    ['JSON text in the param', xml(param(`<value><string>${escaped(JSON_TEXT)}</string></value>`))],
    ['JSON text in the param without a type', xml(param(`<value>${escaped(JSON_TEXT)}</value>`))],
    ['JSON text in CDATA', xml(param(`<value><string><![CDATA[${JSON_TEXT}]]></string></value>`))],
    [
      'JSON text of JSON text in the param',
      xml(param(`<value>${escaped(quoted(JSON_TEXT))}</value>`)),
    ],
    ['JSON text of a list in the param', xml(param(`<value>[${escaped(JSON_TEXT)}]</value>`))],
    ['a param without a value', xml(param(STRUCT))],
    ['a param without a value, indented', xml(param(`\r\n  ${STRUCT}\r\n`))],
  ])('%s', (_, { body, contentType }) => {
    const cdr = parseCdr(body, contentType);
    expect(withoutTransport(cdr)).toEqual(withoutTransport(parseCdr(QUEUE)));
  });

  it('with its own values in raw', () => {
    expect(parseCdr({ payload: JSON_TEXT }, CONTENT_TYPES.form).raw).toEqual(QUEUE);
  });
});

// qs takes a list in the JSON text for the index of a key, and drops what follows the list.
describe('JSON text that qs split at a list', () => {
  const START = JSON.stringify(minimal()).slice(0, -1);
  const MENU = '{"layer_id":1,"Dtmf":3}';
  it.each<[what: string, body: object, layers: number]>([
    ['a list of one', { [`${START},"IVR":`]: { [MENU]: '' } }, 1],
    ['a list of two', { [`${START}, "IVR": `]: { [`${MENU},${MENU}`]: '' } }, 2],
    ['an empty list', { [`${START},"IVR":`]: [''] }, 0],
    ['a list before another', { [`${START},"IVR":`]: { [MENU]: { '1,2': '' } } }, 1],
  ])('is read up to the end of the list: %s', (_, body, layers) => {
    expectGiven(form(body), {
      callId: minimal()['ivruniqueid'],
      'ivr.length': layers,
      'issues.length': 1,
      'issues.0.code': 'invalid_field',
    });
  });

  it.each<[what: string, body: object]>([
    ['a list in a list', { [`${START},"IVR":[{"layer_id":`]: { '1,2': '' } }],
    ['text after the list', { [`${START},"IVR":`]: { [MENU]: 'b"}' } }],
    ['an empty list before another', { [`${START},"IVR":`]: [{ '1,2': '' }] }],
  ])('is refused where more than the end is missing: %s', (_, body) => {
    expectGiven(form(body), { error: 'missing_field', format: 'form' });
  });
});

describe('JSON text of JSON text is read like JSON text', () => {
  const IVR = [{ layer_id: 1, Dtmf: 3 }];
  const twice = (value: unknown) => quoted(JSON.stringify(value));
  const sent = {
    IVR: twice(IVR),
    CustomData: twice({ order: '17' }),
    dialerData: twice({ campaignID: 5 }),
    aiData: twice({
      insights: JSON.stringify({ summary: 'x', questions: twice([{ key: 'k', answer: 'a' }]) }),
      transcript: twice([{ text: 'hello' }]),
    }),
  };
  it.each(['json', 'form', 'xml-rpc'] as const)('in %s', (format) => {
    expectGiven(
      { body: ENCODERS[format](minimal(sent)), contentType: CONTENT_TYPES[format] },
      {
        'ivr.0.layerId': '1',
        'ivr.0.digits': '3',
        'customData.order': '17',
        'dialer.campaignId': '5',
        'ai.summary': 'x',
        'ai.questions.0.key': 'k',
        'ai.transcript.0.text': 'hello',
        'issues.length': 0,
      },
    );
  });
});

describe('a value that only looks wrapped', () => {
  it('is a record with a custom field', () => {
    for (const format of ['json', 'form', 'xml-rpc'] as const) {
      const body = ENCODERS[format](minimal({ payload: JSON_TEXT, data: quoted(JSON_TEXT) }));
      const { callId, raw } = parseCdr(body, CONTENT_TYPES[format]);
      expect([callId, raw['payload']]).toEqual([minimal()['ivruniqueid'], JSON_TEXT]);
    }
  });

  it.each<[what: string, written: Written]>([
    ['a required key at the top', form(new URLSearchParams({ status: JSON_TEXT }))],
    ['a required key at the top, behind a parser', form({ Type: JSON_TEXT })],
    ['two fields', form(new URLSearchParams({ payload: JSON_TEXT, sign: 'x' }))],
  ])('is not unwrapped: %s', (_, written) => {
    expectGiven(written, { error: 'missing_field', format: 'form' });
  });

  it.each<[what: string, written: Written]>([
    ['JSON text of a text', json(quoted(quoted('a call')))],
    ['JSON text of two records', json(quoted(`[${JSON_TEXT},${JSON_TEXT}]`))],
    [
      'a param with two records',
      xml(param(`<value>[${escaped(`${JSON_TEXT},${JSON_TEXT}`)}]</value>`)),
    ],
  ])('is not a record: %s', (_, written) => {
    expectGiven(written, { error: 'not_one_record' });
  });

  it('is refused if it contains no record', () => {
    expectGiven(form('payload=hello'), { error: 'missing_field', format: 'form' });
    expectGiven(xml(xmlCall({ payload: 'hello' })), { error: 'missing_field', format: 'xml-rpc' });
  });
});
