import type { ParseContext } from '../context.js';
import { CALL_TYPES } from '../model/call-types.js';
import type { Cdr } from '../model/cdr.js';
import type { AnyTable, FieldsOf } from '../model/kind.js';
import { isNoText } from '../model/nothing.js';
import { rootPlace } from '../model/place.js';
import { reference, text, toNumber } from '../model/read.js';
import { TableReader } from '../model/structure.js';
import { expectRecord, readRecord } from '../read-record.js';
import { type WireRecord, withoutInheritance } from '../record.js';
import { FALLBACK_KEYS, pulledReader } from './keys.js';

/** The kinds of the values that stand in for a type, and for a representative's name and code. */
const FALLBACK_TABLE = {
  type: [FALLBACK_KEYS.type, text],
  name: [FALLBACK_KEYS.name, text],
  code: [FALLBACK_KEYS.code, reference],
} as const satisfies AnyTable;

type Fallbacks = FieldsOf<typeof FALLBACK_TABLE>;

const fallbackReader = /* @__PURE__ */ new TableReader<{ fallbacks: Fallbacks }>({
  fallbacks: FALLBACK_TABLE,
});

/**
 * Reads a pulled record in the same way as a pushed one.
 *
 * @throws CdrParseError for a record without an id, type, status or start, and for a value that is
 * not a record
 */
export function readPulled(pulled: unknown, context: ParseContext, strict: boolean): Cdr {
  expectRecord(pulled, context);
  const { type, name, code } = fallbackReader.read(pulled, rootPlace(context)).fallbacks;
  // Its dates are in UTC, with or without a Z.
  const options = { timeZone: 'UTC', strict };
  const { cdr } = readRecord(withType(pulled, type), context, options, pulledReader);
  if (name !== null || code !== null) cdr.representative ??= { name, code };
  cdr.ivr.forEach((layer, index) => {
    layer.order ??= index + 1;
  });
  cdr.raw = withoutInheritance(pulled);
  return cdr;
}

/** The record with a type: `CdrType` if it has no `Type`. */
function withType(pulled: WireRecord, fallback: string | null): WireRecord {
  const key = pulledReader.keyOf('call', 'typeName', pulled);
  return isNoText(pulled[key]) && fallback !== null
    ? { ...pulled, [key]: typeNameOf(fallback) }
    : pulled;
}

/** The name of the type with this number; the value itself if this version knows none. */
function typeNameOf(fallback: string): string {
  const known = Object.entries(CALL_TYPES).find(([, { number }]) => number === toNumber(fallback));
  return known?.[0] ?? fallback;
}
