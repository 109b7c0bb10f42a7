import { FALLBACK_KEYS, PULLED_KEYS } from '../call-log/keys.js';
import { ParseContext } from '../context.js';
import { CALL_TYPES, callTypeOf } from '../model/call-types.js';
import { rootPlace } from '../model/place.js';
import { rowsOf } from '../model/structure.js';
import { readStart } from '../model/time.js';
import { WIRE, type WireFields, wireReader } from '../model/wire.js';
import type { WireRecord } from '../record.js';

/** How to write an answer of the Call Log. */
export interface CallLogAnswerOptions {
  /**
   * The number of records in the period; a number above those given truncates the answer. Default:
   * as many as given.
   */
  total?: number;
  /** The spelling of the keys: as documented (the default) or lower case. Voicenter sends both. */
  keys?: 'pascal' | 'lower';
}

/** The answer of the Call Log that has these pushed records. */
export function answerOf(
  pushed: readonly WireRecord[],
  { total = pushed.length, keys = 'pascal' }: CallLogAnswerOptions,
): WireRecord {
  const records = pushed.map(pulledRecordOf);
  return {
    ERROR_NUMBER: 0,
    ERROR_DESCRIPTION: 'OK',
    STATUS_CODE: 200,
    TOTAL_HITS: total,
    RETURN_HITS: records.length,
    CDR_LIST: keys === 'lower' ? records.map(withLowerKeys) : records,
  };
}

/** The pulled record of a call that was pushed. */
function pulledRecordOf(pushed: WireRecord): WireRecord {
  const fields = wireReader.read(pushed, rootPlace(new ParseContext()));
  const pulled: WireRecord = {};
  for (const [group, table] of Object.entries(WIRE)) {
    for (const [field, [key, kind]] of rowsOf(table)) {
      const pulledKey = PULLED_KEYS.get(key);
      if (pulledKey === undefined) continue;
      const value: unknown = Reflect.get(Object(Reflect.get(fields, group)), field);
      pulled[pulledKey] = kind.write && value !== null ? kind.write(value) : (value ?? '');
    }
  }
  return { ...pulled, ...ownFieldsOf(fields) };
}

/** The fields that a pull sends differently from a push. */
function ownFieldsOf({ call }: WireFields): WireRecord {
  const type = callTypeOf(call.typeName ?? '');
  const start = readStart(call.time, call.callId, undefined);
  return {
    ...(type !== 'unknown' && { [FALLBACK_KEYS.type]: CALL_TYPES[type].number }),
    Date: start ? start.instant.toISOString().replace('.000Z', 'Z') : call.time,
    DTMFData: call.ivr.map(({ layerName, layerNumber, digits }) => ({
      LayerName: layerName ?? '',
      DTMF: digits ?? '0',
      LayerNumber: layerNumber,
    })),
    CustomData: {
      ...call.customData,
      ...(call.originalCallId && { OriginalIvrUniqueID: call.originalCallId }),
    },
  };
}

function withLowerKeys(record: WireRecord): WireRecord {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]),
  );
}
