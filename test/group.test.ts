import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Call,
  type Cdr,
  cdrKey,
  groupCalls,
  isMissed,
  mergeCdr,
  parseCdr,
} from 'voicenter-cdr';
import { reproducible } from './properties.js';
import { minimal, type Wire } from './records.js';
import { shuffledWithCopies, stream } from './streams.js';

reproducible(20240115, 300);

const cdr = (sent: Wire): Cdr =>
  parseCdr(minimal({ ivruniqueid: 'A', ...sent }), null, { timeZone: 'UTC' });

/** The one call that these records form, in whatever order they arrive. */
function callOf(...sent: Wire[]): Call {
  const cdrs = sent.map(cdr);
  const calls = groupCalls(cdrs);
  expect(groupCalls(cdrs.toReversed())).toEqual(calls);
  expect(calls).toHaveLength(1);
  const [call] = calls;
  if (!call) throw new Error('no call');
  return call;
}

const idsOf = (calls: Call[]) =>
  calls.map(({ callId, records }) => [callId, records.map((record) => record.callId).join('')]);

describe('records belong to one call', () => {
  it('if they share an id', () => {
    const given = ['A', 'B', 'A'].map((ivruniqueid, time) => cdr({ ivruniqueid, time }));
    expect(idsOf(groupCalls(given))).toEqual([
      ['A', 'AA'],
      ['B', 'B'],
    ]);
  });

  it.each<[how: string, links: [id: string, original: string | null][], callId: string]>([
    [
      'one continues the other',
      [
        ['A', null],
        ['B', 'A'],
      ],
      'A',
    ],
    [
      'one continues the other through others',
      [
        ['A', null],
        ['B', 'A'],
        ['C', 'B'],
      ],
      'A',
    ],
    [
      'both continue a call whose record is missing',
      [
        ['B', 'A'],
        ['C', 'A'],
      ],
      'A',
    ],
    [
      'a record between them is missing',
      [
        ['A', null],
        ['C', 'B'],
        ['B', 'A'],
      ],
      'A',
    ],
    [
      'an id continues two calls',
      [
        ['B', 'D'],
        ['B', 'A'],
        ['A', null],
      ],
      'D',
    ],
    [
      'they continue each other in a cycle',
      [
        ['C', 'B'],
        ['A', 'C'],
        ['B', 'A'],
      ],
      'A',
    ],
    [
      'one leads into a cycle',
      [
        ['A', 'C'],
        ['C', 'D'],
        ['D', 'C'],
      ],
      'C',
    ],
    [
      'one names itself',
      [
        ['B', null],
        ['B', 'B'],
      ],
      'B',
    ],
  ])('if %s', (_, links, callId) => {
    const given = links.map(([ivruniqueid, OriginalIvrUniqueID], time) =>
      cdr({ ivruniqueid, OriginalIvrUniqueID, time }),
    );
    for (const order of [given, given.toReversed()]) {
      const calls = groupCalls(order);
      expect(idsOf(calls)).toEqual([[callId, links.map(([id]) => id).join('')]]);
    }
  });

  it('but not otherwise', () => {
    const given = [
      cdr({ ivruniqueid: 'A', time: 2 }),
      cdr({ ivruniqueid: 'B', OriginalIvrUniqueID: 'X', time: 1 }),
    ];
    expect(idsOf(groupCalls(given))).toEqual([
      ['X', 'B'],
      ['A', 'A'],
    ]);
  });

  it('once each, with copies merged in the order given', () => {
    const stored = cdr({ did: '0722776772', caller: '0501234567' });
    const received = cdr({ caller: '0507654321' });
    expect(groupCalls(new Set([stored, received]))[0]?.records).toEqual([
      mergeCdr(stored, received),
    ]);
    expect(groupCalls([received, stored])[0]?.records).toEqual([mergeCdr(received, stored)]);
  });

  it('by the links of any copy', () => {
    const transfer = { ivruniqueid: 'B', type: 'XferCDR', time: 1595960360 };
    const call = callOf({}, { ...transfer, OriginalIvrUniqueID: 'A' }, transfer);
    expect(call.records.map(({ callId }) => callId)).toEqual(['A', 'B']);
  });
});

describe('a call', () => {
  it('has the type and start of its first record', () => {
    const call = callOf({ type: 'XferCDR', time: 9 }, { type: 'Hologram', time: 5 });
    expect(call).toMatchObject({
      type: 'unknown',
      typeName: 'Hologram',
      startedAt: new Date(5000),
    });
  });

  it('comes before its transfers of the same second', () => {
    const call = callOf(
      { type: 'Attended CDR leg1', OriginalIvrUniqueID: 'A' },
      { type: 'Attended CDR leg2', OriginalIvrUniqueID: 'A' },
      { type: 'Queue' },
    );
    expect(call.type).toBe('Queue');
    expect(call.records.map(({ type }) => type)).toEqual([
      'Queue',
      'Attended CDR leg1',
      'Attended CDR leg2',
    ]);
  });

  it('has the first known direction, numbers and queue, by start', () => {
    const call = callOf(
      { type: 'XferCDR', time: 1 },
      { type: 'Queue', time: 2, caller: '0501234567', did: '0722776772', queueid: 7 },
      { type: 'Queue', time: 3, caller: '0507654321', did: '0722776773', queueid: 8 },
    );
    expect(call).toMatchObject({
      direction: 'incoming',
      customerPhone: '0501234567',
      businessPhone: '0722776772',
      queue: { id: '7' },
    });
    expect(callOf({ type: 'CC' })).toMatchObject({
      direction: null,
      customerPhone: null,
      businessPhone: null,
      queue: null,
    });
  });

  it('that left the queue and was answered at an extension is answered and not missed', () => {
    const call = callOf(
      { type: 'Queue', status: 'TIMEOUT', time: 1, duration: 60, seconds_waiting_in_queue: 60 },
      { type: 'Incoming Call', status: 'ANSWER', time: 61, duration: 30 },
    );
    expect(call).toMatchObject({
      answered: true,
      outcome: 'answered',
      missed: false,
      talkSeconds: 30,
      waitSeconds: 60,
    });
  });

  it('that was answered and then left a queue is answered', () => {
    const call = callOf(
      { type: 'Incoming Call', time: 1 },
      { type: 'Queue', status: 'ABANDONE', time: 61, OriginalIvrUniqueID: 'A', ivruniqueid: 'B' },
    );
    expect(call).toMatchObject({ callId: 'A', answered: true, outcome: 'answered', missed: false });
  });

  it.each<[what: string, sent: Wire[], outcome: Call['outcome'], missed: boolean]>([
    ['left the queue', [{ type: 'Queue', status: 'ABANDONE' }], 'abandoned', true],
    ['was taken by a voicemail', [{ type: 'VoiceMail' }], 'voicemail', true],
    [
      'left the queue for a voicemail',
      [
        { type: 'Queue', status: 'TIMEOUT', time: 1 },
        { type: 'VoiceMail', time: 2 },
      ],
      'voicemail',
      true,
    ],
    ['ended in the menu', [{ status: 'VOEND' }], 'ended-in-ivr', true],
    [
      "was taken by the customer's own menu",
      [{ representative_name: 'External IVR' }],
      'ended-in-ivr',
      false,
    ],
    [
      'was taken by the menu of a dialer',
      [{ type: 'Click 2 IVR Incoming' }],
      'ended-in-ivr',
      false,
    ],
    ['has only an answered first leg', [{ type: 'Click2Call leg1' }], 'unknown', false],
    [
      'has only a first leg that says how the second ended',
      [{ type: 'Click2Call leg1', leg1DialStatusName: 'ANSWER' }],
      'unknown',
      false,
    ],
    [
      'has only a first leg that failed',
      [{ type: 'Click2Call leg1', status: 'BUSY' }],
      'busy',
      false,
    ],
    [
      'has a second leg that failed, whenever it began',
      [
        { type: 'Click2Call leg2', status: 'NOANSWER', time: 1 },
        { type: 'Click2Call leg1', time: 2 },
      ],
      'unanswered',
      false,
    ],
    ['was a fax', [{ type: 'FaxCdr' }], 'unknown', false],
    ['was scrubbed', [{ type: 'Scrubber' }], 'unknown', false],
    ['has an unknown status', [{ status: 'PONDERING' }], 'unknown', false],
    [
      'rang out after it was busy',
      [
        { status: 'BUSY', time: 1 },
        { status: 'NOANSWER', time: 2 },
      ],
      'unanswered',
      true,
    ],
    [
      'rang out at a colleague',
      [{ type: 'Extension Outgoing', status: 'NOANSWER' }],
      'unanswered',
      false,
    ],
  ])('that %s is not answered', (_, sent, outcome, missed) => {
    expect(callOf(...sent)).toMatchObject({
      answered: false,
      outcome,
      missed,
      talkSeconds: 0,
      agents: [],
    });
  });

  it.each<[what: string, sent: Wire[]]>([
    ['its second leg was', [{ type: 'Click2Call leg1' }, { type: 'Click2Call leg2' }]],
    [
      'a customer went from the menu to an extension',
      [{ type: 'Click 2 IVR Incoming', targetextension: 'SIP201' }],
    ],
    [
      'a customer went from the menu to an agent',
      [{ type: 'Click 2 IVR Incoming', extenUser: 'SIP201' }],
    ],
    ['a record of an unknown status says so', [{ status: 'PONDERING', isAnswer: 1 }]],
    ['a record of an unknown type was', [{ type: 'Hologram' }]],
  ])('is answered if %s', (_, sent) => {
    expect(callOf(...sent)).toMatchObject({ answered: true, outcome: 'answered', missed: false });
  });

  it('has the talk of all conversations, null if one is unknown, 0 without any', () => {
    const first = { type: 'Queue', duration: 50, seconds_waiting_in_queue: 20, time: 1 };
    const transfer = { type: 'XferCDR', duration: 40, time: 60 };
    expect(callOf(first, transfer).talkSeconds).toBe(70);
    expect(callOf({ ...first, seconds_waiting_in_queue: null }, transfer).talkSeconds).toBeNull();
    expect(callOf({ type: 'VoiceMail', duration: 40 }).talkSeconds).toBe(0);
    // A first leg's duration is not talk with the customer.
    const legs = [
      { type: 'Click2Call leg1', duration: 90 },
      { type: 'Click2Call leg2', duration: 60 },
    ];
    expect(callOf(...legs).talkSeconds).toBe(60);
  });

  it('has the longest known wait in a queue, else null', () => {
    const waits = [20, 70, 0, null].map((seconds, time) => ({
      type: 'Queue',
      seconds_waiting_in_queue: seconds,
      time,
    }));
    expect(callOf(...waits).waitSeconds).toBe(70);
    expect(callOf({ type: 'Queue', seconds_waiting_in_queue: 0 }).waitSeconds).toBe(0);
    expect(callOf({ type: 'Queue' }).waitSeconds).toBeNull();
  });

  it('has the agents who talked, in order and without duplicates', () => {
    const { agents } = callOf(
      { time: 1, extenUser: 'SIP201', representative_name: 'Dana', representative_code: '1' },
      { time: 2, extenUser: 'SIP205', status: 'NOANSWER' },
      { time: 3, extenUser: 'SIP202' },
      { time: 4, extenUser: 'SIP203', representative_name: 'Dana', representative_code: '1' },
      { time: 5, representative_name: 'External IVR' },
      { time: 6, extenUser: 'SIP202', representative_name: 'Noa' },
      { time: 7 },
    );
    expect(agents).toEqual([
      { extension: 'SIP201', name: 'Dana', code: '1' },
      { extension: 'SIP202', name: 'Noa', code: null },
    ]);
  });

  it('merges two agents if a later record shows that they are one', () => {
    const { agents } = callOf(
      { time: 1, extenUser: 'SIP209' },
      { time: 2, representative_code: '1' },
      { time: 3, extenUser: 'SIP201', representative_name: 'Dana' },
      { time: 4, extenUser: 'SIP201', representative_code: '1' },
    );
    expect(agents).toEqual([
      { extension: 'SIP209', name: null, code: null },
      { extension: 'SIP201', name: 'Dana', code: '1' },
    ]);
  });

  it.each<[what: string, one: Wire, other: Wire, count: number]>([
    [
      'one code',
      { representative_code: '1', extenUser: 'a' },
      { representative_code: '1', extenUser: 'b' },
      1,
    ],
    [
      'two codes on one extension',
      { representative_code: '1', extenUser: 'a' },
      { representative_code: '2', extenUser: 'a' },
      2,
    ],
    [
      'one extension, where one has no code',
      { representative_code: '1', extenUser: 'a' },
      { extenUser: 'a' },
      1,
    ],
    [
      'two extensions under one name',
      { representative_name: 'Dana', extenUser: 'a' },
      { representative_name: 'Dana', extenUser: 'b' },
      2,
    ],
    [
      'one name and nothing else',
      { representative_name: 'Dana' },
      { representative_name: 'Dana' },
      1,
    ],
    ['nothing in common', { representative_name: 'Dana' }, { extenUser: 'a' }, 2],
  ])('distinguishes agents: %s', (_, one, other, count) => {
    expect(callOf({ ...one, time: 1 }, { ...other, time: 2 }).agents).toHaveLength(count);
  });

  it('has its recordings by start, without duplicates', () => {
    const [first, second] = ['https://a.example/1', 'https://a.example/2'];
    const call = callOf(
      { record: second, time: 2 },
      { record: first, time: 1 },
      { record: second, time: 3 },
      { time: 4 },
    );
    expect(call.recordingUrls).toEqual([first, second]);
  });

  it('has its pairs of legs and its records by start', () => {
    const leg = (number: number, time: number) => ({ type: `Attended CDR leg${number}`, time });
    const call = callOf(leg(1, 10), leg(2, 11), leg(1, 30), leg(2, 31), { type: 'Queue', time: 1 });
    expect(
      call.legs.map(({ leg1, leg2 }) =>
        [leg1, leg2].map((one) => one && one.startedAt.getTime() / 1000),
      ),
    ).toEqual([
      [10, 11],
      [30, 31],
    ]);
    expect(call.records.map(({ startedAt }) => startedAt.getTime() / 1000)).toEqual([
      1, 10, 11, 30, 31,
    ]);
    expect(callOf({}).legs).toEqual([]);
  });
});

/** The calls by their definition: the transitive closure of the links between ids. */
function modelOf(cdrs: Cdr[]): string[][] {
  const groups = cdrs.map((one) => new Set([one.callId, one.originalCallId ?? one.callId]));
  for (const group of groups) {
    for (let grows = true; grows; ) {
      const before = group.size;
      for (const other of groups) {
        if ([...other].some((id) => group.has(id))) for (const id of other) group.add(id);
      }
      grows = group.size > before;
    }
  }
  const names = groups.map((group) => [...group].sort().join());
  return [...new Set(names)].map((name) =>
    cdrs
      .filter((_, index) => names[index] === name)
      .map(cdrKey)
      .sort(),
  );
}

describe('for every stream of records', () => {
  it('the calls match the definition, without lost or repeated records', () => {
    fc.assert(
      fc.property(stream, (cdrs) => {
        const calls = groupCalls(cdrs).map(({ records }) => records.map(cdrKey).sort());
        expect(calls.sort()).toEqual(modelOf(cdrs).sort());
      }),
    );
  });

  it('the result does not depend on order or copies, and the input is unchanged', () => {
    fc.assert(
      fc.property(shuffledWithCopies, ([cdrs, given]) => {
        const before = structuredClone(given);
        expect(groupCalls(given)).toEqual(groupCalls(cdrs));
        expect(structuredClone(given)).toEqual(before);
      }),
    );
  });

  it('the values of a call follow from its records', () => {
    fc.assert(
      fc.property(stream, (cdrs) => {
        const calls = groupCalls(cdrs);
        const starts = calls.map(({ startedAt }) => startedAt.getTime());
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        for (const call of calls) {
          const { records } = call;
          const times = records.map(({ startedAt }) => startedAt.getTime());
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          expect(call.startedAt).toEqual(records[0]?.startedAt);
          expect(call.outcome === 'answered').toBe(call.answered);
          expect(call.missed).toBe(!call.answered && records.some(isMissed));
          expect(call.answered || (call.agents.length === 0 && call.talkSeconds === 0)).toBe(true);
          const legs = call.legs
            .flatMap(({ leg1, leg2 }) => [leg1, leg2])
            .filter((leg) => leg !== null);
          expect(legs.map(cdrKey).sort()).toEqual(
            records
              .filter(({ leg }) => leg !== null)
              .map(cdrKey)
              .sort(),
          );
          const known = records.flatMap(({ callId, originalCallId }) => [callId, originalCallId]);
          expect(known).toContain(call.callId);
        }
        expect(new Set(calls.map(({ callId }) => callId)).size).toBe(calls.length);
      }),
    );
  });
});
