import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { cdrSchema } from 'voicenter-cdr/schema';
import { FULL_CDR, FULL_RECORD, leavesOf, withValueAt } from './full-record.js';
import { minimal, QUEUE } from './records.js';

describe('the schema', () => {
  it('accepts a parsed record, directly and from JSON', () => {
    const cdr = parseCdr(QUEUE);
    expect(cdrSchema.parse(cdr)).toEqual(cdr);
    expect(cdrSchema.parse(JSON.parse(JSON.stringify(cdr)))).toEqual(cdr);
  });

  it.each<[what: string, change: object, path: string]>([
    ['an outcome that is not its status’s', { outcome: 'busy' }, 'outcome'],
    ['an answer that is not its status’s', { answered: false }, 'answered'],
    ['a leg that is not its type’s', { leg: 1 }, 'leg'],
    ['a family that is not its type’s', { legFamily: 'click-to-call' }, 'legFamily'],
    ['leg statuses on a call of one leg', { legStatus: { leg1: null, leg2: null } }, 'legStatus'],
    ['a queue call without a queue', { queue: null }, 'queue'],
    ['a direction that its type has', { direction: null }, 'direction'],
    ['a recording that is not a web address', { recordingUrl: 'ftp://a' }, 'recordingUrl'],
    ['an invalid start', { startedAt: 'yesterday' }, 'startedAt'],
    ['a type that is not text', { type: 7 }, 'type'],
    ['a status that is not text', { status: { toString: 1 }, outcome: 'new' }, 'status'],
  ])('refuses %s', (_, change, path) => {
    const result = cdrSchema.safeParse({ ...parseCdr(QUEUE), ...change });
    expect(result.error?.issues.map((issue) => issue.path)).toEqual([[path]]);
  });

  it('accepts only http and https addresses as a recording', () => {
    const takes = (recordingUrl: string) =>
      cdrSchema.safeParse({ ...parseCdr(QUEUE), recordingUrl }).success;
    expect(['http://a', 'HTTPS://a'].map(takes)).toEqual([true, true]);
    expect(['xhttp://a', 'http//a', 'ftp://http://a'].map(takes)).toEqual([false, false, false]);
  });

  it('names the type and status that a field contradicts', () => {
    const result = cdrSchema.safeParse({ ...parseCdr(QUEUE), outcome: 'busy' });
    expect(result.error?.issues[0]?.message).toBe(
      'outcome does not follow from the type Queue and the status ANSWER',
    );
  });

  it.each([
    ['2020-07-21T15:13:30+03:00', '2020-07-21T12:13:30.000Z'],
    ['2020-07-21T12:13:30Z', '2020-07-21T12:13:30.000Z'],
  ])('accepts a start with any offset: %s', (startedAt, instant) => {
    const cdr = cdrSchema.parse({ ...parseCdr(QUEUE), startedAt });
    expect(cdr.startedAt.toISOString()).toBe(instant);
  });

  it('restores a parsed record from JSON, including prototypes', () => {
    const cdr = parseCdr(
      JSON.stringify(minimal({ CustomData: { lead: '7' }, IVR: [{ layer_id: 1 }] })),
    );
    expect(isDeepStrictEqual(cdrSchema.parse(JSON.parse(JSON.stringify(cdr))), cdr)).toBe(true);
  });

  it('keeps special JavaScript names as keys of an answer', () => {
    const answer = '{"__proto__":"a","constructor":"b"}';
    const questions = [{ data_type: 'json object', answer }];
    const cdr = parseCdr(minimal({ aiData: { insights: { questions } } }));
    const read = cdrSchema.parse(JSON.parse(JSON.stringify(cdr)));
    expect(JSON.stringify(read.ai?.questions[0]?.answer)).toBe(answer);
  });

  it('is a Standard Schema', async () => {
    const result = await cdrSchema['~standard'].validate(parseCdr(QUEUE));
    expect(result.issues).toBeUndefined();
  });
});

describe('the schema of a record with every field', () => {
  const refusedPaths = (value: object) =>
    cdrSchema.safeParse(value).error?.issues.map((issue) => issue.path) ?? [];
  const whole = () => ({ ...parseCdr(FULL_RECORD), raw: {} });
  const places = [...Object.keys(FULL_CDR).map((field) => [field]), ...leavesOf(FULL_CDR)];

  const neverNull = [
    ...['callId', 'type', 'status', 'typeName', 'statusName', 'outcome', 'startedAt'],
    ...['durationSeconds', 'ivr', 'customData', 'customData.order', 'format'],
    // The fields that every record of this type and status has.
    ...['leg', 'legFamily', 'legStatus', 'legStatus.leg2', 'queue'],
    ...['ai.questions.0.dataType', 'ai.emotions.questions.0.dataType'],
    'ai.participants.caller.personalityTraits.0',
    'ai.participants.callee.personalityTraits.0',
  ];

  it.each(places)('refuses a value of another type: %s', (...path) => {
    expect(refusedPaths(withValueAt(whole(), path, () => {}))).toContainEqual(path);
  });

  it.each(places)('accepts null unless the field always has a value: %s', (...path) => {
    const refused = refusedPaths(withValueAt(whole(), path, null));
    expect(refused.length > 0).toBe(neverNull.includes(path.join('.')));
  });
});
