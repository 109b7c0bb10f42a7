import type { CdrFields } from '../model/cdr.js';
import { rowsOf } from '../model/structure.js';
import { WIRE, type WireKey } from '../model/wire.js';

/** A field of a record and the wire keys that decide it, in order of precedence. */
export interface FieldKeys {
  field: keyof CdrFields;
  /** The name within a structure, such as `id` in `queue`; null for the field itself. */
  part: string | null;
  keys: readonly string[];
}

/** The fields that are not read from a single key of their own. */
const DECIDED_BY: Partial<Record<keyof CdrFields, readonly WireKey[]>> = {
  type: ['type'],
  status: ['status'],
  outcome: ['status'],
  answered: ['status', 'isAnswer'],
  leg: ['type'],
  legFamily: ['type'],
  direction: ['direction', 'type'],
  startedAt: ['time'],
  talkSeconds: ['actualCallDuration', 'duration'],
  ringSeconds: ['actualCallDialtime', 'dialtime'],
  customerPhone: ['callerPhone', 'caller', 'target'],
  businessPhone: ['did', 'target', 'caller'],
  agentExtension: ['extenUser', 'targetextension', 'callerextension', 'target'],
};

const LEG_STATUS: Record<string, readonly WireKey[]> = {
  leg1: ['leg1DialStatusName', 'status'],
  leg2: ['status'],
};

/**
 * A field with its wire keys, or each part of a structure with its own. Empty for `format`,
 * `issues` and `raw`.
 */
export function wireKeysOf(field: keyof CdrFields): FieldKeys[] {
  if (field === 'legStatus') {
    return Object.entries(LEG_STATUS).map(([part, keys]) => ({ field, part, keys }));
  }
  const decided = DECIDED_BY[field];
  if (decided) return [{ field, part: null, keys: decided }];
  const { call, ...structures } = WIRE;
  const parts = Object.entries(structures).find(([name]) => name === field)?.[1];
  if (parts) return rowsOf(parts).map(([part, [key]]) => ({ field, part, keys: [key] }));
  return rowsOf(call)
    .filter(([name]) => name === field)
    .map(([, [key]]) => ({ field, part: null, keys: [key] }));
}
