import type { ParseContext } from '../context.js';
import { CdrParseError } from '../errors.js';
import { isJsonText, parseJson } from '../json-text.js';
import { indexedItems, isRecord, type WireRecord } from '../record.js';
import { trimBlank } from './text.js';

/**
 * The records of a body. Senders wrap them: in JSON text inside JSON text, in the only field or the
 * only key of a form, in a list in a form (`0[ivruniqueid]`), or in JSON text in an XML-RPC param.
 *
 * @param looksLikeCall recognizes the record of a call, which is left as it is, whatever it holds
 */
export function recordsIn(
  value: unknown,
  looksLikeCall: (record: WireRecord) => boolean,
  context: ParseContext,
): unknown[] {
  const unwrapped = unwrap(value, looksLikeCall, context);
  return Array.isArray(unwrapped)
    ? unwrapped.map((item) => unwrap(item, looksLikeCall, context))
    : [unwrapped];
}

function unwrap(
  value: unknown,
  looksLikeCall: (record: WireRecord) => boolean,
  context: ParseContext,
): unknown {
  const isWrapped = isRecord(value) && !looksLikeCall(value);
  const text = isWrapped ? wrappedText(value, context) : value;
  if (typeof text === 'string' && isJsonText(text)) {
    const parsed = tryParse(text, context);
    if (parsed !== undefined) return unwrap(parsed, looksLikeCall, context);
  }
  return (isWrapped && indexedItems(value)) || value;
}

/** The text in the only field of a record, or JSON text that was mistaken for its key. */
function wrappedText(record: WireRecord, context: ParseContext): unknown {
  const keys = Object.keys(record);
  const [first = ''] = keys;
  const list = keys.length === 1 ? listAfter(first, record[first]) : null;
  if (list !== null) {
    context.addIssue([], 'invalid_field', 'a form parser cut the JSON text after its first list');
    return `${first}[${list}]}`;
  }
  // A form parser splits JSON text at every = and & in it.
  if (isJsonText(first)) {
    return keys.map((key) => [key, onlyItem(record[key])].filter(Boolean).join('=')).join('&');
  }
  return keys.length === 1 ? onlyItem(record[first]) : undefined;
}

/**
 * The first list of JSON text that was mistaken for a key. qs takes the list for an index of the
 * key, and drops what follows it. Null if this is not what happened.
 */
function listAfter(key: string, value: unknown): string | null {
  if (!isJsonText(key) || !key.trimEnd().endsWith(':')) return null;
  if (!isRecord(value)) return Array.isArray(value) && onlyItem(value) === '' ? '' : null;
  const [list = '', rest] = Object.entries(value)[0] ?? [];
  return typeof rest === 'string' && rest !== '' ? null : list;
}

/** Some form parsers put every value in a list. */
function onlyItem(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

/** Undefined for text that only looks like JSON. */
function tryParse(text: string, context: ParseContext): unknown {
  try {
    return parseJson(trimBlank(text), context);
  } catch (error) {
    if (!(error instanceof CdrParseError && error.code === 'malformed')) throw error;
    context.countError();
    return undefined;
  }
}
