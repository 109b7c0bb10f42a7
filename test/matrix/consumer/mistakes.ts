import * as voicenter from 'voicenter-cdr';
import * as callLog from 'voicenter-cdr/call-log';
import * as phone from 'voicenter-cdr/phone';
import * as schema from 'voicenter-cdr/schema';
import * as testing from 'voicenter-cdr/testing';

// @ts-expect-error TS2345 a number is not a body
const cdr = voicenter.parseCdr(42);

// @ts-expect-error TS2345 a promise must be awaited
voicenter.parseCdr(Promise.resolve(''));

// @ts-expect-error TS2345 the format is the second argument
voicenter.buildAck('json');

// @ts-expect-error TS2345 there are three formats
voicenter.buildAck(0, 'yaml');

// @ts-expect-error TS2322 a call that was abandoned in a queue was not answered
const answered: true = cdr.type === 'Queue' && cdr.status === 'ABANDONE' && cdr.answered;

// @ts-expect-error TS2345 the records of a call are a list
voicenter.pairLegs(cdr);

// @ts-expect-error TS2322 the schema returns a record
const text: string = schema.cdrSchema.parse(answered);

// @ts-expect-error TS2345 a country is written in two letters
phone.toE164(text, 'Israel');

// @ts-expect-error TS2322 the bounds of a period are dates
callLog.callLogRequest({ auth: { code: 'secret' }, from: text, to: new Date() });

// @ts-expect-error TS2345 a record is sent in one of three formats
testing.encodeCdr(testing.sampleCdr('Queue'), 'yaml');
