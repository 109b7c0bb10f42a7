import { CODECS } from './codec/index.js';
import type { CdrFormat } from './errors.js';
import type { CdrFields } from './model/cdr.js';
import { isRecord, type WireRecord } from './record.js';
import { answerOf, type CallLogAnswerOptions } from './testing/call-log-answer.js';
import { type Bytes, encodeBody } from './testing/charset.js';
import { toPlainData } from './testing/plain-data.js';
import { sampleCdr, type WireCdr } from './testing/sample.js';
import { type LegStatuses, sampleCall, type WireLeg } from './testing/sample-call.js';
import { toWire } from './testing/to-wire.js';
import { encodeMethodCall } from './testing/xml-rpc-request.js';

export { type ParsedAck, parseAck } from './testing/parse-ack.js';
export type { CallLogAnswerOptions };
export { type LegStatuses, sampleCall, sampleCdr, type WireCdr, type WireLeg };

/** A request body, and the Content-Type to send it with. */
export interface EncodedCdr<Body extends string | Uint8Array = string> {
  /** The body: text, which is to be sent in UTF-8, or the bytes of the charset that was named. */
  body: Body;
  /** The value of the Content-Type header. It names the charset. */
  contentType: string;
}

/** How to write a body. */
export interface EncodeOptions {
  /** The charset of the body, such as `windows-1255`, in any spelling that `TextDecoder` knows. */
  charset?: string;
}

type Encodable = WireCdr | CdrFields | readonly (WireCdr | CdrFields)[];

/**
 * A request body as Voicenter would send it, for the tests of a receiver.
 *
 * A record with `startedAt` is a `Cdr`: it is sent by its fields, whatever is in `raw`, so a
 * field that a test changes arrives changed. Any other record is sent as it is, key by key. A list
 * is sent as a list, for a body can be a list that holds the record; a form cannot.
 *
 * `parseCdr` reads the same value in every format. A `Cdr` comes back with the same fields, under the
 * default `timeZone`, except for `format`, `raw` and those `issues` that were about unreadable values.
 * What follows from other fields is not sent: change `status`, not `outcome`. A null sends nothing, so
 * `parseCdr` derives that field again where it can.
 *
 * Only what the wire has no place for is lost: keys that stand in `raw` alone; a character that the
 * format cannot carry, which becomes U+FFFD (controls in XML-RPC, half a surrogate pair there and in
 * a form); white space around a key of `customData` in XML-RPC. Inside an answer of the AI analysis
 * integers beyond 2^53 become text.
 *
 * With a `charset` the body is bytes in that charset: UTF-8, UTF-16 without a BOM, or any
 * single-byte charset that `TextDecoder` knows, such as windows-1255 and ISO-8859-8, which older
 * systems in Israel send. The Content-Type and the XML declaration name it. A form has its
 * percent-encoded bytes in it, and cannot be in UTF-16. A character that the charset lacks is escaped in JSON
 * (`\u00E9`) and in XML (`&#xE9;`); a form has no escape for it.
 *
 * @param record a wire record such as {@link sampleCdr} makes, a `Cdr`, also as it comes back from
 * JSON, or a list of them
 * @throws TypeError for what no body can hold: a function, NaN, an object that holds itself; for a
 * list in a form; for an unknown format; for a charset that cannot be written; for a character
 * that a form cannot carry in its charset
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
 *
 * const hebrew = sampleCdr('Queue', 'ANSWER', { queuename: 'מכירות' });
 * const old = encodeCdr(hebrew, 'form', { charset: 'windows-1255' });
 * console.log(old.contentType); // application/x-www-form-urlencoded; charset=windows-1255
 * ```
 */
export function encodeCdr(record: Encodable, format: CdrFormat): EncodedCdr;
export function encodeCdr(
  record: Encodable,
  format: CdrFormat,
  options: Required<EncodeOptions>,
): EncodedCdr<Bytes>;
export function encodeCdr(
  record: Encodable,
  format: CdrFormat,
  { charset }: EncodeOptions = {},
): EncodedCdr<string | Bytes> {
  if (!Object.hasOwn(CODECS, format)) {
    throw new TypeError(`Expected the format json, xml-rpc or form, received "${format}"`);
  }
  const body = isList(record) ? record.map(wireRecordOf) : wireRecordOf(record);
  const text = ENCODERS[format](body, charset);
  const { contentType } = CODECS[format];
  if (charset === undefined) return { body: text, contentType };
  return {
    body: encodeBody(text, format, charset),
    contentType: contentType.replace('utf-8', charset),
  };
}

/**
 * An answer of the Call Log with these records, as `parseCallLog` of `voicenter-cdr/call-log` reads
 * it, for the tests of what pulls. Of each record it has what a pull has: no status of the first leg,
 * no id and wait of the queue, no names of extensions, no analysis. `Date` is in UTC.
 *
 * @param records wire records such as {@link sampleCdr} makes, or `Cdr`s
 * @throws TypeError for what no answer can hold: a function, NaN, an object that holds itself
 *
 * @example
 * ```ts
 * import { parseCallLog } from 'voicenter-cdr/call-log';
 * import { encodeCallLog, sampleCdr } from 'voicenter-cdr/testing';
 *
 * const { body } = encodeCallLog([sampleCdr('Queue'), sampleCdr('CC', 'BUSY')], { keys: 'lower' });
 * console.log(parseCallLog(body).cdrs.map((cdr) => cdr.status)); // [ 'ANSWER', 'BUSY' ]
 * ```
 */
export function encodeCallLog(
  records: readonly (WireCdr | CdrFields)[],
  options: CallLogAnswerOptions = {},
): EncodedCdr {
  const answer = answerOf(records.map(wireRecordOf), options);
  return { body: JSON.stringify(answer), contentType: CODECS.json.contentType };
}

/** A record as a body of each format, or a list that holds one. Only XML names its charset. */
const ENCODERS: Record<CdrFormat, (body: WireRecord | WireRecord[], charset?: string) => string> = {
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
  const wire = toPlainData(isCdr(record) ? wireRecordOfCdr(record) : record);
  if (!isRecord(wire)) throw new TypeError('Expected a record, received something else');
  return wire;
}

function wireRecordOfCdr(cdr: CdrFields): WireRecord {
  toPlainData({ time: new Date(cdr.startedAt), ai: cdr.ai }); // throws for what toWire could not write
  return toWire(cdr);
}

/** Voicenter has no key `startedAt`, in any spelling. */
function isCdr(record: WireCdr | CdrFields): record is CdrFields {
  return isRecord(record) && 'startedAt' in record;
}
