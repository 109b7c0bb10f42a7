import { Readable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cdr, type CdrFormat, parseCdr } from 'voicenter-cdr';
import { cdrSchema } from 'voicenter-cdr/schema';
import { type EncodedCdr, encodeCdr, sampleCdr } from 'voicenter-cdr/testing';
import Deserializer from 'xmlrpc/lib/deserializer.js';
import { wireRecord } from './arbitraries.js';
import { FULL_RECORD } from './full-record.js';
import { reproducible } from './properties.js';
import { minimal, QUEUE, type Wire, withoutTransport } from './records.js';

reproducible(20240115, 200);

const formats: CdrFormat[] = ['json', 'form', 'xml-rpc'];

const parsed = ({ body, contentType }: EncodedCdr) => parseCdr(body, contentType);
/** The fields of a Cdr that must survive a round trip. */
const fieldsOf = ({ format, raw, issues, ...fields }: Cdr) => fields;

/** Identifiers come as text, whatever they were sent as. */
const asText = <K extends string>(record: Record<K, unknown>, ...keys: K[]) =>
  Object.fromEntries(keys.map((key) => [key, String(record[key])]));

describe('an encoded wire record', () => {
  it('is parsed to the same value in every format', () => {
    fc.assert(
      fc.property(wireRecord, fc.constantFrom(...formats), (record, format) => {
        const cdr = parsed(encodeCdr(record, format));
        expect(cdr.format).toBe(format);
        expect(withoutTransport(cdr)).toEqual(withoutTransport(parseCdr(record)));
      }),
    );
  });

  it('is the same record in JSON, key by key', () => {
    fc.assert(
      fc.property(wireRecord, (record) => {
        expect(parsed(encodeCdr(record, 'json')).raw).toEqual(record);
      }),
    );
  });

  it('is also read by the npm xmlrpc library', async () => {
    const { body } = encodeCdr(QUEUE, 'xml-rpc');
    // The library supports i4 and i8, but not nil.
    const params = await new Promise((done, fail) =>
      new Deserializer().deserializeMethodCall(Readable.from([body]), (error, _, read) =>
        error ? fail(error) : done(read),
      ),
    );
    expect(params).toEqual([QUEUE]);
  });

  it('is also read by URLSearchParams', () => {
    const { body } = encodeCdr(
      sampleCdr('Queue', 'ANSWER', { queuename: 'מכירות & שירות' }),
      'form',
    );
    const fields = Object.fromEntries(new URLSearchParams(body));
    expect(fields).toMatchObject({ queuename: 'מכירות & שירות', duration: '62' });
    expect(JSON.parse(fields['IVR'] ?? '')).toHaveLength(2);
  });

  it.each(formats)('keeps lists of any length in %s', (format) => {
    const layers = [1, 2, 3].map((order) => ({ layer_id: order, Dtmf: '7', dtmf_order: order }));
    for (const length of [0, 1, 3]) {
      const cdr = parsed(encodeCdr(minimal({ IVR: layers.slice(0, length) }), format));
      expect(cdr.ivr.map(({ layerId }) => layerId)).toEqual(['1', '2', '3'].slice(0, length));
      expect(cdr.issues).toEqual([]);
    }
  });

  it.each(formats)('keeps every serializable kind of value in %s', (format) => {
    const cdr = parsed(
      encodeCdr(
        minimal({
          time: new Date('2024-01-15T08:00:00Z'),
          duration: -0,
          queueid: 12345678901234567890n,
          price: 14.5,
          did: null,
          queuename: undefined,
          IsDoNotCallMe: true,
          CustomData: { none: null, neither: undefined, __proto__: null, since: new Date(0) },
          dialerData: { campaignID: 9007199254740993n, Phone: undefined },
          aiData: { transcript: [undefined, null], insights: undefined },
        }),
        format,
      ),
    );
    expect(cdr).toMatchObject({
      startedAt: new Date('2024-01-15T08:00:00Z'),
      durationSeconds: 0,
      queue: { id: '12345678901234567890', name: null },
      priceAgorot: 14.5,
      did: null,
      doNotCall: { listed: true },
      dialer: { campaignId: '9007199254740993', phone: null },
    });
    expect(cdr.customData).toEqual({ since: '1970-01-01T00:00:00.000Z' });
    expect(cdr.issues).toEqual([]);
  });

  it.each(formats)('omits keys with the value undefined in %s', (format) => {
    const { raw } = parsed(encodeCdr(minimal({ did: undefined, caller: '' }), format));
    expect(Object.keys(raw)).toEqual([...Object.keys(minimal()), 'caller']);
  });

  it('keeps special JavaScript names as keys', () => {
    const customData = JSON.parse('{"__proto__":"a","constructor":"b","toString":"c"}');
    for (const format of formats) {
      const cdr = parsed(encodeCdr(minimal({ CustomData: customData }), format));
      expect(Object.entries(cdr.customData)).toEqual(Object.entries(customData));
    }
  });

  it('can contain a record and a Date from another realm', () => {
    const record = runInNewContext('({ ...record, time: new Date(0), IVR: [{ layer_id: 1 }] })', {
      record: minimal(),
    });
    expect(parsed(encodeCdr(record, 'form'))).toMatchObject({ startedAt: new Date(0) });
  });

  it('is left unchanged', () => {
    const record = Object.freeze(minimal({ IVR: Object.freeze([Object.freeze({ Dtmf: 1 })]) }));
    for (const format of formats) expect(() => encodeCdr(record, format)).not.toThrow();
  });

  it.each<CdrFormat>(['json', 'xml-rpc'])('can be part of a list in %s', (format) => {
    expect(parsed(encodeCdr([QUEUE], format))).toMatchObject({ callId: QUEUE.ivruniqueid, format });
    expect(() => parsed(encodeCdr([QUEUE, QUEUE], format))).toThrow('received 2');
    expect(() => parsed(encodeCdr([], format))).toThrow('received 0');
  });
});

describe('an encoded Cdr', () => {
  const question = fc
    .tuple(
      fc.constantFrom('boolean', 'number', 'json array', 'json object list', 'json object', 'ode'),
      fc.jsonValue(),
    )
    .map(([data_type, answer]) => ({ data_type, answer }));
  const record = fc
    .tuple(
      wireRecord,
      fc.array(question, { maxLength: 4 }),
      fc.record({
        startMilliseconds: fc.integer({ min: 0, max: 253_402_300_799_999 }),
        caller: fc.record({
          name: fc.constant('א'),
          personality_traits: fc.constant(['calm', '[']),
        }),
      }),
    )
    .map(([wire, questions, { startMilliseconds, caller }]) => ({
      ...wire,
      time: new Date(startMilliseconds),
      ...('aiData' in wire && {
        aiData: {
          ...(wire['aiData'] as object),
          insights: { questions, participants: { caller } },
          emotions: { questions, sentences: [{ emotion: 'joy', emotion_direction: -1 }] },
        },
      }),
    }));

  it('comes back with every field, from and to every format', () => {
    const each = fc.constantFrom(...formats);
    fc.assert(
      fc.property(record, each, each, (wire, from, to) => {
        const cdr = parsed(encodeCdr(wire, from));
        const again = parsed(encodeCdr(cdr, to));
        expect(fieldsOf(again)).toEqual(fieldsOf(cdr));
        expect(again.format).toBe(to);
      }),
    );
  });

  it('gets no new issues, except for a missing duration', () => {
    fc.assert(
      fc.property(record, fc.constantFrom(...formats), (wire, format) => {
        const cdr = parseCdr(wire);
        const codes = new Set(cdr.issues.map(({ code }) => code));
        const again = parsed(encodeCdr(cdr, format)).issues;
        for (const { code, path } of again.filter(({ path }) => path[0] !== 'duration')) {
          expect(codes, path.join('.')).toContain(code);
        }
      }),
    );
  });

  it('comes back after a round trip through a database', () => {
    fc.assert(
      fc.property(record, fc.constantFrom(...formats), (wire, format) => {
        const cdr = parsed(encodeCdr(wire, 'json'));
        const stored = JSON.parse(JSON.stringify(cdr));
        expect(fieldsOf(parsed(encodeCdr(stored, format)))).toEqual(fieldsOf(cdr));
        expect(fieldsOf(parsed(encodeCdr(cdrSchema.parse(stored), format)))).toEqual(fieldsOf(cdr));
      }),
    );
  });

  it.each<[what: string, record: Wire]>([
    ['without a duration', minimal({ duration: undefined })],
    ['with an invalid duration', minimal({ type: 'Queue', duration: 'long' })],
    ['with a wait longer than the call', { ...QUEUE, seconds_waiting_in_queue: 99 }],
    [
      'whose first leg has a status of its own',
      minimal({ type: 'Click2Call leg1', leg1DialStatusName: 'busy' }),
    ],
    [
      'whose first leg has a status that nobody knows',
      minimal({ type: 'Click2Call leg2', leg1DialStatusName: 'ODD' }),
    ],
    ['of an unknown status that was answered', minimal({ status: 'ODD', isAnswer: 1 })],
    ['of a type in another spelling', minimal({ type: 'click2callleg2', status: 'answer' })],
    ['whose direction says otherwise', minimal({ direction: 'outgoing' })],
    ['with a press of a digit and of none', minimal({ IVR: [{ Dtmf: '00' }, { Dtmf: 0 }, {}] })],
    ['with a whole analysis', minimal({ aiData: { insights: {}, emotions: {}, transcript: [] } })],
    ['with an analysis that is empty', minimal({ aiData: {} })],
    [
      'with sentences that say nothing',
      minimal({ aiData: { emotions: { sentences: [{ x: 1 }] }, transcript: [{ x: 1 }] } }),
    ],
  ])('comes back %s', (_, wire) => {
    const cdr = parseCdr(wire);
    for (const format of formats) {
      expect(fieldsOf(parsed(encodeCdr(cdr, format)))).toEqual(fieldsOf(cdr));
    }
  });

  it.each<[field: string, change: object]>([
    ['durationSeconds', { durationSeconds: 5 }],
    ['startedAt', { startedAt: new Date('2024-01-15T08:00:00.001Z') }],
    ['customerPhone', { customerPhone: '0507654321' }],
    ['queue', { queue: { id: '007', name: 'Support', waitSeconds: 3 } }],
    ['ivr', { ivr: [] }],
    ['customData', { customData: { order: '0042' } }],
    ['type', { type: 'VoiceMail' }],
    ['status', { status: 'BUSY' }],
    ['typeName', { type: 'unknown', typeName: 'Hologram' }],
  ])('arrives with a changed %s, whatever is in raw', (_, change) => {
    for (const format of formats) {
      expect(parsed(encodeCdr({ ...parseCdr(QUEUE), ...change }, format))).toMatchObject(change);
    }
  });

  it.each<[what: string, note: string, arrives: Record<CdrFormat, string>]>([
    ['a line break', 'a\r\nb', { json: 'a\r\nb', form: 'a\r\nb', 'xml-rpc': 'a\r\nb' }],
    ['a control', 'a\u0001b', { json: 'a\u0001b', form: 'a\u0001b', 'xml-rpc': 'a\u{FFFD}b' }],
    // A form carries custom data as JSON text.
    ['half a pair', 'a\uD83Db', { json: 'a\uD83Db', form: 'a\uD83Db', 'xml-rpc': 'a\u{FFFD}b' }],
  ])('keeps %s in its text if the format can carry it', (_, note, arrives) => {
    const cdr = parseCdr({ ...QUEUE, CustomData: { note } });
    for (const format of formats) {
      expect(parsed(encodeCdr(cdr, format)).customData['note']).toBe(arrives[format]);
    }
  });

  it('loses a lone surrogate in a field of a form', () => {
    const cdr = parseCdr({ ...QUEUE, caller: 'a\uD83Db' });
    expect(parsed(encodeCdr(cdr, 'form')).caller).toBe('a\u{FFFD}b');
  });

  it('loses white space around a key in XML-RPC, and has large integers in answers as text', () => {
    const answer = { large: 2 ** 53 };
    const aiData = { insights: { questions: [{ data_type: 'json object', answer }] } };
    const cdr = parseCdr({ ...QUEUE, CustomData: { ' a ': 'b' }, aiData });
    for (const format of formats) {
      const { customData, ai } = parsed(encodeCdr(cdr, format));
      expect(customData).toEqual(format === 'xml-rpc' ? { a: 'b' } : { ' a ': 'b' });
      expect(ai?.questions[0]?.answer).toEqual({ large: '9007199254740992' });
    }
  });

  it('loses keys that the model does not read, unlike a wire record', () => {
    const record = minimal({ NewKey: 'new' });
    expect(parsed(encodeCdr(parseCdr(record), 'form')).raw).not.toHaveProperty('NewKey');
    expect(parsed(encodeCdr(record, 'form')).raw).toHaveProperty('NewKey', 'new');
  });

  it('omits keys of empty fields', () => {
    const { raw } = parsed(encodeCdr(parseCdr(minimal({ duration: 0 })), 'json'));
    const derived = { actualCallDuration: 0, direction: 'incoming', IVR: [], CustomData: {} };
    expect({ ...raw }).toEqual({ ...minimal({ duration: 0 }), ...derived });
  });

  it('has each field under its own key', () => {
    const { dialerData, actualCallDialtime, aiData, ...keys } = FULL_RECORD;
    const { raw } = parsed(encodeCdr(parseCdr(FULL_RECORD), 'json'));
    expect(JSON.parse(String(raw['aiData']))).toEqual({
      ...aiData,
      insights: {
        ...aiData.insights,
        questions: [{ ...aiData.insights.questions[0], answer: true }],
      },
    });
    expect({ ...raw }).toEqual({
      ...keys,
      aiData: raw['aiData'],
      dialtime: actualCallDialtime,
      ...asText(keys, 'queueid', 'DepartmentID', 'TopDepartmentID', 'DoNotCallMeStatusCode'),
      ...asText(keys, 'campaignID', 'CampaignTypeID', 'CallID'),
      IVR: keys.IVR.map((layer) => ({ ...layer, layer_id: String(layer.layer_id) })),
    });
  });

  it('writes presses, booleans and speakers as Voicenter does', () => {
    const aiData = { transcript: [{ speaker: 'Speaker0' }, { speaker: 'Speaker1' }] };
    const cdr = parseCdr(minimal({ IVR: [{ layer_id: 1 }], IsDoNotCallMe: 'false', aiData }));
    const { raw } = parsed(encodeCdr(cdr, 'json'));
    expect(raw).toMatchObject({ IVR: [{ layer_id: '1', Dtmf: '0' }], IsDoNotCallMe: 0 });
    expect(JSON.parse(String(raw['aiData']))).toMatchObject(aiData);
  });

  it('is read in UTC', () => {
    const cdr = parseCdr(QUEUE, null, { timeZone: 'Asia/Jerusalem' });
    expect(parsed(encodeCdr(cdr, 'json')).startedAt).toEqual(cdr.startedAt);
  });
});

describe('a value that no body can hold throws a one-line TypeError', () => {
  const cycle: Wire = minimal();
  cycle['CustomData'] = { again: [cycle] };

  it.each<[what: string, record: unknown, message: string]>([
    ['a function', minimal({ caller: () => '' }), 'caller: expected text'],
    ['a symbol', minimal({ CustomData: { id: Symbol('id') } }), 'CustomData.id: expected text'],
    ['NaN', minimal({ IVR: [{}, { Dtmf: Number.NaN }] }), 'IVR.1.Dtmf: expected text'],
    ['infinity', minimal({ price: -1 / 0 }), 'received -Infinity'],
    ['a Map', minimal({ CustomData: new Map([['order', '1']]) }), 'received a Map'],
    ['a promise', minimal({ caller: Promise.resolve('') }), 'received a Promise'],
    ['an invalid Date', minimal({ time: new Date('') }), 'time: expected'],
    ['a cycle', cycle, 'CustomData.again.0: expected'],
    ['an invalid start', { callId: 'A', startedAt: 'now' }, 'time: expected'],
    [
      'a wire record with a start',
      minimal({ startedAt: new Date(0) }),
      'In a wire record, set time',
    ],
    ['a key that would break the line', minimal({ 'a\nb': () => '' }), 'a\u{FFFD}b: expected'],
    ['null', null, 'Expected a record'],
    ['text', 'caller=1', 'Expected a record'],
    ['a list of what is no record', [1], 'Expected a record'],
  ])('%s', (_, record, message) => {
    for (const format of ['json', 'xml-rpc', 'form'] satisfies CdrFormat[]) {
      const encode = () => encodeCdr(record as Wire, format);
      expect(encode).toThrow(TypeError);
      expect(encode).toThrow(message);
      expect(encode).not.toThrow(/\n/);
    }
  });

  it.each<[value: unknown, what: string]>([
    [() => '', 'a function'],
    [Symbol('id'), 'a symbol'],
    [Number.NaN, 'NaN'],
    [new Map(), 'a Map'],
    [new Date(''), 'an invalid Date'],
    [cycle, 'a circular reference'],
  ])('with its path and kind: %o', (value, what) => {
    const path = value === cycle ? 'CustomData.id.CustomData.again.0' : 'CustomData.id';
    expect(() => encodeCdr(minimal({ CustomData: { id: value } }), 'json')).toThrow(
      new TypeError(`${path}: expected text, a number, a list or an object, received ${what}`),
    );
  });

  it('in the AI analysis of a Cdr', () => {
    const cdr = parseCdr(minimal({ aiData: { insights: { questions: [{ data_type: 'x' }] } } }));
    const [question] = cdr.ai?.questions ?? [];
    Object.assign(question ?? {}, { answer: { deep: cdr.ai } });
    expect(() => encodeCdr(cdr, 'json')).toThrow(/^ai\.[\w.]+: expected text/);
  });

  it('such as a list in a form', () => {
    expect(() => encodeCdr([QUEUE], 'form')).toThrow(
      new TypeError('A form holds one record, not a list of them'),
    );
  });

  it.each(['xml', 'toString'])('and so does the format %s', (format) => {
    expect(() => encodeCdr(QUEUE, format as CdrFormat)).toThrow(
      new TypeError(`Expected the format json, xml-rpc or form, received "${format}"`),
    );
  });

  it('but a repeated object is no cycle', () => {
    const layer = { layer_id: 1 };
    expect(parsed(encodeCdr(minimal({ IVR: [layer, layer] }), 'json')).ivr).toHaveLength(2);
  });
});
