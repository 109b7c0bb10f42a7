import { CODECS } from './codec/index.js';
import type { CdrFormat } from './errors.js';
import type { CdrFields } from './model/cdr.js';
import { isRecord, type WireRecord } from './record.js';
import { toPlainData } from './testing/plain-data.js';
import { sampleCdr, type WireCdr } from './testing/sample.js';
import { toWire } from './testing/to-wire.js';
import { encodeMethodCall } from './testing/xml-rpc-request.js';

export { sampleCdr, type WireCdr };

/** A request body, and the Content-Type to send it with. */
export interface EncodedCdr {
  /** The body as text, in UTF-8 when it is sent. */
  body: string;
  /** The value of the Content-Type header. */
  contentType: string;
}

/**
 * A request body as Voicenter would send it, for the tests of a receiver.
 *
 * A record with `startedAt` is a `Cdr`: it is sent by its fields, whatever is in `raw`, so a
 * field that a test changes arrives changed. Any other record is sent as it is, key by key. A list
 * is sent as a list, for a body can be a list that holds the record; a form cannot.
 *
 * `parseCdr` makes of the body the same value in every format, and of a `Cdr`, with the default
 * `timeZone`, the same `Cdr`: every field but `format`, `raw` and `issues`, of which those come back
 * that follow from the fields. What follows from other fields is not sent: change `status`, not
 * `outcome`. A null sends nothing, so what `parseCdr` then works out comes back instead.
 *
 * Only what the wire has no place for is lost: keys that stand in `raw` alone; a character that the
 * format cannot carry, which becomes U+FFFD (controls in XML-RPC, half a surrogate pair there and in
 * a form); white space around a key of `customData` in XML-RPC. Inside an answer of the AI analysis
 * integers beyond 2^53 become text.
 *
 * @param record a wire record such as {@link sampleCdr} makes, a `Cdr`, also as it comes back from
 * JSON, or a list of them
 * @throws TypeError for what no body can hold: a function, NaN, an object that holds itself; for a
 * list in a form; for an unknown format
 *
 * @example
 * ```ts
 * import { parseCdr } from 'voicenter-cdr';
 * import { encodeCdr, sampleCdr } from 'voicenter-cdr/testing';
 *
 * const { body, contentType } = encodeCdr(sampleCdr('Queue'), 'xml-rpc');
 * const cdr = parseCdr(body, contentType);
 * const shorter = encodeCdr({ ...cdr, durationSeconds: 5 }, 'form');
 * console.log(parseCdr(shorter.body, shorter.contentType).durationSeconds); // 5
 * ```
 */
export function encodeCdr(
  record: WireCdr | CdrFields | readonly (WireCdr | CdrFields)[],
  format: CdrFormat,
): EncodedCdr {
  if (!Object.hasOwn(CODECS, format)) {
    throw new TypeError(`Expected the format json, xml-rpc or form, received "${format}"`);
  }
  const body = isList(record) ? record.map(wireRecordOf) : wireRecordOf(record);
  return { body: ENCODERS[format](body), contentType: CODECS[format].contentType };
}

/** A record as a body of each format, or a list that holds one. */
const ENCODERS: Record<CdrFormat, (body: WireRecord | WireRecord[]) => string> = {
  json: (body) => JSON.stringify(body),
  'xml-rpc': encodeMethodCall,
  form: (body) => {
    if (Array.isArray(body)) throw new TypeError('A form holds one record, not a list of them');
    return CODECS.form.encode(body);
  },
};

/** What Array.isArray does not tell of a readonly list. */
function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function wireRecordOf(record: WireCdr | CdrFields): WireRecord {
  const wire = toPlainData(isCdr(record) ? toWire(record) : record);
  if (!isRecord(wire)) throw new TypeError('Expected a record, received something else');
  return wire;
}

/** Voicenter has no key `startedAt`, in any spelling. */
function isCdr(record: WireCdr | CdrFields): record is CdrFields {
  return isRecord(record) && 'startedAt' in record;
}
