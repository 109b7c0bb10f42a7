import type { CdrFields } from '../model/cdr.js';
import type { WireKey } from '../model/wire.js';
import { WRITERS } from '../testing/to-wire.js';

/** A field of a record and the wire keys that it is read from, the one that counts first, first. */
export interface FieldKeys {
  field: keyof CdrFields;
  /** The name within a structure: `id` of `queue`. */
  part: string | null;
  keys: readonly WireKey[];
}

/** The fields that more than one key decides, or that the way back to the wire writes differently. */
const DECIDED_BY: Partial<Record<keyof CdrFields, readonly WireKey[]>> = {
  type: ['type'],
  status: ['status'],
  typeName: ['type'],
  statusName: ['status'],
  outcome: ['status'],
  answered: ['status', 'isAnswer'],
  leg: ['type'],
  legFamily: ['type'],
  direction: ['direction', 'type'],
  startedAt: ['time'],
  durationSeconds: ['duration'],
  talkSeconds: ['actualCallDuration', 'duration'],
  ringSeconds: ['actualCallDialtime', 'dialtime'],
  customerPhone: ['callerPhone', 'caller', 'target'],
  businessPhone: ['did', 'target', 'caller'],
  agentExtension: ['extenUser', 'targetextension', 'callerextension', 'target'],
  ivr: ['IVR'],
  ai: ['aiData'],
};

/** The parts of a structure that are not all written back under a key of their own. */
const PARTS_DECIDED_BY: Partial<Record<keyof CdrFields, Record<string, readonly WireKey[]>>> = {
  legStatus: { leg1: ['leg1DialStatusName', 'status'], leg2: ['status'] },
};

/** What inspect says of the whole, not as a field. */
const NOT_LISTED: readonly string[] = ['format', 'issues', 'raw'] satisfies (keyof CdrFields)[];

/** Every field of a record, in the order of its type, with the wire keys that it is read from. */
export const FIELD_KEYS: FieldKeys[] = (Object.keys(WRITERS) as (keyof CdrFields)[])
  .filter((field) => !NOT_LISTED.includes(field))
  .flatMap(keysOf);

function keysOf(field: keyof CdrFields): FieldKeys[] {
  const parts = PARTS_DECIDED_BY[field];
  if (parts) return Object.entries(parts).map(([part, keys]) => ({ field, part, keys }));
  const decided = DECIDED_BY[field];
  if (decided) return [{ field, part: null, keys: decided }];
  const writer = WRITERS[field];
  if (typeof writer === 'string') return [{ field, part: null, keys: [writer] }];
  if (writer === null || typeof writer === 'function') return [];
  return Object.entries<WireKey>(writer).map(([part, key]) => ({ field, part, keys: [key] }));
}
