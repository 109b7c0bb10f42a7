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
import { CONTENT_TYPES, ENCODERS } from './wire.js';

const formats: CdrFormat[] = ['json', 'form', 'xml-rpc'];
const types = [...Object.keys(CALL_TYPES), 'Click2Callleg1', 'Hologram'];
const statuses = cases([...Object.keys(CALL_STATUSES), 'PONDERING']);

const parsed = ({ body, contentType }: EncodedCdr) => parseCdr(body, contentType);
/** What must come back of a Cdr. */
const fieldsOf = ({ format, raw, issues, ...fields }: Cdr) => fields;

describe('the sample', () => {
  it.each(types)('of %s is a clean record of that type, with every status', (type) => {
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

  it.each(types)('of %s comes back as a Cdr from each format, with every status', (type) => {
    for (const status of statuses) {
      for (const from of formats) {
        const cdr = parsed(encodeCdr(sampleCdr(type, status), from));
        for (const to of formats) {
          expect(fieldsOf(parsed(encodeCdr(cdr, to)))).toEqual(fieldsOf(cdr));
        }
      }
    }
  });

  it('is an answered call when no status is asked for', () => {
    expect(parseCdr(sampleCdr('VoiceMail')).outcome).toBe('answered');
  });

  it('is the same each time, and never the same object', () => {
    const record = sampleCdr('Queue');
    expect(sampleCdr('Queue')).toEqual(record);
    expect(sampleCdr('Queue')).not.toBe(record);
  });

  it('has a queue and a wait on the types that enter one, the talk without the wait', () => {
    expect(parseCdr(sampleCdr('Queue'))).toMatchObject({
      queue: { id: '123456789', name: 'Sales', waitSeconds: 20 },
      durationSeconds: 62,
      talkSeconds: 42,
    });
    expect(parseCdr(sampleCdr('Click 2 Queue Incoming', 'FULL')).queue?.waitSeconds).toBe(0);
    expect(parseCdr(sampleCdr('Incoming Call')).queue).toBeNull();
  });

  it('has menus where the call passed some', () => {
    const passed = Object.keys(CALL_TYPES).filter(
      (type) => parseCdr(sampleCdr(type)).ivr.length > 0,
    );
    expect(passed).toEqual(['Incoming Call', 'Queue', 'Click 2 IVR Incoming']);
  });

  it('of both legs is one call, with its customer and its agent', () => {
    const legs = [sampleCdr('Click2Call leg2', 'BUSY'), sampleCdr('Click2Call leg1')];
    const { pairs } = pairLegs(legs.map((record) => parseCdr(record)));
    expect(pairs).toMatchObject([
      { customerPhone: '0501234567', agentExtension: 'SIP201', outcome: 'busy' },
    ]);
    const failed = parseCdr(sampleCdr('ProductiveCallLeg2', 'NOTCALLED'));
    expect(failed.legStatus).toEqual({ leg1: 'NOANSWER', leg2: 'NOTCALLED' });
  });

  it('of a dialer has its campaign, of a transfer the call that it continues', () => {
    expect(parseCdr(sampleCdr('Click 2 IVR')).dialer).toMatchObject({ campaignName: 'Renewals' });
    expect(parseCdr(sampleCdr('Queue')).dialer).toBeNull();
    const { callId, originalCallId } = parseCdr(sampleCdr('XferCDR'));
    expect(originalCallId).toMatch(/^\d{18}\w$/);
    expect(originalCallId).not.toBe(callId);
  });

  it('is missed where a customer reached nobody', () => {
    expect(isMissed(parseCdr(sampleCdr('Queue', 'ABANDONE')))).toBe(true);
    expect(isMissed(parseCdr(sampleCdr('Queue', 'ANSWER')))).toBe(false);
    expect(isMissed(parseCdr(sampleCdr('Extension Outgoing', 'NOANSWER')))).toBe(false);
  });

  describe('with overrides', () => {
    it('has any key and any value', () => {
      const record = sampleCdr('Queue', 'ANSWER', { caller: 501234567, NewKey: [{ a: 1 }] });
      expect(record).toMatchObject({ caller: 501234567, NewKey: [{ a: 1 }] });
    });

    it('has a key once, in the spelling that was asked for', () => {
      const record = sampleCdr('Queue', 'ANSWER', { Queue_Name: 'A', SecondsWaitingInQueue: 4 });
      expect(record).not.toHaveProperty('queuename');
      expect(parseCdr(record)).toMatchObject({ queue: { name: 'A', waitSeconds: 4 }, issues: [] });
      expect(parseCdr(sampleCdr('Queue', 'ANSWER', { queueenamel: 'B' })).queue?.name).toBe('B');
    });

    it('has no key whose override is undefined, and null for null', () => {
      const record = sampleCdr('Queue', 'ANSWER', { queuename: undefined, did: null });
      expect(record).not.toHaveProperty('queuename');
      expect(record).toHaveProperty('did', null);
      expect(() => parseCdr(sampleCdr('Queue', 'ANSWER', { time: undefined }))).toThrow('time');
    });
  });
});
