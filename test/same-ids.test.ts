import { describe, expect, it } from 'vitest';
import { type Cdr, pairLegs, parseCdr } from 'voicenter-cdr';
import { minimal } from './wire.js';

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
    const withOther = pairLegs([leg(1, one), leg(2, one), ...queues.slice(1)]);
    expect(withOther.pairs).toEqual(pairLegs([leg(1, one), leg(2, one)]).pairs);
    expect(withOther.singles).toEqual(queues.slice(1));
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
