import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cdr, cdrKey, linkTransfers, parseCdr } from 'voicenter-cdr';
import { reproducible } from './properties.js';
import { minimal, type Wire } from './records.js';
import { shuffledWithCopies } from './streams.js';

reproducible(20200728, 300);

const cdr = (sent: Wire): Cdr => parseCdr(minimal(sent));

describe('linkTransfers', () => {
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

  it('puts the transfers of a call in one chain, by start', () => {
    expect(
      shown([
        call('C', 'A', 3),
        call('A', null, 1, 'Queue'),
        call('B', 'A', 2),
        call('Z', null, 1, 'Queue'),
      ]),
    ).toEqual([['A', ['A'], ['B', 'C']]]);
  });

  it('orders transfers of one second by id, and the legs of one by key', () => {
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

  it('puts transfers of a transfer in the chain of the original call', () => {
    expect(
      shown([call('D', 'C', 4), call('C', 'B', 3), call('B', 'A', 2), call('A', null, 1)]),
    ).toEqual([['A', ['A'], ['B', 'C', 'D']]]);
  });

  it('puts an id that continues two calls in both chains', () => {
    expect(shown([call('B', 'A', 3), call('B', 'D', 1), call('A', null, 1)])).toEqual([
      ['D', [], ['B']],
      ['A', ['A'], ['B']],
    ]);
  });

  it('puts what follows such an id in the chain of the call it continued first', () => {
    expect(shown([call('B', 'A', 3), call('B', 'D', 1), call('C', 'B', 4)])).toEqual([
      ['D', [], ['B', 'C']],
      ['A', [], ['B']],
    ]);
  });

  it('uses the links of any copy, because only JSON and pulls name the original call', () => {
    const [named, unnamed] = [call('B', 'A', 2), call('B', null, 2)];
    for (const copies of [
      [named, unnamed],
      [unnamed, named],
    ]) {
      expect(shown([...copies, call('A', null, 1, 'Queue')])).toEqual([['A', ['A'], ['B']]]);
    }
  });

  it('builds a chain without its original call if that is missing', () => {
    expect(shown([call('B', 'A', 2), call('C', 'B', 3)])).toEqual([['A', [], ['B', 'C']]]);
  });

  it('puts both legs of the original call in the chain', () => {
    expect(
      shown([
        call('A', null, 1, 'Click2Call leg1'),
        call('A', null, 1, 'Click2Call leg2'),
        call('B', 'A', 2),
      ]),
    ).toEqual([['A', ['A', 'A'], ['B']]]);
  });

  it('keys a cycle by its smallest id', () => {
    expect(
      shown([call('B', 'C', 1), call('C', 'A', 2), call('A', 'B', 3), call('D', 'C', 4)]),
    ).toEqual([['A', ['A'], ['B', 'C', 'D']]]);
    expect(shown([call('C', 'A', 1), call('A', 'B', 2), call('B', 'C', 3)])).toEqual([
      ['A', ['A'], ['C', 'B']],
    ]);
    expect(shown([call('A', 'A', 1)])).toEqual([]);
  });

  it("recognizes a transfer under its call's own id, because it names that id as its original", () => {
    const [chain] = linkTransfers([call('A', 'A', 2), call('A', null, 1, 'Queue')]);
    expect(chain?.original.map(({ type }) => type)).toEqual(['Queue']);
    expect(chain?.transfers.map(({ type }) => type)).toEqual(['XferCDR']);
    expect(shown([call('A', 'A', 1, 'Queue'), call('B', 'A', 2)])).toEqual([['A', ['A'], ['B']]]);
  });

  it('keys transfers that lead into a cycle by the smallest id of the cycle', () => {
    expect(shown([call('A', 'C', 1), call('D', 'C', 2), call('C', 'D', 3)])).toEqual([
      ['C', ['C'], ['A', 'D']],
    ]);
  });
});

describe('for every stream of records', () => {
  it('each record is in one chain, by start, whatever the order of arrival', () => {
    fc.assert(
      fc.property(shuffledWithCopies, ([cdrs, given]) => {
        const chains = linkTransfers(given);
        const keys = chains
          .flatMap(({ original, transfers }) => [...original, ...transfers])
          .map(cdrKey);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { transfers } of chains) {
          const starts = transfers.map(({ startedAt }) => startedAt.getTime());
          expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        }
        const byId = (list: typeof chains) =>
          Object.fromEntries(list.map((chain) => [chain.callId, chain.transfers.map(cdrKey)]));
        expect(byId(chains)).toEqual(byId(linkTransfers(cdrs)));
        // A record that continues another call is in a chain, whether or not that call is given.
        const continuing = cdrs.filter(
          ({ callId, originalCallId }) => originalCallId !== null && originalCallId !== callId,
        );
        expect(keys).toEqual(expect.arrayContaining(continuing.map(cdrKey)));
      }),
    );
  });
});
