/** A wire record, or any structure inside one, with its keys as sent. */
export type WireRecord = Record<string, unknown>;

/** Sets a key that came from outside: `__proto__` is data like any other key. */
export function setKey(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(record, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  } else record[key] = value;
}

/** Removes a record's prototype, so that every key that was not sent is undefined. */
export function withoutInheritance<T>(record: Record<string, T>): Record<string, T> {
  return Object.setPrototypeOf(record, null);
}

/** Whether a value is an object with keys, as opposed to a scalar, a list or nothing. */
export function isRecord(value: unknown): value is WireRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The items, in order, of a structure whose keys are all indexes; null otherwise. */
export function indexedItems(record: WireRecord): unknown[] | null {
  // Indexes are enumerated first, in order, so the first key tells most structures from a list.
  for (const key in record) {
    if (!isIndex(key)) return null;
    break;
  }
  const keys = Object.keys(record);
  if (keys.length === 0 || !keys.every(isIndex)) return null;
  // The engine orders `1` and `10`, but not `01`.
  return keys.sort((a, b) => Number(a) - Number(b)).map((key) => record[key]);
}

function isIndex(key: string): boolean {
  return key.charCodeAt(0) <= 0x39 && /^\d+$/.test(key); // most keys begin with a letter
}
