import { createIssue } from '../errors.js';
import { setKey, type WireRecord } from '../record.js';

/**
 * Copies a value as data that every format can carry: text, finite numbers, booleans, null, lists
 * and objects. A Date becomes its ISO text, a bigint its digits; undefined members are left out.
 *
 * @throws TypeError for anything else: a function, a symbol, NaN, a Map, an invalid Date, a cycle
 */
export function toPlainData(value: unknown): unknown {
  return copy(value, [], []);
}

function copy(value: unknown, path: string[], around: object[]): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value;
    case 'bigint':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw cannotSerialize(path, String(value));
      return value;
    case 'object':
      return value === null ? null : copyOfObject(value, path, around);
    default:
      throw cannotSerialize(path, `a ${typeof value}`);
  }
}

function copyOfObject(value: object, path: string[], around: object[]): unknown {
  if (around.includes(value)) throw cannotSerialize(path, 'a circular reference');
  const inside = [...around, value];
  if (Array.isArray(value)) {
    return value.map((item, index) => copy(item, [...path, String(index)], inside));
  }
  // By tag, because a test may run in its own realm, with its own Date.
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (kind === 'Date') {
    const time = Number(value);
    if (Number.isNaN(time)) throw cannotSerialize(path, 'an invalid Date');
    return new Date(time).toISOString();
  }
  if (kind !== 'Object') throw cannotSerialize(path, `a ${kind}`);
  const record: WireRecord = {};
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) setKey(record, key, copy(member, [...path, key], inside));
  }
  return record;
}

function cannotSerialize(path: string[], what: string): TypeError {
  const expected = 'expected text, a number, a list or an object';
  return new TypeError(createIssue(path, 'invalid_field', `${expected}, received ${what}`).message);
}
