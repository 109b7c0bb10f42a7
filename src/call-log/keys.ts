import { TableReader } from '../model/structure.js';
import { WIRE, type WireFields, type WireKey } from '../model/wire.js';

/**
 * Maps the keys of a pushed record to those of a pulled one. A pull has no equivalent of the other
 * keys: the unit of its `Price` is not documented, and its `CallID` is not the dialer's.
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

/** The keys to read if a pulled record does not name its type or its representative. */
export const FALLBACK_KEYS = { type: 'CdrType', name: 'UserName', code: 'UserId' } as const;

/** Reads a pulled record. */
export const pulledReader = /* @__PURE__ */ new TableReader<WireFields>(WIRE, (key) =>
  PULLED_KEYS.get(key),
);
