import { describe, expect, it } from 'vitest';
import { type CdrIssue, safeParseCdr } from 'voicenter-cdr';
import { WIRE_KEYS } from '../src/model/wire.js';
import { leavesOf, WHOLE, withValueAt } from './whole.js';
import type { Wire } from './wire.js';

function issuesOf(record: Wire): CdrIssue[] {
  const result = safeParseCdr(record);
  return result.success ? result.data.issues : result.error.issues;
}

/** Of each kind of value one that is not of it, and what the issue says. */
const REFUSED = {
  text: [{ a: 1 }, 'expected text, received "an object"'],
  number: ['many', 'expected a number, received "many"'],
  seconds: ['long', 'expected seconds, from 0 to a week, received "long"'],
  flag: ['maybe', 'expected 1 or 0, received "maybe"'],
  url: ['ftp://a', 'expected an http or https address, received "ftp://a"'],
  layers: ['x', 'expected a list, received "x"'],
  bag: ['x', 'expected an object, received "x"'],
  ai: ['x', 'expected an object, received "x"'],
  structure: [[1], 'expected an object, received "a list"'],
  time: ['noon', 'expected epoch seconds, received "noon"'],
} as const;

describe('a value that is not as expected', () => {
  it.each(Object.entries(WIRE_KEYS))(
    'is named by its key, %s, and by its kind, %s',
    (key, kind) => {
      const [value, message] = REFUSED[kind];
      expect(issuesOf({ ...WHOLE, [key]: value })).toContainEqual({
        path: [key],
        code: 'invalid_field',
        message: `${key}: ${message}`,
        received: /"(.*)"/.exec(message)?.[1],
      });
    },
  );

  it.each([...leavesOf(WHOLE.aiData, ['aiData']), ...leavesOf(WHOLE.IVR, ['IVR'])])(
    'is named by its place: %s',
    (...path) => {
      const places = issuesOf(withValueAt(WHOLE, path, { a: 1 })).map((issue) => issue.path);
      const list = path.indexOf('personality_traits');
      expect(places).toContainEqual(list === -1 ? path : path.slice(0, list + 1));
    },
  );
});
