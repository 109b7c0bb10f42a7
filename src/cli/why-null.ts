import type { Cdr } from '../index.js';
import { canonicalKey } from '../model/names.js';
import { isNothing } from '../model/nothing.js';
import { partyOf } from '../model/parties.js';
import { isRecord, type WireRecord } from '../record.js';
import type { FieldKeys } from './field-keys.js';

/** A key as sent, and its value. */
interface Sent {
  key: string;
  value: unknown;
}

/** The structures that can also contain keys of a record. */
const CONTAINERS = ['dialerData', 'CustomData'];

/** The value sent under a wire key, in any spelling; null if the key was not sent. */
export function sentAs(raw: WireRecord, key: string): Sent | null {
  const canonical = canonicalKey(key);
  const sent = Object.keys(raw).find((name) => canonicalKey(name) === canonical);
  if (sent !== undefined) return { key: sent, value: raw[sent] };
  if (CONTAINERS.includes(key)) return null;
  for (const container of CONTAINERS) {
    const inside = sentAs(raw, container);
    const found = inside && sentAs(structureOf(inside.value), key);
    if (inside && found) return { key: `${inside.key}.${found.key}`, value: found.value };
  }
  return null;
}

/** A structure, sent as is or as JSON text; empty for any other value. */
function structureOf(value: unknown): WireRecord {
  if (isRecord(value)) return value;
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return {};
  try {
    const parsed: unknown = JSON.parse(value);
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/**
 * The key that decided a field: the one with the same value, else the first with a value, else the
 * first.
 */
export function decidingKey(raw: WireRecord, keys: readonly string[], value: unknown): string {
  const sent = keys.flatMap((key) => sentAs(raw, key) ?? []);
  const deciding =
    sent.find((one) => isSame(one.value, value)) ??
    sent.find((one) => !isNothing(one.value)) ??
    sent[0];
  return deciding?.key ?? keys[0] ?? '';
}

function isSame(sent: unknown, value: unknown): boolean {
  return typeof sent !== 'object' && String(sent).trim() === String(value);
}

/** Why a field is null, for fields where the reason does not depend on what was sent. */
const FIXED_REASONS: Partial<Record<string, string>> = {
  answered: 'isAnswer was not sent, and the status is unknown',
  leg: 'calls of this type have one leg',
  legFamily: 'calls of this type have one leg',
  legStatus: 'calls of this type have one leg',
  'legStatus.leg2': 'the record of the second leg has it',
  direction: 'not sent, and the type does not determine it',
  queue: 'the call entered no queue',
  originalCallId: 'not sent: no transfer',
  ivr: 'not sent: no menu',
  dialer: 'no campaign was sent',
  doNotCall: 'the registry was not queried',
  ai: 'no analysis was sent',
};

/** Why a field can be null although one of its keys was sent. */
const UNDETERMINED_REASONS: Partial<Record<string, string>> = {
  talkSeconds: 'cannot be determined from what was sent',
  customerPhone: 'the type and direction do not determine it',
  businessPhone: 'the business number cannot be determined',
  agentExtension: "the agent's extension cannot be determined",
};

const IF_TYPE_IS_UNKNOWN = ['leg', 'legFamily', 'legStatus'];

/** Why a field of a record is null or empty. */
export function whyNull({ field, part, keys }: FieldKeys, cdr: Cdr): string {
  const places = field === 'dialer' ? [...keys, 'dialerData'] : keys;
  const sent = places.flatMap((key) => sentAs(cdr.raw, key) ?? []);
  if (sent.some(({ key }) => isInvalid(key, cdr))) return 'not usable: see issues';
  if (cdr.type === 'unknown' && IF_TYPE_IS_UNKNOWN.includes(field)) return 'the type is unknown';
  if (field === 'customerPhone' && isWithheld(cdr)) return 'the number is withheld';
  const notThere = FIXED_REASONS[part === null ? field : `${field}.${part}`];
  if (notThere) return notThere;
  const said = sent.find(({ value }) => !isNothing(value));
  if (said) return UNDETERMINED_REASONS[field] ?? `sent as ${JSON.stringify(said.value)}: nothing`;
  return sent.length > 0 ? 'sent empty' : 'not sent';
}

/** Whether the value of a key, or a part of it such as a list item, has an issue. */
function isInvalid(key: string, { issues }: Cdr): boolean {
  return issues.some(
    ({ path, code }) => code === 'invalid_field' && `${path.join('.')}.`.startsWith(`${key}.`),
  );
}

/** Whether a name such as Anonymous was sent instead of the customer's number. */
function isWithheld({ type, direction, ...parties }: Cdr): boolean {
  const customer = partyOf('customer', type, direction);
  const number = customer && parties[customer];
  return number !== null && !/\d/.test(number);
}
