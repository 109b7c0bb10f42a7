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

describe('an issue says in one line', () => {
  it.each<[what: string, sent: Wire, message: string]>([
    [
      'which type is not known',
      { type: 'Hologram' },
      'type: not a type known to this version, received "Hologram"',
    ],
    [
      'which status is not known',
      { status: 'ODD' },
      'status: not a status known to this version, received "ODD"',
    ],
    [
      'which status of the first leg is not known',
      { type: 'Click2Call leg2', leg1DialStatusName: 'ODD' },
      'leg1DialStatusName: not a status known to this version, received "ODD"',
    ],
    [
      'what an empty duration counts as',
      { duration: '' },
      'duration: expected seconds; taken as 0',
    ],
    [
      'what a direction can be',
      { direction: 'up' },
      'direction: expected incoming, outgoing or internal, received "up"',
    ],
    [
      'that a direction does not fit its type',
      { direction: 'outgoing' },
      'direction: the type says incoming; what was sent counts, received "outgoing"',
    ],
    [
      'that isAnswer does not fit the status',
      { isAnswer: 0 },
      'isAnswer: the status ANSWER says otherwise and counts, received "0"',
    ],
    [
      'that a key came twice',
      { Caller: '1', caller: '2' },
      'caller: given more than once; the last one counts',
    ],
    ['that a layer is none', { IVR: ['x'] }, 'IVR.0: expected a layer, received "x"'],
    [
      'that a sentence is none',
      { aiData: { transcript: ['x'] } },
      'aiData.transcript.0: expected an object, received "x"',
    ],
    [
      'that an answered question is none',
      { aiData: { insights: { questions: ['x'] } } },
      'aiData.insights.questions.0: expected an object, received "x"',
    ],
    [
      'that a question of feelings is none',
      { aiData: { emotions: { questions: ['x'] } } },
      'aiData.emotions.questions.0: expected an object, received "x"',
    ],
    [
      'that a sentence of feelings is none',
      { aiData: { emotions: { sentences: ['x'] } } },
      'aiData.emotions.sentences.0: expected an object, received "x"',
    ],
    ['that JSON text is broken', { IVR: '[1' }, 'IVR: expected JSON text, received "[1"'],
  ])('%s', (_, sent, message) => {
    expect(issuesOf(minimal(sent)).map((issue) => issue.message)).toEqual([message]);
  });

  it('what was not sent, and repeats nothing then', () => {
    expect(issuesOf(minimal({ duration: undefined }))).toEqual([
      {
        path: ['duration'],
        code: 'missing_field',
        message: 'duration: expected seconds; taken as 0',
      },
    ]);
  });

  it('the status of a first leg once, where it is the record’s own', () => {
    expect(issuesOf(minimal({ type: 'Click2Call leg1', status: 'ODD' }))).toHaveLength(1);
  });

  it('where it is by the keys as they were sent', () => {
    const sent = { ivr: [{ LayerNumber: 'x' }], AI_Data: { Transcript: [{ StartTime: 'y' }] } };
    expect(issuesOf(minimal(sent)).map((issue) => issue.path)).toEqual([
      ['ivr', 0, 'LayerNumber'],
      ['AI_Data', 'Transcript', 0, 'StartTime'],
    ]);
  });

  it('nothing of keys that the model does not read', () => {
    expect(issuesOf(minimal({ Caller: '1', new1: 'x', new2: 'y' }))).toEqual([]);
  });
});

describe('a value that is not as expected', () => {
  it.each(Object.entries(WIRE_KEYS))(
    'is named by its key, %s, and by its kind, %s',
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
    'is named by its place: %s',
    (...path) => {
      const places = issuesOf(withValueAt(FULL_RECORD, path, { a: 1 })).map((issue) => issue.path);
      const list = path.indexOf('personality_traits');
      expect(places).toContainEqual(list === -1 ? path : path.slice(0, list + 1));
    },
  );
});
