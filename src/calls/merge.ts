import { factsOfType } from '../model/call-types.js';
import type { Cdr, CdrFields } from '../model/cdr.js';
import { deriveFields, type Sources } from '../model/derive.js';
import { canonicalKey } from '../model/names.js';
import { isNothing } from '../model/nothing.js';
import type { IvrLayer } from '../model/parts.js';
import { toNumber } from '../model/read.js';
import { vendorKeyOf } from '../model/wire.js';
import { isRecord, setKey, type WireRecord, withoutInheritance } from '../record.js';
import { cdrKey } from './key.js';

/**
 * Merges two copies of one record: what the received copy says counts, what it does not say stays.
 * Null, an empty list and an empty value in `raw` take nothing away, nor does a duration that was
 * not sent. Structures are merged field by field, `customData` and `raw` by key; a list counts as a
 * whole, but menus that are the same keep what only the stored copy says of them: a pull has no ids
 * of menus. What follows from other fields is derived again. `format` and `issues` are those of the
 * received copy.
 *
 * Store by it where a record can come again with less than before: a copy without the AI analysis
 * then does not erase one that is there. The copies themselves are not changed.
 *
 * @param stored the copy that is there
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
      `Expected two copies of one record, got ${excerpt(key)} and ${excerpt(otherKey)}`,
    );
  }
  const fields = mergeFields(comparable(stored), comparable(received));
  const sentBefore = sentValues(stored.raw);
  const sent = sentValues(received.raw);
  const sources = mergeFields(sourcesOf(stored, sentBefore), sourcesOf(received, sent));
  // What is sent under this key counts before `dialtime`, whichever copy it came in.
  const ringing = canonicalKey(vendorKeyOf('ringSeconds'));
  const isRingingKept = sentBefore.has(ringing) && !sent.has(ringing);
  const merged = {
    ...fields,
    ...deriveFields(fields.type, fields.status, sources),
    startedAt: new Date(received.startedAt),
    durationSeconds: sources.call.durationSeconds ?? 0,
    ringSeconds: (isRingingKept ? stored.ringSeconds : null) ?? fields.ringSeconds,
    ivr: mergeMenus(stored.ivr, fields.ivr),
    customData: mergeCustomData(stored.customData, received.customData),
    issues: [...received.issues],
    raw: mergeRaw(stored.raw, sentBefore, received.raw, sent),
  };
  // The compiler cannot see that the derived fields follow from the type and the status.
  return merged as Cdr;
}

function excerpt(key: string): string {
  return key.length > 80 ? `${key.slice(0, 40)}…${key.slice(-39)}` : key;
}

/** The fields without those that have a rule of their own. */
function comparable({ startedAt, customData, issues, raw, ...fields }: CdrFields) {
  return fields;
}

function mergeFields<T extends object>(stored: T, received: T): T {
  const merged = { ...stored };
  for (const name in received) merged[name] = mergeValue(stored[name], received[name]);
  return merged;
}

function mergeValue<V>(stored: V, received: V): V {
  if (saysNothing(received)) return stored ?? received;
  return isRecord(stored) && isRecord(received) ? mergeFields(stored, received) : received;
}

function saysNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || isEmptyList(value);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** The menus of the received copy; if they are those of the stored one, with what only that says of them. */
function mergeMenus(stored: IvrLayer[], received: IvrLayer[]): IvrLayer[] {
  const pairs = received.map((menu, index) => [stored[index] ?? menu, menu] as const);
  const isSameWay = stored.length === received.length && pairs.every(isSameMenu);
  return isSameWay ? pairs.map(([menu, copy]) => mergeFields(menu, copy)) : received;
}

/** Not by the order: a pull has none, so its menus are counted from 1. */
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
    if (!saysNothing(value)) setKey(merged, key, value);
  }
  return withoutInheritance(merged); // last: what is written after it is slow
}

/** Merges by key. Keys are the same if they have the same name: raw records spell one in several ways. */
function mergeRaw(
  stored: WireRecord,
  sentBefore: ReadonlyMap<string, unknown>,
  received: WireRecord,
  sent: ReadonlyMap<string, unknown>,
): WireRecord {
  const merged = { ...stored };
  for (const key of Object.keys(stored)) {
    if (!Object.hasOwn(received, key) && sent.has(canonicalKey(key))) delete merged[key];
  }
  for (const key of Object.keys(received)) {
    const isSaid = !isNothing(received[key]) || !sentBefore.has(canonicalKey(key));
    if (isSaid) setKey(merged, key, received[key]);
  }
  return withoutInheritance(merged); // last: what is written after it is slow
}

/**
 * What was sent of the values from which other fields follow. Of a field that can be sent or
 * derived, `raw` tells which it was; it can be gone from a stored record, but what does not follow
 * from the other fields was sent too.
 */
function sourcesOf(cdr: Cdr, sent: ReadonlyMap<string, unknown>): Sources {
  const isTypesDirection = cdr.direction === factsOfType(cdr.type).direction;
  const sources: Sources = {
    queue: cdr.queue,
    callerExtension: cdr.callerExtension,
    targetExtension: cdr.targetExtension,
    call: {
      caller: cdr.caller,
      target: cdr.target,
      did: cdr.did,
      direction: isTypesDirection && !sent.has('direction') ? null : cdr.direction,
      isAnswer: cdr.status === 'unknown' ? cdr.answered : null,
      leg1StatusName: leg1StatusOf(cdr),
      durationSeconds: isDurationSent(cdr, sent) ? cdr.durationSeconds : null,
      talkSeconds: null,
      customerPhone: null,
      agentExtension: null,
    },
  };
  const derived = deriveFields(cdr.type, cdr.status, sources);
  const ifSent = <F extends 'talkSeconds' | 'customerPhone' | 'agentExtension'>(field: F) =>
    sent.has(canonicalKey(vendorKeyOf(field))) || cdr[field] !== derived[field] ? cdr[field] : null;
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

/** What was sent, without what means nothing. */
function sentValues(raw: WireRecord): Map<string, unknown> {
  const sent = new Map<string, unknown>();
  for (const [key, value] of Object.entries(raw)) {
    if (!isNothing(value)) sent.set(canonicalKey(key), value);
  }
  return sent;
}

/** The first leg's status where it was sent beside that of the record: on a first leg, the second's is then known too. */
function leg1StatusOf({ leg, legStatus }: CdrFields): string | null {
  if (legStatus === null || (leg === 1 && legStatus.leg2 === null)) return null;
  return legStatus.leg1;
}

/**
 * A duration that was not sent, or could not be read, is 0 and has an issue. So has a merged copy
 * where only the first of the two had one, which `raw` still has.
 */
function isDurationSent(
  { durationSeconds, issues }: CdrFields,
  sent: ReadonlyMap<string, unknown>,
): boolean {
  if (durationSeconds !== 0 || toNumber(sent.get('duration')) === 0) return true;
  const hasIssue = issues.some(
    ({ code, path: [key, ...rest] }) =>
      rest.length === 0 && canonicalKey(String(key)) === 'duration' && code !== 'duplicate_field',
  );
  return !hasIssue && (sent.size === 0 || sent.has('duration'));
}
