import { type CdrIssue, CdrParseError, issue } from '../errors.js';
import { parseJson } from '../json-text.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { canonicalKey, indexedItems, isRecord, type WireRecord } from '../record.js';

/**
 * Where a structure stands in the record, and where to note what is wrong in it. A chain, for a
 * path is only worth putting together when there is an issue.
 */
export interface Place {
  readonly issues: CdrIssue[];
  readonly parent: Place | null;
  readonly part: string | number;
}

/** The place of the record itself. */
export function topPlace(issues: CdrIssue[]): Place {
  return { issues, parent: null, part: '' };
}

/** The place of a structure inside the one at `place`. */
export function within(place: Place, part: string | number): Place {
  return { issues: place.issues, parent: place, part };
}

/** The path of what `part` names in the structure at `place`. */
export function pathTo(place: Place, part: string | number): CdrIssue['path'] {
  return place.parent ? [...pathTo(place.parent, place.part), part] : [part];
}

/** A week; the longest conference is shorter, and what is longer is no duration. */
const MAX_SECONDS = 7 * 24 * 60 * 60;

/** A number as JSON writes it; a sign and leading zeros are let pass. */
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** Identifiers and names: text without white space around it. "" is nothing. */
export function readText(value: unknown, place: Place, part: string | number): string | null {
  switch (typeof value) {
    case 'string':
      return value.trim() || null;
    case 'number':
      // 1e999 is valid JSON for a number that is none.
      return Number.isFinite(value) ? String(value) : reject(value, place, part, 'text');
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'undefined':
      return null;
    default:
      return value === null ? null : reject(value, place, part, 'text');
  }
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
  return isRecord(structure) ? structure : reject(value, place, part, 'an object');
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

/** Structures travel in forms, and inside JSON and XML-RPC too, as JSON text. */
function fromJsonText(value: unknown, place: Place, part: string | number): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (!text.startsWith('{') && !text.startsWith('[')) return text;
  try {
    return parseJson(text, DEFAULT_LIMITS, null);
  } catch (error) {
    if (!(error instanceof CdrParseError)) throw error;
    reject(value, place, part, 'JSON text');
    return null;
  }
}

/** "", null and an absent key mean the same. */
export function isNothing(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  );
}

/** The member of a structure, by the vendor's spelling of its key or any equal one. */
export function member(structure: WireRecord, key: string): unknown {
  if (Object.hasOwn(structure, key)) return structure[key];
  const wanted = canonicalKey(key);
  const sent = Object.keys(structure).findLast((other) => canonicalKey(other) === wanted);
  return sent === undefined ? undefined : structure[sent];
}

/** The text under a key of a structure. */
export function textIn(structure: WireRecord, key: string, place: Place): string | null {
  return readText(member(structure, key), place, key);
}

/** The quantity under a key of a structure. */
export function numberIn(structure: WireRecord, key: string, place: Place): number | null {
  return readNumber(member(structure, key), place, key);
}

/** Notes that a value is not as expected; the field becomes null. */
export function reject(
  value: unknown,
  place: Place,
  part: string | number,
  expected: string,
): null {
  place.issues.push(issue(pathTo(place, part), 'invalid_field', `expected ${expected}`, value));
  return null;
}
