import { describe, expect, it } from 'vitest';
import { type Cdr, type CdrFields, cdrKey, linkTransfers, pairLegs, parseCdr } from 'voicenter-cdr';
import { minimal } from './wire.js';

describe('the keys of very many records', () => {
  it('differ for long ids that begin alike', () => {
    const COUNT = 200_000;
    const record = parseCdr(minimal());
    const keys = new Set<string>();
    for (let index = 0; index < COUNT; index++) {
      keys.add(cdrKey({ ...record, callId: 'a'.repeat(100) + index * 2_654_435_761 }));
    }
    expect(keys.size).toBe(COUNT);
  });
});

describe('very many records under one id', () => {
  const COUNT = 100_000;
  const [first, second] = [1, 2].map((leg) =>
    parseCdr(minimal({ type: `Attended CDR leg${leg}` })),
  );
  const many = (
    change: (index: number) => Partial<Pick<CdrFields, 'callId' | 'originalCallId' | 'startedAt'>>,
  ) =>
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

  it('are chained, in a line of that length and in a circle too', () => {
    for (const original of [
      () => 'A',
      (index: number) => `B${index + 1}`,
      (index: number) => `B${(index + 1) % COUNT}`,
    ]) {
      const given = many((index) => ({ callId: `B${index}`, originalCallId: original(index) }));
      const [chain, ...others] = linkTransfers(given);
      expect([...(chain?.original ?? []), ...(chain?.transfers ?? [])]).toHaveLength(COUNT);
      expect(others).toEqual([]);
    }
  }, 30_000);
});

describe('ids that the table of pairLegs cannot tell apart', () => {
  const leg = (number: number, ivruniqueid: string) =>
    parseCdr(minimal({ ivruniqueid, type: `Attended CDR leg${number}` }));
  const callsOf = (legs: Cdr[]) =>
    pairLegs(legs)
      .pairs.map(({ leg1, leg2 }) => `${leg1?.callId} ${leg2?.callId}`)
      .sort();

  it.each([
    ['c1xmo54yek', 'c1otlpbw13'],
    ['c11mqvjzymf', 'cpx8j91k05'],
  ])('have the same hash, and are of two calls: %s and %s', (one, other) => {
    expect(callsOf([leg(1, one), leg(2, other)])).toEqual(
      [`${one} undefined`, `undefined ${other}`].sort(),
    );
    expect(callsOf([leg(1, one), leg(2, other), leg(1, other), leg(2, one)])).toEqual(
      [`${one} ${one}`, `${other} ${other}`].sort(),
    );
    const queues = [one, other].map((ivruniqueid) => parseCdr(minimal({ ivruniqueid })));
    expect(pairLegs(queues)).toEqual({ pairs: [], singles: queues });
  });

  it('have all one place in it, where the last find none, and are each of a call of their own', () => {
    const ids = (
      '0cp 0kd 0nf 0tr 0u3 15w 1ed 1f7 1kl 1sx 24f 2hf 2md 2nd 2oq 2rr 2s3 3eg 3hg 3lp 3p3 3qi ' +
      '3vh 3ym 44y 48w 49v 4b9 4je 5ei 5uq 5z7 68x 695 74k 7dl 7e0 7kp 7ml 7pf'
    ).split(' ');
    const legs = [1, 2].flatMap((number) => ids.map((id) => leg(number, `c00${id}`)));
    expect(callsOf(legs)).toEqual(ids.map((id) => `c00${id} c00${id}`));
  });
});
