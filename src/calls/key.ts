import { CALL_TYPES } from '../model/call-types.js';
import type { Cdr } from '../model/cdr.js';
import { looseName } from '../model/names.js';

/**
 * A stable key to upsert on: equal for a record and its copies, in whatever format and with
 * whatever was added since; different for the two legs of a call and for its transfers.
 *
 * It consists of the call's id, the type's name and the second of the start, in printable ASCII
 * without quotes or white space: at most 255 characters where the id has only letters and digits.
 * Parse every copy with the same `timeZone`.
 *
 * @example
 * ```ts
 * import { cdrKey, parseCdr } from 'voicenter-cdr';
 *
 * const cdr = parseCdr('{"ivruniqueid":"20200728a1","type":"Click2Call leg2","status":"ANSWER","time":1595960350,"duration":9}');
 * console.log(cdrKey(cdr)); // 20200728a1.click2callleg2.1595949550
 * ```
 */
export function cdrKey(cdr: Cdr): string {
  // Voicenter counts in seconds, as does XML-RPC's dateTime: copies can differ in the fraction.
  const second = Math.floor(cdr.startedAt.getTime() / 1000);
  return `${escaped(cdr.callId)}.${typePart(cdr)}.${second}`;
}

/** Letters and digits stay, any other character becomes its code: no part can hold the dot between parts. */
function escaped(text: string): string {
  return text.replace(/[^\w-]/g, codeOf);
}

const codeOf = (character: string) => `%${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

const TYPE_PARTS = /* @__PURE__ */ looseNames();

function looseNames(): Map<string, string> {
  return new Map(Object.keys(CALL_TYPES).map((type) => [type, looseName(type)]));
}

/** An id has at most 128 characters, a second 14, the dots are 2: this much of 255 is left, rounded down. */
const TYPE_LENGTH = 100;

/** By name and not by number: a type keeps its key when a later version comes to know it. */
function typePart({ type, typeName }: Cdr): string {
  const known = TYPE_PARTS.get(type);
  return known ?? escaped(looseName(typeName).slice(0, TYPE_LENGTH)).slice(0, TYPE_LENGTH);
}

/**
 * The order of records: by start. Of those that began together a call goes before its transfers,
 * the rest by id and type. No two records compare as equal, so arrival never decides.
 */
export function byStart(a: Cdr, b: Cdr): number {
  return (
    a.startedAt.getTime() - b.startedAt.getTime() ||
    Number(isTransfer(a)) - Number(isTransfer(b)) ||
    compare(a.callId, b.callId) ||
    compare(a.type, b.type) ||
    compare(a.typeName, b.typeName)
  );
}

function isTransfer({ type, legFamily, originalCallId }: Cdr): boolean {
  return originalCallId !== null || type === 'XferCDR' || legFamily === 'attended-transfer';
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
