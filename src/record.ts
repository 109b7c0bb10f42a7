/** A wire record, or any structure inside one: keys as they were sent. */
export type WireRecord = Record<string, unknown>;

/**
 * An empty record in which every key that a stranger can send, `__proto__` and `toString` among
 * them, is data like any other: it inherits nothing.
 */
export function emptyRecord<T = unknown>(): Record<string, T> {
  return new BlankRecord() as Record<string, T>;
}

/** Makes a record that a parser made inherit nothing: `raw.constructor` is what was sent, or nothing. */
export function withoutInheritance(record: WireRecord): WireRecord {
  return Object.setPrototypeOf(record, BlankRecord.prototype);
}

const BlankRecord = /* @__PURE__ */ blankRecord();

/** A class, for an engine fills and reads its objects faster than those of `Object.create(null)`. */
function blankRecord(): new () => WireRecord {
  class BlankRecord {
    [key: string]: unknown;
  }
  Object.setPrototypeOf(BlankRecord.prototype, null);
  Reflect.deleteProperty(BlankRecord.prototype, 'constructor');
  return BlankRecord;
}

/** Whether a value is a structure of keys, as opposed to a scalar, a list or nothing. */
export function isRecord(value: unknown): value is WireRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The items of a structure whose keys are all indexes, in order; null for any other. */
export function indexedItems(record: WireRecord): unknown[] | null {
  const keys = Object.keys(record);
  if (keys.length === 0 || !keys.every((key) => /^\d+$/.test(key))) return null;
  return keys.sort((a, b) => Number(a) - Number(b)).map((key) => record[key]);
}
