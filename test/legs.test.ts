import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cdr,
  cdrKey,
  type LegFamily,
  type LegPair,
  mergeCdr,
  pairLegs,
  parseCdr,
} from 'voicenter-cdr';
import { reproducible } from './properties.js';
import { minimal, type Wire } from './records.js';
import { shuffledWithCopies, stream } from './streams.js';

reproducible(20200728, 300);

/** Some tests start calls in the first seconds of 1970, which on Israel's clock are in 1969. */
const UTC = { timeZone: 'UTC' };
const cdr = (sent: Wire): Cdr => parseCdr(minimal(sent), null, UTC);

const FAMILIES: [family: LegFamily, leg1: string, leg2: string][] = [
  ['click-to-call', 'Click2Call leg1', 'Click2Call leg2'],
  ['agent-dialer', 'ProductiveCallLeg1', 'ProductiveCallLeg2'],
  ['smart-dialer', 'Click 2 IVR', 'Click 2 IVR Incoming'],
  ['smart-dialer', 'Click 2 IVR', 'Click 2 Queue Incoming'],
  ['attended-transfer', 'Attended CDR leg1', 'Attended CDR leg2'],
];

describe('two legs', () => {
  it.each(FAMILIES)('of %s are paired: %s and %s', (legFamily, type1, type2) => {
    const leg1 = cdr({ type: type1 });
    const leg2 = cdr({ type: type2 });
    for (const given of [
      [leg1, leg2],
      [leg2, leg1],
      [leg1, leg2, leg1, leg2],
    ]) {
      const { pairs, singles } = pairLegs(given);
      expect(singles).toEqual([]);
      expect(pairs).toHaveLength(1);
      expect(pairs[0]).toMatchObject({ legFamily, leg1, leg2, callId: leg1.callId });
    }
  });

  it.each<[how: string, leg1: Wire, leg2: Wire]>([
    ['leg 2 continues leg 1', { ivruniqueid: 'A' }, { ivruniqueid: 'B', OriginalIvrUniqueID: 'A' }],
    ['leg 1 continues leg 2', { ivruniqueid: 'B', OriginalIvrUniqueID: 'A' }, { ivruniqueid: 'A' }],
    [
      'both continue the same call',
      { ivruniqueid: 'B', OriginalIvrUniqueID: 'A' },
      { ivruniqueid: 'C', OriginalIvrUniqueID: 'A' },
    ],
    [
      'they share an id and continue the same call',
      { ivruniqueid: 'B', OriginalIvrUniqueID: 'A' },
      { ivruniqueid: 'B', OriginalIvrUniqueID: 'A' },
    ],
    [
      'leg 2 continues leg 1, which continues another call',
      { ivruniqueid: 'B', OriginalIvrUniqueID: 'A' },
      { ivruniqueid: 'C', OriginalIvrUniqueID: 'B' },
    ],
    [
      'leg 1 continues leg 2, which continues another call',
      { ivruniqueid: 'C', OriginalIvrUniqueID: 'B' },
      { ivruniqueid: 'B', OriginalIvrUniqueID: 'A' },
    ],
    [
      'they share an id, and one of them continues another call',
      { ivruniqueid: 'B' },
      { ivruniqueid: 'B', OriginalIvrUniqueID: 'A' },
    ],
  ])('are paired by original id when %s', (_, sent1, sent2) => {
    const leg1 = cdr({ type: 'Attended CDR leg1', ...sent1 });
    const leg2 = cdr({ type: 'Attended CDR leg2', ...sent2 });
    expect(pairLegs([leg2, leg1]).pairs).toMatchObject([{ leg1, leg2, callId: leg1.callId }]);
  });

  it('are paired by id before original id', () => {
    const leg = (type: string, ivruniqueid: string) =>
      cdr({ type: `Click2Call ${type}`, ivruniqueid, OriginalIvrUniqueID: 'A' });
    const { pairs } = pairLegs([
      leg('leg1', 'B'),
      leg('leg2', 'C'),
      leg('leg1', 'C'),
      leg('leg2', 'B'),
    ]);
    expect(pairs.map(({ leg1, leg2 }) => `${leg1?.callId} ${leg2?.callId}`).sort()).toEqual([
      'B B',
      'C C',
    ]);
  });

  it('can come in any iterable, among other records', () => {
    const leg1 = cdr({ ivruniqueid: 'A', type: 'Click2Call leg1' });
    const queue = cdr({ ivruniqueid: 'B', type: 'Queue' });
    const leg2 = cdr({ ivruniqueid: 'A', type: 'Click2Call leg2' });
    const { pairs, singles } = pairLegs(new Set([leg1, queue, leg2]));
    expect(pairs).toEqual([expect.objectContaining({ leg1, leg2, callId: 'A' })]);
    expect(singles).toEqual([queue]);
  });

  it('are paired however many records are between them', () => {
    const ids = Array.from({ length: 6000 }, (_, index) => `c${index}`);
    const legs = [1, 2].flatMap((number) =>
      ids.map((ivruniqueid) => cdr({ ivruniqueid, type: `Click2Call leg${number}` })),
    );
    const { pairs, singles } = pairLegs(legs);
    const joined = pairs.map(({ leg1, leg2 }) => `${leg1?.callId} ${leg2?.callId}`);
    expect(joined.sort()).toEqual(ids.map((id) => `${id} ${id}`).sort());
    expect(singles).toEqual([]);
  });

  it('are paired in sequence: a second leg belongs to the last first leg before it', () => {
    const leg = (number: 1 | 2, ivruniqueid: string, time: number) =>
      cdr({ type: `Attended CDR leg${number}`, ivruniqueid, OriginalIvrUniqueID: 'A', time });
    for (const ids of ['BBB', 'BCC', 'BCD']) {
      const [first = '', second = '', third = ''] = ids;
      const { pairs } = pairLegs([leg(2, third, 9), leg(1, first, 1), leg(1, second, 8)]);
      expect(pairs).toMatchObject([
        { leg1: { startedAt: new Date(8000) }, leg2: { startedAt: new Date(9000) } },
        { leg1: { startedAt: new Date(1000) }, leg2: null },
      ]);
    }
  });

  it('are paired once, even if a third leg is linked to one of them', () => {
    const leg = (number: 1 | 2, ivruniqueid: string, OriginalIvrUniqueID: string, time: number) =>
      cdr({ type: `Attended CDR leg${number}`, ivruniqueid, OriginalIvrUniqueID, time });
    const { pairs } = pairLegs([leg(2, 'D', 'A', 3), leg(1, 'B', 'A', 1), leg(2, 'C', 'B', 2)]);
    expect(pairs.map(({ leg1, leg2 }) => [leg1?.callId, leg2?.callId])).toEqual([
      ['B', 'C'],
      [undefined, 'D'],
    ]);
  });

  it('that share an id several times are each paired with the preceding one', () => {
    const leg = (number: 1 | 2, time: number, sent: Wire = {}) =>
      cdr({ type: `Click2Call leg${number}`, ivruniqueid: 'B', time, ...sent });
    const starts = (cdrs: Cdr[]) =>
      pairLegs(cdrs).pairs.map(({ leg1, leg2 }) =>
        [leg1, leg2].map((one) => one && one.startedAt.getTime() / 1000),
      );
    expect(starts([leg(1, 1), leg(1, 2)])).toEqual([
      [1, null],
      [2, null],
    ]);
    expect(starts([leg(1, 1), leg(1, 2), leg(2, 3), leg(2, 4)])).toEqual([
      [2, 3],
      [1, 4],
    ]);
    // Ids come first: by start alone, the leg with the other id would be joined with the first leg.
    const other = leg(2, 2, { ivruniqueid: 'C', OriginalIvrUniqueID: 'B' });
    expect(starts([leg(1, 1), leg(2, 3), leg(2, 5), other])).toContainEqual([1, 3]);
  });

  it('of different families or calls are not paired', () => {
    const given = [
      cdr({ type: 'Click2Call leg1' }),
      cdr({ type: 'ProductiveCallLeg2' }),
      cdr({ type: 'Click2Call leg2', ivruniqueid: 'other' }),
    ];
    const { pairs } = pairLegs(given);
    expect(pairs).toHaveLength(3);
    expect(pairs.every(({ leg1, leg2 }) => leg1 === null || leg2 === null)).toBe(true);
  });

  it('stay single until the other leg arrives', () => {
    const [first, second] = pairLegs([
      cdr({ type: 'Click2Call leg1', ivruniqueid: 'A' }),
      cdr({ type: 'Click2Call leg2', ivruniqueid: 'B' }),
    ]).pairs;
    expect(first).toMatchObject({ callId: 'A', leg1: { callId: 'A' }, leg2: null });
    expect(second).toMatchObject({ callId: 'B', leg1: null, leg2: { callId: 'B' } });
  });

  it('of a customer who went through the menu into a queue are three records, none of them lost', () => {
    const given = [
      cdr({ type: 'Click 2 IVR' }),
      cdr({ type: 'Click 2 Queue Incoming', time: 1595960360 }),
      cdr({ type: 'Click 2 IVR Incoming', time: 1595960355 }),
    ];
    const { pairs } = pairLegs(given);
    expect(pairs.map(({ leg1, leg2 }) => [leg1?.type, leg2?.type])).toEqual([
      ['Click 2 IVR', 'Click 2 IVR Incoming'],
      [undefined, 'Click 2 Queue Incoming'],
    ]);
  });

  it('are paired in their merged version, even if a copy has another fraction of the second', () => {
    const leg1 = cdr({ type: 'Click2Call leg1', time: 1595960350.5 });
    const copy = cdr({ type: 'Click2Call leg1', caller: '0501234567' });
    expect(pairLegs([leg1, copy]).pairs).toMatchObject([{ leg1: copy, leg2: null }]);
  });

  it('are paired in their merged version if a copy arrives', () => {
    const leg1 = { type: 'Click2Call leg1', target: 'sip1' };
    const leg2 = { type: 'Click2Call leg2', target: '0501234567' };
    const analysed = cdr({ ...leg2, aiData: { insights: { summary: 'x' } } });
    const [pair] = pairLegs([cdr(leg1), cdr(leg2), analysed]).pairs;
    expect(pair?.leg2?.ai?.summary).toBe('x');
  });

  it('keep what only an earlier copy has', () => {
    const leg2 = { type: 'Click2Call leg2' };
    const whole = cdr({ ...leg2, record: 'https://a.example/b.mp3' });
    const [pair] = pairLegs([whole, cdr({ ...leg2, did: '0722776772' })]).pairs;
    expect(pair?.leg2).toEqual(mergeCdr(whole, cdr({ ...leg2, did: '0722776772' })));
    expect(pair?.recordingUrl).toBe('https://a.example/b.mp3');
    const single = [cdr({ type: 'CC', price: 5 }), cdr({ type: 'CC' })];
    expect(pairLegs(single).singles.map(({ priceAgorot }) => priceAgorot)).toEqual([5]);
  });

  it('give the values of the whole call', () => {
    const leg1 = cdr({ type: 'Click2Call leg1', target: 'sip1', time: 1595960350 });
    const leg2 = cdr({
      type: 'Click2Call leg2',
      target: '0501234567',
      time: 1595960357,
      status: 'BUSY',
      record: 'https://a.example/b.mp3',
    });
    expect(pairLegs([leg2, leg1]).pairs[0]).toMatchObject({
      outcome: 'busy',
      customerPhone: '0501234567',
      agentExtension: 'sip1',
      recordingUrl: 'https://a.example/b.mp3',
      startedAt: leg1.startedAt,
    });
  });
});

describe('the outcome of a call', () => {
  const CLICK = ['Click2Call leg1', 'Click2Call leg2'] as const;
  const SMART = ['Click 2 IVR', 'Click 2 IVR Incoming'] as const;
  it.each<
    [types: readonly [string, string], leg1: Wire | null, leg2: Wire | null, outcome: string]
  >([
    [CLICK, { status: 'ANSWER' }, { status: 'ANSWER' }, 'answered'],
    [CLICK, { status: 'ANSWER' }, { status: 'NOANSWER' }, 'unanswered'],
    [CLICK, { status: 'ANSWER' }, null, 'unknown'],
    [CLICK, { status: 'NOANSWER' }, null, 'unanswered'],
    [CLICK, { status: 'BUSY', leg1DialStatusName: 'ANSWER' }, null, 'busy'],
    [CLICK, { status: 'ANSWER', leg1DialStatusName: 'ANSWER' }, null, 'answered'],
    [CLICK, { status: 'NOANSWER' }, { status: 'NOTCALLED' }, 'not-dialed'],
    [CLICK, null, { status: 'BUSY' }, 'busy'],
    [SMART, { status: 'ANSWER' }, { status: 'ABANDONE' }, 'abandoned'],
    [SMART, { status: 'BUSY' }, { status: 'NOTCALLED' }, 'busy'],
    [SMART, null, { status: 'NOTCALLED', leg1DialStatusName: 'NOANSWER' }, 'unanswered'],
    [SMART, null, { status: 'NOTCALLED' }, 'not-dialed'],
  ])('%j with leg 1 %j and leg 2 %j is %s', ([type1, type2], leg1, leg2, outcome) => {
    const given = [leg1 && cdr({ type: type1, ...leg1 }), leg2 && cdr({ type: type2, ...leg2 })];
    const { pairs } = pairLegs(given.filter((leg) => leg !== null));
    expect(pairs.map((pair) => pair.outcome)).toEqual([outcome]);
  });
});

const keysOf = (pair: LegPair) =>
  [pair.leg1, pair.leg2].flatMap((leg) => (leg ? [cdrKey(leg)] : []));

const idsOf = ({ callId, originalCallId }: Cdr) =>
  originalCallId === null ? [callId] : [callId, originalCallId];

describe('for every stream of records', () => {
  it('no record is lost or repeated', () => {
    fc.assert(
      fc.property(shuffledWithCopies, ([cdrs, given]) => {
        const { pairs, singles } = pairLegs(given);
        const keys = [...pairs.flatMap(keysOf), ...singles.map(cdrKey)];
        expect(keys.sort()).toEqual([...new Set(cdrs.map(cdrKey))].sort());
        expect(singles.every(({ leg }) => leg === null)).toBe(true);
      }),
    );
  });

  it('the order and the number of copies do not matter', () => {
    fc.assert(
      fc.property(shuffledWithCopies, ([cdrs, given]) => {
        const inOrder = (pairs: LegPair[]) => pairs.map((pair) => keysOf(pair).join(' ')).sort();
        expect(inOrder(pairLegs(given).pairs)).toEqual(inOrder(pairLegs(cdrs).pairs));
      }),
    );
  });

  it('no two legs that belong together stay single', () => {
    fc.assert(
      fc.property(stream, (cdrs) => {
        const alone = pairLegs(cdrs).pairs.filter(({ leg1, leg2 }) => !leg1 || !leg2);
        for (const pair of alone) {
          for (const { legFamily, leg2 } of alone) {
            if (pair.leg1 === null || leg2 === null || legFamily !== pair.legFamily) continue;
            expect(idsOf(pair.leg1).some((id) => idsOf(leg2).includes(id))).toBe(false);
          }
        }
      }),
    );
  });
});
