import { describe, expect, it } from 'vitest';
import { CALL_STATUSES, CALL_TYPES, type LegFamily, pairLegs, parseCdr } from 'voicenter-cdr';
import { type LegStatuses, sampleCall } from 'voicenter-cdr/testing';
import { cases } from './properties.js';

const FAMILIES: LegFamily[] = [
  'click-to-call',
  'agent-dialer',
  'smart-dialer',
  'attended-transfer',
];
const STATUSES = cases([...Object.keys(CALL_STATUSES), 'PONDERING']);

const parsed = (family: LegFamily, statuses?: LegStatuses) => {
  const [leg1, leg2] = sampleCall(family, statuses).map((record) => parseCdr(record));
  if (!leg1 || !leg2) throw new Error('a call has two legs');
  return { leg1, leg2 };
};

describe('a sample call', () => {
  it.each(FAMILIES)('of %s has two legs without issues, for any statuses', (family) => {
    for (const status1 of STATUSES) {
      for (const status2 of STATUSES) {
        const { leg1, leg2 } = parsed(family, { leg1: status1, leg2: status2 });
        expect([leg1.leg, leg2.leg]).toEqual([1, 2]);
        expect([leg1.statusName, leg2.statusName]).toEqual([status1, status2]);
        expect(leg2.legStatus).toEqual({ leg1: leg1.status, leg2: leg2.status });
        expect(pairLegs([leg2, leg1])).toMatchObject({
          pairs: [{ legFamily: family, leg1, leg2 }],
          singles: [],
        });
        const codes = [...leg1.issues, ...leg2.issues].map(({ code }) => code);
        expect(codes.filter((code) => code !== 'unknown_status')).toEqual([]);
      }
    }
  });

  it.each(FAMILIES)('of %s is answered on both legs by default', (family) => {
    const { leg1, leg2 } = parsed(family);
    expect([leg1.status, leg2.status]).toEqual(['ANSWER', 'ANSWER']);
  });

  it('has a NOTCALLED second leg if the first leg failed', () => {
    expect(parsed('agent-dialer', { leg1: 'BUSY' }).leg2.status).toBe('NOTCALLED');
    expect(parsed('agent-dialer', { leg1: 'answer' }).leg2.status).toBe('ANSWER');
    expect(parsed('agent-dialer', { leg1: 'BUSY', leg2: 'ANSWER' }).leg2.status).toBe('ANSWER');
  });

  it('exists for every type that is a leg', () => {
    const types = FAMILIES.flatMap((family) =>
      ['ANSWER', 'ABANDONE'].flatMap((leg2) =>
        sampleCall(family, { leg2 }).map((record): string => record.type),
      ),
    );
    const legs = Object.entries(CALL_TYPES).filter(([, { leg }]) => leg !== null);
    expect([...new Set(types)].sort()).toEqual(legs.map(([type]) => type).sort());
  });

  it.each(['ABANDONE', 'timeout', 'EXIT', 'FULL', 'JOINEMPTY'])(
    'of the smart dialer that ended with %s went to a queue',
    (leg2) => {
      const [, record] = sampleCall('smart-dialer', { leg2 });
      expect(record.type).toBe('Click 2 Queue Incoming');
    },
  );

  it('has the overrides on both legs in any spelling, but keeps its types', () => {
    const overrides = { IvrUniqueId: 'A', time: undefined, Leg1DialStatus_Name: 'BUSY', type: 'X' };
    const [leg1, leg2] = sampleCall('click-to-call', {}, overrides);
    for (const record of [leg1, leg2]) {
      expect(record).toMatchObject({ IvrUniqueId: 'A', Leg1DialStatus_Name: 'BUSY' });
      for (const key of ['ivruniqueid', 'time', 'leg1DialStatusName']) {
        expect(record).not.toHaveProperty(key);
      }
    }
    expect([leg1.type, leg2.type]).toEqual(['Click2Call leg1', 'Click2Call leg2']);
    for (const record of sampleCall('click-to-call', {}, { Type: 'X' })) {
      expect(parseCdr(record)).toMatchObject({ type: record.type, issues: [] });
    }
  });

  it.each(['click2call', 'toString'])('throws a TypeError for the family %s', (family) => {
    expect(() => sampleCall(family as LegFamily)).toThrow(
      new TypeError(
        `Expected click-to-call, agent-dialer, smart-dialer, attended-transfer, received "${family}"`,
      ),
    );
  });
});
