/** A wire record, or any structure inside one: keys as they were sent. */
export type WireRecord = Record<string, unknown>;

/** Sets a key that anybody may have sent: `__proto__` is data like any other. */
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

/** A record that inherits nothing: what was not sent is undefined, whatever its name. */
export function withoutInheritance<T>(record: Record<string, T>): Record<string, T> {
  return Object.setPrototypeOf(record, null);
}

/** Whether a value is a structure of keys, as opposed to a scalar, a list or nothing. */
export function isRecord(value: unknown): value is WireRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The items of a structure whose keys are all indexes, in their order; null for any other. */
export function indexedItems(record: WireRecord): unknown[] | null {
  // Indexes come first, in their order: one look tells nearly every structure from a list.
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
  return key.charCodeAt(0) <= 0x39 && /^\d+$/.test(key); // most begin with a letter: no pattern
}
