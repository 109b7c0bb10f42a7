import { CODECS } from '../codec/index.js';
import type { CdrFormat } from '../errors.js';
import type { CdrFields } from '../model/cdr.js';
import { isRecord, type WireRecord } from '../record.js';
import { answerOf, type CallLogAnswerOptions } from './call-log-answer.js';
import { type Bytes, encodeBody } from './charset.js';
import { toPlainData } from './plain-data.js';
import type { WireCdr } from './sample.js';
import { toWire } from './to-wire.js';
import { encodeMethodCall } from './xml-rpc-request.js';

/** A request body, and the Content-Type to send it with. */
export interface EncodedCdr<Body extends string | Uint8Array = string> {
  /** The body: text, to be sent in UTF-8, or bytes in the charset that was given. */
  body: Body;
  /** The value of the Content-Type header. It names the charset. */
  contentType: string;
}

/** How to encode a body. */
export interface EncodeOptions {
  /** The charset of the body, such as `windows-1255`, in any spelling that `TextDecoder` knows. */
  charset?: string;
}

type Encodable = WireCdr | CdrFields | readonly (WireCdr | CdrFields)[];

/**
 * Encodes a record as a request body that Voicenter would send, to test a receiver with.
 *
 * A record with `startedAt` is taken for a `Cdr` and is sent by its fields, whatever is in `raw`: a
 * field that a test changes arrives changed. Any other record is sent as it is, key by key. A list
 * is sent as a list, which only JSON and XML-RPC can hold.
 *
 * `parseCdr` reads the same value in every format. With the default `timeZone`, a `Cdr` comes back
 * with the same fields, except for `format`, `raw` and `issues` about unreadable values. Derived
 * fields are not sent: change `status`, not `outcome`. A field that is null is not sent either, and
 * `parseCdr` derives it again if it can.
 *
 * The only losses are keys that are only in `raw`, white space around a key of `customData` in
 * XML-RPC, a list where text belongs, which a form sends as JSON text, and characters that the
 * format cannot carry, which become U+FFFD (control characters in XML-RPC, lone surrogates in
 * XML-RPC and in a form). In an answer of the AI analysis, integers beyond 2^53 become text.
 *
 * With a `charset` the body is bytes in that charset: UTF-8, UTF-16 without a BOM, or any
 * single-byte charset that `TextDecoder` knows, such as windows-1255 and ISO-8859-8, which older
 * Israeli systems send. The Content-Type and the XML declaration name it. In a form it is the
 * charset of the percent-encoded bytes, and cannot be UTF-16. A character that the charset lacks is
 * escaped in JSON (`\u00E9`) and in XML (`&#xE9;`); a form has no escape for it.
 *
 * @param record a wire record, such as {@link sampleCdr} returns; a `Cdr`, which may have been
 * through JSON; or a list of them
 * @throws TypeError for a value that no body can hold (a function, NaN, a circular reference), a
 * list in a form, an unknown format, a charset that cannot be written, or a character that a form
 * cannot carry in its charset
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
 * Encodes records as an answer of the Call Log, which `parseCallLog` of `voicenter-cdr/call-log`
 * reads, to test code that pulls. Records have only what a pull has: no status of the first leg, no
 * queue id or wait, no extension names, no AI analysis. `Date` is in UTC.
 *
 * @param records wire records, such as {@link sampleCdr} returns, or `Cdr`s
 * @throws TypeError for a value that no answer can hold: a function, NaN, a circular reference
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

/** Encodes a record, or a list of records, in each format. Only XML names its charset. */
const ENCODERS: Record<CdrFormat, (body: WireRecord | WireRecord[], charset?: string) => string> = {
  json: (body) => JSON.stringify(body),
  'xml-rpc': encodeMethodCall,
  form: (body) => {
    if (Array.isArray(body)) throw new TypeError('A form holds one record, not a list of them');
    return CODECS.form.encode(body);
  },
};

/** Array.isArray does not narrow readonly lists. */
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
  if (typeof cdr.typeName !== 'string' || typeof cdr.statusName !== 'string') {
    throw new TypeError('A record with startedAt must be a whole Cdr. In a wire record, set time');
  }
  return toWire(cdr);
}

/** Voicenter sends no key `startedAt`, in any spelling. */
function isCdr(record: WireCdr | CdrFields): record is CdrFields {
  return isRecord(record) && 'startedAt' in record;
}
