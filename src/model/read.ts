import { CdrParseError } from '../errors.js';
import { parseJson } from '../json-text.js';
import { indexedItems, isRecord, type WireRecord } from '../record.js';
import { type Place, reject, within } from './place.js';

/** A week; the longest conference is shorter, and what is longer is no duration. */
export const MAX_SECONDS = 7 * 24 * 60 * 60;

/** A number as JSON writes it; a sign and leading zeros are let pass. */
export const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Identifiers and names: text without white space around it. "" is nothing. */
export function readText(value: unknown, place: Place, part: string | number): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return trimmed(value) || null;
  // 1e999 is valid JSON for a number that is none.
  const isText = typeof value === 'number' ? Number.isFinite(value) : typeof value !== 'object';
  return isText ? String(value) : reject(value, place, part, 'text');
}

/** Nearly no text has white space around it: looking first takes half as long as trimming. */
function trimmed(text: string): string {
  return isInk(text.charCodeAt(0)) && isInk(text.charCodeAt(text.length - 1)) ? text : text.trim();
}

/** Whether a character of ASCII is no white space; what is beyond is left to `trim`. */
function isInk(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

/** A quantity, sent as a number or as text. */
export function readNumber(value: unknown, place: Place, part: string | number): number | null {
  return readQuantity(
    value,
    place,
    part,
    'a number',
    -Number.MAX_SAFE_INTEGER,
    Number.MAX_SAFE_INTEGER,
  );
}

/** A duration in seconds. */
export function readSeconds(value: unknown, place: Place, part: string | number): number | null {
  return readQuantity(value, place, part, 'seconds, from 0 to a week', 0, MAX_SECONDS);
}

function readQuantity(
  value: unknown,
  place: Place,
  part: string | number,
  expected: string,
  least: number,
  most: number,
): number | null {
  if (isNothing(value)) return null;
  const number = toNumber(value);
  if (number === null || number < least || number > most)
    return reject(value, place, part, expected);
  return number + 0; // -0 is 0
}

/** The number that a number or a text stands for; null for any other value. */
export function toNumber(value: unknown): number | null {
  const number = typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

const FLAGS: Record<string, boolean> = {
  '1': true,
  true: true,
  yes: true,
  '0': false,
  false: false,
  no: false,
};

/** A yes or no: 1 or 0, true or false, as such or as text. */
export function readFlag(value: unknown, place: Place, part: string | number): boolean | null {
  if (isNothing(value)) return null;
  const name = typeof value === 'object' ? '' : String(value).trim().toLowerCase();
  return Object.hasOwn(FLAGS, name) ? (FLAGS[name] ?? null) : reject(value, place, part, '1 or 0');
}

/** An address that is safe to put into a link: http or https, without white space or controls. */
export function readUrl(value: unknown, place: Place, part: string | number): string | null {
  const url = readText(value, place, part);
  if (url === null) return null;
  const safe = /^https?:\/\/[^/?#]/i.test(url) && !/[\s\p{Cc}<>"\\]/u.test(url);
  return safe ? url : reject(value, place, part, 'an http or https address');
}

/** A structure, as such or as JSON text; null for nothing. */
export function readStructure(
  value: unknown,
  place: Place,
  part: string | number,
): WireRecord | null {
  const structure = fromJsonText(value, place, part);
  if (isNothing(structure)) return null;
  return isRecord(structure) ? structure : reject(structure, place, part, 'an object');
}

/** The items of a list, of its JSON text, of a structure keyed by indexes, or one item without a list. */
export function readList(value: unknown, place: Place, part: string | number): unknown[] {
  const list = fromJsonText(value, place, part);
  if (isNothing(list)) return [];
  if (Array.isArray(list)) return list;
  if (isRecord(list)) return indexedItems(list) ?? (Object.keys(list).length > 0 ? [list] : []);
  reject(value, place, part, 'a list');
  return [];
}

/**
 * The structures of a list, each read in the same way; what is none is left out, with an issue.
 *
 * A transcript has thousands: one place serves for all of them, from the fourth on their keys are
 * known, and no iterator makes a pair for each. With that it takes a tenth less time.
 */
export function readStructures<T>(
  value: unknown,
  place: Place,
  part: string,
  expected: string,
  read: (structure: WireRecord, at: Place) => T,
): T[] {
  const list = within(place, part);
  const at = within(list, 0);
  const structures: T[] = [];
  const items = readList(value, place, part);
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (!isRecord(item)) {
      reject(item, list, index, expected);
      continue;
    }
    at.part = index;
    at.spelled = null;
    structures.push(read(item, at));
    if (index === 2 && at.spelled === null) at.keysBefore = Object.keys(item);
  }
  return structures;
}

/** Structures travel in forms, and inside JSON and XML-RPC too, as JSON text; any other value is itself. */
export function fromJsonText(value: unknown, place: Place, part: string | number): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (!text.startsWith('{') && !text.startsWith('[')) return text;
  try {
    return parseJson(text, place.limits, null);
  } catch (error) {
    if (!(error instanceof CdrParseError)) throw error;
    const which = error.code === 'too_large' ? ` (${error.message})` : '';
    reject(value, place, part, `JSON text${which}`);
    return null;
  }
}

/** "", null and an absent key mean the same. */
export function isNothing(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  );
}
