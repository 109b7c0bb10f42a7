import { canonicalKey } from '../model/names.js';
import { isNothing } from '../model/nothing.js';
import { isRecord, type WireRecord } from '../record.js';

/** A key as sent, and its value. */
interface Sent {
  key: string;
  value: unknown;
}

/** The structures that can also contain keys of a record. */
const CONTAINERS = ['dialerData', 'CustomData'];

/** The value sent under a wire key, in any spelling; null if the key was not sent. */
export function sentAs(raw: WireRecord, key: string): Sent | null {
  const canonical = canonicalKey(key);
  const sent = Object.keys(raw).find((name) => canonicalKey(name) === canonical);
  if (sent !== undefined) return { key: sent, value: raw[sent] };
  if (CONTAINERS.includes(key)) return null;
  for (const container of CONTAINERS) {
    const inside = sentAs(raw, container);
    const found = inside && sentAs(structureOf(inside.value), key);
    if (inside && found) return { key: `${inside.key}.${found.key}`, value: found.value };
  }
  return null;
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
  return typeof sent !== 'object' && String(sent).trim() === String(value);
}
