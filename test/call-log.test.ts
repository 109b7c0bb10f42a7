import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CALL_TYPES, type CdrBody, cdrKey, parseCdr } from 'voicenter-cdr';
import { CallLogError, parseCallLog } from 'voicenter-cdr/call-log';
import type { Wire } from './records.js';

/** A record as the vendor documents it, with keys as the requests ask for them. */
const PULLED = {
  CallerNumber: '0501234567',
  TargetNumber: '',
  Date: '2024-06-10T09:04:58Z',
  Duration: 62,
  CallID: '202406101204550124a',
  Type: 'Queue',
  CdrType: 8,
  DialStatus: 'ANSWER',
  Targetextension: 'SIP201',
  Callerextension: '',
  DID: '0722776772',
  QueueName: 'Sales Queue',
  RecordURL: 'https://cpanel.voicenter.co.il/CallsHistory/PlayRecord/a-aws.mp3',
  RecordExpect: true,
  Price: 0.5,
  RingTime: 7,
  RepresentativeName: 'Admin User',
  RepresentativeCode: '0012',
  UserName: 'Somebody else',
  UserId: 77,
  DTMFData: [
    { LayerName: 'Main IVR', DTMF: '2', LayerNumber: 0 },
    { LayerName: 'Sales', DTMF: 0, LayerNumber: 2 },
  ],
  CustomData: { OriginalIvrUniqueID: '202406101200000124a', order: 17 },
  DepartmentName: 'Sales Department',
  DepartmentId: 12345678,
  TargetPrefixName: 'Israel',
};

function answer(records: unknown[], fields: Wire = {}): string {
  return JSON.stringify({
    ERROR_NUMBER: 0,
    ERROR_DESCRIPTION: 'OK',
    STATUS_CODE: 200,
    TOTAL_HITS: records.length,
    RETURN_HITS: records.length,
    CDR_LIST: records,
    ...fields,
  });
}

function pull(fields: Wire = {}) {
  const page = parseCallLog(answer([{ ...PULLED, ...fields }]));
  const [cdr] = page.cdrs;
  if (!cdr) throw page.refused[0]?.error;
  return cdr;
}

const lowerKeys = (record: Wire) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]));

const throwing = {
  get CDR_LIST(): unknown {
    throw new Error('gone');
  },
};

function errorOf(body: unknown): CallLogError {
  try {
    parseCallLog(body as CdrBody);
  } catch (error) {
    if (error instanceof CallLogError) return error;
    throw error;
  }
  throw new Error('expected an error');
}

describe('a pulled record', () => {
  it('equals the pushed record, without the fields that only a push has', () => {
    const pushed = parseCdr({
      ivruniqueid: '202406101204550124a',
      type: 'Queue',
      status: 'ANSWER',
      time: 1718021098,
      duration: 62,
      dialtime: 7,
      caller: '0501234567',
      targetextension: 'SIP201',
      did: '0722776772',
      queuename: 'Sales Queue',
      record: PULLED.RecordURL,
      representative_name: 'Admin User',
      representative_code: '0012',
      IVR: [
        { layer_name: 'Main IVR', layer_number: 0, Dtmf: 2, dtmf_order: 1 },
        { layer_name: 'Sales', layer_number: 2, Dtmf: 0, dtmf_order: 2 },
      ],
      CustomData: PULLED.CustomData,
      DepartmentName: 'Sales Department',
      DepartmentID: 12345678,
      target_country: 'Israel',
    });
    const pulled = pull();
    expect(pulled).toEqual({ ...pushed, raw: PULLED });
    expect(cdrKey(pulled)).toBe(cdrKey(pushed));
    expect(pulled).toMatchObject({
      startedAt: new Date('2024-06-10T09:04:58Z'),
      originalCallId: '202406101200000124a',
      priceAgorot: null,
      format: 'json',
      issues: [],
    });
  });

  it('can have keys in any case', () => {
    const lower = { ...lowerKeys(PULLED), dtmfdata: PULLED.DTMFData.map(lowerKeys) };
    const page = parseCallLog(lowerKeys(JSON.parse(answer([lower], { TOTAL_HITS: 2 }))));
    expect(page).toMatchObject({ total: 2, truncated: true });
    expect(page.cdrs).toEqual([{ ...pull(), raw: lower }]);
  });

  it('needs only an id, a type, a status, a date and a duration', () => {
    const required = ['CallID', 'Type', 'DialStatus', 'Date', 'Duration'];
    const [cdr] = parseCallLog(answer([JSON.parse(JSON.stringify(PULLED, required))])).cdrs;
    expect(cdr).toMatchObject({ caller: null, ivr: [], representative: null, issues: [] });
    expect(cdr?.queue).toEqual({ id: null, name: null, waitSeconds: null });
  });

  it.each([
    '2024-06-10T09:04:58Z',
    '2024-06-10T09:04:58',
    '2024-06-10 09:04:58.000',
    '2024-06-10T12:04:58+03:00',
    1718010298,
  ])('starts at the same instant if its date is %s', (date) => {
    const page = parseCallLog(answer([{ ...PULLED, Date: date }]), { timeZone: 'Asia/Tokyo' });
    expect(page.cdrs[0]?.startedAt.toISOString()).toBe('2024-06-10T09:04:58.000Z');
  });

  it.each(Object.entries(CALL_TYPES))(
    'gets the type %s from its number alone',
    (type, { number }) => {
      expect(pull({ Type: '', CdrType: number }).type).toBe(type);
      expect(pull({ Type: null, CdrType: String(number) }).typeName).toBe(type);
      expect(pull({ Type: false, CdrType: number }).typeName).toBe(type);
    },
  );

  it('prefers the name of the type to its number', () => {
    expect(pull({ Type: 'Click2Callleg1', CdrType: 8 }).type).toBe('Click2Call leg1');
    expect(pull({ Type: '', CdrType: 'CC' })).toMatchObject({ type: 'CC', issues: [] });
    expect(pull({ Type: 'Queue', CdrType: 'Queue' }).issues).toEqual([]);
    const unknown = pull({ Type: 'Hologram', CdrType: 8 });
    expect(unknown).toMatchObject({ type: 'unknown', typeName: 'Hologram' });
  });

  it('can have a type with an unknown number', () => {
    const cdr = pull({ Type: '', CdrType: 99 });
    expect(cdr).toMatchObject({ type: 'unknown', typeName: '99' });
    expect(cdr.issues).toMatchObject([{ path: ['Type'], code: 'unknown_type' }]);
    expect(cdr.raw['Type']).toBe('');
  });

  it('takes the user as the representative only if no part of a representative was sent', () => {
    const user = { name: 'Somebody else', code: '77' };
    expect(pull({ RepresentativeName: '', RepresentativeCode: '' }).representative).toEqual(user);
    expect(pull({ RepresentativeCode: '' }).representative?.code).toBe(null);
    const none = { RepresentativeName: '', RepresentativeCode: '', UserName: '', UserId: 0 };
    expect(pull(none).representative).toBe(null);
  });

  it('has its menus in the order of the list', () => {
    expect(pull().ivr.map(({ layerName, digits, order }) => [layerName, digits, order])).toEqual([
      ['Main IVR', '2', 1],
      ['Sales', null, 2],
    ]);
    expect(pull({ DTMFData: JSON.stringify(PULLED.DTMFData) }).ivr).toEqual(pull().ivr);
  });

  it("reads neither its CallID as the dialer's nor its Price as agorot", () => {
    expect(pull()).toMatchObject({ dialer: null, priceAgorot: null, raw: { Price: 0.5 } });
  });

  it('has issues under the keys as sent', () => {
    const cdr = pull({ RecordURL: 'javascript:alert()', DTMFData: [{ LayerNumber: 'first' }] });
    expect(cdr.issues.map(({ path }) => path)).toEqual([
      ['RecordURL'],
      ['DTMFData', 0, 'LayerNumber'],
    ]);
  });

  it('keeps all digits of ids that are sent as numbers', () => {
    const body = answer([PULLED]).replace('"202406101204550124a"', '20240610120455012498');
    expect(parseCallLog(body).cdrs[0]?.callId).toBe('20240610120455012498');
  });
});

describe('parseCallLog', () => {
  it('reads bytes, text and a parsed object alike', () => {
    const text = answer([PULLED, { ...PULLED, CallID: 'b' }]);
    const page = parseCallLog(text);
    expect(page).toMatchObject({ total: 2, truncated: false, refused: [] });
    const bytes = new TextEncoder().encode(`\uFEFF${text}\n`);
    for (const body of [bytes, bytes.buffer, JSON.parse(text)]) {
      expect(parseCallLog(body)).toEqual(page);
    }
  });

  it('does not change its input', () => {
    const body = Object.freeze({
      CDR_LIST: Object.freeze([Object.freeze({ ...PULLED, Type: '' })]),
    });
    const [cdr] = parseCallLog(body).cdrs;
    expect(cdr?.raw).not.toBe(body.CDR_LIST[0]);
    expect(body).toEqual({ CDR_LIST: [{ ...PULLED, Type: '' }] });
  });

  it('reads the other records if one is invalid', () => {
    const { Date: _, ...dateless } = PULLED;
    const bad = [null, 'a record', [PULLED], dateless, { ...PULLED, Date: 'noon' }, {}];
    const { cdrs, refused, total } = parseCallLog(answer([PULLED, ...bad, PULLED]));
    expect(cdrs).toHaveLength(2);
    expect(total).toBe(8);
    expect(refused.map(({ record }) => record)).toEqual(bad);
    expect(refused.map(({ error }) => error.code)).toEqual([
      ...['not_one_record', 'not_one_record', 'not_one_record'],
      ...['missing_field', 'invalid_field', 'missing_field'],
    ]);
    expect(refused[3]?.error.message).toBe(
      'Date: required, but not sent; its keys are CallerNumber, TargetNumber, Duration, CallID, Type, …',
    );
    expect(refused[5]?.error.message).toMatch(/^CallID: required.+; the record is empty$/);
  });

  it('says which parser reads a Cdr that is among the records', () => {
    const { refused } = parseCallLog(answer([pull()]));
    expect(refused[0]?.error.message).toMatch('looks like a Cdr: use cdrSchema');
  });

  it('refuses a record with an issue if strict is set', () => {
    const body = answer([PULLED, { ...PULLED, Duration: 'long' }]);
    const { cdrs, refused } = parseCallLog(body, { strict: true });
    expect([cdrs.length, refused.length]).toEqual([1, 1]);
  });

  it.each([
    [{ TOTAL_HITS: 2 }, 2, true],
    [{ TOTAL_HITS: '2', RETURN_HITS: '1' }, 2, true],
    [{ TOTAL_HITS: 2, RETURN_HITS: 2 }, 2, true], // the list has less than it says
    [{ TOTAL_HITS: 1 }, 1, false],
    [{ TOTAL_HITS: null, RETURN_HITS: null }, 1, false],
  ])('detects a truncated answer: %j', (fields, total, truncated) => {
    expect(parseCallLog(answer([PULLED], fields))).toMatchObject({ total, truncated });
  });

  it('treats 10 000 records without a total as truncated', () => {
    const records = Array.from({ length: 10_000 }, () => null);
    expect(parseCallLog(answer(records, { TOTAL_HITS: null })).truncated).toBe(true);
    expect(parseCallLog(answer(records)).truncated).toBe(false);
  });

  it('reads an answer without records', () => {
    const empty = { cdrs: [], refused: [], total: 0, truncated: false };
    expect(parseCallLog(answer([]))).toEqual(empty);
    expect(parseCallLog(answer([], { CDR_LIST: null }))).toEqual(empty);
  });

  it('refuses unknown options at once', () => {
    expect(() => parseCallLog('', JSON.parse('{ "timezone": "UTC" }'))).toThrow(TypeError);
    expect(() => parseCallLog('', { timeZone: 'Mars' })).toThrow(RangeError);
  });

  it('admits 10 000 full records', () => {
    const layers = Array.from({ length: 5 }, (_, index) => ({
      LayerName: 'מחלקת המכירות והשירות',
      DTMF: '12',
      LayerNumber: index,
    }));
    const custom = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [
        `custom_${index}`,
        'מחלקת המכירות והשירות '.repeat(2),
      ]),
    );
    const full = { ...PULLED, DTMFData: layers, CustomData: { ...PULLED.CustomData, ...custom } };
    const { cdrs } = parseCallLog(answer(Array.from({ length: 10_000 }, () => full)));
    expect(cdrs).toHaveLength(10_000);
    expect(cdrs.at(-1)?.issues).toEqual([]);
  }, 60_000);
});

describe('a CallLogError', () => {
  it.each([
    [1, 403, true, 'Call Log answered with error 1, too many requests: wait five seconds and try'],
    [2, 403, false, 'the code is wrong: copy it from CPanel'],
    [4, 403, false, "this machine's address is not listed: add it in CPanel, or use a token"],
    [5, 404, false, 'the dates are wrong'],
    [77, 500, true, 'unknown to this version: try again'],
    [77, 403, false, 'unknown to this version'],
    [77, null, false, 'unknown to this version'],
  ])(
    'has the number %i and the status %j of the service',
    (ERROR_NUMBER, STATUS_CODE, retryable, message) => {
      const error = errorOf(
        answer([], { ERROR_NUMBER, STATUS_CODE, ERROR_DESCRIPTION: 'No\nway' }),
      );
      expect(error).toMatchObject({ number: ERROR_NUMBER, status: STATUS_CODE, retryable });
      expect(error.message).toContain(message);
      expect(error.message).toMatch(/; the service says "No way"$/);
      const described = answer([], { ERROR_NUMBER: String(ERROR_NUMBER), ERROR_DESCRIPTION: '' });
      expect(errorOf(described).message).not.toContain('says');
    },
  );

  it.each([
    ['empty', '', 'The answer is empty: try again'],
    ['blank', new Uint8Array([32, 10]), 'The answer is empty: try again'],
    ['HTML', '<!DOCTYPE html><h1>502</h1>', 'The answer is HTML or XML, not JSON: try again'],
    ['cut off', answer([PULLED]).slice(0, -40), 'The answer is cut off, or not valid JSON: try'],
    [
      'text',
      'Bad Gateway',
      'The answer is not a JSON object: it begins with "Bad Gateway": try again',
    ],
    ['compressed', gzipSync('{}'), /^The answer is not a JSON object: it begins with "/],
    ['a list', [PULLED], /expected an object: try again$/],
    ['null from a JSON parser', null, /expected an object: try again$/],
    ['a number from a JSON parser', 5, /expected an object: try again$/],
    ['another object', { message: 'Unauthorized' }, /without CDR_LIST, its keys are message: try/],
    ['an empty object', '{}', /its keys are none: try again$/],
    ['without a list', { ERROR_NUMBER: 0, TOTAL_HITS: 5 }, /without CDR_LIST/],
    ['with something for a list', { ERROR_NUMBER: 0, CDR_LIST: 'none' }, /without CDR_LIST/],
  ])('advises to retry if the answer is %s', (_, body, message) => {
    const error = errorOf(body);
    expect(error).toMatchObject({ number: null, status: null, retryable: true });
    expect(error.message).toMatch(message);
  });

  it.each([
    ['a promise', Promise.resolve('')],
    ['a Response', new Response('{}')],
    ['an object that throws', throwing],
    ['nothing', undefined],
    ['a form', new URLSearchParams('a=1')],
  ])('does not advise to retry if %s was passed as the body', (_, body) => {
    expect(errorOf(body)).toMatchObject({ number: null, retryable: false });
  });

  it('advises a shorter period for an answer over a limit', () => {
    const big = answer(Array.from({ length: 3 }, () => PULLED));
    for (const limits of [{ maxBytes: 100 }, { maxNodes: 10 }]) {
      expect(() => parseCallLog(big, { limits })).toThrow(/limit max.+: ask for a shorter period$/);
    }
    const empty = errorOf(`{"CDR_LIST":[${'{},'.repeat(30_000)}{}]}`);
    expect(empty).toMatchObject({ retryable: false, cause: { code: 'too_large' } });
    expect(empty.message).toBe('The answer has more than 30000 records: ask for a shorter period');
    const many = `{"CDR_LIST":[${'0,'.repeat(2_000_001)}0]}`;
    const error = errorOf(many);
    expect(error).toMatchObject({ retryable: false, cause: { code: 'too_large' } });
    expect(error.message).toBe(
      'The body is over the limit maxNodes (2000000): ask for a shorter period',
    );
  });

  it('has its name, and no cause unless there was one', () => {
    expect(errorOf('')).toMatchObject({ name: 'CallLogError' });
    expect('cause' in errorOf('')).toBe(false);
  });
});
