import { describe, expectTypeOf, it } from 'vitest';
import type { Cdr, CdrFields, CdrFormat, CdrOf } from 'voicenter-cdr';
import {
  type EncodedCdr,
  encodeCdr,
  sampleCall,
  sampleCdr,
  type WireCdr,
} from 'voicenter-cdr/testing';

declare const cdr: Cdr;
declare const fields: CdrFields;
declare const voicemail: CdrOf<'VoiceMail'>;

describe('encodeCdr', () => {
  it('accepts a Cdr, any member of it, and one with a changed field', () => {
    expectTypeOf(encodeCdr(cdr, 'json')).toEqualTypeOf<EncodedCdr>();
    encodeCdr(fields, 'form');
    encodeCdr(voicemail, 'xml-rpc');
    encodeCdr({ ...cdr, durationSeconds: 5 }, 'form');
    encodeCdr({ ...cdr, status: 'BUSY' }, 'form');
  });

  it('accepts a wire record, and a list of records', () => {
    encodeCdr({ ivruniqueid: 'a', time: 1, NewKey: true }, 'json');
    encodeCdr([sampleCdr('Queue'), cdr] as const, 'json');
  });

  it('returns text, or with a charset bytes that fetch accepts', () => {
    expectTypeOf(encodeCdr(cdr, 'json').body).toEqualTypeOf<string>();
    const { body } = encodeCdr(cdr, 'json', { charset: 'windows-1255' });
    expectTypeOf(body).toEqualTypeOf<Uint8Array<ArrayBuffer>>();
    expectTypeOf(body).toExtend<BodyInit>();
    // @ts-expect-error no such option
    encodeCdr(cdr, 'json', { encoding: 'utf-8' });
  });

  it('accepts nothing else', () => {
    // @ts-expect-error text is not a record
    encodeCdr('caller=1', 'form');
    // @ts-expect-error null is not a record
    encodeCdr(null, 'form');
    // @ts-expect-error not one of the three formats
    encodeCdr(cdr, 'xml');
    expectTypeOf(encodeCdr).parameter(1).toEqualTypeOf<CdrFormat>();
  });
});

describe('sampleCdr', () => {
  it('accepts a type, and an optional status', () => {
    expectTypeOf(sampleCdr('Queue')).toEqualTypeOf<WireCdr>();
    sampleCdr('Click 2 IVR', 'VOEND');
    sampleCdr('Hologram', 'PONDERING');
    // @ts-expect-error a call needs a type
    sampleCdr();
    // @ts-expect-error the number of a type is not its name
    sampleCdr(8);
  });

  it('accepts any key and value, and knows the wire keys', () => {
    sampleCdr('Queue', 'ANSWER', { queuename: 'Sales', time: null, did: undefined, NewKey: [1] });
    expectTypeOf(sampleCdr('Queue').queuename).toEqualTypeOf<unknown>();
  });
});

describe('sampleCall', () => {
  it('returns types of the given family', () => {
    const [leg1, leg2] = sampleCall('smart-dialer', { leg2: 'ABANDONE' });
    expectTypeOf(leg1.type).toEqualTypeOf<'Click 2 IVR'>();
    expectTypeOf(leg2.type).toEqualTypeOf<'Click 2 IVR Incoming' | 'Click 2 Queue Incoming'>();
    encodeCdr([leg1, leg2], 'json');
    // @ts-expect-error not a family
    sampleCall('Queue');
    // @ts-expect-error a call has two legs
    sampleCall('smart-dialer', { leg3: 'ANSWER' });
  });
});
