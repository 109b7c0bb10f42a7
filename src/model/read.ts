import { replaceMatches } from '../codec/long-text.js';
import { CdrParseError } from '../errors.js';
import { SPACE, SPACE_OR_MARK, trimBlank, trimMarks, trimmed } from '../input/text.js';
import { isJsonText, parseJson } from '../json-text.js';
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

/** A week; the longest conference is shorter, and what is longer is no duration. */
export const MAX_SECONDS = 7 * 24 * 60 * 60;

/** A number as JSON writes it; a sign and leading zeros are let pass. */
export const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** An id of the vendor has about twenty characters; a longer one is no id. */
export const MAX_ID_LENGTH = 128;

/**
 * The one value where a list was sent: some parsers make a list of every value, and of a field that
 * is given twice a list of both. The last that holds something counts, a scalar before a structure.
 */
function lastGiven(
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

/** Lists within lists come of a list that was given twice; deeper ones mean nothing. */
const DEEPEST_LIST = 3;

type ReadScalar<T> = (value: unknown, place: Place, key: string | number) => T | null | undefined;

/** The kind of a scalar, of which lists have been taken apart and nothing is left out. */
function scalar<T>(name: string, readScalar: ReadScalar<T>, words = NOTHING): Kind<T> {
  return {
    name,
    read(value, place, key) {
      const one = lastGiven(value, place, key, words);
      return isNothing(one, words) ? undefined : readScalar(one, place, key);
    },
  };
}

/** What breaks a line, or is a command to a terminal: in a log it forges lines. */
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x1f\x7f-\x9f\u2028\u2029]/;
const CONTROLS = /[\0-\x1f\x7f-\x9f\u2028\u2029]+/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

/** The kind of a text in one line, which is most of what is sent: it looks at each text once. */
function line(words: ReadonlySet<string>, blank: RegExp, maxLength = Infinity): Kind<string> {
  return {
    name: 'text',
    read(value, place, key) {
      const one = lastGiven(value, place, key, words);
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

/** A name: text in one line. */
export const text: Kind<string> = line(NO_TEXT, SPACE);

/** An identifier or a phone number: text in one line, without marks of direction around it. */
export const identifier: Kind<string> = line(NO_TEXT, SPACE_OR_MARK);

/** An identifier that is 0 where there is none. */
export const reference: Kind<string> = line(NO_REFERENCE, SPACE_OR_MARK);

/** The id of a call. */
export const callId: Kind<string> = line(NO_TEXT, SPACE_OR_MARK, MAX_ID_LENGTH);

/** The id of another call. */
export const callReference: Kind<string> = line(NO_REFERENCE, SPACE_OR_MARK, MAX_ID_LENGTH);

/** Whether a value stands for a text; 1e999 is valid JSON for a number that is none. */
function isText(value: unknown): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : typeof value !== 'object';
}

/** Free text: as it was sent, words for nothing and line breaks included. */
export const freeText: Kind<string> = {
  name: 'text',
  read(value, place, key) {
    const one = lastGiven(value, place, key, NO_FREE_TEXT);
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

/** The number that a number or a text stands for; null for any other value. */
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

/** A yes or no: 1 or 0, true or false, as such or as text. */
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

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const WEB_ADDRESS = /^https?:\/\/(?![/?#])[^\s\0-\x1f\x7f-\x9f<>"\\]+$/i;

/** An address that is safe to put into a link: http or https, without white space or controls. */
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
  const given = fromJsonText(value, place, key);
  if (isNoText(given)) return undefined;
  if (Array.isArray(given)) return readRecord(lastGiven(given, place, key), place, key);
  return isRecord(given) ? given : invalid(given, place, key, 'an object');
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
export function fromJsonText(
  value: unknown,
  place: Place,
  key: string | number,
  idDepth?: number,
): unknown {
  if (typeof value !== 'string' || !isJsonText(value)) return value;
  const { context } = place;
  // No error is made where no node may come any more: a list can hold 100 000 such texts.
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
