import { replaceMatches } from '../codec/long-text.js';
import { CALL_TYPES } from '../model/call-types.js';
import type { Cdr } from '../model/cdr.js';
import { looseName } from '../model/names.js';

/**
 * The key to store a record under, and to write over what is there: equal for a record and its
 * re-sent copy, in whatever format and with whatever was added since; different for the two legs of
 * a call, for a transfer and its original, and for two transfers of one call.
 *
 * It is made of the call's id, the type's name, the second of the start and the original call's id,
 * in printable ASCII without quotes or white space, and has at most 255 characters. Parse every copy
 * with the same `timeZone`. A record that names another original call is another record.
 *
 * @example
 * ```ts
 * import { cdrKey, parseCdr } from 'voicenter-cdr';
 *
 * const cdr = parseCdr('{"ivruniqueid":"20200728a1","type":"Click2Call leg2","status":"ANSWER","time":1595960350,"duration":9}');
 * console.log(cdrKey(cdr)); // 20200728a1.click2callleg2.1595960350
 * ```
 */
export function cdrKey(cdr: Cdr): string {
  // Voicenter counts in seconds, and XML-RPC's dateTime knows no less: a fraction tells no calls apart.
  const second = Math.floor(cdr.startedAt.getTime() / 1000);
  const key = `${keyPart(cdr.callId)}.${typePart(cdr)}.${second}`;
  return cdr.originalCallId === null ? key : `${key}.${keyPart(cdr.originalCallId)}`;
}

const UNSAFE = /[^\w-]/;

/** Three parts of this length and a start are a key that fits a column of 255 characters; an id has about 20. */
const PART_LENGTH = 72;

/** Letters and digits stay, any other character becomes its code: no part can hold the dot between parts. */
function keyPart(text: string): string {
  const part = UNSAFE.test(text) ? replaceMatches(text, /[^\w-]/g, codeOf) : text;
  if (part.length <= PART_LENGTH) return part;
  const rest = `~${part.length}~${hash(part)}`;
  return part.slice(0, PART_LENGTH - rest.length) + rest;
}

const codeOf = (unit: string) => `%${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Two hashes of 32 bits in the manner of FNV-1a, each with an offset and a factor of its own, in base 36. */
function hash(text: string): string {
  let [low, high] = [0x811c9dc5, 0xcbf29ce4];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return (low >>> 0).toString(36) + (high >>> 0).toString(36).padStart(7, '0');
}

const TYPE_PARTS = /* @__PURE__ */ looseNames();

function looseNames(): Map<string, string> {
  return new Map(Object.keys(CALL_TYPES).map((type) => [type, looseName(type)]));
}

/** By name and not by number: a type keeps its key when a later version comes to know it. */
function typePart(cdr: Cdr): string {
  return TYPE_PARTS.get(cdr.type) ?? keyPart(looseName(cdr.typeName));
}

/** Each record once, as it was last given. */
export function latestCopies(cdrs: Iterable<Cdr>): Cdr[] {
  const latest = new Map<string, Cdr>();
  for (const cdr of cdrs) latest.set(cdrKey(cdr), cdr);
  return [...latest.values()];
}

/** The order of calls: by start, those that began together by their ids, the legs of one by their keys. */
export function byStart(a: Cdr, b: Cdr): number {
  const difference = a.startedAt.getTime() - b.startedAt.getTime();
  if (difference !== 0) return difference;
  if (a.callId !== b.callId) return a.callId < b.callId ? -1 : 1;
  return cdrKey(a) < cdrKey(b) ? -1 : 1;
}
