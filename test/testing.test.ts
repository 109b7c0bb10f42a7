import { Readable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CALL_STATUSES,
  CALL_TYPES,
  type Cdr,
  type CdrFormat,
  cdrSchema,
  isMissed,
  pairLegs,
  parseCdr,
} from 'voicenter-cdr';
import { type EncodedCdr, encodeCdr, sampleCdr } from 'voicenter-cdr/testing';
import Deserializer from 'xmlrpc/lib/deserializer.js';
import { wireRecord } from './arbitraries.js';
import { reproducible } from './properties.js';
import { CONTENT_TYPES, ENCODERS, minimal, QUEUE, type Wire, withoutTransport } from './wire.js';

reproducible(20240115, 200);

const formats: CdrFormat[] = ['json', 'form', 'xml-rpc'];
const types = [...Object.keys(CALL_TYPES), 'Click2Callleg1', 'Hologram'];
const statuses = [...Object.keys(CALL_STATUSES), 'PONDERING'];
const typesAndStatuses = types.flatMap((type) => statuses.map((status) => [type, status] as const));

const parsed = ({ body, contentType }: EncodedCdr) => parseCdr(body, contentType);
/** What must come back of a Cdr. */
const fieldsOf = ({ format, raw, issues, ...fields }: Cdr) => fields;

describe('a wire record that was encoded', () => {
  it('is parsed to the value of the record itself, in every format', () => {
    fc.assert(
      fc.property(wireRecord, fc.constantFrom(...formats), (record, format) => {
        const cdr = parsed(encodeCdr(record, format));
        expect(cdr.format).toBe(format);
        expect(withoutTransport(cdr)).toEqual(withoutTransport(parseCdr(record)));
      }),
    );
  });

  it('is in JSON the same record, key by key', () => {
    fc.assert(
      fc.property(wireRecord, (record) => {
        expect(parsed(encodeCdr(record, 'json')).raw).toEqual(record);
      }),
    );
  });

  it('is read by the XML-RPC library of npm too', async () => {
    const { body } = encodeCdr(QUEUE, 'xml-rpc');
    // The library knows i4 and i8, and no nil.
    const params = await new Promise((done, fail) =>
      new Deserializer().deserializeMethodCall(Readable.from([body]), (error, _, read) =>
        error ? fail(error) : done(read),
      ),
    );
    expect(params).toEqual([QUEUE]);
  });

  it('is read by the form parser of the platform too', () => {
    const { body } = encodeCdr(
      sampleCdr('Queue', 'ANSWER', { queuename: 'מכירות & שירות' }),
      'form',
    );
    const fields = Object.fromEntries(new URLSearchParams(body));
    expect(fields).toMatchObject({ queuename: 'מכירות & שירות', duration: '62' });
    expect(JSON.parse(fields['IVR'] ?? '')).toHaveLength(2);
  });

  it.each(formats)('keeps lists of none, one and several in %s', (format) => {
    const layers = [1, 2, 3].map((order) => ({ layer_id: order, Dtmf: '7', dtmf_order: order }));
    for (const length of [0, 1, 3]) {
      const cdr = parsed(encodeCdr(minimal({ IVR: layers.slice(0, length) }), format));
      expect(cdr.ivr.map(({ layerId }) => layerId)).toEqual(['1', '2', '3'].slice(0, length));
      expect(cdr.issues).toEqual([]);
    }
  });

  it.each(formats)('keeps every kind of value that a program may hold in %s', (format) => {
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
    expect(cdr.issues.map(({ path }) => path)).toEqual([
      ['aiData', 'transcript', 0],
      ['aiData', 'transcript', 1],
    ]);
  });

  it.each(formats)('has no key in %s whose value is undefined', (format) => {
    const { raw } = parsed(encodeCdr(minimal({ did: undefined, caller: '' }), format));
    expect(Object.keys(raw)).toEqual([...Object.keys(minimal()), 'caller']);
  });

  it('keeps keys that mean something to JavaScript', () => {
    const customData = JSON.parse('{"__proto__":"a","constructor":"b","toString":"c"}');
    for (const format of formats) {
      const cdr = parsed(encodeCdr(minimal({ CustomData: customData }), format));
      expect(Object.entries(cdr.customData)).toEqual(Object.entries(customData));
    }
  });

  it('takes a record and a Date of another realm', () => {
    const record = runInNewContext('({ ...record, time: new Date(0), IVR: [{ layer_id: 1 }] })', {
      record: minimal(),
    });
    expect(parsed(encodeCdr(record, 'form'))).toMatchObject({ startedAt: new Date(0) });
  });

  it('is not changed', () => {
    const record = Object.freeze(minimal({ IVR: Object.freeze([Object.freeze({ Dtmf: 1 })]) }));
    for (const format of formats) expect(() => encodeCdr(record, format)).not.toThrow();
  });

  it.each<CdrFormat>(['json', 'xml-rpc'])('can stand in a list in %s', (format) => {
    expect(parsed(encodeCdr([QUEUE], format))).toMatchObject({ callId: QUEUE.ivruniqueid, format });
    expect(() => parsed(encodeCdr([QUEUE, QUEUE], format))).toThrow('received 2');
    expect(() => parsed(encodeCdr([], format))).toThrow('received 0');
  });
});

describe('a Cdr that was encoded', () => {
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

  it('comes back in every field, from every format and in every format', () => {
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

  it('brings no doubts that it did not have, but for a duration that was never known', () => {
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

  it('comes back from a database too', () => {
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
    ['with a duration that is none', minimal({ type: 'Queue', duration: 'long' })],
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
  ])('arrives with the %s that a test gives it, whatever is in raw', (_, change) => {
    for (const format of formats) {
      expect(parsed(encodeCdr({ ...parseCdr(QUEUE), ...change }, format))).toMatchObject(change);
    }
  });

  it.each<[what: string, caller: string, arrives: Record<CdrFormat, string>]>([
    ['a line break', 'a\r\nb', { json: 'a\r\nb', form: 'a\r\nb', 'xml-rpc': 'a\r\nb' }],
    ['a control', 'a\u0001b', { json: 'a\u0001b', form: 'a\u0001b', 'xml-rpc': 'a\u{FFFD}b' }],
    ['half a pair', 'a\uD83Db', { json: 'a\uD83Db', form: 'a\u{FFFD}b', 'xml-rpc': 'a\u{FFFD}b' }],
  ])('arrives with %s in its text as far as a format can carry it', (_, caller, arrives) => {
    const cdr = parseCdr({ ...QUEUE, caller });
    for (const format of formats) {
      expect(parsed(encodeCdr(cdr, format)).caller).toBe(arrives[format]);
    }
  });

  it('loses the white space around a key in XML-RPC, and makes text of large integers in an answer', () => {
    const answer = { large: 2 ** 53 };
    const aiData = { insights: { questions: [{ data_type: 'json object', answer }] } };
    const cdr = parseCdr({ ...QUEUE, CustomData: { ' a ': 'b' }, aiData });
    for (const format of formats) {
      const { customData, ai } = parsed(encodeCdr(cdr, format));
      expect(customData).toEqual(format === 'xml-rpc' ? { a: 'b' } : { ' a ': 'b' });
      expect(ai?.questions[0]?.answer).toEqual({ large: '9007199254740992' });
    }
  });

  it('loses the keys that the model does not read, and keeps them in a wire record', () => {
    const record = minimal({ NewKey: 'new' });
    expect(parsed(encodeCdr(parseCdr(record), 'form')).raw).not.toHaveProperty('NewKey');
    expect(parsed(encodeCdr(record, 'form')).raw).toHaveProperty('NewKey', 'new');
  });

  it('says as Voicenter does that nothing was pressed, yes or no, and who spoke', () => {
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

describe('what no body can hold is a TypeError of one line', () => {
  const cycle: Wire = minimal();
  cycle['CustomData'] = { again: [cycle] };

  it.each<[what: string, record: unknown, message: string]>([
    ['a function', minimal({ caller: () => '' }), 'caller: expected text'],
    ['a symbol', minimal({ CustomData: { id: Symbol('id') } }), 'CustomData.id: expected text'],
    ['NaN', minimal({ IVR: [{}, { Dtmf: Number.NaN }] }), 'IVR.1.Dtmf: expected text'],
    ['infinity', minimal({ price: -1 / 0 }), 'received -Infinity'],
    ['a Map', minimal({ CustomData: new Map([['order', '1']]) }), 'received a Map'],
    ['a promise', minimal({ caller: Promise.resolve('') }), 'received a Promise'],
    ['a Date that is none', minimal({ time: new Date('') }), 'time: expected'],
    ['a cycle', cycle, 'CustomData.again.0: expected'],
    ['a start that is no time', { callId: 'A', startedAt: 'now' }, 'time: expected'],
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

  it('in the analysis of a Cdr', () => {
    const cdr = parseCdr(minimal({ aiData: { insights: { questions: [{ data_type: 'x' }] } } }));
    const [question] = cdr.ai?.questions ?? [];
    Object.assign(question ?? {}, { answer: { deep: cdr.ai } });
    expect(() => encodeCdr(cdr, 'json')).toThrow(/^ai\.[\w.]+: expected text/);
  });

  it('a list in a form', () => {
    expect(() => encodeCdr([QUEUE], 'form')).toThrow(
      new TypeError('A form holds one record, not a list of them'),
    );
  });

  it.each(['xml', 'toString'])('the format %s', (format) => {
    expect(() => encodeCdr(QUEUE, format as CdrFormat)).toThrow(
      new TypeError(`Expected the format json, xml-rpc or form, received "${format}"`),
    );
  });

  it('but not the same object twice', () => {
    const layer = { layer_id: 1 };
    expect(parsed(encodeCdr(minimal({ IVR: [layer, layer] }), 'json')).ivr).toHaveLength(2);
  });
});

describe('the sample', () => {
  it.each(typesAndStatuses)(
    'of %s, %s is a clean record of that type and status',
    (type, status) => {
      const record = sampleCdr(type, status);
      const foreign = formats.map((format) =>
        parseCdr(ENCODERS[format](record), CONTENT_TYPES[format]),
      );
      for (const cdr of [
        ...foreign,
        ...formats.map((format) => parsed(encodeCdr(record, format))),
      ]) {
        expect(cdr).toMatchObject({ typeName: type, statusName: status });
        expect(cdr.issues.filter(({ code }) => !/^unknown_(type|status)$/.test(code))).toEqual([]);
        expect(cdr.type === 'unknown').toBe(type === 'Hologram');
        expect(cdr.status === 'unknown').toBe(status === 'PONDERING');
        expect(cdr.recordingUrl !== null).toBe(status === 'ANSWER' && cdr.leg !== 1);
        if (cdr.leg === 2) expect(cdr.legStatus.leg1).not.toBeNull();
        if (cdr.leg === 1) expect(cdr.legStatus).toEqual({ leg1: cdr.status, leg2: null });
      }
    },
  );

  it.each(typesAndStatuses)('of %s, %s comes back as a Cdr from each format', (type, status) => {
    for (const from of formats) {
      const cdr = parsed(encodeCdr(sampleCdr(type, status), from));
      for (const to of formats) {
        expect(fieldsOf(parsed(encodeCdr(cdr, to)))).toEqual(fieldsOf(cdr));
      }
    }
  });

  it('is an answered call when no status is asked for', () => {
    expect(parseCdr(sampleCdr('VoiceMail')).outcome).toBe('answered');
  });

  it('is the same each time, and never the same object', () => {
    const record = sampleCdr('Queue');
    expect(sampleCdr('Queue')).toEqual(record);
    expect(sampleCdr('Queue')).not.toBe(record);
  });

  it('has a queue and a wait on the types that enter one, the talk without the wait', () => {
    expect(parseCdr(sampleCdr('Queue'))).toMatchObject({
      queue: { id: '123456789', name: 'Sales', waitSeconds: 20 },
      durationSeconds: 62,
      talkSeconds: 42,
    });
    expect(parseCdr(sampleCdr('Click 2 Queue Incoming', 'FULL')).queue?.waitSeconds).toBe(0);
    expect(parseCdr(sampleCdr('Incoming Call')).queue).toBeNull();
  });

  it('has menus where the call passed some', () => {
    const passed = Object.keys(CALL_TYPES).filter(
      (type) => parseCdr(sampleCdr(type)).ivr.length > 0,
    );
    expect(passed).toEqual(['Incoming Call', 'Queue', 'Click 2 IVR Incoming']);
  });

  it('of both legs is one call, with its customer and its agent', () => {
    const legs = [sampleCdr('Click2Call leg2', 'BUSY'), sampleCdr('Click2Call leg1')];
    const { pairs } = pairLegs(legs.map((record) => parseCdr(record)));
    expect(pairs).toMatchObject([
      { customerPhone: '0501234567', agentExtension: 'SIP201', outcome: 'busy' },
    ]);
    const failed = parseCdr(sampleCdr('ProductiveCallLeg2', 'NOTCALLED'));
    expect(failed.legStatus).toEqual({ leg1: 'NOANSWER', leg2: 'NOTCALLED' });
  });

  it('of a dialer has its campaign, of a transfer the call that it continues', () => {
    expect(parseCdr(sampleCdr('Click 2 IVR')).dialer).toMatchObject({ campaignName: 'Renewals' });
    expect(parseCdr(sampleCdr('Queue')).dialer).toBeNull();
    const { callId, originalCallId } = parseCdr(sampleCdr('XferCDR'));
    expect(originalCallId).toMatch(/^\d{18}\w$/);
    expect(originalCallId).not.toBe(callId);
  });

  it('is missed where a customer reached nobody', () => {
    expect(isMissed(parseCdr(sampleCdr('Queue', 'ABANDONE')))).toBe(true);
    expect(isMissed(parseCdr(sampleCdr('Queue', 'ANSWER')))).toBe(false);
    expect(isMissed(parseCdr(sampleCdr('Extension Outgoing', 'NOANSWER')))).toBe(false);
  });

  describe('with overrides', () => {
    it('has any key and any value', () => {
      const record = sampleCdr('Queue', 'ANSWER', { caller: 501234567, NewKey: [{ a: 1 }] });
      expect(record).toMatchObject({ caller: 501234567, NewKey: [{ a: 1 }] });
    });

    it('has a key once, in the spelling that was asked for', () => {
      const record = sampleCdr('Queue', 'ANSWER', { Queue_Name: 'A', SecondsWaitingInQueue: 4 });
      expect(record).not.toHaveProperty('queuename');
      expect(parseCdr(record)).toMatchObject({ queue: { name: 'A', waitSeconds: 4 }, issues: [] });
      expect(parseCdr(sampleCdr('Queue', 'ANSWER', { queueenamel: 'B' })).queue?.name).toBe('B');
    });

    it('has no key whose override is undefined, and null for null', () => {
      const record = sampleCdr('Queue', 'ANSWER', { queuename: undefined, did: null });
      expect(record).not.toHaveProperty('queuename');
      expect(record).toHaveProperty('did', null);
      expect(() => parseCdr(sampleCdr('Queue', 'ANSWER', { time: undefined }))).toThrow('time');
    });
  });
});
