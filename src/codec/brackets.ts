import type { ParseContext } from '../context.js';
import { isRecord, setKey, type WireRecord } from '../record.js';

/**
 * Builds a record from the pairs of a form. A repeated key gets a list of its values. Bracketed
 * keys become structures: `IVR[0][layer_id]`, or ASP.NET's `IVR[0].layer_id`, becomes
 * `IVR: [{ layer_id }]`; `[]` takes the next index. A list of records has no name: `[0].type`. A key
 * with malformed brackets stays as it is.
 */
export class FormRecord {
  private readonly plain: WireRecord = {};
  private readonly nested: WireRecord = {};
  private nodes = 0;
  /** The number of keys of each structure with `[]`. Counting each time takes quadratic time. */
  private readonly sizes = new Map<WireRecord, number>();

  constructor(private readonly context: ParseContext) {}

  /** Adds a pair. If a parser put the values of a bracketed key in a list, each item is a pair. */
  add(sentKey: string, value: unknown): void {
    // Some senders escape the `&` before a key as in HTML.
    const key = sentKey.startsWith('amp;') ? sentKey.slice('amp;'.length) : sentKey;
    const path = keyPath(key, this.context);
    if (path === null) {
      this.countNode();
      if (key === '' && value === '') return; // an escaped `&` at the end
      addValue(this.plain, key, value);
      return;
    }
    const values = Array.isArray(value) ? value : [value];
    for (const [index, item] of values.entries()) {
      this.countNode();
      this.addNested(this.nested, Array.isArray(value) ? withIndex(path, index) : path, item);
    }
  }

  /** The record. A structure whose keys are 0, 1, 2… becomes a list. */
  record(): WireRecord {
    this.context.countNodes(this.nodes);
    for (const key of Object.keys(this.nested)) {
      const value = withLists(this.nested[key]);
      if (!Array.isArray(value) || !Object.hasOwn(this.plain, key))
        addValue(this.plain, key, value);
      else for (const item of value) addValue(this.plain, key, item);
    }
    return this.plain;
  }

  private countNode(): void {
    if (++this.nodes > this.context.nodesLeft) throw this.context.limitError('maxNodes');
  }

  private addNested(parent: WireRecord, [sentKey = '', ...rest]: string[], value: unknown): void {
    const [next] = rest;
    const key = sentKey === '' ? this.indexFor(next, parent) : sentKey;
    const size = this.sizes.get(parent);
    if (size !== undefined && !Object.hasOwn(parent, key)) this.sizes.set(parent, size + 1);
    if (next === undefined) addValue(parent, key, value);
    else this.addNested(this.child(parent, key), rest, value);
  }

  /** `[]` begins a new item, unless the last item still lacks the next key. */
  private indexFor(next: string | undefined, list: WireRecord): string {
    const size = this.sizes.get(list) ?? Object.keys(list).length;
    this.sizes.set(list, size);
    const last = list[size - 1];
    const lacksNext =
      next !== undefined && next !== '' && isRecord(last) && !Object.hasOwn(last, next);
    return String(lacksNext ? size - 1 : size);
  }

  /**
   * The structure under a key. If there is none, creates one and counts it, because one key can
   * create many. Any other value already there is kept in it under the empty key.
   */
  private child(parent: WireRecord, key: string): WireRecord {
    const present = Object.hasOwn(parent, key) ? parent[key] : undefined;
    if (isRecord(present)) return present;
    this.countNode();
    const made: WireRecord = present === undefined ? {} : { '': present };
    setKey(parent, key, made);
    return made;
  }
}

/** Sets a value. If the key already has one, both go into a list. */
function addValue(record: WireRecord, key: string, value: unknown): void {
  const present = record[key];
  if (present === undefined) record[key] = value;
  else if (!Object.hasOwn(record, key))
    setKey(record, key, value); // `__proto__`, `constructor`
  else if (Array.isArray(present)) present.push(value);
  else setKey(record, key, [present, value]);
}

/** If a parser lists the values of `IVR[][layer_id]`, the first one belongs to the first menu. */
function withIndex(path: string[], index: number): string[] {
  return path.map((key, at) => (key === '' && at < path.length - 1 ? String(index) : key));
}

/** The name of a structure, or the index of a record in a list without a name. */
const NAME = /^(?:[^[\].]+|\[(\d+)\])/;

const NEXT_PART = /\[([^[\]]*)\]|\.([^[\].]+)/y;

/** What a key contains after a dot. URLs and sentences have other characters too. */
const NOT_IN_KEY = /[^\p{L}\p{M}\p{N}_ -]/u;

/**
 * The parts of a key followed by brackets or, as ASP.NET writes them, dots; null otherwise. Inside
 * brackets a dot is part of the key. A loop, because one pattern for all parts needs a stack.
 */
function keyPath(key: string, context: ParseContext): string[] | null {
  if (!key.endsWith(']') && !key.includes('.')) return null;
  const { maxDepth } = context.limits;
  const [name, index] = NAME.exec(key) ?? [];
  if (name === undefined || name.length === key.length) return null;
  const path = [index ?? name];
  NEXT_PART.lastIndex = name.length;
  while (NEXT_PART.lastIndex < key.length) {
    const found = NEXT_PART.exec(key);
    if (found === null) return null;
    const [, inBrackets, afterDot] = found;
    if (afterDot !== undefined && NOT_IN_KEY.test(afterDot)) return null;
    if (path.length <= maxDepth) path.push(inBrackets ?? afterDot ?? '');
  }
  // Only now, because any text that is not a nested key can have as many dots.
  if (path.length > maxDepth) throw context.limitError('maxDepth');
  return path;
}

function withLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withLists);
  if (!isRecord(value)) return value;
  for (const key of Object.keys(value)) {
    const item = value[key];
    const listed = withLists(item);
    if (listed !== item) setKey(value, key, listed);
  }
  if (!('0' in value)) return value;
  // Indexes with gaps may be ordinary keys. Code that expects a list still reads them as one.
  const items = Object.values(value);
  return items.every((_, index) => index in value) ? items : value;
}
