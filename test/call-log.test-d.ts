import { describe, expectTypeOf, it } from 'vitest';
import type { Cdr, CdrParseError, ParseOptions } from 'voicenter-cdr';
import {
  CallLogError,
  type CallLogPage,
  type CallLogQuery,
  callLogRequest,
  parseCallLog,
  splitPeriod,
} from 'voicenter-cdr/call-log';
import { type EncodedCdr, encodeCallLog, sampleCdr } from 'voicenter-cdr/testing';

declare const cdr: Cdr;
declare const query: CallLogQuery;

describe('callLogRequest', () => {
  it('returns what fetch accepts', () => {
    const { url, ...init } = callLogRequest(query);
    expectTypeOf(url).toEqualTypeOf<string>();
    expectTypeOf(init).toExtend<RequestInit>();
    expectTypeOf(init.method).toEqualTypeOf<'POST'>();
  });

  it('accepts a code or a token, and readonly lists', () => {
    const [from, to] = [new Date(), new Date()];
    callLogRequest({ auth: { code: 'secret' }, from, to, types: ['Queue'] as const });
    callLogRequest({ auth: { token: 'secret' }, from, to, queueIds: [1, '2'], scope: undefined });
    // @ts-expect-error a code or a token is required
    callLogRequest({ auth: {}, from, to });
    // @ts-expect-error the bounds are dates
    callLogRequest({ auth: { code: 'secret' }, from: '2024-06-10', to });
    // @ts-expect-error a type that the service has no number for
    callLogRequest({ auth: { code: 'secret' }, from, to, types: ['unknown'] });
    // @ts-expect-error no such condition
    callLogRequest({ auth: { code: 'secret' }, from, to, queueId: 1 });
  });
});

describe('parseCallLog', () => {
  it('returns the records, and those that were refused', () => {
    const page = parseCallLog('');
    expectTypeOf(page).toEqualTypeOf<CallLogPage>();
    expectTypeOf(page.cdrs).toEqualTypeOf<Cdr[]>();
    expectTypeOf(page.refused).items.toEqualTypeOf<{ record: unknown; error: CdrParseError }>();
    expectTypeOf(parseCallLog).parameter(1).toEqualTypeOf<ParseOptions | undefined>();
    // @ts-expect-error a number is not a body
    parseCallLog(42);
  });

  it('throws an error that says whether to retry', () => {
    const error: unknown = null;
    if (error instanceof CallLogError) {
      expectTypeOf(error.number).toEqualTypeOf<number | null>();
      expectTypeOf(error.status).toEqualTypeOf<number | null>();
      expectTypeOf(error.retryable).toEqualTypeOf<boolean>();
    }
  });
});

describe('splitPeriod', () => {
  it('returns pairs of dates', () => {
    expectTypeOf(splitPeriod).returns.toEqualTypeOf<[Date, Date][]>();
  });
});

describe('encodeCallLog', () => {
  it('accepts wire records and Cdrs', () => {
    expectTypeOf(encodeCallLog([sampleCdr('Queue'), cdr])).toEqualTypeOf<EncodedCdr>();
    encodeCallLog([], { keys: 'lower', total: 5 });
    // @ts-expect-error the records are a list
    encodeCallLog(cdr);
    // @ts-expect-error two spellings of keys
    encodeCallLog([], { keys: 'upper' });
  });
});
