import { describe, expect, it } from 'vitest';
import { type Cdr, parseCdr } from 'voicenter-cdr';
import { expectGiven, type Written } from './expectations.js';
import { CONTENT_TYPES, ENCODERS, minimal, type Wire, withoutTransport } from './records.js';

const LAYERS = [
  { layer_id: 1, layer_name: 'Main', layer_number: 0, Dtmf: 3, dtmf_order: 1 },
  { layer_id: 2, layer_name: 'מכירות', layer_number: 2, Dtmf: '04#', dtmf_order: 2 },
];
const [FIRST, SECOND] = LAYERS;
const KEYS = ['layer_id', 'layer_name', 'layer_number', 'Dtmf', 'dtmf_order'] as const;
const COLUMNS = Object.fromEntries(KEYS.map((key) => [key, LAYERS.map((layer) => layer[key])]));
const TEXTS = LAYERS.map((layer) => JSON.stringify(layer));
const PLAIN = minimal();
const value = (cdr: Cdr) => withoutTransport(cdr);
const json = (body: Written['body']): Written => ({ body, contentType: CONTENT_TYPES.json });
const form = (body: Written['body']): Written => ({ body, contentType: CONTENT_TYPES.form });

describe('menus are read', () => {
  const fields = (write: (key: string, index: number) => string) =>
    LAYERS.flatMap((layer, index) =>
      KEYS.map((key) => `${write(key, index)}=${encodeURIComponent(layer[key])}`),
    );
  const asForm = (pairs: string[]) => form([ENCODERS.form(PLAIN), ...pairs].join('&'));
  const columns = (write: (key: string) => string) =>
    asForm(
      KEYS.flatMap((key) => fields(write).filter((pair) => pair.startsWith(`${write(key)}=`))),
    );

  it.each<[what: string, written: Written]>([
    ['as JSON text', json({ ...PLAIN, IVR: JSON.stringify(LAYERS) })],
    ['as JSON text of JSON text', json({ ...PLAIN, IVR: JSON.stringify(JSON.stringify(LAYERS)) })],
    ['as a list of JSON texts', json({ ...PLAIN, IVR: TEXTS })],
    ['as JSON text of a list of JSON texts', json({ ...PLAIN, IVR: JSON.stringify(TEXTS) })],
    ['as an object of indexes', json({ ...PLAIN, IVR: { 0: FIRST, 1: SECOND } })],
    ['as columns', json({ ...PLAIN, IVR: COLUMNS })],
    ['as columns in a list', json({ ...PLAIN, IVR: [COLUMNS] })],
    ['as columns that are objects of indexes', json({ ...PLAIN, IVR: objects(COLUMNS) })],
    ['as JSON text of columns', json({ ...PLAIN, IVR: JSON.stringify(COLUMNS) })],
    ['with every value in a list of one', json({ ...PLAIN, IVR: LAYERS.map(inLists) })],
    ['in a list of one', json({ ...PLAIN, IVR: [LAYERS] })],
    ['as JSON text in a list of one', form({ ...PLAIN, IVR: [JSON.stringify(LAYERS)] })],
    [
      'as a field with JSON text each',
      asForm(TEXTS.map((text) => `IVR=${encodeURIComponent(text)}`)),
    ],
    ['as the same with brackets', asForm(TEXTS.map((text) => `IVR[]=${encodeURIComponent(text)}`))],
    ['in brackets with indexes', asForm(fields((key, index) => `IVR[${index}][${key}]`))],
    ['with dots', asForm(fields((key, index) => `IVR[${index}].${key}`))],
    [
      'in brackets without indexes, behind a parser',
      form({ ...PLAIN, ...columnsWith((key) => `IVR[][${key}]`) }),
    ],
    [
      'with dots and without indexes, behind a parser',
      form({ ...PLAIN, ...columnsWith((key) => `IVR[].${key}`) }),
    ],
    ['by repeated keys', asForm(fields((key) => `IVR[${key}]`))],
    ['by repeated keys, column by column', columns((key) => `IVR[${key}]`)],
    ['by repeated keys with brackets', columns((key) => `IVR[${key}][]`)],
    ['as columns behind qs', form({ ...PLAIN, IVR: [COLUMNS] })],
    ['as columns of text', form({ ...PLAIN, IVR: { ...COLUMNS, layer_id: ['1', '2'] } })],
  ])('sent %s', (_, { body, contentType }) => {
    const expected = parseCdr({ ...PLAIN, IVR: LAYERS });
    expect(value(parseCdr(body, contentType))).toEqual(value(expected));
  });

  it('sent with dots, as customData is, even with keys that are not identifiers', () => {
    const pairs = ['CustomData.order-id=17', 'CustomData.שם+מלא=x', 'CustomData.a_b=y'];
    const { body, contentType } = asForm(pairs);
    const { customData } = parseCdr(body, contentType);
    expect(customData).toEqual({ 'order-id': '17', 'שם מלא': 'x', a_b: 'y' });
  });

  it('sent in an XML-RPC array without data', () => {
    const body = ENCODERS['xml-rpc']({ ...PLAIN, IVR: LAYERS }).replaceAll(/<\/?data>/g, '');
    expect(value(parseCdr(body, 'text/xml'))).toEqual(value(parseCdr({ ...PLAIN, IVR: LAYERS })));
  });

  it('sent as a list of JSON texts in XML-RPC', () => {
    const body = ENCODERS['xml-rpc']({ ...PLAIN, IVR: TEXTS });
    expect(value(parseCdr(body, 'text/xml'))).toEqual(value(parseCdr({ ...PLAIN, IVR: LAYERS })));
  });

  it('sent as columns with an empty name or without a press', () => {
    const layers = [
      { layer_id: 1, layer_name: '', Dtmf: 0 },
      { layer_id: 2, layer_name: 'B', Dtmf: 5 },
    ];
    const expected = value(parseCdr({ ...PLAIN, IVR: layers }));
    const pairs = layers.flatMap((layer) =>
      Object.entries(layer).map(([key, sent]) => `IVR[${key}]=${sent}`),
    );
    expect(value(parseCdr(`${ENCODERS.form(PLAIN)}&${pairs.join('&')}`))).toEqual(expected);
    const IVR = { layer_id: [1, 2], layer_name: ['', 'B'], Dtmf: [0, 5] };
    expect(value(parseCdr({ ...PLAIN, IVR }))).toEqual(expected);
  });
});

/** The objects that qs makes of more than twenty values. */
function objects(columns: Wire): Wire {
  return Object.fromEntries(
    Object.entries(columns).map(([key, items]) => [key, { ...Object(items) }]),
  );
}

/** Columns under form keys. */
function columnsWith(write: (key: string) => string): Wire {
  return Object.fromEntries(Object.entries(COLUMNS).map(([key, items]) => [write(key), items]));
}

function inLists(structure: Wire): Wire {
  return Object.fromEntries(Object.entries(structure).map(([key, sent]) => [key, [sent]]));
}

describe('a value in a list of one is read as the value', () => {
  const record = minimal({
    ...{ type: 'Queue', queueid: 7, queuename: 'Sales', price: 14.5, isAnswer: 1 },
    CustomData: { order: '17' },
    aiData: { insights: { summary: 'x' } },
    IVR: LAYERS,
  });

  it.each(['json', 'xml-rpc'] as const)('in %s', (format) => {
    const body = ENCODERS[format](inLists(record));
    expect(value(parseCdr(body, CONTENT_TYPES[format]))).toEqual(value(parseCdr(record)));
  });

  it('in a parsed form', () => {
    const fields = Object.fromEntries(new URLSearchParams(ENCODERS.form(record)));
    expect(value(parseCdr(inLists(fields), CONTENT_TYPES.form))).toEqual(value(parseCdr(record)));
  });

  it('in a form with brackets', () => {
    const body = ENCODERS.form(record).replaceAll('=', '[]=');
    expect(value(parseCdr(body, CONTENT_TYPES.form))).toEqual(value(parseCdr(record)));
  });

  it('inside the AI analysis', () => {
    const aiData = {
      insights: [{ summary: ['x'], participants: { caller: [{ name: ['A'] }] } }],
      transcript: [{ text: ['hello'], startTime: [1.5] }],
    };
    const { ai } = parseCdr(minimal({ aiData }));
    expect(ai).toMatchObject({
      summary: 'x',
      participants: { caller: { name: 'A' } },
      transcript: [{ text: 'hello', startSeconds: 1.5 }],
    });
  });
});

describe('a structure in a list of one is read as the structure', () => {
  const record = minimal({
    CustomData: { order: '17' },
    dialerData: { campaignID: 5 },
    aiData: { insights: { participants: { caller: { personality_traits: ['calm', 'kind'] } } } },
    IVR: LAYERS,
  });
  const keys = ['CustomData', 'dialerData', 'aiData', 'IVR'];
  const changed = (change: (structure: unknown) => unknown) => ({
    ...record,
    ...Object.fromEntries(keys.map((key) => [key, change(record[key])])),
  });

  it.each<[what: string, change: (structure: unknown) => unknown]>([
    ['a list', (structure) => [structure]],
    ['JSON text of a list', (structure) => JSON.stringify([structure])],
    ['JSON text of a list in a list', (structure) => [JSON.stringify([structure])]],
    ['JSON text in a list', (structure) => [JSON.stringify(structure)]],
  ])('%s', (_, change) => {
    for (const format of ['json', 'xml-rpc'] as const) {
      const body = ENCODERS[format](changed(change));
      expect(value(parseCdr(body, CONTENT_TYPES[format]))).toEqual(value(parseCdr(record)));
    }
  });

  it.each<[what: string, traits: unknown]>([
    ['in a list of one', [['calm', 'kind']]],
    ['as JSON text in a list of one', ['["calm","kind"]']],
    ['as JSON text of JSON text', JSON.stringify('["calm","kind"]')],
    ['as an object of indexes', { 0: 'calm', 1: 'kind' }],
  ])('personality_traits %s', (_, personality_traits) => {
    const aiData = { insights: { participants: { caller: { personality_traits } } } };
    expect(value(parseCdr({ ...record, aiData }))).toEqual(value(parseCdr(record)));
  });
});

describe('the last value of a list counts, with an issue', () => {
  it.each<[key: string, list: unknown[], path: string, last: unknown]>([
    ['status', ['BUSY', 'ANSWER'], 'status', 'ANSWER'],
    ['duration', ['5', 9], 'durationSeconds', 9],
    ['queuename', ['A', 'B', 'C'], 'queue.name', 'C'],
    ['ivruniqueid', ['a1', 'a2'], 'callId', 'a2'],
    ['time', [1, 1595960350], 'startedAt', '2020-07-28T15:19:10.000Z'],
  ])('in %s', (key, list, path, last) => {
    const expected = { [path]: last, 'issues.length': 1, 'issues.0.code': 'duplicate_field' };
    const sent = minimal({ type: 'Queue', [key]: list });
    for (const written of [json(JSON.stringify(sent)), json(sent), form(sent)]) {
      expectGiven(written, { ...expected, 'issues.0.path': [key] });
    }
    expectGiven({ body: ENCODERS['xml-rpc'](sent), contentType: 'text/xml' }, expected);
  });

  it('like a repeated field, in bytes and behind a parser', () => {
    const body = `${ENCODERS.form(minimal())}&caller=0501234567&caller=0501234568`;
    const parsed = { ...minimal(), caller: ['0501234567', '0501234568'] };
    const fromParser = parseCdr(parsed, CONTENT_TYPES.form);
    expect(value(parseCdr(body, CONTENT_TYPES.form))).toEqual(value(fromParser));
    expect(fromParser.issues).toMatchObject([{ path: ['caller'], code: 'duplicate_field' }]);
  });
});

describe('a structure in custom data stays JSON text', () => {
  const CustomData = { list: ['a'], lists: ['a', 'b'], object: { x: 1 }, none: [], text: 'x' };
  it.each(['json', 'form', 'xml-rpc'] as const)('in %s', (format) => {
    const body = ENCODERS[format](minimal({ CustomData }));
    const { customData, issues } = parseCdr(body, CONTENT_TYPES[format]);
    expect(issues).toEqual([]);
    expect(customData).toMatchObject({
      list: '["a"]',
      lists: '["a","b"]',
      object: '{"x":1}',
      text: 'x',
    });
  });
});
