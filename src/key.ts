import { CALL_TYPES } from './model/call-types.js';
import type { Cdr } from './model/cdr.js';
import { looseName } from './model/names.js';

/**
 * The key to store a record under, and to write over what is there: equal for a record and its
 * re-sent copy, in whatever format and with whatever was added since; different for the two legs of
 * a call, for a transfer and its original, and for two transfers of one call.
 *
 * It is made of the call's id, the type's name, the start and the original call's id, in printable
 * ASCII and without quotes or white space. Parse every copy with the same `timeZone`.
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
  const key = `${keyPart(cdr.callId)}.${typePart(cdr)}.${cdr.startedAt.getTime() / 1000}`;
  return cdr.originalCallId === null ? key : `${key}.${keyPart(cdr.originalCallId)}`;
}

const UNSAFE = /[^\w-]/;

/** Letters and digits stay, any other character becomes its code: no part can hold the dot between parts. */
function keyPart(text: string): string {
  if (!UNSAFE.test(text)) return text;
  const code = (unit: string) => `%${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return text.replace(/[^\w-]/g, code);
}

const TYPE_PARTS = /* @__PURE__ */ looseNames();

function looseNames(): Map<string, string> {
  return new Map(Object.keys(CALL_TYPES).map((type) => [type, looseName(type)]));
}

/** By name and not by number: a type keeps its key when a later version comes to know it. */
function typePart(cdr: Cdr): string {
  return TYPE_PARTS.get(cdr.type) ?? keyPart(looseName(cdr.typeName));
}
