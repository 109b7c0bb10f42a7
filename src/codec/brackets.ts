import { type CdrFormat, noteDuplicate } from '../errors.js';
import { overLimit } from '../limits.js';
import { asPlainObject, emptyRecord, isRecord, type WireRecord } from '../record.js';
import type { DecodeContext } from './codec.js';

/**
 * A record whose flat keys in brackets become structures: `IVR[0][layer_id]` is `IVR: [{ layer_id }]`,
 * and `[]` takes the next index. A key that is not well bracketed stays as it is.
 */
export class BracketedRecord {
  private readonly members = emptyRecord();
  private readonly nested = new Set<string>();
  private nodes = 0;

  constructor(
    private readonly context: DecodeContext,
    private readonly format: CdrFormat,
  ) {}

  set(key: string, value: unknown): void {
    this.countNode();
    const path = key.charCodeAt(key.length - 1) === CLOSING ? bracketPath(key) : null;
    if (path === null) {
      if (this.members[key] !== undefined) this.noteDuplicate([key]);
      this.members[key] = value;
      return;
    }
    const { limits } = this.context;
    if (path.length > limits.maxDepth) throw overLimit('maxDepth', limits, this.format);
    this.place(this.members, path, value, 0);
    this.nested.add(path[0] ?? key);
  }

  /** The record, in which every structure of the indexes from 0 on is the list that it stands for. */
  record(): WireRecord {
    for (const key of this.nested) this.members[key] = withLists(this.members[key]);
    return this.members;
  }

  /** Puts a value at the end of a path of keys that begins at `at`. */
  private place(members: WireRecord, path: string[], value: unknown, at: number): void {
    const [key = '', next] = path.slice(at, at + 2);
    const present = members[key];
    const isThere = key in members;
    if (next === undefined) {
      if (isThere) this.noteDuplicate(path);
      members[key] = value;
    } else if (next === '') {
      const list = Array.isArray(present) ? present : this.counted([]);
      if (isThere && list !== present) this.noteDuplicate(path.slice(0, at + 1));
      members[key] = list;
      this.append(list, path, value, at + 1);
    } else {
      const nested = isRecord(present) ? present : this.counted(emptyRecord());
      if (isThere && nested !== present) this.noteDuplicate(path.slice(0, at + 1));
      members[key] = nested;
      this.place(nested, path, value, at + 1);
    }
  }

  /** `[]` begins a new item, unless the last one still lacks the key that follows. */
  private append(list: unknown[], path: string[], value: unknown, at: number): void {
    const key = path[at + 1];
    if (key === undefined) {
      list.push(value);
      return;
    }
    const last = list.at(-1);
    const item = isRecord(last) && !(key in last) ? last : this.counted(emptyRecord());
    if (item !== last) list.push(item);
    this.place(item, path, value, at + 1);
  }

  /** A structure that brackets make: one key can make as many as the depth allows. */
  private counted<T>(structure: T): T {
    this.countNode();
    return structure;
  }

  private countNode(): void {
    const { limits } = this.context;
    if (++this.nodes > limits.maxNodes) throw overLimit('maxNodes', limits, this.format);
  }

  private noteDuplicate(path: string[]): void {
    noteDuplicate(this.context.issues, path);
  }
}

const CLOSING = ']'.charCodeAt(0);

/** `IVR[0][layer_id]` as its parts; null for a key without well-formed brackets. */
function bracketPath(key: string): string[] | null {
  const open = key.indexOf('[');
  if (open < 1) return null;
  const inner = key.slice(open + 1, -1).split('][');
  return inner.some((part) => part.includes('[') || part.includes(']'))
    ? null
    : [key.slice(0, open), ...inner];
}

function withLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withLists);
  if (!isRecord(value)) return value;
  for (const key of Object.keys(value)) value[key] = withLists(value[key]);
  // Other indexes may be keys of their own; those who expect a list take them for one.
  const items = Object.values(value);
  return items.length > 0 && items.every((_, index) => index in value)
    ? items
    : asPlainObject(value);
}
