import { canonicalKey } from '../model/names.js';
import { isNothing } from '../model/nothing.js';
import { rowsOf } from '../model/structure.js';
import { WIRE } from '../model/wire.js';
import { isRecord, type WireRecord } from '../record.js';

/** A key as sent, and its value. */
interface Sent {
  key: string;
  value: unknown;
}

/** The structure in which a key can also be sent. */
const CONTAINERS: ReadonlyMap<string, string> = new Map([
  ...keysOf(WIRE.dialer).map((key) => [key, 'dialerData'] as const),
  ...keysOf(WIRE.doNotCall).map((key) => [key, 'CustomData'] as const),
  [WIRE.call.originalCallId[0], 'CustomData'],
]);

function keysOf(table: object): string[] {
  return rowsOf(table).map(([, [key]]) => key);
}

/** The value sent under a wire key, in any spelling; null if the key was not sent. */
export function sentAs(raw: WireRecord, key: string): Sent | null {
  const sent = sentIn(raw, key);
  const container = CONTAINERS.get(key);
  if (container === undefined || (sent && !isNothing(sent.value))) return sent;
  const inside = sentIn(raw, container);
  const found = inside && sentIn(structureOf(inside.value), key);
  return found ? { key: `${inside.key}.${found.key}`, value: found.value } : sent;
}

/** Of several spellings, the last with a value counts. */
function sentIn(record: WireRecord, key: string): Sent | null {
  const canonical = canonicalKey(key);
  const names = Object.keys(record).filter((name) => canonicalKey(name) === canonical);
  const sent = names.findLast((name) => !isNothing(record[name])) ?? names[0];
  return sent === undefined ? null : { key: sent, value: record[sent] };
}

/** A structure, sent as is or as JSON text; empty for any other value. */
function structureOf(value: unknown): WireRecord {
  if (isRecord(value)) return value;
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return {};
  try {
    const parsed: unknown = JSON.parse(value);
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/**
 * The key that decided a field: the one with the same value, else the first with a value, else the
 * first.
 */
export function decidingKey(raw: WireRecord, keys: readonly string[], value: unknown): string {
  const sent = keys.flatMap((key) => sentAs(raw, key) ?? []);
  const deciding =
    sent.find((one) => isSame(one.value, value)) ??
    sent.find((one) => !isNothing(one.value)) ??
    sent[0];
  return deciding?.key ?? keys[0] ?? '';
}

function isSame(sent: unknown, value: unknown): boolean {
  const arePrimitive = typeof sent !== 'object' && typeof value !== 'object';
  return arePrimitive && String(sent).trim() === String(value);
}
