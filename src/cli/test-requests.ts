import { CALL_STATUSES, CALL_TYPES, type CdrFormat } from '../index.js';
import { LEG_FAMILIES } from '../model/call-types.js';
import { encodeCdr, sampleCall, sampleCdr, type WireCdr } from '../testing.js';
import { FORMAT_NAMES, FORMATS } from './formats.js';
import type { EncodedRequest } from './request.js';
import { respell, SPELLINGS, withBrackets } from './spellings.js';
import { type Charset, callNumberer } from './test-call.js';

/** A request of a check. */
export interface CheckRequest extends EncodedRequest {
  /** What is sent, for reporting a failure. */
  what: string;
  method?: 'GET';
  /** Whether to send it to a path that the receiver does not have. */
  wrongPath?: true;
}

export const TEST_DEPARTMENT = 'voicenter-cdr check';

const TEST_ACCOUNT = {
  DepartmentID: '99999999',
  DepartmentName: TEST_DEPARTMENT,
  TopDepartmentID: '99999999',
  TopDepartmentName: TEST_DEPARTMENT,
};

/** Makes test calls that can be recognized and deleted afterward. */
export interface TestCalls {
  /** The overrides that make a record part of a new test call. */
  next(): WireCdr;
  /** The record of a new test call. */
  record(type: string, status: string, overrides?: WireCdr): WireCdr;
}

/**
 * Makes test calls.
 *
 * @param prefix the beginning of every id
 * @param now in milliseconds: when the calls begin
 */
export function testCalls(prefix: string, now: number): TestCalls {
  const nextCall = callNumberer(prefix, now);
  const next = () => ({ ...nextCall(), ...TEST_ACCOUNT });
  return {
    next,
    record: (type, status, overrides) => sampleCdr(type, status, { ...next(), ...overrides }),
  };
}

/** Requests in every format. */
export function inEachFormat(requests: (format: CdrFormat) => CheckRequest[]): CheckRequest[] {
  return FORMATS.flatMap(requests);
}

/** A request that carries a record. */
function request(what: string, record: WireCdr, format: CdrFormat): CheckRequest {
  const encoded = encodeCdr(record, format, { charset: 'utf-8' });
  return { what: `${what}, ${FORMAT_NAMES[format]}`, ...encoded };
}

export function everyTypeAndStatus(calls: TestCalls, format: CdrFormat): CheckRequest[] {
  return Object.keys(CALL_TYPES).flatMap((type) =>
    Object.keys(CALL_STATUSES).map((status) =>
      request(`${type} ${status}`, calls.record(type, status), format),
    ),
  );
}

export function copies(calls: TestCalls, format: CdrFormat): CheckRequest[] {
  const { record, ...first } = calls.record('Queue', 'ANSWER');
  return [
    request('the first copy', first, format),
    request('the same again', first, format),
    request('again, with a recording', { ...first, record }, format),
  ];
}

export function legsReversed(calls: TestCalls, format: CdrFormat): CheckRequest[] {
  return LEG_FAMILIES.flatMap((family) => {
    const [leg1, leg2] = sampleCall(family, { leg2: 'BUSY' }, calls.next());
    return [leg2, leg1].map((leg) => request(leg.type, leg, format));
  });
}

export function transferFirst(calls: TestCalls, format: CdrFormat): CheckRequest[] {
  const original = calls.record('Queue', 'ANSWER');
  const transfer = calls.record('XferCDR', 'ANSWER', { OriginalIvrUniqueID: original.ivruniqueid });
  return [request('transfer', transfer, format), request('original', original, format)];
}

const HEBREW = {
  queuename: 'תור מכירות',
  representative_name: 'נציג א',
  targetextension_name: 'עמדה 1',
};

export function unknowns(calls: TestCalls, format: CdrFormat): CheckRequest[] {
  return [
    request('type', calls.record('Hologram', 'ANSWER'), format),
    request('status', calls.record('Queue', 'TELEPORTED'), format),
    request(
      'key',
      calls.record('Queue', 'ANSWER', { KeyOfTomorrow: 'new', another_key: 1 }),
      format,
    ),
  ];
}

const MENU = { layer_id: 1234, layer_name: 'ראשי', layer_number: 0, Dtmf: 2, dtmf_order: 1 };

export const MENUS: Record<string, unknown> = {
  'a list': [
    MENU,
    { layer_id: 4321, layer_name: 'מכירות', layer_number: 2, Dtmf: 0, dtmf_order: 2 },
  ],
  'without a list': MENU,
  'an empty list': [],
};

export const CUSTOM_DATA: Record<string, unknown> = {
  'an object': { order: '17', campaign: 'קיץ' },
  'an empty object': {},
};

/** Requests with each value as is, as JSON text, and in the bracketed keys of a form. */
export function shapes(
  calls: TestCalls,
  key: string,
  values: Record<string, unknown>,
): CheckRequest[] {
  return Object.entries(values).flatMap(([what, value]) => {
    const record = () => calls.record('Incoming Call', 'ANSWER', { [key]: value });
    const text = () => calls.record('Incoming Call', 'ANSWER', { [key]: JSON.stringify(value) });
    return [
      request(what, record(), 'json'),
      request(what, record(), 'xml-rpc'),
      ...inEachFormat((format) => [request(`${what} as JSON text`, text(), format)]),
      { what: `${what} in brackets`, ...withBrackets(record()) },
    ];
  });
}

/** A call with an analysis whose JSON text has about this many bytes. */
export function transcript(calls: TestCalls, bytes: number): CheckRequest[] {
  const text = 'אפשר לקבל הצעת מחיר? '.repeat(5);
  const sentence = { speaker: 'Speaker1', text, startTime: 1, endTime: 2 };
  const length = Math.ceil(bytes / Buffer.byteLength(JSON.stringify(sentence)));
  const aiData = { transcript: Array.from({ length }, () => sentence) };
  return inEachFormat((format) => [
    request('analyzed', calls.record('Queue', 'ANSWER', { aiData }), format),
  ]);
}

/** Two calls, then two copies of one record. */
export function simultaneous(calls: TestCalls, format: CdrFormat): CheckRequest[] {
  const call = () => request('two calls', calls.record('Queue', 'ANSWER'), format);
  const copy = request('two copies', calls.record('Queue', 'ANSWER'), format);
  return [call(), call(), copy, copy];
}

/** A truncated body, or a form without the fields that a call needs. */
export function unreadable(calls: TestCalls, format: CdrFormat): CheckRequest[] {
  if (format === 'form') return [request('without an id', { caller: '0501234567' }, format)];
  const whole = request('cut off', calls.record('Queue', 'ANSWER'), format);
  return [{ ...whole, body: whole.body.subarray(0, whole.body.length / 2) }];
}

/** A request with an empty body and the content type of the format. */
export function empty(format: CdrFormat): CheckRequest[] {
  return [{ ...request('empty', {}, format), body: new Uint8Array() }];
}

export function hebrew(calls: TestCalls, charset: Charset): CheckRequest[] {
  return FORMATS.map((format) => ({
    what: FORMAT_NAMES[format],
    ...encodeCdr(calls.record('Queue', 'ANSWER', HEBREW), format, { charset }),
  }));
}

export function otherSpellings(calls: TestCalls, format: CdrFormat): CheckRequest[] {
  return Object.entries(SPELLINGS).map(([spelling, spell]) =>
    request(spelling, respell(calls.record('Incoming Call', 'ANSWER'), spell), format),
  );
}

/** A plain GET request, as from a browser. */
export const GET: CheckRequest = {
  what: 'GET',
  method: 'GET',
  body: new Uint8Array(),
  contentType: null,
};

export function wrongPath(calls: TestCalls): CheckRequest {
  return { ...request('wrong path', calls.record('Queue', 'ANSWER'), 'json'), wrongPath: true };
}
