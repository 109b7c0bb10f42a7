import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cdr, cdrKey, mergeCdr, parseCdr } from 'voicenter-cdr';
import { parseCallLog } from 'voicenter-cdr/call-log';
import { encodeCallLog, sampleCdr, type WireCdr } from 'voicenter-cdr/testing';
import { wireRecord } from './arbitraries.js';
import { reproducible } from './properties.js';
import { minimal, QUEUE } from './records.js';

reproducible(2024, 300);

function pulled(record: WireCdr, keys?: 'lower' | 'pascal'): Cdr {
  const { body } = encodeCallLog([record], keys && { keys });
  const [cdr] = parseCallLog(body).cdrs;
  if (!cdr) throw new Error('expected a record');
  return cdr;
}

/** The fields of a call that a pull has too. */
function saidByBoth(cdr: Cdr) {
  const { OriginalIvrUniqueID, ...customData } = cdr.customData;
  return {
    key: cdrKey(cdr),
    callId: cdr.callId,
    type: cdr.type,
    status: cdr.status,
    typeName: cdr.typeName,
    statusName: cdr.statusName,
    outcome: cdr.outcome,
    leg: cdr.leg,
    legFamily: cdr.legFamily,
    startedAt: cdr.startedAt,
    durationSeconds: cdr.durationSeconds,
    ringSeconds: cdr.ringSeconds,
    caller: cdr.caller,
    target: cdr.target,
    did: cdr.did,
    callerExtension: cdr.callerExtension?.code ?? null,
    targetExtension: cdr.targetExtension?.code ?? null,
    queue: cdr.queue?.name ?? null,
    representative: cdr.representative,
    targetCountry: cdr.targetCountry,
    ivr: cdr.ivr.map(({ layerId, order, ...layer }) => layer),
    recordingUrl: cdr.recordingUrl,
    originalCallId: cdr.originalCallId,
    department: cdr.department,
    customData,
  };
}

describe('a call that is pushed and pulled', () => {
  it('has the same cdrKey, and the same value in every field that a pull has', () => {
    fc.assert(
      fc.property(wireRecord, fc.constantFrom('lower', 'pascal'), (record, keys) => {
        expect(saidByBoth(pulled(record, keys))).toEqual(saidByBoth(parseCdr(record)));
      }),
    );
  });

  it.each(['1595333610.10', '9007199254740993'])(
    'has the same cdrKey if its id is the number %s',
    (id) => {
      const text = JSON.stringify({ ...QUEUE, CustomData: { OriginalIvrUniqueID: 'FIRST' } });
      const asNumbers = (body: string) =>
        body.replaceAll(`"${QUEUE.ivruniqueid}"`, id).replaceAll('"FIRST"', id);
      const { body } = encodeCallLog([JSON.parse(text)]);
      const pushed = parseCdr(asNumbers(text));
      const [cdr] = parseCallLog(asNumbers(body)).cdrs;
      expect(pushed).toMatchObject({ callId: id, originalCallId: id });
      expect(cdr).toMatchObject({ callId: id, originalCallId: id });
      expect(cdr && cdrKey(cdr)).toBe(cdrKey(pushed));
    },
  );

  it('has the same cdrKey at every instant outside the repeated hour', () => {
    const clock = new Intl.DateTimeFormat('sv', {
      timeZone: 'Asia/Jerusalem',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    const wallClock = (instant: number) => Date.parse(`${clock.format(instant)}Z`);
    const hour = 3_600_000;
    const seconds = fc.integer({ min: 1_000_000_000, max: 2_000_000_000 });
    fc.assert(
      fc.property(seconds, (second) => {
        const instant = second * 1000;
        fc.pre(wallClock(instant) !== wallClock(instant - hour));
        const pushed = parseCdr(minimal({ ivruniqueid: 'a', time: wallClock(instant) / 1000 }));
        const { body } = encodeCallLog([pushed]);
        const date = new Date(instant).toISOString().replace('.000Z', '');
        const [cdr] = parseCallLog(body.replace(/"Date":"[^"]+"/, `"Date":"${date}"`)).cdrs;
        expect(cdr && cdrKey(cdr)).toBe(cdrKey(pushed));
      }),
    );
  });

  it('keeps what only the push has, in either order of merging', () => {
    fc.assert(
      fc.property(wireRecord, (record) => {
        const [push, pull] = [parseCdr(record), pulled(record)];
        const expected = withoutTransport(push);
        const withIds = mergeCdr(pull, push);
        expect(withoutTransport(withIds)).toEqual(expected);
        // The menus of a pull are counted from 1.
        const ivr = expected.ivr.map((menu, index) => ({ ...menu, order: index + 1 }));
        expect(withoutTransport(mergeCdr(push, pull))).toEqual({ ...expected, ivr });
      }),
    );
  });

  it('keeps what only the pull has', () => {
    const pull = pulled(QUEUE);
    const push = parseCdr({ ...QUEUE, record: '', representative_name: '', dialtime: '' });
    for (const merged of [mergeCdr(pull, push), mergeCdr(push, pull)]) {
      expect(merged.recordingUrl).toBe(QUEUE.record);
      expect(merged.representative).toEqual({ name: 'Admin User', code: '12345679' });
      expect(merged.raw).toMatchObject({
        ivruniqueid: QUEUE.ivruniqueid,
        CallID: QUEUE.ivruniqueid,
      });
    }
  });
});

/** A Cdr without the transfer's id in customData and the fields that depend on how it arrived. */
function withoutTransport({ format, raw, issues, customData, ...fields }: Cdr) {
  const { OriginalIvrUniqueID, ...own } = customData;
  return { ...fields, customData: own };
}

describe('encodeCallLog', () => {
  it("writes a record as in the vendor's documentation", () => {
    const { body, contentType } = encodeCallLog([QUEUE]);
    expect(contentType).toBe('application/json; charset=utf-8');
    expect(JSON.parse(body)).toEqual({
      ERROR_NUMBER: 0,
      ERROR_DESCRIPTION: 'OK',
      STATUS_CODE: 200,
      TOTAL_HITS: 1,
      RETURN_HITS: 1,
      CDR_LIST: [
        {
          CallID: '202007211213270124c',
          Type: 'Queue',
          CdrType: 8,
          DialStatus: 'ANSWER',
          Date: '2020-07-21T09:13:30Z',
          Duration: 20,
          RingTime: 0,
          CallerNumber: '0501234567',
          TargetNumber: '',
          Callerextension: '',
          Targetextension: '',
          DID: '0722776772',
          QueueName: 'Sales Queue',
          RecordURL: QUEUE.record,
          RepresentativeName: 'Admin User',
          RepresentativeCode: '12345679',
          DTMFData: [
            { LayerName: 'Main IVR', DTMF: '2', LayerNumber: 0 },
            { LayerName: 'Sales Department', DTMF: '0', LayerNumber: 2 },
          ],
          CustomData: {},
          DepartmentName: '',
          DepartmentId: '',
          TargetPrefixName: '',
        },
      ],
    });
  });

  it('writes a Cdr like the wire record that it was parsed from', () => {
    const record = sampleCdr('XferCDR', 'ANSWER', { CustomData: { order: '17' } });
    expect(encodeCallLog([parseCdr(record)])).toEqual(encodeCallLog([record]));
  });

  it('writes keys in lower case, and a total above the number of records', () => {
    const { body } = encodeCallLog([QUEUE], { keys: 'lower', total: 12_000 });
    const { CDR_LIST: list, ...rest } = JSON.parse(body);
    expect(rest).toMatchObject({ TOTAL_HITS: 12_000, RETURN_HITS: 1 });
    expect(Object.keys(list[0])).toEqual(Object.keys(list[0]).map((key) => key.toLowerCase()));
    expect(list[0].callid).toBe(QUEUE.ivruniqueid);
  });

  it('writes an unknown type without a number, and an invalid start unchanged', () => {
    const { body } = encodeCallLog([{ type: 'Hologram', time: 'noon' }, {}]);
    const [first, second] = JSON.parse(body).CDR_LIST;
    expect(first).toMatchObject({ Type: 'Hologram', Date: 'noon', CallID: '' });
    expect(first).not.toHaveProperty('CdrType');
    expect(second).toMatchObject({ Type: '', DTMFData: [] });
    expect(parseCallLog(body).refused).toHaveLength(2);
  });

  it('refuses values that no answer can hold', () => {
    expect(() => encodeCallLog([{ ...QUEUE, price: Number.NaN }])).toThrow(TypeError);
  });
});
