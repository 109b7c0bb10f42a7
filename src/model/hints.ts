import { excerpt } from '../errors.js';
import { isJsonText } from '../json-text.js';
import { isRecord, type WireRecord } from '../record.js';
import { canonicalKey } from './names.js';
import type { TableReader } from './structure.js';
import { REQUIRED_KEYS, type WireFields } from './wire.js';

/** Records that are not calls: the keys that identify each kind, and what to read it with. */
const LOOK_ALIKES: readonly [keys: string[], hint: string][] = [
  [['callid', 'dialstatus'], 'a record of the Call Log: use voicenter-cdr/call-log'],
  [['cdrlist'], 'an answer of the Call Log: use voicenter-cdr/call-log'],
  [['callid', 'startedat'], 'a Cdr: use cdrSchema of voicenter-cdr/schema'],
];

/** How many keys an error names. */
const SHOWN_KEYS = 5;

/** How many keys are inspected: more than any real record has. */
const MAX_KEYS = 1000;

/** A hint at why a record has no id, type, status or start: what it has instead. */
export function missingFieldHint(record: WireRecord, reader: TableReader<WireFields>): string {
  const keys = Object.keys(record).slice(0, MAX_KEYS);
  if (keys.length === 0) return 'the record is empty';
  const shown = keys.slice(0, SHOWN_KEYS).map(excerpt).join(', ');
  const sent = `its keys are ${shown}${keys.length > SHOWN_KEYS ? ', …' : ''}`;
  const lookAlike = lookAlikeOf(record, keys, reader);
  return lookAlike ? `${sent}; it looks like ${lookAlike}` : sent;
}

function lookAlikeOf(
  record: WireRecord,
  keys: string[],
  reader: TableReader<WireFields>,
): string | undefined {
  const canonical = new Set(keys.map(canonicalKey));
  const found = LOOK_ALIKES.find(
    ([wanted]) =>
      wanted.every((key) => canonical.has(key)) && !wanted.every((key) => reader.hasKey(key)),
  );
  if (found) return found[1];
  const inside = keys.find((key) => looksLikeCall(record[key]) || isCallText(record[key]));
  return inside && `an envelope: parse what is in "${excerpt(inside)}"`;
}

function isCallText(value: unknown): boolean {
  return typeof value === 'string' && isJsonText(value) && /ivruniqueid/i.test(value);
}

/** Whether a record has at least one of the four required keys of a call. */
export function looksLikeCall(record: unknown): boolean {
  const one: unknown = Array.isArray(record) ? record[0] : record;
  if (!isRecord(one)) return false;
  return (
    REQUIRED_KEYS.some((key) => Object.hasOwn(one, key)) ||
    Object.keys(one).some((key) => REQUIRED_KEYS.includes(canonicalKey(key)))
  );
}
