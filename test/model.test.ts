import { describe, expect, it } from 'vitest';
import {
  CALL_STATUSES,
  CALL_TYPES,
  type CallType,
  labelsOf,
  OUTCOMES,
  parseCdr,
} from 'voicenter-cdr';
import { FULL_CDR, FULL_RECORD } from './full-record.js';
import { minimal, type Wire } from './records.js';

describe('a record with every key', () => {
  it('has each value in its field', () => {
    const { raw, issues, ...fields } = parseCdr(FULL_RECORD);
    expect(fields).toEqual(FULL_CDR);
    expect(issues).toMatchObject([{ path: ['status'], code: 'unknown_status' }]);
  });

  it('has the same values if every key is spelled differently, at every level', () => {
    const respelled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(respelled);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          key.toUpperCase().replaceAll('_', ''),
          key === 'CustomData' ? item : respelled(item),
        ]),
      );
    };
    const { raw, issues, ...fields } = parseCdr(Object(respelled(FULL_RECORD)));
    expect(fields).toEqual(FULL_CDR);
  });
});

describe('a type', () => {
  it.each<[sent: string, type: CallType]>([
    ['Click2Callleg1', 'Click2Call leg1'],
    ['ProductiveCall Leg1', 'ProductiveCallLeg1'],
    ['ProductiveCall Leg2', 'ProductiveCallLeg2'],
    ['queue', 'Queue'],
    [' VOICEMAIL ', 'VoiceMail'],
    ['click 2 ivr incoming', 'Click 2 IVR Incoming'],
  ])('spelled %j is %s', (sent, type) => {
    const cdr = parseCdr(minimal({ type: sent }));
    expect(cdr.type).toBe(type);
    expect(cdr.typeName).toBe(sent.trim());
  });

  it('has the queue that was sent, even if the type enters none', () => {
    const queueOf = (sent: Wire) => parseCdr(minimal(sent)).queue;
    expect(queueOf({ queueid: 0, queuename: '' })).toBeNull();
    expect(queueOf({ type: 'Queue' })).toEqual({ id: null, name: null, waitSeconds: null });
    const sales = { id: '7', name: 'Sales', waitSeconds: null };
    expect(queueOf({ queueid: 7, queuename: 'Sales' })).toEqual(sales);
  });
});

describe('a status', () => {
  it.each(Object.keys(CALL_STATUSES))('is recognized in any case: %s', (name) => {
    const { status, statusName, issues } = parseCdr(minimal({ status: name.toLowerCase() }));
    expect({ status, statusName, issues }).toEqual({
      status: name,
      statusName: name.toLowerCase(),
      issues: [],
    });
  });

  it.each<[isAnswer: unknown, answered: boolean | null]>([
    [1, true],
    ['1', true],
    [true, true],
    ['true', true],
    [0, false],
    ['0', false],
    [false, false],
    ['', null],
    [undefined, null],
  ])('that is unknown takes answered from isAnswer: %j is %s', (isAnswer, answered) => {
    const cdr = parseCdr(minimal({ status: 'NEW', isAnswer }));
    expect(cdr).toMatchObject({
      status: 'unknown',
      statusName: 'NEW',
      outcome: 'unknown',
      answered,
    });
  });
});

describe('the statuses of both legs', () => {
  it.each<[type: CallType, leg1: unknown, status: string, legStatus: object | null]>([
    ['Click2Call leg2', 'ANSWER', 'BUSY', { leg1: 'ANSWER', leg2: 'BUSY' }],
    ['Click2Call leg2', undefined, 'BUSY', { leg1: null, leg2: 'BUSY' }],
    ['Click2Call leg1', 'NOANSWER', 'NOTCALLED', { leg1: 'NOANSWER', leg2: 'NOTCALLED' }],
    ['Click2Call leg1', '', 'NOANSWER', { leg1: 'NOANSWER', leg2: null }],
    ['Click2Call leg2', 'NEW', 'BUSY', { leg1: 'unknown', leg2: 'BUSY' }],
    ['Queue', 'ANSWER', 'ANSWER', null],
  ])('of %s with leg 1 %j and the status %s', (type, leg1DialStatusName, status, legStatus) => {
    expect(parseCdr(minimal({ type, leg1DialStatusName, status })).legStatus).toEqual(legStatus);
  });
});

describe('seconds', () => {
  it.each<[what: string, sent: Wire, talk: number | null, ring: number | null]>([
    ['as the newer keys say', { actualCallDuration: 9, actualCallDialtime: 3, dialtime: 5 }, 9, 3],
    ['of a call outside queues', { duration: 11, dialtime: 2 }, 11, 2],
    ['of a call that nobody answered', { duration: 11, status: 'NOANSWER' }, 0, null],
    ['of a call with an unknown status', { duration: 11, status: 'NEW' }, null, null],
    [
      'of a call in a queue',
      { type: 'Queue', duration: 50, seconds_waiting_in_queue: 20 },
      30,
      null,
    ],
    ['of a call in a queue without its wait', { type: 'Queue', duration: 50 }, null, null],
    [
      'of a queue with a longer wait',
      { type: 'Queue', duration: 5, seconds_waiting_in_queue: 20 },
      null,
      null,
    ],
    ['of a call without a duration', { duration: '' }, null, null],
    [
      'of a call in a queue without a duration and a wait',
      { type: 'Queue', duration: '', seconds_waiting_in_queue: 0 },
      null,
      null,
    ],
  ])('%s', (_, sent, talkSeconds, ringSeconds) => {
    expect(parseCdr(minimal(sent))).toMatchObject({ talkSeconds, ringSeconds });
  });
});

describe('who is who', () => {
  const parties = {
    caller: '0501234567',
    target: '0521234567',
    callerextension: '',
    targetextension: '',
  };
  it.each<[what: string, sent: Wire, customer: string | null, agent: string | null]>([
    [
      'as the newer keys say',
      { callerPhone: '0531234567', extenUser: 'sip9' },
      '0531234567',
      'sip9',
    ],
    ['an incoming call', { targetextension: 'sip1' }, '0501234567', 'sip1'],
    ['a call in a queue', { type: 'Queue', targetextension: 'sip1' }, '0501234567', 'sip1'],
    [
      'an outgoing call',
      { type: 'Extension Outgoing', callerextension: 'sip1' },
      '0521234567',
      'sip1',
    ],
    [
      'an internal call',
      { type: 'Extension Outgoing', callerextension: 'sip1', direction: 'internal' },
      null,
      null,
    ],
    [
      'a call to an extension',
      { type: 'Extension Outgoing', callerextension: 'sip1', targetextension: 'sip2' },
      null,
      'sip1',
    ],
    [
      'a direction against the type',
      { direction: 'outgoing', targetextension: 'sip1' },
      null,
      null,
    ],
    ['leg 1 to the agent', { type: 'Click2Call leg1', target: 'sip1' }, null, 'sip1'],
    [
      'leg 1 to the agent, with an extension',
      { type: 'ProductiveCallLeg1', targetextension: 'sip2' },
      null,
      'sip2',
    ],
    [
      'leg 2 to the customer',
      { type: 'Click2Call leg2', callerextension: 'sip1' },
      '0521234567',
      'sip1',
    ],
    ['leg 1 to the customer', { type: 'Click 2 IVR' }, '0521234567', null],
    [
      'leg 2 in a queue',
      { type: 'Click 2 Queue Incoming', targetextension: 'sip1' },
      '0501234567',
      'sip1',
    ],
    ['a voicemail', { type: 'VoiceMail' }, '0501234567', null],
    ['a voicemail from a colleague', { type: 'VoiceMail', callerextension: 'sip1' }, null, null],
    [
      'a transfer',
      { type: 'XferCDR', callerextension: 'sip1', targetextension: 'sip2' },
      null,
      null,
    ],
    [
      'leg 1 to the agent that is said to be internal',
      { type: 'Click2Call leg1', target: 'sip1', direction: 'internal' },
      null,
      null,
    ],
    ['an unknown type', { type: 'Hologram' }, null, null],
    [
      'an unknown type inside the business',
      { type: 'Hologram', direction: 'internal', targetextension: 'sip1' },
      null,
      null,
    ],
    [
      'an unknown type coming in',
      { type: 'Hologram', direction: 'Incoming', targetextension: 'sip1' },
      '0501234567',
      'sip1',
    ],
    [
      'an unknown type going out',
      { type: 'Hologram', direction: 'OUTGOING', callerextension: 'sip1' },
      '0521234567',
      'sip1',
    ],
  ])('%s', (_, sent, customerPhone, agentExtension) => {
    expect(parseCdr(minimal({ ...parties, ...sent }))).toMatchObject({
      customerPhone,
      agentExtension,
    });
  });
});

describe('the menus', () => {
  it('are in the order passed; those without an order come last, as sent', () => {
    const layer = (layer_id: number, dtmf_order?: number) => ({ layer_id, dtmf_order });
    const cdr = parseCdr(
      minimal({ IVR: [layer(1), layer(2, 3), layer(3, 1), layer(4), layer(5, 1)] }),
    );
    expect(cdr.ivr.map(({ layerId }) => layerId)).toEqual(['3', '5', '2', '1', '4']);
  });

  it('are each read in their own spelling', () => {
    const usual = { layer_id: 1, layer_name: 'a', layer_number: 1, Dtmf: 1, dtmf_order: 1 };
    const others = [
      { LayerId: 2, layer_name: 'a', layer_number: 1, Dtmf: 1, dtmf_order: 2 },
      { layer_id: 1, LAYERID: 3, layer_number: 1, Dtmf: 1, dtmf_order: 3 },
      { dtmf_order: 4, Dtmf: 1, layer_number: 1, LayerName: 'a', layer_id: 4 },
      { layer_id: 5, layer_name: 'a', layer_number: 1, DTMF: 'x', dtmf_order: {} },
    ];
    const cdr = parseCdr(minimal({ IVR: [usual, usual, usual, usual, ...others] }));
    expect(cdr.ivr.map(({ layerId }) => layerId).slice(4)).toEqual(['2', '3', '4', '5']);
    expect(cdr.issues.map(({ path, code }) => [...path, code])).toEqual([
      ['IVR', 5, 'LAYERID', 'duplicate_field'],
      ['IVR', 7, 'dtmf_order', 'invalid_field'],
    ]);
  });

  it.each<[sent: unknown, digits: string | null]>([
    [0, null],
    ['0', null],
    ['', null],
    [null, null],
    [7, '7'],
    ['007', '007'],
    ['00', '00'],
    ['*12#', '*12#'],
  ])('sent with the Dtmf %j have the digits %j', (Dtmf, digits) => {
    expect(parseCdr(minimal({ IVR: [{ Dtmf }] })).ivr[0]?.digits).toBe(digits);
  });
});

describe('nested structures', () => {
  it.each<[what: string, sent: Wire]>([
    [
      'an object',
      { CustomData: { lead: '0042', vip: true, n: 5, empty: '', none: null, x: { y: 1 } } },
    ],
    [
      'JSON text',
      { CUSTOM_DATA: '{"lead":"0042","vip":true,"n":5,"empty":"","none":null,"x":{"y":1}}' },
    ],
  ])('customData sent as %s is text by key', (_, sent) => {
    expect(parseCdr(minimal(sent)).customData).toEqual({
      lead: '0042',
      vip: 'true',
      n: '5',
      x: '{"y":1}',
    });
  });

  const campaign = {
    campaignID: 12,
    campaignName: 'Renewals',
    campaignCode: 'R1',
    CampaignTypeID: 3,
    campaignTypeName: 'Smart',
    CallID: 991,
    StatusName: 'Done',
    Phone: '0501234567',
    CallInserted: '2020-07-28 18:19:10',
    RetryNum: '2',
    RetryAmount: 5,
  };
  const dialer = {
    campaignId: '12',
    campaignName: 'Renewals',
    campaignCode: 'R1',
    campaignTypeId: '3',
    campaignTypeName: 'Smart',
    callId: '991',
    statusName: 'Done',
    phone: '0501234567',
    callInserted: '2020-07-28 18:19:10',
    retryNumber: 2,
    retryAmount: 5,
  };
  it.each<[where: string, sent: Wire]>([
    ['beside the others', campaign],
    ['in dialerData', { dialerData: campaign }],
    ['in dialerData as JSON text', { dialerData: JSON.stringify(campaign) }],
    ['in both, the record’s own first', { ...campaign, dialerData: { ...campaign, Phone: '1' } }],
  ])('dialer is read %s', (_, sent) => {
    const cdr = parseCdr(minimal(sent));
    expect(cdr.dialer).toEqual(dialer);
    expect(cdr.callId).toBe('202007281819100b1');
  });

  it('dialerData has issues under its own path', () => {
    const cdr = parseCdr(minimal({ dialerData: { RetryNum: 'x' } }));
    expect(cdr.issues).toMatchObject([{ path: ['dialerData', 'RetryNum'] }]);
    expect(cdr.dialer).toBeNull();
  });

  it('doNotCall is read', () => {
    const sent = {
      IsDoNotCallMe: 1,
      DoNotCallMeStatus: 'Listed',
      DoNotCallMeStatusCode: 0,
      DoNotCallMetransactionId: 'a-1',
    };
    expect(parseCdr(minimal(sent)).doNotCall).toEqual({
      listed: true,
      status: 'Listed',
      statusCode: '0',
      transactionId: 'a-1',
      tokenName: null,
    });
  });

  it('queue has its name under the misprinted key too', () => {
    expect(parseCdr(minimal({ queueenamel: 'Sales' })).queue?.name).toBe('Sales');
  });
});

describe('the labels', () => {
  it.each(Object.entries({ ...CALL_TYPES, ...CALL_STATUSES, ...OUTCOMES }))(
    'for %s are short, in English and Hebrew',
    (_, { labels }) => {
      expect(labels.en).toMatch(/^[A-Z][A-Za-z :-]{1,29}$/);
      expect(labels.he).toMatch(/^[א-ת][א-ת :]{1,29}$/);
    },
  );

  it('for one record are in one language, and as sent if unknown', () => {
    expect(labelsOf(parseCdr(minimal({ type: 'Queue', status: 'ABANDONE' })), 'he')).toEqual({
      type: 'תור',
      status: 'ננטשה בתור',
      outcome: 'ננטשה',
    });
    expect(labelsOf(parseCdr(minimal({ type: 'Hologram', status: 'PONDERING' })), 'en')).toEqual({
      type: 'Hologram',
      status: 'PONDERING',
      outcome: 'Unknown',
    });
  });
});
