import { CALL_TYPES } from '../model/call-types.js';
import type { Cdr } from '../model/cdr.js';
import { looseName } from '../model/names.js';

/**
 * A stable key to upsert on. All copies of a record have the same key, whatever their format and
 * whatever was added since; the two legs of a call and its transfers have different keys.
 *
 * The key consists of the call id, the type name and the start in epoch seconds. It is printable
 * ASCII without quotes or white space, and at most 255 characters long if the id has only letters
 * and digits. Parse every copy with the same `timeZone`.
 *
 * @throws TypeError for a stored record that only JSON.parse has read: its start is text
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
  expectCdr(cdr);
  // Voicenter and XML-RPC's dateTime count in whole seconds: copies can differ in the fraction.
  const second = Math.floor(cdr.startedAt.getTime() / 1000);
  return `${escaped(cdr.callId)}.${typePart(cdr)}.${second}`;
}

/** @throws TypeError for a value whose start is not a Date, whatever its realm */
export function expectCdr(cdr: Cdr): void {
  if (typeof cdr?.startedAt?.getTime === 'function') return;
  throw new TypeError(
    'Expected a Cdr with a Date in startedAt: read stored records with cdrSchema of voicenter-cdr/schema',
  );
}

/** Escapes all but letters, digits, `_` and `-`, so that no part contains the dot between parts. */
function escaped(text: string): string {
  return text.replace(/[^\w-]/g, codeOf);
}

const codeOf = (character: string) => `%${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

const TYPE_PARTS = /* @__PURE__ */ looseNames();

function looseNames(): Map<string, string> {
  return new Map(Object.keys(CALL_TYPES).map((type) => [type, looseName(type)]));
}

/** What an id (128 characters), a start (14) and two dots leave of 255, rounded down. */
const TYPE_LENGTH = 100;

/** By name, not by number, so that the key stays the same when a later version adds the type. */
function typePart({ type, typeName }: Cdr): string {
  const known = TYPE_PARTS.get(type);
  return known ?? escaped(looseName(typeName).slice(0, TYPE_LENGTH)).slice(0, TYPE_LENGTH);
}

/**
 * Orders records by start. If several began together, a call comes before its transfers, then id
 * and type decide. No two records compare as equal, so the order of arrival never matters.
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
