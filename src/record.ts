/** A wire record, or any structure inside one: keys as they were sent. */
export type WireRecord = Record<string, unknown>;

/**
 * An empty record without a prototype: every key that a stranger can send, `__proto__` and
 * `toString` among them, is then data like any other.
 */
export function emptyRecord<T = unknown>(): Record<string, T> {
  return Object.create(null);
}

/** Whether a value is a structure of keys, as opposed to a scalar, a list or nothing. */
export function isRecord(value: unknown): value is WireRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The key by which spellings of the same key are equal: lower case, without underscores
 * (`layer_number` is `LayerNumber`).
 */
export function canonicalKey(key: string): string {
  return key.toLowerCase().replaceAll('_', '');
}

/** The items of a structure whose keys are all indexes, in order; null for any other. */
export function indexedItems(record: WireRecord): unknown[] | null {
  const keys = Object.keys(record);
  if (keys.length === 0 || !keys.every((key) => /^\d+$/.test(key))) return null;
  return keys.sort((a, b) => Number(a) - Number(b)).map((key) => record[key]);
}
