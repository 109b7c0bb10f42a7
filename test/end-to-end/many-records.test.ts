import { describe, expect, it } from 'vitest';
import {
  type Cdr,
  type CdrFields,
  groupCalls,
  linkTransfers,
  pairLegs,
  parseCdr,
} from 'voicenter-cdr';
import { minimal } from '../records.js';

type Change = (
  index: number,
) => Partial<Pick<CdrFields, 'callId' | 'originalCallId' | 'startedAt'>>;

describe('very many records under one id', () => {
  const COUNT = 100_000;
  const [first, second] = [1, 2].map((leg) =>
    parseCdr(minimal({ type: `Attended CDR leg${leg}` })),
  );
  const many = (change: Change) =>
    Array.from({ length: COUNT }, (_, index): Cdr => {
      const leg = index % 2 === 0 ? first : second;
      if (!leg) throw new Error('no leg');
      return { ...leg, ...change((index * 7919) % COUNT) };
    });

  it('are paired', () => {
    const startedAt = (index: number) => new Date(index * 1000);
    for (const given of [
      many((index) => ({ startedAt: startedAt(index) })),
      many((index) => ({ callId: `B${index}`, originalCallId: 'A', startedAt: startedAt(index) })),
      many((index) => ({ callId: `B${index}`, originalCallId: 'A' })),
    ]) {
      const { pairs } = pairLegs(given);
      expect(pairs.flatMap(({ leg1, leg2 }) => [leg1, leg2].filter(Boolean))).toHaveLength(COUNT);
    }
  }, 30_000);

  it('are paired even if all are first legs', () => {
    const firstLegs = (change: Change) =>
      Array.from({ length: COUNT }, (_, index): Cdr => {
        if (!first) throw new Error('no leg');
        return { ...first, ...change((index * 7919) % COUNT) };
      });
    for (const given of [
      firstLegs((index) => ({ startedAt: new Date(index * 1000) })),
      // All start at the same time.
      firstLegs((index) => ({ callId: `B${index}`, originalCallId: 'A' })),
    ]) {
      const { pairs } = pairLegs(given);
      expect(pairs).toHaveLength(COUNT);
      expect(pairs.every(({ leg1, leg2 }) => leg1 !== null && leg2 === null)).toBe(true);
    }
  }, 30_000);

  it('are singles if only their unknown types differ', () => {
    const unknown = parseCdr(minimal({ type: 'Hologram' }));
    const given = Array.from(
      { length: COUNT },
      (_, index): Cdr => ({ ...unknown, typeName: `Hologram ${(index * 7919) % COUNT}` }),
    );
    expect(pairLegs(given).singles).toHaveLength(COUNT);
    expect(linkTransfers(given)).toEqual([]);
  }, 30_000);

  it('are chained and grouped, in a line and in a cycle', () => {
    for (const original of [
      () => 'A',
      (index: number) => `B${index + 1}`,
      (index: number) => `B${(index + 1) % COUNT}`,
    ]) {
      const given = many((index) => ({ callId: `B${index}`, originalCallId: original(index) }));
      const [chain, ...others] = linkTransfers(given);
      expect([...(chain?.original ?? []), ...(chain?.transfers ?? [])]).toHaveLength(COUNT);
      expect(others).toEqual([]);
      expect(groupCalls(given).map(({ records }) => records.length)).toEqual([COUNT]);
    }
  }, 30_000);
});
