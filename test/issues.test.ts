import { describe, expect, it } from 'vitest';
import { type CdrIssue, safeParseCdr } from 'voicenter-cdr';
import { WIRE_KEYS } from '../src/model/wire.js';
import { FULL_RECORD, leavesOf, withValueAt } from './full-record.js';
import { minimal, type Wire } from './records.js';

function issuesOf(record: Wire): CdrIssue[] {
  const result = safeParseCdr(record);
  return result.success ? result.data.issues : result.error.issues;
}

/** For each kind of value, a value of another kind and what the issue says. */
const REFUSED = {
  text: [{ a: 1 }, 'expected text, received "an object"'],
  number: ['many', 'expected a number, received "many"'],
  seconds: ['long', 'expected seconds, from 0 to a week, received "long"'],
  flag: ['maybe', 'expected 1 or 0, received "maybe"'],
  url: ['ftp://a', 'expected an http or https address, received "ftp://a"'],
  layers: ['x', 'expected a list, received "x"'],
  bag: ['x', 'expected an object, received "x"'],
  ai: ['x', 'expected an object, received "x"'],
  structure: [[1], 'expected an object, received "1"'],
  time: ['noon', 'expected epoch seconds, received "noon"'],
} as const;

describe('an issue', () => {
  it.each<[what: string, sent: Wire, message: string]>([
    [
      'the type is unknown',
      { type: 'Hologram' },
      'type: not a type known to this version, received "Hologram"',
    ],
    [
      'the status is unknown',
      { status: 'ODD' },
      'status: not a status known to this version, received "ODD"',
    ],
    [
      'the first leg has an unknown status',
      { type: 'Click2Call leg2', leg1DialStatusName: 'ODD' },
      'leg1DialStatusName: not a status known to this version, received "ODD"',
    ],
    ['the duration is empty', { duration: '' }, 'duration: expected seconds; taken as 0'],
    [
      'the direction is invalid',
      { direction: 'up' },
      'direction: expected incoming, outgoing or internal, received "up"',
    ],
    [
      'a direction contradicts its type',
      { direction: 'outgoing' },
      'direction: the type says incoming; what was sent counts, received "outgoing"',
    ],
    [
      'isAnswer contradicts the status',
      { isAnswer: 0 },
      'isAnswer: the status ANSWER says otherwise and counts, received "0"',
    ],
    [
      'a key was sent twice',
      { Caller: '1', caller: '2' },
      'caller: given more than once; the last one counts',
    ],
    ['a layer is not an object', { IVR: ['x'] }, 'IVR.0: expected a layer, received "x"'],
    [
      'a sentence is not an object',
      { aiData: { transcript: ['x'] } },
      'aiData.transcript.0: expected an object, received "x"',
    ],
    [
      'a question is not an object',
      { aiData: { insights: { questions: ['x'] } } },
      'aiData.insights.questions.0: expected an object, received "x"',
    ],
    [
      'a question about emotions is not an object',
      { aiData: { emotions: { questions: ['x'] } } },
      'aiData.emotions.questions.0: expected an object, received "x"',
    ],
    [
      'an emotion is not an object',
      { aiData: { emotions: { sentences: ['x'] } } },
      'aiData.emotions.sentences.0: expected an object, received "x"',
    ],
    ['JSON text is truncated', { IVR: '[1' }, 'IVR: expected JSON text, received "[1"'],
  ])('is reported, with what was expected, if %s', (_, sent, message) => {
    expect(issuesOf(minimal(sent)).map((issue) => issue.message)).toEqual([message]);
  });

  it('about a field that was not sent has no excerpt', () => {
    expect(issuesOf(minimal({ duration: undefined }))).toEqual([
      {
        path: ['duration'],
        code: 'missing_field',
        message: 'duration: expected seconds; taken as 0',
      },
    ]);
  });

  it('about the status of a first leg appears once', () => {
    expect(issuesOf(minimal({ type: 'Click2Call leg1', status: 'ODD' }))).toHaveLength(1);
  });

  it('has a path of the keys as sent', () => {
    const sent = { ivr: [{ LayerNumber: 'x' }], AI_Data: { Transcript: [{ StartTime: 'y' }] } };
    expect(issuesOf(minimal(sent)).map((issue) => issue.path)).toEqual([
      ['ivr', 0, 'LayerNumber'],
      ['AI_Data', 'Transcript', 0, 'StartTime'],
    ]);
  });

  it('is not added for keys that the model does not read', () => {
    expect(issuesOf(minimal({ Caller: '1', new1: 'x', new2: 'y' }))).toEqual([]);
  });
});

describe('an invalid value', () => {
  it.each(Object.entries(WIRE_KEYS))(
    'is reported under its key and with its kind: %s, %s',
    (key, kind) => {
      const [value, expected] = REFUSED[kind as keyof typeof REFUSED];
      const ofId = expected.replace('text', 'text of at most 128 characters');
      const message = key === 'ivruniqueid' ? ofId : expected;
      expect(issuesOf({ ...FULL_RECORD, [key]: value })).toContainEqual({
        path: [key],
        code: 'invalid_field',
        message: `${key}: ${message}`,
        received: /"(.*)"/.exec(message)?.[1],
      });
    },
  );

  it.each([...leavesOf(FULL_RECORD.aiData, ['aiData']), ...leavesOf(FULL_RECORD.IVR, ['IVR'])])(
    'is reported with its path: %s',
    (...path) => {
      const places = issuesOf(withValueAt(FULL_RECORD, path, { a: 1 })).map((issue) => issue.path);
      const list = path.indexOf('personality_traits');
      expect(places).toContainEqual(list === -1 ? path : path.slice(0, list + 1));
    },
  );
});
