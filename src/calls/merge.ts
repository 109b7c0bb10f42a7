import { ParseContext } from '../context.js';
import { factsOfType } from '../model/call-types.js';
import type { Cdr, CdrFields } from '../model/cdr.js';
import { deriveFields } from '../model/derive.js';
import { canonicalKey } from '../model/names.js';
import { isNothing } from '../model/nothing.js';
import { readDirection } from '../model/parties.js';
import type { IvrLayer } from '../model/parts.js';
import { rootPlace } from '../model/place.js';
import { kindOf, type Sources, vendorKeyOf, type WireFields } from '../model/wire.js';
import { isRecord, setKey, type WireRecord, withoutInheritance } from '../record.js';
import { cdrKey } from './key.js';

/**
 * Merges two copies of one record. Values of the received copy win; values that it lacks are kept
 * from the stored copy. Null, an empty list, an empty value in `raw` and a duration that was not
 * sent never overwrite anything. Structures are merged field by field, `customData` and `raw` by
 * key. Lists are replaced as a whole, except that identical menus keep the details that only the
 * stored copy has, because a pull has no menu ids. Derived fields are derived again. `format` and
 * `issues` are taken from the received copy.
 *
 * Use it before you store a record that may come again with less data, so that a copy without the
 * AI analysis does not erase a stored analysis. Neither copy is modified.
 *
 * @param stored the copy that is already stored
 * @param received the copy that came later
 * @throws TypeError if the two have different keys: see {@link cdrKey}
 *
 * @example
 * ```ts
 * import { mergeCdr, parseCdr } from 'voicenter-cdr';
 * import { sampleCdr } from 'voicenter-cdr/testing';
 *
 * const stored = parseCdr(sampleCdr('Queue', 'ANSWER', { queuename: 'Sales', record: '' }));
 * const received = parseCdr(
 *   sampleCdr('Queue', 'ANSWER', { queuename: '', record: 'https://a.example/b.mp3' }),
 * );
 * const merged = mergeCdr(stored, received);
 * console.log(merged.queue?.name, merged.recordingUrl); // Sales https://a.example/b.mp3
 * ```
 */
export function mergeCdr(stored: Cdr, received: Cdr): Cdr {
  const [key, otherKey] = [cdrKey(stored), cdrKey(received)];
  if (key !== otherKey) {
    throw new TypeError(
      `Expected two copies of one record, got ${shortKey(key)} and ${shortKey(otherKey)}`,
    );
  }
  const fields = mergeFields(fieldsToMerge(stored), fieldsToMerge(received));
  const storedSent = sentValues(stored.raw);
  const receivedSent = sentValues(received.raw);
  const sources = mergeFields(sourcesOf(stored, storedSent), sourcesOf(received, receivedSent));
  // A value sent under this key takes precedence over `dialtime`, in either copy.
  const ringSecondsKey = canonicalKey(vendorKeyOf('ringSeconds'));
  const isRingingKept =
    readSent('ringSeconds', storedSent) !== null && !receivedSent.has(ringSecondsKey);
  const merged = {
    ...fields,
    ...deriveFields(fields.type, fields.status, sources),
    startedAt: new Date(received.startedAt),
    durationSeconds: sources.call.durationSeconds ?? 0,
    ringSeconds: (isRingingKept ? stored.ringSeconds : null) ?? fields.ringSeconds,
    ivr: mergeMenus(stored.ivr, fields.ivr),
    customData: mergeCustomData(stored.customData, received.customData),
    issues: [...received.issues],
    raw: mergeRaw(stored.raw, storedSent, received.raw, receivedSent),
  };
  // The compiler cannot see that the derived fields follow from the type and the status.
  return merged as Cdr;
}

/** Both ends of a key: the start is at its end. */
function shortKey(key: string): string {
  return key.length > 80 ? `${key.slice(0, 40)}…${key.slice(-39)}` : key;
}

/** The fields without those that have their own merge rule. */
function fieldsToMerge({ startedAt, customData, issues, raw, ...fields }: CdrFields) {
  return fields;
}

function mergeFields<T extends object>(stored: T, received: T): T {
  const merged = { ...stored };
  for (const name in received) merged[name] = mergeValue(stored[name], received[name]);
  return merged;
}

function mergeValue<V>(stored: V, received: V): V {
  if (isEmptyValue(received)) return stored ?? received;
  return isRecord(stored) && isRecord(received) ? mergeFields(stored, received) : received;
}

function isEmptyValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === undefined || value === '';
}

/** The received menus. If the stored ones are the same, completed with their details. */
function mergeMenus(stored: IvrLayer[], received: IvrLayer[]): IvrLayer[] {
  const pairs = received.map((menu, index) => [stored[index] ?? menu, menu] as const);
  const haveSameMenus = stored.length === received.length && pairs.every(isSameMenu);
  return haveSameMenus ? pairs.map(([menu, copy]) => mergeFields(menu, copy)) : received;
}

/** Without `order`: a pull does not send it, so its menus are numbered from 1. */
const MENU_FIELDS = ['layerId', 'layerName', 'layerNumber', 'digits'] as const;

function isSameMenu([menu, copy]: readonly [IvrLayer, IvrLayer]): boolean {
  return MENU_FIELDS.every(
    (field) => menu[field] === null || copy[field] === null || menu[field] === copy[field],
  );
}

function mergeCustomData(
  stored: Record<string, string>,
  received: Record<string, string>,
): Record<string, string> {
  const merged = { ...stored };
  for (const [key, value] of Object.entries(received)) {
    if (!isEmptyValue(value)) setKey(merged, key, value);
  }
  return withoutInheritance(merged); // last: later writes are slow
}

/** Merges by canonical key, because raw records spell a key in several ways. */
function mergeRaw(
  stored: WireRecord,
  storedSent: ReadonlyMap<string, unknown>,
  received: WireRecord,
  receivedSent: ReadonlyMap<string, unknown>,
): WireRecord {
  const merged = { ...stored };
  for (const key of Object.keys(stored)) {
    if (!Object.hasOwn(received, key) && receivedSent.has(canonicalKey(key))) delete merged[key];
  }
  for (const key of Object.keys(received)) {
    const hasValue = !isNothing(received[key]) || !storedSent.has(canonicalKey(key));
    if (hasValue) setKey(merged, key, received[key]);
  }
  return withoutInheritance(merged); // last: later writes are slow
}

/**
 * The sent values from which other fields are derived. `raw` tells whether a field was sent or
 * derived. If a stored record no longer has its `raw`, a value counts as sent if deriving it from
 * the other fields gives a different one.
 */
function sourcesOf(cdr: Cdr, sent: ReadonlyMap<string, unknown>): Sources {
  const isTypesDirection = cdr.direction === factsOfType(cdr.type).direction;
  const isDirectionSent = readDirection(readSent('direction', sent)) !== null;
  const sources: Sources = {
    queue: cdr.queue,
    callerExtension: cdr.callerExtension,
    targetExtension: cdr.targetExtension,
    call: {
      caller: cdr.caller,
      target: cdr.target,
      did: cdr.did,
      direction: isTypesDirection && !isDirectionSent ? null : cdr.direction,
      isAnswer: cdr.status === 'unknown' ? cdr.answered : readSent('isAnswer', sent),
      leg1StatusName: leg1StatusOf(cdr),
      durationSeconds: isDurationSent(cdr, sent) ? cdr.durationSeconds : null,
      talkSeconds: null,
      customerPhone: null,
      agentExtension: null,
    },
  };
  const derived = deriveFields(cdr.type, cdr.status, sources);
  const ifSent = <F extends 'talkSeconds' | 'customerPhone' | 'agentExtension'>(field: F) =>
    readSent(field, sent) === cdr[field] || cdr[field] !== derived[field] ? cdr[field] : null;
  return {
    ...sources,
    call: {
      ...sources.call,
      talkSeconds: ifSent('talkSeconds'),
      customerPhone: ifSent('customerPhone'),
      agentExtension: ifSent('agentExtension'),
    },
  };
}

/** The sent values by canonical key, without empty ones. */
function sentValues(raw: WireRecord): Map<string, unknown> {
  const sent = new Map<string, unknown>();
  for (const [key, value] of Object.entries(raw)) {
    if (!isNothing(value)) sent.set(canonicalKey(key), value);
  }
  return sent;
}

/**
 * The value of a field that was sent under its own key; null if that was not sent, or could not be
 * read: the field then follows from others.
 */
function readSent<F extends keyof WireFields['call']>(
  field: F,
  sent: ReadonlyMap<string, unknown>,
): WireFields['call'][F] | null {
  const key = vendorKeyOf(field);
  const value = sent.get(canonicalKey(key));
  if (value === undefined) return null;
  return kindOf(field).read(value, rootPlace(new ParseContext()), key) ?? null;
}

/** The first leg's status, if it was sent besides the record's own; a first leg then has both. */
function leg1StatusOf({ leg, legStatus }: CdrFields): string | null {
  if (legStatus === null || (leg === 1 && legStatus.leg2 === null)) return null;
  return legStatus.leg1;
}

/**
 * A duration that was not sent, or could not be read, is 0 and has an issue. A merged copy has that
 * issue too if only the stored copy had a duration, but its `raw` still has the duration.
 */
function isDurationSent(
  { durationSeconds, issues }: CdrFields,
  sent: ReadonlyMap<string, unknown>,
): boolean {
  if (durationSeconds !== 0 || readSent('durationSeconds', sent) === 0) return true;
  const hasIssue = issues.some(
    ({ code, path: [key, ...rest] }) =>
      rest.length === 0 && canonicalKey(String(key)) === 'duration' && code !== 'duplicate_field',
  );
  return !hasIssue && (sent.size === 0 || sent.has('duration'));
}
