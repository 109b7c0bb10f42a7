import { describe, expect, it } from 'vitest';
import {
  CALL_STATUSES,
  CALL_TYPES,
  type Cdr,
  type CdrFormat,
  isMissed,
  pairLegs,
  parseCdr,
} from 'voicenter-cdr';
import { type EncodedCdr, encodeCdr, sampleCdr } from 'voicenter-cdr/testing';
import { cases } from './properties.js';
import { CONTENT_TYPES, ENCODERS } from './records.js';

const formats: CdrFormat[] = ['json', 'form', 'xml-rpc'];
const types = [...Object.keys(CALL_TYPES), 'Click2Callleg1', 'Hologram'];
const statuses = cases([...Object.keys(CALL_STATUSES), 'PONDERING']);

const parsed = ({ body, contentType }: EncodedCdr) => parseCdr(body, contentType);
/** The fields of a Cdr that must survive a round trip. */
const fieldsOf = ({ format, raw, issues, ...fields }: Cdr) => fields;

describe('a sample', () => {
  it.each(types)('of %s is a record of that type without issues, with every status', (type) => {
    for (const status of statuses) {
      const record = sampleCdr(type, status);
      const foreign = formats.map((format) =>
        parseCdr(ENCODERS[format](record), CONTENT_TYPES[format]),
      );
      const own = formats.map((format) => parsed(encodeCdr(record, format)));
      for (const cdr of [...foreign, ...own]) {
        expect(cdr).toMatchObject({ typeName: type, statusName: status });
        expect(cdr.issues.filter(({ code }) => !/^unknown_(type|status)$/.test(code))).toEqual([]);
        expect(cdr.type === 'unknown').toBe(type === 'Hologram');
        expect(cdr.status === 'unknown').toBe(status === 'PONDERING');
        expect(cdr.recordingUrl !== null).toBe(status === 'ANSWER' && cdr.leg !== 1);
        if (cdr.leg === 2) expect(cdr.legStatus.leg1).not.toBeNull();
        if (cdr.leg === 1) expect(cdr.legStatus).toEqual({ leg1: cdr.status, leg2: null });
      }
    }
  });

  it.each(types)('of %s survives every format, with every status', (type) => {
    for (const status of statuses) {
      for (const from of formats) {
        const cdr = parsed(encodeCdr(sampleCdr(type, status), from));
        for (const to of formats) {
          expect(fieldsOf(parsed(encodeCdr(cdr, to)))).toEqual(fieldsOf(cdr));
        }
      }
    }
  });

  it('of an answered call in a queue looks like the vendor’s example', () => {
    expect(sampleCdr('Queue')).toEqual({
      caller: '0501234567',
      target: '',
      time: 1705305600,
      duration: 62,
      ivruniqueid: 'sample-call-1',
      type: 'Queue',
      status: 'ANSWER',
      targetextension: 'SIP201',
      callerextension: '',
      did: '0721234567',
      queueid: 123456789,
      queuename: 'Sales',
      record: 'https://cpanel.voicenter.co.il/PlayRecord/sample-call-1.mp3',
      price: 0,
      dialtime: 7,
      representative_name: 'User 1',
      representative_code: '00123',
      targetextension_name: 'Desk 1',
      callerextension_name: '',
      target_country: '',
      caller_country: 'Israel',
      seconds_waiting_in_queue: 20,
      DepartmentID: 12345678,
      DepartmentName: 'Sales',
      TopDepartmentID: 87654321,
      TopDepartmentName: 'Main account',
      IVR: [
        { layer_id: 1234, layer_name: 'Main menu', layer_number: 0, Dtmf: 2, dtmf_order: 1 },
        { layer_id: 4321, layer_name: 'Sales', layer_number: 2, Dtmf: 0, dtmf_order: 2 },
      ],
    });
  });

  const [customer, business, second] = ['0501234567', '0721234567', '0501234568'];
  it.each<
    [type: string, from: string, to: string, extensions: string, agent: '' | 'answered' | 'always']
  >([
    ['Incoming Call', customer, '', 'to SIP201', 'answered'],
    ['CC', customer, second, '', ''],
    ['Extension Outgoing', business, customer, 'from SIP201', 'always'],
    ['Queue', customer, '', 'to SIP201', 'answered'],
    ['Click2Call leg1', business, 'SIP201', 'to SIP201', 'always'],
    ['Click2Call leg2', business, customer, 'from SIP201', 'always'],
    ['VoiceMail', customer, '', '', ''],
    ['Callference', customer, '', '', ''],
    ['XferCDR', customer, '', 'to SIP201', 'answered'],
    ['ProductiveCallLeg1', business, 'SIP201', 'to SIP201', 'always'],
    ['ProductiveCallLeg2', business, customer, 'from SIP201', 'always'],
    ['Scrubber', business, customer, '', ''],
    ['Click 2 IVR', business, customer, '', ''],
    ['Click 2 IVR Incoming', customer, '', '', ''],
    ['Click 2 Queue Incoming', customer, '', 'to SIP201', 'answered'],
    ['FaxCdr', customer, '', '', ''],
    ['Attended CDR leg1', 'SIP201', 'SIP202', 'from SIP201 to SIP202', ''],
    ['Attended CDR leg2', customer, '', 'to SIP202', ''],
    ['Auto forward', customer, second, '', ''],
    ['Hologram', customer, '', '', ''],
  ])('of %s goes from %j to %j, with the extensions %j', (type, from, to, extensions, agent) => {
    const answered = parseCdr(sampleCdr(type));
    const unanswered = parseCdr(sampleCdr(type, 'NOANSWER'));
    for (const cdr of [answered, unanswered]) {
      expect([cdr.caller, cdr.target ?? '']).toEqual([from, to]);
      expect(cdr.did).toBe(from === customer ? business : null);
      expect(cdr.callerCountry).toBe(from === customer ? 'Israel' : null);
      expect(cdr.targetCountry).toBe(to === customer ? 'Israel' : null);
      const told = agent === 'always' || (agent === 'answered' && cdr === answered);
      expect(cdr.representative).toEqual(told ? { name: 'User 1', code: '00123' } : null);
    }
    const on = ({ callerExtension, targetExtension }: Cdr) =>
      [
        callerExtension && `from ${callerExtension.code}`,
        targetExtension && `to ${targetExtension.code}`,
      ]
        .filter((side) => side !== null)
        .join(' ');
    expect(on(answered)).toBe(extensions);
    // Nobody picked up.
    expect(on(unanswered)).toBe(extensions.replace(/ ?to .*/, ''));
  });

  it.each<[status: string, duration: number, ring: number]>([
    ['ANSWER', 42, 7],
    ['ABANDONE', 0, 0],
    ['NOANSWER', 0, 30],
    ['BUSY', 0, 2],
    ['CANCEL', 0, 9],
    ['VOICEMAIL', 18, 30],
    ['VOEND', 8, 0],
    ['NOTDIALED', 0, 0],
    ['CONGESTION', 0, 0],
    ['PONDERING', 0, 0],
  ])('with the status %s lasts %i seconds after %i of ringing', (status, duration, ring) => {
    expect(parseCdr(sampleCdr('Incoming Call', status))).toMatchObject({
      durationSeconds: duration,
      ringSeconds: ring,
    });
  });

  it.each(['FULL', 'JOINEMPTY', 'VOEND', 'TE'])(
    'with the status %s never waited in a queue',
    (status) => {
      expect(parseCdr(sampleCdr('Queue', status)).queue?.waitSeconds).toBe(0);
    },
  );

  it('is answered by default', () => {
    expect(parseCdr(sampleCdr('VoiceMail')).outcome).toBe('answered');
  });

  it('has the same values each time, in a new object', () => {
    const record = sampleCdr('Queue');
    expect(sampleCdr('Queue')).toEqual(record);
    expect(sampleCdr('Queue')).not.toBe(record);
    const before = structuredClone(record);
    const menus = record.IVR as Record<string, unknown>[];
    Object.assign(menus[0] ?? {}, { layer_name: 'Support' });
    menus.pop();
    expect(sampleCdr('Queue')).toEqual(before);
  });

  it('has a queue and a wait only on types that enter one, and a talk without the wait', () => {
    expect(parseCdr(sampleCdr('Queue'))).toMatchObject({
      queue: { id: '123456789', name: 'Sales', waitSeconds: 20 },
      durationSeconds: 62,
      talkSeconds: 42,
    });
    expect(parseCdr(sampleCdr('Click 2 Queue Incoming', 'FULL')).queue?.waitSeconds).toBe(0);
    expect(parseCdr(sampleCdr('Incoming Call')).queue).toBeNull();
  });

  it('has menus if the call passed any', () => {
    const passed = Object.keys(CALL_TYPES).filter(
      (type) => parseCdr(sampleCdr(type)).ivr.length > 0,
    );
    expect(passed).toEqual(['Incoming Call', 'Queue', 'Click 2 IVR Incoming']);
  });

  it('of two legs forms one call with its customer and agent', () => {
    const legs = [sampleCdr('Click2Call leg2', 'BUSY'), sampleCdr('Click2Call leg1')];
    const { pairs } = pairLegs(legs.map((record) => parseCdr(record)));
    expect(pairs).toMatchObject([
      { customerPhone: '0501234567', agentExtension: 'SIP201', outcome: 'busy' },
    ]);
    const answered = parseCdr(sampleCdr('ProductiveCallLeg2'));
    expect(answered.legStatus).toEqual({ leg1: 'ANSWER', leg2: 'ANSWER' });
    const failed = parseCdr(sampleCdr('ProductiveCallLeg2', 'NOTCALLED'));
    expect(failed.legStatus).toEqual({ leg1: 'NOANSWER', leg2: 'NOTCALLED' });
  });

  it('of a dialer has its campaign, and of a transfer its original call', () => {
    for (const type of Object.keys(CALL_TYPES)) {
      const isDialed = /^(Productive|Click 2)/.test(type);
      expect(parseCdr(sampleCdr(type)).dialer?.phone).toBe(isDialed ? customer : undefined);
      const isTransfer = /^(Xfer|Attended)/.test(type);
      expect(parseCdr(sampleCdr(type)).originalCallId !== null).toBe(isTransfer);
    }
    expect(sampleCdr('Click 2 IVR')).toMatchObject({
      campaignID: 4711,
      campaignName: 'Renewals',
      campaignCode: '0042',
      CallID: 990011,
      RetryNum: 1,
      RetryAmount: 3,
    });
    expect(parseCdr(sampleCdr('Queue')).dialer).toBeNull();
    const { callId, originalCallId } = parseCdr(sampleCdr('XferCDR'));
    expect([callId, originalCallId]).toEqual(['sample-call-1', 'sample-call-0']);
  });

  it('is missed if a customer reached nobody', () => {
    expect(isMissed(parseCdr(sampleCdr('Queue', 'ABANDONE')))).toBe(true);
    expect(isMissed(parseCdr(sampleCdr('Queue', 'ANSWER')))).toBe(false);
    expect(isMissed(parseCdr(sampleCdr('Extension Outgoing', 'NOANSWER')))).toBe(false);
  });

  describe('with overrides', () => {
    it('can have any key and value', () => {
      const record = sampleCdr('Queue', 'ANSWER', { caller: 501234567, NewKey: [{ a: 1 }] });
      expect(record).toMatchObject({ caller: 501234567, NewKey: [{ a: 1 }] });
    });

    it('has each key once, in the spelling of the override', () => {
      const record = sampleCdr('Queue', 'ANSWER', { Queue_Name: 'A', SecondsWaitingInQueue: 4 });
      expect(record).not.toHaveProperty('queuename');
      expect(parseCdr(record)).toMatchObject({ queue: { name: 'A', waitSeconds: 4 }, issues: [] });
      expect(parseCdr(sampleCdr('Queue', 'ANSWER', { queueenamel: 'B' })).queue?.name).toBe('B');
    });

    it('lacks keys overridden with undefined, and has null for null', () => {
      const record = sampleCdr('Queue', 'ANSWER', { queuename: undefined, did: null });
      expect(record).not.toHaveProperty('queuename');
      expect(record).toHaveProperty('did', null);
      expect(() => parseCdr(sampleCdr('Queue', 'ANSWER', { time: undefined }))).toThrow('time');
    });
  });
});
