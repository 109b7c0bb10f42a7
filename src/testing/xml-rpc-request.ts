import { create } from 'xmlbuilder2';
import { withoutForbidden } from '../codec/xml-text.js';
import { isRecord, type WireRecord } from '../record.js';

/**
 * Encodes a record, or a list of records, as the one param of a `methodCall`; the xmlRpc codec
 * decodes it. The two are separate because only tests send requests: a receiver neither loads nor
 * bundles xmlbuilder2.
 *
 * @param charset the name for the XML declaration; the text itself is not encoded yet
 */
export function encodeMethodCall(body: WireRecord | WireRecord[], charset = 'UTF-8'): string {
  // The vendor does not document the method's name, and no known receiver reads it.
  const params = { param: { value: valueToXml(body) } };
  const xml = create(
    { version: '1.0', encoding: charset },
    { methodCall: { methodName: 'cdr', params } },
  ).end();
  // A literal carriage return would reach the reader as a line feed (XML 1.0, section 2.11).
  return xml.replaceAll(AMPERSAND, '&amp;').replaceAll('\r', '&#13;');
}

const MAX_I4 = 2 ** 31 - 1;
const MIN_I4 = -(2 ** 31);

function valueToXml(value: unknown): object {
  if (value === null || value === undefined) return { nil: {} };
  if (typeof value === 'boolean') return { boolean: value ? 1 : 0 };
  if (typeof value === 'number') return numberToXml(value);
  if (Array.isArray(value)) return { array: { data: { value: value.map(valueToXml) } } };
  if (!isRecord(value)) return { string: xmlText(String(value)) };
  const member = Object.entries(value).map(([name, item]) => ({
    name: xmlText(name),
    value: valueToXml(item),
  }));
  return { struct: { member } };
}

function numberToXml(value: number): object {
  if (!Number.isInteger(value)) return { double: value };
  return value >= MIN_I4 && value <= MAX_I4 ? { i4: value } : { i8: value };
}

/**
 * Stands for an ampersand while a document is built, because xmlbuilder2 does not escape what looks
 * like an entity. It is not an XML character, so no text can contain it.
 */
const AMPERSAND = '\uFFFF';

function xmlText(text: string): string {
  return withoutForbidden(text).replaceAll('&', AMPERSAND);
}
