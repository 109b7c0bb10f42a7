import { TableReader } from '../model/structure.js';
import { WIRE, type WireFields, type WireKey } from '../model/wire.js';

/**
 * What a pulled record calls the keys of a pushed one. A pull has no other keys of a push: what its
 * `Price` counts in is stated nowhere, and its `CallID` is not the dialer's.
 */
export const PULLED_KEYS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['ivruniqueid', 'CallID'],
  ['type', 'Type'],
  ['status', 'DialStatus'],
  ['time', 'Date'],
  ['duration', 'Duration'],
  ['dialtime', 'RingTime'],
  ['caller', 'CallerNumber'],
  ['target', 'TargetNumber'],
  ['callerextension', 'Callerextension'],
  ['targetextension', 'Targetextension'],
  ['did', 'DID'],
  ['queuename', 'QueueName'],
  ['record', 'RecordURL'],
  ['representative_name', 'RepresentativeName'],
  ['representative_code', 'RepresentativeCode'],
  ['IVR', 'DTMFData'],
  ['CustomData', 'CustomData'],
  ['DepartmentName', 'DepartmentName'],
  ['DepartmentID', 'DepartmentId'],
  ['target_country', 'TargetPrefixName'],
] satisfies [WireKey, string][]);

/** What stands in for a type or a representative that a pulled record does not name. */
export const STAND_INS = { type: 'CdrType', name: 'UserName', code: 'UserId' } as const;

/** Reads a pulled record. */
export const pulledReader = /* @__PURE__ */ new TableReader<WireFields>(WIRE, (key) =>
  PULLED_KEYS.get(key),
);
