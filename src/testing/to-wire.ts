import { callTypeOf } from '../model/call-types.js';
import type { CdrFields } from '../model/cdr.js';
import { callStatusOf } from '../model/statuses.js';
import { writeTable } from '../model/structure.js';
import { writeStart } from '../model/time.js';
import { WIRE, type WireFields } from '../model/wire.js';
import type { WireRecord } from '../record.js';

/**
 * Converts a Cdr back to a wire record, from its fields and not from `raw`. Fields that always
 * follow from others, such as `outcome`, are not sent.
 */
export function toWire(cdr: CdrFields): WireRecord {
  const { call: callTable, ...structures } = WIRE;
  const record = writeTable(callTable, callFieldsOf(cdr));
  for (const [name, table] of Object.entries(structures)) {
    const structure: unknown = Reflect.get(cdr, name);
    if (typeof structure === 'object' && structure !== null) {
      Object.assign(record, writeTable(table, structure));
    }
  }
  return record;
}

function callFieldsOf(cdr: CdrFields): WireFields['call'] {
  const { type, status, typeName, statusName, legStatus, talkSeconds } = cdr;
  // An answered call whose talk time is unknown came without a duration.
  const hasDuration = cdr.durationSeconds !== 0 || !cdr.answered || talkSeconds !== null;
  return {
    callId: cdr.callId,
    // The name as sent, unless the type was changed since.
    typeName: callTypeOf(typeName) === type ? typeName : type,
    statusName: callStatusOf(statusName) === status ? statusName : status,
    time: writeStart(new Date(cdr.startedAt), cdr.callId),
    durationSeconds: hasDuration ? cdr.durationSeconds : null,
    dialSeconds: cdr.ringSeconds,
    talkSeconds,
    ringSeconds: null,
    isAnswer: status === 'unknown' ? cdr.answered : null,
    // If the first leg's status is sent, `status` is that of the second leg.
    leg1StatusName: legStatus?.leg2 ? legStatus.leg1 : null,
    direction: cdr.direction,
    caller: cdr.caller,
    target: cdr.target,
    did: cdr.did,
    customerPhone: cdr.customerPhone,
    agentExtension: cdr.agentExtension,
    callerCountry: cdr.callerCountry,
    targetCountry: cdr.targetCountry,
    ivr: cdr.ivr,
    recordingUrl: cdr.recordingUrl,
    priceAgorot: cdr.priceAgorot,
    originalCallId: cdr.originalCallId,
    customData: cdr.customData,
    dialerData: null,
    ai: cdr.ai,
  };
}
