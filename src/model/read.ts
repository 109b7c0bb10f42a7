import { CdrParseError } from '../errors.js';
import { SPACE, SPACE_OR_MARK, trimBlank, trimMarks, trimmed } from '../input/text.js';
import { isJsonText, parseJson } from '../json-text.js';
import { replaceMatches } from '../long-text.js';
import { indexedItems, isRecord, type WireRecord } from '../record.js';
import type { Kind } from './kind.js';
import {
  isNoText,
  isNothing,
  isWordFor,
  NO_FREE_TEXT,
  NO_REFERENCE,
  NO_TEXT,
  NOTHING,
} from './nothing.js';
import { invalid, type Place, pathTo } from './place.js';

/** A week. Even the longest conference is shorter, so anything longer is not a duration. */
export const MAX_SECONDS = 7 * 24 * 60 * 60;

/** A number as in JSON, except that a plus sign and leading zeros are allowed. */
export const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The vendor's ids have about twenty characters; anything longer than this is not an id. */
export const MAX_ID_LENGTH = 128;

/**
 * Picks one value if a list was sent: some parsers wrap every value in a list, and turn a field
 * that is sent twice into a list of both. The last scalar that is not empty counts, else the last
 * structure.
 */
function lastValue(
  value: unknown,
  place: Place,
  key: string | number,
  words: ReadonlySet<string> = NOTHING,
): unknown {
  if (!Array.isArray(value)) return value;
  const given = value.flat(DEEPEST_LIST).filter((item) => !isNothing(item, words));
  const scalars = given.filter((item) => !isRecord(item));
  if (given.length > 1) place.context.addDuplicate(pathTo(place, key));
  return (scalars.length > 0 ? scalars : given).at(-1);
}

/** A list that is sent twice becomes a list of lists; deeper nesting has no meaning. */
const DEEPEST_LIST = 3;

type ReadScalar<T> = (value: unknown, place: Place, key: string | number) => T | null | undefined;

/** Makes the kind of a scalar. `readScalar` gets a single value, and only if something was sent. */
function scalar<T>(name: string, readScalar: ReadScalar<T>, words = NOTHING): Kind<T> {
  return {
    name,
    read(value, place, key) {
      const one = lastValue(value, place, key, words);
      return isNothing(one, words) ? undefined : readScalar(one, place, key);
    },
  };
}

/** Line breaks and terminal control characters, which could forge lines in a log. */
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: matched on purpose
const CONTROL = /[\0-\x1f\x7f-\x9f\u2028\u2029]/;
const CONTROLS = /[\0-\x1f\x7f-\x9f\u2028\u2029]+/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

/**
 * Makes the kind of a single-line text. Most values are of this kind: each is trimmed only once.
 */
function singleLine(words: ReadonlySet<string>, blank: RegExp, maxLength = Infinity): Kind<string> {
  return {
    name: 'text',
    read(value, place, key) {
      const one = lastValue(value, place, key, words);
      if (typeof one !== 'string') {
        if (isNothing(one, words)) return undefined;
        return isText(one) ? String(one) : invalid(one, place, key, 'text');
      }
      const given = trimmed(one, blank);
      if (isWordFor(words, given)) return undefined;
      const text = CONTROL.test(given) ? joinLines(given, blank, place, key) : given;
      if (text.length <= maxLength) return text || undefined;
      return invalid(value, place, key, `an id of at most ${maxLength} characters`);
    },
  };
}

function joinLines(text: string, blank: RegExp, place: Place, key: string | number): string {
  invalid(text, place, key, 'text in one line; each run of control characters became a space');
  return trimmed(
    replaceMatches(text, CONTROLS, () => ' '),
    blank,
  );
}

/** A name: single-line text. */
export const text: Kind<string> = singleLine(NO_TEXT, SPACE);

/** An identifier or a phone number: single-line text, without the direction marks around it. */
export const identifier: Kind<string> = singleLine(NO_TEXT, SPACE_OR_MARK);

/** An identifier that is sent as 0 if there is none. */
export const reference: Kind<string> = singleLine(NO_REFERENCE, SPACE_OR_MARK);

/** The id of a call. */
export const callId: Kind<string> = singleLine(NO_TEXT, SPACE_OR_MARK, MAX_ID_LENGTH);

/** The id of another call. */
export const callReference: Kind<string> = singleLine(NO_REFERENCE, SPACE_OR_MARK, MAX_ID_LENGTH);

/** Whether a value can be read as text. 1e999 is valid JSON but parses to Infinity. */
function isText(value: unknown): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : typeof value !== 'object';
}

/** Free text: line breaks and words such as `null` are kept. */
export const freeText: Kind<string> = {
  name: 'text',
  read(value, place, key) {
    const one = lastValue(value, place, key, NO_FREE_TEXT);
    if (typeof one === 'string') return trimmed(one, SPACE) || undefined;
    if (isNothing(one, NO_FREE_TEXT)) return undefined;
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

/** Converts a number or the text of a number; null otherwise. */
export function toNumber(value: unknown): number | null {
  const number = typeof value === 'string' ? numberOf(trimMarks(value)) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

function numberOf(text: string): number {
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}

const FLAGS = /* @__PURE__ */ new Map<number | string, boolean>([
  [1, true],
  ['true', true],
  ['yes', true],
  [0, false],
  ['false', false],
  ['no', false],
]);

/** A boolean: 1, 0, true or false, also as text, or the text `yes` or `no`. */
export const flag: Kind<boolean> = {
  ...scalar(
    'flag',
    (value, place, key) =>
      FLAGS.get(toNumber(value) ?? '') ??
      FLAGS.get(typeof value === 'object' ? '' : trimMarks(String(value)).toLowerCase()) ??
      invalid(value, place, key, '1 or 0'),
  ),
  write: Number,
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: excluded on purpose
const WEB_ADDRESS = /^https?:\/\/(?![/?#])[^\s\0-\x1f\x7f-\x9f<>"\\]+$/i;

/**
 * A URL that is safe to use in a link: http or https, without white space or control characters.
 */
export const url: Kind<string> = scalar(
  'url',
  (value, place, key) => {
    const address = typeof value === 'string' ? value.trim() : '';
    return WEB_ADDRESS.test(address)
      ? address
      : invalid(value, place, key, 'an http or https address');
  },
  NO_TEXT,
);

/** A start. It is parsed later, because its clock depends on the record's id. */
export const time: Kind<unknown> = scalar('time', (value) => value);

/** A structure whose fields are read later. */
export const record: Kind<WireRecord> = { name: 'structure', read: readStructure };

/** Reads a structure, sent as such, as JSON text or in a list. */
export function readStructure(
  value: unknown,
  place: Place,
  key: string | number,
): WireRecord | null | undefined {
  const given = fromJsonText(value, place, key);
  if (isNoText(given)) return undefined;
  if (Array.isArray(given)) return readStructure(lastValue(given, place, key), place, key);
  return isRecord(given) ? given : invalid(given, place, key, 'an object');
}

/**
 * The items of a list, which can be sent as JSON text, as an object keyed by index, or as a single
 * structure. Null if nothing was sent, and for anything else, which adds an issue.
 */
export function readItems(value: unknown, place: Place, key: string | number): unknown[] | null {
  const list = fromJsonText(value, place, key);
  if (Array.isArray(list)) return list;
  if (isNoText(list)) return null;
  return isRecord(list) ? itemsOf(list) : invalid(value, place, key, 'a list');
}

function itemsOf(structure: WireRecord): unknown[] {
  return indexedItems(structure) ?? (Object.keys(structure).length > 0 ? [structure] : []);
}

/**
 * Parses JSON text: forms, and sometimes JSON and XML-RPC, carry structures that way. Any other
 * value is returned unchanged.
 */
export function fromJsonText(
  value: unknown,
  place: Place,
  key: string | number,
  idDepth?: number,
): unknown {
  if (typeof value !== 'string' || !isJsonText(value)) return value;
  const { context } = place;
  // No error is created once the node limit is used up: a list can hold 100 000 such texts.
  if (context.nodesLeft <= 0) {
    return invalid(value, place, key, `JSON text (${context.limitMessage('maxNodes')})`);
  }
  try {
    const parsed = parseJson(trimBlank(value), context, idDepth);
    return fromJsonText(parsed, place, key, idDepth);
  } catch (error) {
    if (!(error instanceof CdrParseError)) throw error;
    context.countError();
    const which = error.code === 'too_large' ? ` (${error.message})` : '';
    invalid(value, place, key, `JSON text${which}`);
    return null;
  }
}
