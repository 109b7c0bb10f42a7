import { type CdrFormat, duplicateField } from '../errors.js';
import { overLimit } from '../limits.js';
import { emptyRecord, indexedItems, isRecord, type WireRecord } from '../record.js';
import type { DecodeContext } from './codec.js';

/**
 * Flat keys in brackets as structures: `IVR[0][layer_id]` becomes `IVR: [{ layer_id }]`.
 * `[]` takes the next index. A key that is not well bracketed stays as it is.
 */
export function nestBrackets(
  flat: WireRecord,
  context: DecodeContext,
  format: CdrFormat,
): WireRecord {
  const keys = Object.keys(flat);
  if (!keys.some((key) => key.includes('['))) return flat;
  const root = emptyRecord();
  for (const key of keys) {
    const path = bracketPath(key);
    if (path.length > context.limits.maxDepth) throw overLimit('maxDepth', context.limits, format);
    place(root, path, flat[key], context);
  }
  return withLists(root) as WireRecord;
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

function place(root: WireRecord, path: string[], value: unknown, context: DecodeContext): void {
  let level = root;
  for (const [index, part] of path.entries()) {
    const key = part === '' ? String(Object.keys(level).length) : part;
    const present = level[key];
    if (index === path.length - 1) {
      if (key in level) context.issues.push(duplicateField(path));
      level[key] = value;
    } else if (isRecord(present)) {
      level = present;
    } else {
      if (key in level) context.issues.push(duplicateField(path.slice(0, index + 1)));
      const next = emptyRecord();
      level[key] = next;
      level = next;
    }
  }
}

/** The same value with every structure of indexes as the list that it stands for. */
function withLists(value: unknown): unknown {
  if (!isRecord(value)) return value;
  for (const key of Object.keys(value)) value[key] = withLists(value[key]);
  return indexedItems(value) ?? value;
}
