/** A wire record, or any structure inside one: keys as they were sent. */
export type WireRecord = Record<string, unknown>;

/**
 * An empty record to be filled, in which every key that a stranger can send, `__proto__` and
 * `toString` among them, is data like any other.
 */
export function emptyRecord(): WireRecord {
  return new BlankRecord();
}

/** Makes a record inherit nothing: `raw.constructor` is what was sent under that name, or nothing. */
export function withoutInheritance<T>(record: Record<string, T>): Record<string, T> {
  return Object.setPrototypeOf(record, null);
}

/** Makes a record that was filled the plain object that JSON.parse makes of the same. */
export function asPlainObject(record: WireRecord): WireRecord {
  return Object.setPrototypeOf(record, Object.prototype);
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

/** Makes plain objects of all records in a value. */
export function withPlainObjects(value: unknown): unknown {
  if (Array.isArray(value)) value.forEach(withPlainObjects);
  else if (isRecord(value)) withPlainObjects(Object.values(asPlainObject(value)));
  return value;
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
