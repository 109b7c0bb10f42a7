import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cdr, cdrKey, mergeCdr, parseCdr } from 'voicenter-cdr';
import { cdrSchema } from 'voicenter-cdr/schema';
import { wireRecord } from './arbitraries.js';
import { reproducible } from './properties.js';
import { minimal, QUEUE, type Wire } from './records.js';

reproducible(20200721, 300);

const cdr = (sent: Wire): Cdr => parseCdr(minimal(sent));
const merged = (stored: Wire, received: Wire) => mergeCdr(cdr(stored), cdr(received));
/** A record without its raw record, as a database may store it. */
const withoutRaw = (record: Cdr): Cdr => ({ ...record, raw: {} });

describe('merging two copies of a record', () => {
  it('prefers the received copy, and keeps values that it lacks', () => {
    const stored = { did: '0722776772', price: 5, caller: '0501234567' };
    expect(merged(stored, { caller: '0507654321', record: 'https://a.example/b' })).toMatchObject({
      caller: '0507654321',
      customerPhone: '0507654321',
      did: '0722776772',
      priceAgorot: 5,
      recordingUrl: 'https://a.example/b',
    });
  });

  it('treats 0 and false as values', () => {
    const stored = { price: 5, duration: 9, IsDoNotCallMe: 1 };
    expect(merged(stored, { price: 0, duration: 0, IsDoNotCallMe: 0 })).toMatchObject({
      priceAgorot: 0,
      durationSeconds: 0,
      talkSeconds: 0,
      doNotCall: { listed: false },
    });
  });

  it.each<[structure: keyof Cdr, stored: Wire, received: Wire, result: unknown]>([
    [
      'queue',
      { queueid: 1, queuename: 'Sales', seconds_waiting_in_queue: 4 },
      { queueid: 2 },
      { id: '2', name: 'Sales', waitSeconds: 4 },
    ],
    [
      'representative',
      { representative_name: 'Dana', representative_code: '007' },
      { representative_name: 'Dana L.' },
      { name: 'Dana L.', code: '007' },
    ],
    [
      'targetExtension',
      { targetextension: 'SIP201' },
      { targetextension_name: 'Desk' },
      { code: 'SIP201', name: 'Desk' },
    ],
    ['department', { DepartmentID: 7 }, { DepartmentName: 'Haifa' }, { id: '7', name: 'Haifa' }],
    [
      'dialer',
      { dialerData: { campaignID: 1, RetryNum: 1 } },
      { RetryNum: 2 },
      expect.objectContaining({ campaignId: '1', retryNumber: 2 }),
    ],
    [
      'doNotCall',
      { IsDoNotCallMe: 1, DoNotCallMeTokenName: 'main' },
      { DoNotCallMeStatus: 'ok' },
      expect.objectContaining({ listed: true, status: 'ok', tokenName: 'main' }),
    ],
    [
      'queue',
      { queueid: 1, queuename: 'Sales' },
      {},
      { id: '1', name: 'Sales', waitSeconds: null },
    ],
  ])('merges a structure field by field: %s', (structure, stored, received, result) => {
    expect(merged(stored, received)[structure]).toEqual(result);
  });

  it('merges the AI analysis part by part, but replaces its lists as a whole', () => {
    const sentence = (text: string) => ({ speaker: 'Speaker0', text });
    const { ai } = merged(
      {
        aiData: {
          insights: {
            summary: 'An order.',
            participants: { caller: { name: 'Noa', personality_traits: ['calm', 'brief'] } },
          },
          transcript: [sentence('a'), sentence('b')],
        },
      },
      {
        aiData: {
          insights: { summary: null, participants: { caller: { personality_traits: ['tense'] } } },
          emotions: { sentences: [{ sentence_id: 1, emotion: 'joy' }] },
          transcript: [sentence('c')],
        },
      },
    );
    expect(ai?.summary).toBe('An order.');
    expect(ai?.participants.caller).toEqual({ name: 'Noa', personalityTraits: ['tense'] });
    expect(ai?.emotions.sentences).toHaveLength(1);
    expect(ai?.transcript.map(({ text }) => text)).toEqual(['c']);
    const kept = merged({ aiData: { insights: { summary: 'x' } } }, { aiData: { insights: null } });
    expect(kept.ai?.summary).toBe('x');
  });

  it('keeps a list that the received copy lacks', () => {
    const IVR = [{ layer_id: 1, layer_name: 'Main' }];
    expect(merged({ IVR }, { IVR: [] }).ivr).toHaveLength(1);
    expect(merged({ IVR }, { IVR: [{ layer_id: 2 }, { layer_id: 3 }] }).ivr).toHaveLength(2);
  });

  it('keeps details of identical menus that only the stored copy has', () => {
    const menu = { layer_id: 1, layer_name: 'Main', layer_number: 0, Dtmf: 2, dtmf_order: 5 };
    const next = { layer_id: 2, layer_name: 'Sales', layer_number: 2, Dtmf: 0, dtmf_order: 6 };
    const withoutIds = [menu, next].map(({ layer_id, dtmf_order, ...said }) => said);
    const stored = { IVR: [menu, next] };
    const [first, second] = merged(stored, { IVR: withoutIds }).ivr;
    expect(first).toEqual({
      layerId: '1',
      layerName: 'Main',
      layerNumber: 0,
      digits: '2',
      order: 5,
    });
    expect(second?.layerId).toBe('2');
    // Other menus or other digits are a different way through the menus.
    for (const IVR of [
      withoutIds.slice(1),
      withoutIds.toReversed(),
      [{ ...withoutIds[0], Dtmf: 3 }, withoutIds[1]],
    ]) {
      expect(merged(stored, { IVR }).ivr).toEqual(cdr({ IVR }).ivr);
    }
  });

  it('keeps the more exact seconds of ringing if a later copy has only dialtime', () => {
    const stored = { actualCallDialtime: 2, dialtime: 7 };
    expect(merged(stored, { dialtime: 9 }).ringSeconds).toBe(2);
    expect(merged({ dialtime: 9 }, stored).ringSeconds).toBe(2);
    expect(merged(stored, { actualCallDialtime: 4 }).ringSeconds).toBe(4);
    expect(merged({ dialtime: 9 }, { dialtime: 0 }).ringSeconds).toBe(0);
  });

  it('merges custom data by key', () => {
    const { customData } = merged(
      { CustomData: { order: '17', source: 'web' } },
      { CustomData: { order: '18', note: 'x' } },
    );
    expect(customData).toEqual({ order: '18', source: 'web', note: 'x' });
  });

  it('merges raw by key in any spelling, and never overwrites a value with an empty one', () => {
    const { raw } = merged(
      { layer_x: 1, DID: '072', record: 'https://a.example/b', OTHER_KEY: 'a', empty: '' },
      { layerx: 2, did: '', record: null, otherKey: [], fresh: '' },
    );
    expect(raw).toEqual({
      ...minimal(),
      ...{ layerx: 2, DID: '072', record: 'https://a.example/b' },
      OTHER_KEY: 'a',
      empty: '',
      fresh: '',
    });
  });

  it('treats special JavaScript names as data', () => {
    const odd = JSON.parse('{"__proto__":"a","constructor":"b"}');
    const stored = parseCdr(
      JSON.stringify(minimal()).replace(
        '}',
        ',"__proto__":"raw","CustomData":{"__proto__":"a","constructor":"b"}}',
      ),
    );
    for (const result of [mergeCdr(stored, cdr({})), mergeCdr(cdr({}), stored)]) {
      expect(Object.entries(result.customData)).toEqual(Object.entries(odd));
      expect(Object.getOwnPropertyDescriptor(result.raw, '__proto__')?.value).toBe('raw');
      expect(Object.getPrototypeOf(result.customData)).toBeNull();
      expect(result.customData['toString']).toBeUndefined();
      expect(result.raw['toString']).toBeUndefined();
    }
  });

  it('takes the format, the issues and the start from the received copy', () => {
    const received = cdr({ time: '1595960350.5', direction: 'sideways' });
    const result = mergeCdr({ ...cdr({ price: 'x' }), format: 'form' }, received);
    expect(result.format).toBe('json');
    expect(result.issues).toEqual(received.issues);
    expect(result.startedAt).toEqual(received.startedAt);
  });

  it.each<[what: string, duration: Wire]>([
    ['was not sent', { duration: null }],
    ['could not be read', { duration: 'long' }],
  ])('is not changed by a duration that %s', (_, duration) => {
    expect(merged({ duration: 20 }, duration)).toMatchObject({
      durationSeconds: 20,
      talkSeconds: 20,
    });
    expect(merged(duration, { duration: 20 })).toMatchObject({
      durationSeconds: 20,
      talkSeconds: 20,
    });
    expect(mergeCdr(cdr({ duration: 20 }), withoutRaw(cdr(duration))).durationSeconds).toBe(20);
  });

  it('keeps a duration of 0 after a copy without a duration', () => {
    const before = merged({ duration: 0 }, { duration: null });
    expect(mergeCdr(before, cdr({ duration: 30 }))).toMatchObject({
      durationSeconds: 30,
      talkSeconds: 30,
    });
    expect(mergeCdr(cdr({ duration: 30 }), before).durationSeconds).toBe(0);
  });

  it('derives dependent fields again', () => {
    expect(
      merged(
        {
          type: 'Queue',
          status: 'NOANSWER',
          queueid: 1,
          seconds_waiting_in_queue: 15,
          duration: 15,
        },
        { type: 'Queue', status: 'ANSWER', duration: 60 },
      ),
    ).toMatchObject({ outcome: 'answered', answered: true, talkSeconds: 45 });
    expect(
      merged(
        { type: 'Queue', status: 'ANSWER', duration: 60 },
        { type: 'Queue', status: 'ABANDONE' },
      ),
    ).toMatchObject({ outcome: 'abandoned', answered: false, talkSeconds: 0 });
    expect(
      merged(
        { type: 'Extension Outgoing', caller: '0722776772', target: '1' },
        { type: 'Extension Outgoing', target: '0501234567', callerextension: 'SIP201' },
      ),
    ).toMatchObject({
      customerPhone: '0501234567',
      businessPhone: '0722776772',
      agentExtension: 'SIP201',
    });
  });

  it('never derives over a value that was sent itself, even if raw is gone', () => {
    const sent = {
      type: 'Extension Outgoing',
      direction: 'internal',
      callerPhone: '0501234567',
      extenUser: 'SIP201',
      actualCallDuration: 7,
    };
    const later = cdr({
      type: 'Extension Outgoing',
      target: '0507654321',
      callerextension: 'SIP202',
    });
    for (const stored of [cdr(sent), withoutRaw(cdr(sent))]) {
      expect(mergeCdr(stored, later)).toMatchObject({
        direction: 'internal',
        customerPhone: '0501234567',
        agentExtension: 'SIP201',
        talkSeconds: 7,
      });
    }
  });

  it.each<[what: string, stored: Wire, received: Wire, result: Partial<Cdr>]>([
    [
      'a withheld number',
      { type: 'Queue', caller: '0501234567', callerPhone: 'Anonymous' },
      { caller: '0507654321' },
      { customerPhone: '0507654321' },
    ],
    [
      'a 0 instead of a phone number',
      { type: 'Queue', caller: '0501234567', callerPhone: 0 },
      { caller: '0507654321' },
      { customerPhone: '0507654321' },
    ],
    [
      'a 0 instead of an extension',
      { type: 'Queue', targetextension: 'SIP201', extenUser: '0' },
      { targetextension: 'SIP202' },
      { agentExtension: 'SIP202' },
    ],
    [
      'seconds of talk that could not be read',
      { duration: 20, actualCallDuration: 'long' },
      { duration: 90 },
      { talkSeconds: 90 },
    ],
    [
      'seconds of ringing that could not be read',
      { dialtime: 7, actualCallDialtime: 'long' },
      { dialtime: 9 },
      { ringSeconds: 9 },
    ],
    [
      'a direction that could not be read',
      { type: 'Queue', direction: 'internal' },
      { direction: 'sideways' },
      { direction: 'internal' },
    ],
  ])('derives dependent fields again after %s', (_, stored, received, result) => {
    const type = stored['type'] ?? 'Incoming Call';
    const [before, after] = [cdr({ ...stored, type }), cdr({ ...received, type })];
    const once = mergeCdr(before, after);
    expect(once).toMatchObject(result);
    expect(mergeCdr(once, after)).toEqual(once);
  });

  it("keeps a direction that was sent, even if it is the type's own", () => {
    const stored = { type: 'Queue', direction: 'internal' };
    expect(merged(stored, { type: 'Queue', direction: 'incoming' }).direction).toBe('incoming');
    expect(merged(stored, { type: 'Queue' }).direction).toBe('internal');
  });

  it('takes the status of each leg from either copy', () => {
    const type = 'Click2Call leg2';
    expect(
      merged({ type, status: 'NOANSWER', leg1DialStatusName: 'ANSWER' }, { type, status: 'BUSY' })
        .legStatus,
    ).toEqual({ leg1: 'ANSWER', leg2: 'BUSY' });
    const first = { type: 'Click2Call leg1', status: 'ANSWER' };
    expect(
      merged({ ...first, leg1DialStatusName: 'ANSWER', status: 'BUSY' }, first).legStatus,
    ).toEqual({ leg1: 'ANSWER', leg2: 'ANSWER' });
    expect(merged(first, { ...first, status: 'BUSY' }).legStatus).toEqual({
      leg1: 'BUSY',
      leg2: null,
    });
  });

  it('learns from either copy whether a call of unknown status was answered', () => {
    const status = 'PONDERING';
    expect(merged({ status, isAnswer: 1 }, { status }).answered).toBe(true);
    expect(merged({ status: 'ANSWER', isAnswer: 1 }, { status }).answered).toBe(true);
    expect(merged({ status: 'ANSWER' }, { status }).answered).toBe(null);
  });

  it('throws for two different records, in one short line that names both keys', () => {
    const other = cdr({ type: 'Queue' });
    expect(() => mergeCdr(cdr({}), other)).toThrow(
      new TypeError(
        'Expected two copies of one record, got 202007281819100b1.incomingcall.1595949550 and 202007281819100b1.queue.1595949550',
      ),
    );
    const odd = { ...other, callId: `x\u202e\n\u2028${'z'.repeat(500)}` };
    expect(() => mergeCdr(odd, other)).toThrow(/^[\x20-\x7e…]{1,200}$/);
  });

  it('neither changes the copies nor shares their parts', () => {
    const stored = parseCdr({ ...QUEUE, CustomData: { a: '1' }, price: 'x' });
    const received = parseCdr({ ...QUEUE, time: String(QUEUE.time), CustomData: { b: '2' } });
    const before = structuredClone([stored, received]);
    const result = mergeCdr(stored, received);
    expect(structuredClone([stored, received])).toEqual(before);
    for (const copy of [stored, received]) {
      for (const part of ['startedAt', 'queue', 'customData', 'issues', 'raw'] as const) {
        expect(result[part]).not.toBe(copy[part]);
      }
    }
  });
});

describe('for every two copies of a record', () => {
  const copies = fc
    .tuple(wireRecord, wireRecord, fc.boolean())
    .map(([one, other, hasDuration]): [Wire, Wire] => {
      const { ivruniqueid, type, time } = one;
      const duration = hasDuration ? other['duration'] : '';
      return [one, { ...other, ivruniqueid, type, time, duration }];
    });
  const value = ({ format, issues, raw, ...fields }: Cdr) => fields;

  it('merging a copy with itself changes nothing', () => {
    fc.assert(
      fc.property(wireRecord, (sent) => {
        const one = parseCdr(sent);
        expect(mergeCdr(one, one)).toEqual(one);
        expect(mergeCdr(withoutRaw(one), withoutRaw(one))).toEqual(withoutRaw(one));
      }),
    );
  });

  it('the merged record has the same key, and the schema accepts it', () => {
    fc.assert(
      fc.property(copies, ([one, other]) => {
        const [stored, received] = [parseCdr(one), parseCdr(other)];
        const result = mergeCdr(stored, received);
        expect(cdrKey(result)).toBe(cdrKey(stored));
        expect(cdrSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
        expect(mergeCdr(result, received)).toEqual(result);
      }),
    );
  });

  it('a copy with less data erases nothing, in either order', () => {
    // dialerData is left out: a campaign's key that it repeats may have another value there.
    const withPart = wireRecord.chain(({ dialerData, ...sent }) =>
      fc
        .subarray(Object.keys(sent).filter((key) => !REQUIRED.includes(key)))
        .map((left): [Wire, Wire] => [
          sent,
          Object.fromEntries(Object.entries(sent).filter(([key]) => !left.includes(key))),
        ]),
    );
    fc.assert(
      fc.property(withPart, ([sent, part]) => {
        const [whole, partial] = [parseCdr(sent), parseCdr(part)];
        expect(value(mergeCdr(whole, partial))).toEqual(value(whole));
        expect(value(mergeCdr(partial, whole))).toEqual(value(whole));
        expect(mergeCdr(whole, partial).raw).toEqual(whole.raw);
      }),
    );
  });

  it('merging the parsed copies equals parsing the merged wire records', () => {
    /** Leaves out structures, which are merged by other rules, and ids of 0, which are not ids. */
    const simple = (sent: Wire): Wire =>
      Object.fromEntries(
        Object.entries(sent).filter(
          ([key, sentValue]) =>
            !['CustomData', 'dialerData', 'aiData'].includes(key) &&
            sentValue !== '' &&
            (SECONDS.includes(key) || !/^0*$/.test(String(sentValue))),
        ),
      );
    fc.assert(
      fc.property(copies, ([one, other]) => {
        const [stored, received] = [simple(one), simple(other)];
        const together = parseCdr({ ...stored, ...received });
        expect(value(mergeCdr(parseCdr(stored), parseCdr(received)))).toEqual(value(together));
      }),
    );
  });
});

const REQUIRED = ['ivruniqueid', 'type', 'status', 'time'];
const SECONDS = ['time', 'duration', 'dialtime', 'actualCallDuration'];
