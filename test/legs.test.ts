import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CALL_TYPES,
  type Cdr,
  cdrKey,
  joinLeg,
  type LegFamily,
  type LegPair,
  linkTransfers,
  pairLegs,
  parseCdr,
} from 'voicenter-cdr';
import { reproducible } from './properties.js';
import { minimal, type Wire } from './wire.js';

reproducible(20200728, 300);

/** Some tests start their calls in the first seconds of 1970; on Israel's clock those are in 1969. */
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
  it.each(FAMILIES)('of %s are joined: %s and %s', (legFamily, type1, type2) => {
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
  ])('are joined by original id when %s', (_, sent1, sent2) => {
    const leg1 = cdr({ type: 'Attended CDR leg1', ...sent1 });
    const leg2 = cdr({ type: 'Attended CDR leg2', ...sent2 });
    expect(pairLegs([leg2, leg1]).pairs).toMatchObject([{ leg1, leg2, callId: leg1.callId }]);
  });

  it('are joined by id before they are by original id', () => {
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

  it('can come in any iterable, among records of one leg', () => {
    const leg1 = cdr({ ivruniqueid: 'A', type: 'Click2Call leg1' });
    const queue = cdr({ ivruniqueid: 'B', type: 'Queue' });
    const leg2 = cdr({ ivruniqueid: 'A', type: 'Click2Call leg2' });
    const { pairs, singles } = pairLegs(new Set([leg1, queue, leg2]));
    expect(pairs).toEqual([expect.objectContaining({ leg1, leg2, callId: 'A' })]);
    expect(singles).toEqual([queue]);
  });

  it('are joined however many records are between them', () => {
    const ids = Array.from({ length: 6000 }, (_, index) => `c${index}`);
    const legs = [1, 2].flatMap((number) =>
      ids.map((ivruniqueid) => cdr({ ivruniqueid, type: `Click2Call leg${number}` })),
    );
    const { pairs, singles } = pairLegs(legs);
    const joined = pairs.map(({ leg1, leg2 }) => `${leg1?.callId} ${leg2?.callId}`);
    expect(joined.sort()).toEqual(ids.map((id) => `${id} ${id}`).sort());
    expect(singles).toEqual([]);
  });

  it('follow each other: after a leg 1 that led to nothing, leg 2 belongs to the one before it', () => {
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

  it('are joined with one other, though a third is linked with it too', () => {
    const leg = (number: 1 | 2, ivruniqueid: string, OriginalIvrUniqueID: string, time: number) =>
      cdr({ type: `Attended CDR leg${number}`, ivruniqueid, OriginalIvrUniqueID, time });
    const { pairs } = pairLegs([leg(2, 'D', 'A', 3), leg(1, 'B', 'A', 1), leg(2, 'C', 'B', 2)]);
    expect(pairs.map(({ leg1, leg2 }) => [leg1?.callId, leg2?.callId])).toEqual([
      ['B', 'C'],
      [undefined, 'D'],
    ]);
  });

  it('that come several times under one id are each joined with the one before it', () => {
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
    // By id first: the leg of another id would be joined with the first one by its start.
    const other = leg(2, 2, { ivruniqueid: 'C', OriginalIvrUniqueID: 'B' });
    expect(starts([leg(1, 1), leg(2, 3), leg(2, 5), other])).toContainEqual([1, 3]);
  });

  it('of different families or calls are not joined', () => {
    const given = [
      cdr({ type: 'Click2Call leg1' }),
      cdr({ type: 'ProductiveCallLeg2' }),
      cdr({ type: 'Click2Call leg2', ivruniqueid: 'other' }),
    ];
    const { pairs } = pairLegs(given);
    expect(pairs).toHaveLength(3);
    expect(pairs.every(({ leg1, leg2 }) => leg1 === null || leg2 === null)).toBe(true);
  });

  it('stand alone while the other has not arrived', () => {
    const [first, second] = pairLegs([
      cdr({ type: 'Click2Call leg1', ivruniqueid: 'A' }),
      cdr({ type: 'Click2Call leg2', ivruniqueid: 'B' }),
    ]).pairs;
    expect(first).toMatchObject({ callId: 'A', leg1: { callId: 'A' }, leg2: null });
    expect(second).toMatchObject({ callId: 'B', leg1: null, leg2: { callId: 'B' } });
  });

  it('of a customer who went through the menu into a queue are three records, and none is lost', () => {
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

  it('of which a copy comes again are joined in their latest version', () => {
    const leg1 = { type: 'Click2Call leg1', target: 'sip1' };
    const leg2 = { type: 'Click2Call leg2', target: '0501234567' };
    const analysed = cdr({ ...leg2, aiData: { insights: { summary: 'x' } } });
    const [pair] = pairLegs([cdr(leg1), cdr(leg2), analysed]).pairs;
    expect(pair?.leg2?.ai?.summary).toBe('x');
  });

  it('tell what is true of the whole call', () => {
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

describe('a leg that joins its pair', () => {
  const leg = (sent: Wire) => {
    const one = cdr(sent);
    if (one.leg === null) throw new Error('no leg');
    return one;
  };

  it('gives what pairLegs gives', () => {
    const leg1 = leg({ type: 'Click2Call leg1' });
    const leg2 = leg({ type: 'Click2Call leg2', status: 'BUSY' });
    const [pair] = pairLegs([leg1, leg2]).pairs;
    expect(joinLeg(joinLeg(null, leg1), leg2)).toEqual(pair);
    expect(joinLeg(joinLeg(null, leg2), leg1)).toEqual(pair);
    expect(joinLeg(joinLeg(joinLeg(null, leg2), leg1), leg2)).toEqual(pair);
  });

  it('takes the place of a copy, and of a record of the same leg that started before', () => {
    const leg1 = leg({ type: 'Click 2 IVR' });
    const menu = leg({ type: 'Click 2 IVR Incoming', time: 1595960355 });
    const queue = leg({ type: 'Click 2 Queue Incoming', time: 1595960360 });
    const queueAgain = leg({ ...minimal(queue.raw), aiData: { insights: { summary: 'x' } } });
    for (const given of [
      [leg1, menu, queue, queueAgain],
      [queue, menu, queueAgain, leg1],
      [queue, queueAgain, leg1, menu],
    ]) {
      expect(foldLegs(given)).toEqual([joinLeg(joinLeg(null, leg1), queueAgain)]);
    }
  });

  it('takes the place of a copy that says the fraction of a second', () => {
    const leg1 = leg({ type: 'Click2Call leg1', time: 1595960350.5 });
    const copy = leg({ type: 'Click2Call leg1', caller: '0501234567' });
    expect(joinLeg(joinLeg(null, leg1), copy)).toEqual(joinLeg(null, copy));
    expect(pairLegs([leg1, copy]).pairs).toEqual([joinLeg(null, copy)]);
  });

  it('is refused in words that a log can hold', () => {
    const odd = `x\u202e\n\u2028${'z'.repeat(100)}`;
    const pair = joinLeg(null, leg({ type: 'Click2Call leg1', ivruniqueid: odd }));
    const refused = () => joinLeg(pair, leg({ type: 'Click2Call leg2' }));
    expect(refused).toThrow(
      /^The leg [\x21-\x7e]{1,255} is not of the call of [\x21-\x7e]{1,255}$/,
    );
  });

  it('does not change the pair', () => {
    const pair = joinLeg(null, leg({ type: 'Click2Call leg1' }));
    const before = { ...pair };
    joinLeg(pair, leg({ type: 'Click2Call leg2' }));
    expect(pair).toEqual(before);
  });

  it.each<[what: string, sent: Wire]>([
    ['another family', { type: 'ProductiveCallLeg2' }],
    ['another call', { type: 'Click2Call leg2', ivruniqueid: 'other' }],
    [
      'another transfer',
      { type: 'Click2Call leg2', ivruniqueid: 'other', OriginalIvrUniqueID: 'x' },
    ],
  ])('is refused when it is of %s', (_, sent) => {
    const pair = joinLeg(null, leg({ type: 'Click2Call leg1' }));
    expect(() => joinLeg(pair, leg(sent))).toThrow(
      new TypeError(
        `The leg ${cdrKey(leg(sent))} is not of the call of 202007281819100b1.click2callleg1.1595960350`,
      ),
    );
  });
});

/** Pairs from legs one at a time, each looked up as joinLeg's example does. */
function foldLegs(cdrs: Cdr[]): LegPair[] {
  const calls = new Map<string, { pair: LegPair | null }>();
  for (const cdr of cdrs) {
    if (cdr.leg === null) continue;
    const { legFamily, leg, callId, originalCallId } = cdr;
    const ids = [callId, originalCallId ?? callId].map((id) => `${legFamily} ${id}`);
    const [own, linked] = ids.map((id) => calls.get(id));
    const isOpen = linked?.pair?.[`leg${leg}`] === null;
    const call = own ?? (isOpen ? linked : { pair: null });
    call.pair = joinLeg(call.pair, cdr);
    for (const id of ids) if (!calls.has(id)) calls.set(id, call);
  }
  return [...new Set(calls.values())].flatMap(({ pair }) => pair ?? []);
}

/** A call of two legs, linked in each of the ways that there are, or one of its legs. */
const callOfLegs = fc
  .record({
    family: fc.constantFrom(...FAMILIES),
    number: fc.nat(9),
    ids: fc.constantFrom<[leg1: [string, string?], leg2: [string, string?]]>(
      [['A'], ['A']],
      [
        ['A', 'O'],
        ['A', 'O'],
      ],
      [['A', 'O'], ['A']],
      [['A'], ['A', 'O']],
      [['A'], ['B', 'A']],
      [['B', 'A'], ['A']],
      [
        ['A', 'O'],
        ['B', 'O'],
      ],
    ),
    legs: fc.constantFrom([0, 1], [0], [1]),
    status: fc.constantFrom('ANSWER', 'BUSY', 'NOTCALLED'),
    start: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ family: [, ...types], number, ids, legs, status, start }) =>
    legs.map((index) => {
      const [own, original] = ids[index] ?? [];
      return cdr({
        ivruniqueid: `${own}${number}`,
        OriginalIvrUniqueID: original && `${original}${number}`,
        type: types[index],
        status,
        time: start + index,
        record: `https://a.example/${index}.mp3`,
        target: `050123456${index}`,
      });
    }),
  );

/** Streams of records as a receiver gets them: few ids, and half of one family, so that they meet. */
const stream = fc
  .array(
    fc.record({
      ivruniqueid: fc.constantFrom('A', 'B', 'C', 'D'),
      type: fc.oneof(
        fc.constantFrom('Click2Call leg1', 'Click2Call leg2'),
        fc.constantFrom(...Object.keys(CALL_TYPES), 'Hologram'),
      ),
      OriginalIvrUniqueID: fc.constantFrom(null, null, null, 'A', 'B', 'X'),
      time: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 20, size: 'max' },
  )
  .map((records) => {
    const cdrs = records.map(cdr);
    return [...new Map(cdrs.map((one) => [cdrKey(one), one])).values()];
  });
const shuffledWithCopies = stream.chain((cdrs) =>
  fc.tuple(fc.constant(cdrs), shuffledWithSomeTwice(cdrs)),
);

function shuffledWithSomeTwice(cdrs: Cdr[]): fc.Arbitrary<Cdr[]> {
  return fc
    .subarray(cdrs)
    .map((copies) => [...cdrs, ...copies])
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
}

const keysOf = (pair: LegPair) =>
  [pair.leg1, pair.leg2].flatMap((leg) => (leg ? [cdrKey(leg)] : []));

describe('for every stream of records', () => {
  it('nothing is lost, and nothing appears twice', () => {
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

  it('no two legs that belong together stay alone', () => {
    fc.assert(
      fc.property(stream, (cdrs) => {
        const alone = pairLegs(cdrs).pairs.filter(({ leg1, leg2 }) => !leg1 || !leg2);
        for (const pair of alone) {
          for (const { legFamily, leg2 } of alone) {
            if (pair.leg1 === null || leg2 === null || legFamily !== pair.legFamily) continue;
            expect(() => joinLeg(pair, leg2)).toThrow(TypeError);
          }
        }
      }),
    );
  });

  it('joining its legs one at a time gives the same, where a call has one pair', () => {
    const calls = fc
      .uniqueArray(callOfLegs, {
        maxLength: 8,
        selector: ([leg]) => leg?.callId.slice(1),
      })
      .chain((legs) => shuffledWithSomeTwice(legs.flat()));
    const inOrder = (pairs: LegPair[]) =>
      pairs.toSorted((a, b) => (keysOf(a).join() < keysOf(b).join() ? -1 : 1));
    fc.assert(
      fc.property(calls, (given) => {
        expect(inOrder(foldLegs(given))).toEqual(inOrder(pairLegs(given).pairs));
      }),
    );
  });

  it('a chain of transfers has each of its records once, by their start, in whatever order they came', () => {
    fc.assert(
      fc.property(shuffledWithCopies, ([cdrs, given]) => {
        const chains = linkTransfers(given);
        const keys = chains
          .flatMap(({ original, transfers }) => [...original, ...transfers])
          .map(cdrKey);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { transfers } of chains) {
          const starts = transfers.map(({ startedAt }) => startedAt.getTime());
          expect(starts).toEqual(starts.toSorted());
        }
        const byId = (list: typeof chains) =>
          Object.fromEntries(list.map((chain) => [chain.callId, chain.transfers.map(cdrKey)]));
        expect(byId(chains)).toEqual(byId(linkTransfers(cdrs)));
        // What continues another call is in a chain, whether that call is there or not.
        const continuing = cdrs.filter(
          ({ callId, originalCallId }) => originalCallId !== null && originalCallId !== callId,
        );
        expect(keys).toEqual(expect.arrayContaining(continuing.map(cdrKey)));
      }),
    );
  });
});

describe('transfers', () => {
  const call = (
    ivruniqueid: string,
    OriginalIvrUniqueID: string | null,
    time: number,
    type = 'XferCDR',
  ) => cdr({ ivruniqueid, OriginalIvrUniqueID, time, type });
  const ids = (cdrs: Cdr[]) => cdrs.map(({ callId }) => callId);
  const shown = (cdrs: Cdr[]) =>
    linkTransfers(cdrs).map(({ callId, original, transfers }) => [
      callId,
      ids(original),
      ids(transfers),
    ]);

  it('of a call are a chain under it, by their start', () => {
    expect(
      shown([
        call('C', 'A', 3),
        call('A', null, 1, 'Queue'),
        call('B', 'A', 2),
        call('Z', null, 1, 'Queue'),
      ]),
    ).toEqual([['A', ['A'], ['B', 'C']]]);
  });

  it('of one second are in the order of their ids, the legs of one in that of their keys', () => {
    const transfers = ['C', 'B-', 'B', 'D'].map((id) => call(id, 'A', 2));
    expect(shown(transfers)).toEqual([['A', [], ['B', 'B-', 'C', 'D']]]);
    expect(shown(transfers.reverse())).toEqual([['A', [], ['B', 'B-', 'C', 'D']]]);
    const types = ['Click2Call leg1', 'Click2Call leg2'];
    for (const order of [types, types.toReversed()]) {
      const legs = order.map((type) => call('A', null, 2, type));
      const [chain] = linkTransfers([...legs, ...transfers]);
      expect(chain?.original.map(({ type }) => type)).toEqual(types);
    }
  });

  it('of a transfer belong to the call that was there first', () => {
    expect(
      shown([call('D', 'C', 4), call('C', 'B', 3), call('B', 'A', 2), call('A', null, 1)]),
    ).toEqual([['A', ['A'], ['B', 'C', 'D']]]);
  });

  it('of one id can continue two calls, and are in the chain of each', () => {
    expect(shown([call('B', 'A', 3), call('B', 'D', 1), call('A', null, 1)])).toEqual([
      ['D', [], ['B']],
      ['A', ['A'], ['B']],
    ]);
  });

  it('of an id that continues two calls are in the chain of the one it continued first', () => {
    expect(shown([call('B', 'A', 3), call('B', 'D', 1), call('C', 'B', 4)])).toEqual([
      ['D', [], ['B', 'C']],
      ['A', [], ['B']],
    ]);
  });

  it('of a call that is missing are a chain without it', () => {
    expect(shown([call('B', 'A', 2), call('C', 'B', 3)])).toEqual([['A', [], ['B', 'C']]]);
  });

  it('of a call with two legs are under both', () => {
    expect(
      shown([
        call('A', null, 1, 'Click2Call leg1'),
        call('A', null, 1, 'Click2Call leg2'),
        call('B', 'A', 2),
      ]),
    ).toEqual([['A', ['A', 'A'], ['B']]]);
  });

  it('in a circle are a chain under the id that sorts first', () => {
    expect(
      shown([call('B', 'C', 1), call('C', 'A', 2), call('A', 'B', 3), call('D', 'C', 4)]),
    ).toEqual([['A', ['A'], ['B', 'C', 'D']]]);
    expect(shown([call('C', 'A', 1), call('A', 'B', 2), call('B', 'C', 3)])).toEqual([
      ['A', ['A'], ['C', 'B']],
    ]);
    expect(shown([call('A', 'A', 1)])).toEqual([]);
  });

  it('under the id of their call are told from it by naming it', () => {
    const [chain] = linkTransfers([call('A', 'A', 2), call('A', null, 1, 'Queue')]);
    expect(chain?.original.map(({ type }) => type)).toEqual(['Queue']);
    expect(chain?.transfers.map(({ type }) => type)).toEqual(['XferCDR']);
    expect(shown([call('A', 'A', 1, 'Queue'), call('B', 'A', 2)])).toEqual([['A', ['A'], ['B']]]);
  });

  it('that lead into a circle are a chain under an id of the circle', () => {
    expect(shown([call('A', 'C', 1), call('D', 'C', 2), call('C', 'D', 3)])).toEqual([
      ['C', ['C'], ['A', 'D']],
    ]);
  });
});
