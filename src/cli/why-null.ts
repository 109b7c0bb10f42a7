import type { Cdr } from '../index.js';
import { isNothing } from '../model/nothing.js';
import { partyOf } from '../model/parties.js';
import type { FieldKeys } from './field-keys.js';
import { sentAs } from './sent-as.js';

/** Why a field is null, for fields where the reason does not depend on what was sent. */
const FIXED_REASONS: Partial<Record<string, string>> = {
  answered: 'isAnswer was not sent, and the status is unknown',
  leg: 'calls of this type have one leg',
  legFamily: 'calls of this type have one leg',
  legStatus: 'calls of this type have one leg',
  'legStatus.leg1': 'leg1DialStatusName was not sent',
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
  const possibleKeys = field === 'dialer' && part === null ? [...keys, 'dialerData'] : keys;
  const sent = possibleKeys.flatMap((key) => sentAs(cdr.raw, key) ?? []);
  if (sent.some(({ key }) => isInvalid(key, cdr))) return 'not usable: see issues';
  if (cdr.type === 'unknown' && IF_TYPE_IS_UNKNOWN.includes(field)) return 'the type is unknown';
  if (field === 'customerPhone' && isWithheld(cdr)) return 'the number is withheld';
  const fixed = FIXED_REASONS[part === null ? field : `${field}.${part}`];
  if (fixed) return fixed;
  const given = sent.find(({ value }) => !isNothing(value));
  if (given) {
    return UNDETERMINED_REASONS[field] ?? `sent as ${JSON.stringify(given.value)}: nothing`;
  }
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
