import { describe, expectTypeOf, it } from 'vitest';
import {
  type Ack,
  buildAck,
  CALL_STATUSES,
  CALL_TYPES,
  type CallStatus,
  type CallType,
  type Cdr,
  type CdrBody,
  type CdrFields,
  type CdrMember,
  type CdrOf,
  CdrParseError,
  type Direction,
  detectFormat,
  type LegFamily,
  type LegStatusOnLeg1,
  type LegStatusOnLeg2,
  type Outcome,
  pairLegs,
  parseCdr,
  type Queue,
  safeParseCdr,
} from 'voicenter-cdr';
import { cdrSchema } from 'voicenter-cdr/schema';

declare const cdr: Cdr;

describe('a record can be narrowed', () => {
  it('by its type', () => {
    if (cdr.type === 'Queue') {
      expectTypeOf(cdr.queue).toEqualTypeOf<Queue>();
      expectTypeOf(cdr.leg).toEqualTypeOf<null>();
      expectTypeOf(cdr.legStatus).toEqualTypeOf<null>();
      expectTypeOf(cdr.direction).toEqualTypeOf<Direction>();
    }
    if (cdr.type === 'Click 2 Queue Incoming') {
      expectTypeOf(cdr.queue).toEqualTypeOf<Queue>();
      expectTypeOf(cdr.leg).toEqualTypeOf<2>();
      expectTypeOf(cdr.legFamily).toEqualTypeOf<'smart-dialer'>();
    }
    if (cdr.type === 'unknown') {
      expectTypeOf(cdr.leg).toEqualTypeOf<null>();
      expectTypeOf(cdr.direction).toEqualTypeOf<Direction | null>();
    }
    expectTypeOf(cdr.queue).toEqualTypeOf<Queue | null>();
  });

  it('by its status', () => {
    if (cdr.status === 'ABANDONE') {
      expectTypeOf(cdr.outcome).toEqualTypeOf<'abandoned'>();
      expectTypeOf(cdr.answered).toEqualTypeOf<false>();
    }
    if (cdr.status === 'ANSWER') expectTypeOf(cdr.answered).toEqualTypeOf<true>();
    if (cdr.status === 'unknown') expectTypeOf(cdr.answered).toEqualTypeOf<boolean | null>();
  });

  it('by its leg', () => {
    if (cdr.leg === 2) {
      expectTypeOf(cdr.type).toEqualTypeOf<
        | 'Click2Call leg2'
        | 'ProductiveCallLeg2'
        | 'Click 2 IVR Incoming'
        | 'Click 2 Queue Incoming'
        | 'Attended CDR leg2'
      >();
      expectTypeOf(cdr.legStatus).toEqualTypeOf<LegStatusOnLeg2>();
      expectTypeOf(cdr.legStatus.leg2).toEqualTypeOf<CallStatus>();
      expectTypeOf(cdr.legStatus.leg1).toEqualTypeOf<CallStatus | null>();
      expectTypeOf(cdr.legFamily).toEqualTypeOf<LegFamily>();
    }
    if (cdr.leg === 1) expectTypeOf(cdr.legStatus).toEqualTypeOf<LegStatusOnLeg1>();
    if (cdr.leg === null) expectTypeOf(cdr.legStatus).toEqualTypeOf<null>();
  });

  it('by its leg family', () => {
    if (cdr.legFamily === 'attended-transfer') {
      expectTypeOf(cdr.type).toEqualTypeOf<'Attended CDR leg1' | 'Attended CDR leg2'>();
      expectTypeOf(cdr.leg).toEqualTypeOf<1 | 2>();
    }
  });

  it('by its outcome', () => {
    if (cdr.outcome === 'abandoned') {
      expectTypeOf(cdr.status).toEqualTypeOf<'ABANDONE' | 'TIMEOUT' | 'EXIT'>();
      expectTypeOf(cdr.answered).toEqualTypeOf<false>();
    }
  });

  it('by whether it was answered', () => {
    if (cdr.answered) expectTypeOf(cdr.status).toEqualTypeOf<'ANSWER' | 'unknown'>();
  });

  it('by type and status', () => {
    if (cdr.type === 'Queue' && cdr.status === 'ABANDONE') {
      expectTypeOf(cdr).toEqualTypeOf<CdrOf<'Queue', 'ABANDONE'>>();
      expectTypeOf(cdr).toEqualTypeOf<CdrMember<'Queue', 'ABANDONE'>>();
      expectTypeOf(cdr.queue.waitSeconds).toEqualTypeOf<number | null>();
    }
  });

  it('by status after its type', () => {
    const queued = null as unknown as CdrOf<'Queue'>;
    if (queued.status === 'ABANDONE') {
      expectTypeOf(queued).toEqualTypeOf<CdrOf<'Queue', 'ABANDONE'>>();
    }
    if (queued.outcome === 'busy') expectTypeOf(queued.status).toEqualTypeOf<'BUSY'>();
  });

  it('in a switch over some types', () => {
    switch (cdr.type) {
      case 'Queue':
      case 'VoiceMail':
        expectTypeOf(cdr).toEqualTypeOf<CdrOf<'Queue' | 'VoiceMail'>>();
        break;
      default:
        expectTypeOf(cdr).toEqualTypeOf<CdrOf<Exclude<CallType, 'Queue' | 'VoiceMail'>>>();
    }
  });

  it('in a switch over all types', () => {
    switch (cdr.type) {
      case 'Incoming Call':
      case 'CC':
      case 'Extension Outgoing':
      case 'Queue':
      case 'Click2Call leg1':
      case 'Click2Call leg2':
      case 'VoiceMail':
      case 'Callference':
      case 'XferCDR':
      case 'ProductiveCallLeg1':
      case 'ProductiveCallLeg2':
      case 'Scrubber':
      case 'Click 2 IVR':
      case 'Click 2 IVR Incoming':
      case 'Click 2 Queue Incoming':
      case 'FaxCdr':
      case 'Attended CDR leg1':
      case 'Attended CDR leg2':
      case 'Auto forward':
      case 'unknown':
        break;
      default: {
        const never: never = cdr;
        expectTypeOf(never).toEqualTypeOf<never>();
      }
    }
  });

  it('to a union of members that are all Cdrs', () => {
    expectTypeOf<CdrOf<'Queue', 'ABANDONE'>>().toExtend<Cdr>();
    expectTypeOf<CdrOf<'Queue' | 'VoiceMail'>>().toExtend<Cdr>();
    expectTypeOf<CdrOf<CallType>>().toEqualTypeOf<Cdr>();
    expectTypeOf<Cdr>().toExtend<CdrFields>();
    expectTypeOf<Cdr['type']>().toEqualTypeOf<CallType>();
    expectTypeOf<Cdr['status']>().toEqualTypeOf<CallStatus>();
    expectTypeOf<Cdr['outcome']>().toEqualTypeOf<Outcome>();
  });
});

describe('the tables', () => {
  it('give the facts of each name', () => {
    expectTypeOf(CALL_TYPES.Queue.number).toEqualTypeOf<8>();
    expectTypeOf(CALL_STATUSES.VOEND.outcome).toEqualTypeOf<'ended-in-ivr'>();
    expectTypeOf<keyof typeof CALL_TYPES>().toEqualTypeOf<Exclude<CallType, 'unknown'>>();
  });
});

describe('the functions', () => {
  it('accept what a server has, and nothing else', () => {
    expectTypeOf(parseCdr).parameter(0).toEqualTypeOf<CdrBody>();
    expectTypeOf(parseCdr).returns.toEqualTypeOf<Cdr>();
    expectTypeOf(detectFormat).returns.toEqualTypeOf<'json' | 'xml-rpc' | 'form' | null>();
    expectTypeOf(buildAck).returns.toEqualTypeOf<Ack>();
    expectTypeOf(cdrSchema.parse({})).toEqualTypeOf<Cdr>();
    expectTypeOf(cdrSchema['~standard'].version).toEqualTypeOf<1>();
    // Also with exactOptionalPropertyTypes, since values of process.env may be undefined.
    const timeZone = '' as string | undefined;
    parseCdr('', null, { timeZone, strict: undefined, limits: { maxBytes: undefined } });
    buildAck(0, 'json', { errdesc: undefined, keys: undefined });
    // @ts-expect-error a number is not a body
    parseCdr(42);
    // @ts-expect-error there are three formats
    buildAck(0, 'yaml');
  });

  it('accept any body that was read and any caught error', () => {
    const unread = null as unknown as {
      request: Request;
      promise: Promise<string>;
      stream: ReadableStream;
      nodeStream: NodeJS.ReadableStream;
    };
    parseCdr({ ivruniqueid: 'a' });
    parseCdr({} as Record<string, unknown>);
    parseCdr([{ ivruniqueid: 'a' }]);
    parseCdr(new FormData());
    parseCdr(JSON.parse('{}'));
    parseCdr({} as object);
    // @ts-expect-error a request has a body but is not one
    parseCdr(unread.request);
    // @ts-expect-error a promise must be awaited
    parseCdr(unread.promise);
    // @ts-expect-error a stream must be read
    parseCdr(unread.stream);
    // @ts-expect-error so must a Node stream
    parseCdr(unread.nodeStream);
    buildAck(null as unknown, 'form');
    buildAck(JSON.parse('null'), 'form');
    buildAck([safeParseCdr('')]);
    buildAck(Math.random() > 1 ? 2 : safeParseCdr(''));
    // @ts-expect-error the format is the second argument
    buildAck('json');
    // @ts-expect-error the format is the second argument
    buildAck(detectFormat(''));
  });

  it('lead from a result to its value or error', () => {
    const result = safeParseCdr('');
    if (result.success) expectTypeOf(result.data).toEqualTypeOf<Cdr>();
    else expectTypeOf(result.error).toEqualTypeOf<CdrParseError>();
  });

  it('name every reason for a refusal', () => {
    expectTypeOf(new CdrParseError('malformed', null, []).code).toEqualTypeOf<
      | 'unsupported_format'
      | 'malformed'
      | 'too_large'
      | 'not_one_record'
      | 'missing_field'
      | 'invalid_field'
    >();
  });
});

describe('a pair of legs', () => {
  it('narrows both legs to its family', () => {
    const pair = pairLegs([cdr]).pairs[0];
    if (pair?.legFamily === 'smart-dialer') {
      expectTypeOf(pair.leg1).toEqualTypeOf<CdrOf<'Click 2 IVR'> | null>();
      expectTypeOf(pair.leg2).toEqualTypeOf<CdrOf<
        'Click 2 IVR Incoming' | 'Click 2 Queue Incoming'
      > | null>();
    }
    if (pair?.leg1) expectTypeOf(pair.leg1.leg).toEqualTypeOf<1>();
    if (pair?.leg2) expectTypeOf(pair.leg2.legStatus.leg2).toEqualTypeOf<CallStatus>();
  });
});
