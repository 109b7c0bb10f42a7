import { replaceMatches } from '../codec/long-text.js';
import { CdrParseError } from '../errors.js';
import { trimBlank, trimMarks } from '../input/text.js';
import { isJsonText, parseJson } from '../json-text.js';
import { indexedItems, isRecord, type WireRecord } from '../record.js';
import type { Kind } from './kind.js';
import { invalid, type Place, pathTo } from './place.js';

/** A week; the longest conference is shorter, and what is longer is no duration. */
export const MAX_SECONDS = 7 * 24 * 60 * 60;

/** A number as JSON writes it; a sign and leading zeros are let pass. */
export const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** An id of the vendor has about twenty characters; a longer one is no id. */
export const MAX_ID_LENGTH = 128;

/** What senders write for nothing, besides null and an absent key. */
const NOTHING: ReadonlySet<string> = /* @__PURE__ */ new Set(['', 'null', 'undefined', 'None']);

const LONGEST_NOTHING = 'undefined'.length;

/** Whether a value means that nothing was sent: PHP sends an empty list for an empty structure. */
export function isNothing(value: unknown): boolean {
  if (typeof value === 'string') {
    const word = value.trim();
    return word.length <= LONGEST_NOTHING && NOTHING.has(word); // a long text need not be hashed
  }
  return value === undefined || value === null || (Array.isArray(value) && value.every(isNothing));
}

/** In free text the words for nothing are words. */
export function isBlank(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  );
}

/**
 * The one value where a list was sent: some parsers make a list of every value, and of a field that
 * is given twice a list of both. The last that holds something counts, a scalar before a structure.
 */
function lastGiven(
  value: unknown,
  place: Place,
  key: string | number,
  isEmpty: (value: unknown) => boolean = isNothing,
): unknown {
  if (!Array.isArray(value)) return value;
  const given = value.flat(DEEPEST_LIST).filter((item) => !isEmpty(item));
  const scalars = given.filter((item) => !isRecord(item));
  if (given.length > 1) place.context.addDuplicate(pathTo(place, key));
  return (scalars.length > 0 ? scalars : given).at(-1);
}

/** Lists within lists come of a list that was given twice; deeper ones mean nothing. */
const DEEPEST_LIST = 3;

/** Where text belongs, `false` is how some senders write an empty one. */
export function isNoText(value: unknown): boolean {
  return (
    isNothing(value) || value === false || (typeof value === 'string' && value.trim() === 'false')
  );
}

/** An id that is 0 is none, where the vendor counts from 1. */
function isNoReference(value: unknown): boolean {
  return isNoText(value) || value === 0 || (typeof value === 'string' && trimMarks(value) === '0');
}

type ReadScalar<T> = (value: unknown, place: Place, key: string | number) => T | null | undefined;

/** The kind of a scalar, of which lists have been taken apart and nothing is left out. */
function scalar<T>(
  name: string,
  readScalar: ReadScalar<T>,
  isEmpty: (value: unknown) => boolean = isNothing,
): Kind<T> {
  return {
    name,
    read(value, place, key) {
      const one = lastGiven(value, place, key, isEmpty);
      return isEmpty(one) ? undefined : readScalar(one, place, key);
    },
  };
}

const readName: ReadScalar<string> = (value, place, key) => readLine(value, trimSpace, place, key);

const readIdentifier: ReadScalar<string> = (value, place, key) =>
  readLine(value, trimMarks, place, key);

const readCallId: ReadScalar<string> = (value, place, key) => {
  const id = readIdentifier(value, place, key);
  if (!id || id.length <= MAX_ID_LENGTH) return id;
  return invalid(value, place, key, `an id of at most ${MAX_ID_LENGTH} characters`);
};

/** A name: text in one line. */
export const text: Kind<string> = scalar('text', readName, isNoText);

/** An identifier or a phone number: text in one line, without marks of direction around it. */
export const identifier: Kind<string> = scalar('text', readIdentifier, isNoText);

/** An identifier that is 0 where there is none. */
export const reference: Kind<string> = scalar('text', readIdentifier, isNoReference);

/** The id of a call. */
export const callId: Kind<string> = scalar('text', readCallId, isNoText);

/** The id of another call. */
export const callReference: Kind<string> = scalar('text', readCallId, isNoReference);

/** What breaks a line, or is a command to a terminal: in a log it forges lines. */
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x1f\x7f-\x9f\u2028\u2029]/;
const CONTROLS = /[\0-\x1f\x7f-\x9f\u2028\u2029]+/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

function readLine(
  value: unknown,
  trim: (text: string) => string,
  place: Place,
  key: string | number,
): string | null | undefined {
  if (typeof value !== 'string') {
    return isText(value) ? String(value) : invalid(value, place, key, 'text');
  }
  const line = trim(value);
  if (!CONTROL.test(line)) return line || undefined;
  invalid(value, place, key, 'text in one line; each run of control characters became a space');
  return trim(replaceMatches(line, CONTROLS, () => ' ')) || undefined;
}

function trimSpace(text: string): string {
  return text.trim();
}

/** Whether a value stands for a text; 1e999 is valid JSON for a number that is none. */
function isText(value: unknown): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : typeof value !== 'object';
}

/** Free text: as it was sent, words for nothing and line breaks included. */
export const freeText: Kind<string> = {
  name: 'text',
  read(value, place, key) {
    const one = lastGiven(value, place, key, isBlank);
    if (one === undefined || one === null) return undefined;
    if (typeof one === 'string') return one.trim() || undefined;
    return isText(one) ? String(one) : invalid(one, place, key, 'text');
  },
};

/** A quantity, sent as a number or as text. */
export const number: Kind<number> = quantity(
  'number',
  'a number',
  -Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER,
);

/** A duration in seconds. */
export const seconds: Kind<number> = quantity(
  'seconds',
  'seconds, from 0 to a week',
  0,
  MAX_SECONDS,
);

function quantity(name: string, expected: string, least: number, most: number): Kind<number> {
  return scalar(name, (value, place, key) => {
    const number = toNumber(value);
    if (number === null || number < least || number > most)
      return invalid(value, place, key, expected);
    return number + 0; // -0 is 0
  });
}

/** The number that a number or a text stands for; null for any other value. */
export function toNumber(value: unknown): number | null {
  const digits = typeof value === 'string' ? trimMarks(value) : '';
  const number = NUMBER.test(digits) ? Number(digits) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

const FLAGS: ReadonlyMap<string, boolean> = /* @__PURE__ */ new Map([
  ['1', true],
  ['true', true],
  ['yes', true],
  ['0', false],
  ['false', false],
  ['no', false],
]);

/** A yes or no: 1 or 0, true or false, as such or as text. */
export const flag: Kind<boolean> = {
  ...scalar(
    'flag',
    (value, place, key) =>
      FLAGS.get(typeof value === 'object' ? '' : trimMarks(String(value)).toLowerCase()) ??
      invalid(value, place, key, '1 or 0'),
  ),
  write: Number,
};

/** An address that is safe to put into a link: http or https, without white space or controls. */
export const url: Kind<string> = scalar(
  'url',
  (value, place, key) => {
    const address = String(value).trim();
    const isSafe = /^https?:\/\/[^/?#]/i.test(address) && !/[\s\p{Cc}<>"\\]/u.test(address);
    return isSafe ? address : invalid(value, place, key, 'an http or https address');
  },
  isNoText,
);

/** A start, which is read later: on which clock, the id of the record tells. */
export const time: Kind<unknown> = scalar('time', (value) => value);

/** A structure that is read by a table, later. */
export const record: Kind<WireRecord> = { name: 'structure', read: readRecord };

/** A structure, as such or as JSON text; of a list the one that counts. */
export function readRecord(
  value: unknown,
  place: Place,
  key: string | number,
): WireRecord | null | undefined {
  const one = lastGiven(fromJsonText(value, place, key), place, key);
  const structure = fromJsonText(one, place, key);
  if (isNoText(structure)) return undefined;
  return isRecord(structure) ? structure : invalid(structure, place, key, 'an object');
}

/** The items of a list, of its JSON text, of a structure keyed by indexes, or one item without a list. */
export function readItems(value: unknown, place: Place, key: string | number): unknown[] {
  const list = fromJsonText(value, place, key);
  if (isNoText(list)) return [];
  const items = Array.isArray(list) ? list : isRecord(list) ? itemsOf(list) : null;
  if (items === null) {
    invalid(value, place, key, 'a list');
    return [];
  }
  return items;
}

function itemsOf(structure: WireRecord): unknown[] {
  return indexedItems(structure) ?? (Object.keys(structure).length > 0 ? [structure] : []);
}

/** Structures travel in forms, and inside JSON and XML-RPC too, as JSON text; any other value is itself. */
export function fromJsonText(value: unknown, place: Place, key: string | number): unknown {
  if (typeof value !== 'string' || !isJsonText(value)) return value;
  try {
    return fromJsonText(parseJson(trimBlank(value), place.context), place, key);
  } catch (error) {
    if (!(error instanceof CdrParseError)) throw error;
    const which = error.code === 'too_large' ? ` (${error.message})` : '';
    invalid(value, place, key, `JSON text${which}`);
    return null;
  }
}
