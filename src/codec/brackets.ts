import { type CdrFormat, duplicateField } from '../errors.js';
import { overLimit } from '../limits.js';
import { emptyRecord, indexedItems, isRecord, type WireRecord } from '../record.js';
import type { DecodeContext } from './codec.js';

/**
 * Flat keys in brackets as structures: `IVR[0][layer_id]` becomes `IVR: [{ layer_id }]`, and `[]`
 * takes the next index. A key that is not well bracketed stays as it is.
 */
export function nestBrackets(
  pairs: [key: string, value: unknown][],
  context: DecodeContext,
  format: CdrFormat,
): WireRecord {
  const root = emptyRecord();
  for (const [key, value] of pairs) {
    const path = bracketPath(key);
    if (path.length > context.limits.maxDepth) throw overLimit('maxDepth', context.limits, format);
    place(root, path, value, context);
  }
  for (const key of Object.keys(root)) root[key] = withLists(root[key]);
  return root;
}

/** `IVR[0][layer_id]` as its parts; a key without well-formed brackets as its only part. */
function bracketPath(key: string): string[] {
  const open = key.indexOf('[');
  if (open < 1 || !key.endsWith(']')) return [key];
  const inner = key.slice(open + 1, -1).split('][');
  return inner.some((part) => part.includes('[') || part.includes(']'))
    ? [key]
    : [key.slice(0, open), ...inner];
}

/** Puts a value at the end of a path of keys that begins at `at`. */
function place(
  members: WireRecord,
  path: string[],
  value: unknown,
  context: DecodeContext,
  at = 0,
): void {
  const [key = '', next] = path.slice(at, at + 2);
  const present = members[key];
  if (next === undefined) {
    if (key in members) context.issues.push(duplicateField(path.slice(0, at + 1)));
    members[key] = value;
  } else if (next === '') {
    const list = Array.isArray(present) ? present : [];
    if (key in members && list !== present) context.issues.push(duplicateField([key]));
    members[key] = list;
    append(list, path, value, context, at + 1);
  } else {
    const nested = isRecord(present) ? present : emptyRecord();
    if (key in members && nested !== present) context.issues.push(duplicateField([key]));
    members[key] = nested;
    place(nested, path, value, context, at + 1);
  }
}

/** `[]` begins a new item, unless the last one still lacks the key that follows. */
function append(
  list: unknown[],
  path: string[],
  value: unknown,
  context: DecodeContext,
  at: number,
): void {
  const key = path[at + 1];
  if (key === undefined) {
    list.push(value);
    return;
  }
  const last = list.at(-1);
  const item = isRecord(last) && !(key in last) ? last : emptyRecord();
  if (item !== last) list.push(item);
  place(item, path, value, context, at + 1);
}

/** The same value with every structure of indexes as the list that it stands for. */
function withLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withLists);
  if (!isRecord(value)) return value;
  for (const key of Object.keys(value)) value[key] = withLists(value[key]);
  return indexedItems(value) ?? value;
}
