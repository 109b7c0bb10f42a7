import type { ParseContext } from '../context.js';
import { isRecord, setKey, type WireRecord } from '../record.js';

/**
 * A record from the pairs of a form. A key that is given more than once has a list of its values.
 * Keys with brackets become structures: `IVR[0][layer_id]`, and ASP.NET's `IVR[0].layer_id`, is
 * `IVR: [{ layer_id }]`, and `[]` takes the next index. A key that is not well bracketed stays as it is.
 */
export class FormRecord {
  private readonly plain: WireRecord = {};
  private readonly nested: WireRecord = {};
  private nodes = 0;
  /** How many keys a structure with `[]` has: to count them each time would take quadratic time. */
  private readonly sizes = new Map<WireRecord, number>();

  constructor(private readonly context: ParseContext) {}

  /** Adds a pair. The list that some parsers make of every value is as many pairs, where the key has brackets. */
  add(sentKey: string, value: unknown): void {
    // Some senders escape the `&` before a key as in HTML.
    const key = sentKey.startsWith('amp;') ? sentKey.slice('amp;'.length) : sentKey;
    const path = keyPath(key);
    if (path === null) {
      this.countNode();
      addValue(this.plain, key, value);
      return;
    }
    if (path.length > this.context.limits.maxDepth) throw this.context.limitError('maxDepth');
    const values = Array.isArray(value) ? value : [value];
    for (const [index, item] of values.entries()) {
      this.countNode();
      this.addNested(this.nested, Array.isArray(value) ? inColumn(path, index) : path, item);
    }
  }

  /** The record, in which every structure of the indexes from 0 on is the list that it stands for. */
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

  /** `[]` begins a new item, unless the last one still lacks the key that follows. */
  private indexFor(next: string | undefined, list: WireRecord): string {
    const size = this.sizes.get(list) ?? Object.keys(list).length;
    this.sizes.set(list, size);
    const last = list[size - 1];
    const lacksNext =
      next !== undefined && next !== '' && isRecord(last) && !Object.hasOwn(last, next);
    return String(lacksNext ? size - 1 : size);
  }

  /**
   * The structure under a key, which is made where there is none: it counts, for one key can make
   * many. A value that is there already stays, under the empty key.
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

/** Sets a value; where there is one already, both are in a list. */
function addValue(record: WireRecord, key: string, value: unknown): void {
  const present = record[key];
  if (present === undefined) record[key] = value;
  else if (!Object.hasOwn(record, key))
    setKey(record, key, value); // `__proto__`, `constructor`
  else if (Array.isArray(present)) present.push(value);
  else setKey(record, key, [present, value]);
}

/** A key, and after it brackets or, as ASP.NET writes them, dots. */
const NESTED_KEY = /^[^[\].]+(?:\[[^[\]]*\]|\.[\p{L}\p{M}\p{N}_ -]+)+$/u;

/** Where a parser lists the values of `IVR[][layer_id]`, the first is of the first menu, whatever key comes next. */
function inColumn(path: string[], index: number): string[] {
  return path.map((key, at) => (key === '' && at < path.length - 1 ? String(index) : key));
}

/** Between brackets a dot is part of the key. */
const PART_OF_KEY = /\[([^[\]]*)\]|[^[\].]+/g;

/** The parts of a nested key; null for any other. */
function keyPath(key: string): string[] | null {
  const isNested = (key.endsWith(']') || key.includes('.')) && NESTED_KEY.test(key);
  if (!isNested) return null;
  return Array.from(key.matchAll(PART_OF_KEY), ([part, inBrackets]) => inBrackets ?? part);
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
  // Other indexes may be keys of their own; those who expect a list take them for one.
  const items = Object.values(value);
  return items.every((_, index) => index in value) ? items : value;
}
