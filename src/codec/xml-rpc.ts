import { XMLParser } from 'fast-xml-parser';
import { create } from 'xmlbuilder2';
import { type CdrParseError, duplicateField, issue, refusal } from '../errors.js';
import { emptyRecord, isRecord, type WireRecord } from '../record.js';
import type { Codec, DecodeContext } from './codec.js';
import { scanXml } from './xml-scan.js';

/**
 * XML-RPC: a `methodCall` with one param, the record; the acknowledgement is a `methodResponse`.
 * Specification: xmlrpc.com/spec; the `ex:` types are those of Apache's extensions.
 */
export const xmlRpc: Codec = {
  format: 'xml-rpc',
  contentType: 'text/xml; charset=utf-8',
  decode: decodeMethodCall,
  // The vendor states no name for the method, and no receiver was seen to read it.
  encodeRequest: (record) => toXml({ methodCall: { methodName: 'cdr', ...params(record) } }),
  encodeResponse: (record) => toXml({ methodResponse: params(record) }),
};

const TEXT = '#text';
const CDATA = '#cdata';

/** A node as the parser gives it: one key, an element's name with its children, or text. */
type XmlNode = { [name: string]: XmlNode[] | string };

/** Set up for speed: nothing is converted, trimmed or looked up that the walk below does not need. */
const parser = /* @__PURE__ */ new XMLParser({
  preserveOrder: true,
  trimValues: false,
  parseTagValue: false,
  processEntities: false,
  cdataPropName: CDATA,
  jPath: false,
  maxNestedTags: Number.POSITIVE_INFINITY, // scanXml has bounded them
});

function decodeMethodCall(text: string, context: DecodeContext): unknown {
  const call = childrenNamed('methodCall', parseNodes(scanXml(text, context.limits)));
  if (!call) throw notACall('its root is not a methodCall');
  const params = elementsIn(childrenNamed('params', call) ?? []);
  const [param] = params;
  if (!param || params.length > 1) {
    throw refusal('not_one_record', 'xml-rpc', `Expected one param, received ${params.length}`);
  }
  const value = childrenNamed('value', childrenOf(param));
  if (!value) throw notACall('its param holds no value');
  return decodeValue(value, context);
}

function parseNodes(xml: string): XmlNode[] {
  try {
    return parser.parse(xml);
  } catch {
    // The parser refuses element names that have a meaning for JavaScript's own objects.
    throw notACall('it has an element that XML-RPC does not know');
  }
}

function notACall(why: string): CdrParseError {
  return refusal('malformed', 'xml-rpc', `The body is not an XML-RPC call: ${why}`);
}

type ValueDecoder = (children: XmlNode[], context: DecodeContext) => unknown;

/**
 * What a value's type makes of it. A type that is not here is text; so are the integers, for
 * their leading zeros can belong to an id.
 */
const VALUE_DECODERS = /* @__PURE__ */ new Map<string, ValueDecoder>([
  ['struct', decodeStruct],
  ['array', decodeArray],
  ['nil', () => null],
  ['boolean', decodeBoolean],
  ['double', decodeDouble],
  ['float', decodeDouble],
  ['base64', decodeBase64],
]);

function decodeValue(children: XmlNode[], context: DecodeContext): unknown {
  const [typed] = elementsIn(children);
  if (!typed) return textOf(children); // a value without a type is a string
  const decode = VALUE_DECODERS.get(localName(nameOf(typed))) ?? textOf;
  return decode(childrenOf(typed), context);
}

function decodeStruct(children: XmlNode[], context: DecodeContext): WireRecord {
  const record = emptyRecord();
  for (const member of elementsIn(children)) {
    const parts = childrenOf(member);
    const name = textOf(childrenNamed('name', parts) ?? []).trim();
    if (name in record) context.issues.push(duplicateField([name]));
    record[name] = decodeValue(childrenNamed('value', parts) ?? [], context);
  }
  return record;
}

function decodeArray(children: XmlNode[], context: DecodeContext): unknown[] {
  return elementsIn(childrenNamed('data', children) ?? []).map((value) =>
    decodeValue(childrenOf(value), context),
  );
}

function decodeBoolean(children: XmlNode[]): boolean {
  return ['1', 'true'].includes(textOf(children).trim().toLowerCase());
}

function decodeDouble(children: XmlNode[]): number | string {
  const text = textOf(children).trim();
  const number = Number(text);
  return text === '' || Number.isNaN(number) ? text : number;
}

function decodeBase64(children: XmlNode[], context: DecodeContext): string {
  const encoded = textOf(children);
  try {
    const bytes = Uint8Array.from(atob(encoded), (byte) => byte.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    context.issues.push(issue([], 'invalid_field', 'expected base64', encoded));
    return encoded;
  }
}

function nameOf(node: XmlNode): string {
  for (const name in node) return name;
  return '';
}

/** `i8` of `ex:i8`: the prefix is the sender's choice. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function elementsIn(nodes: XmlNode[]): XmlNode[] {
  return nodes.filter((node) => !(TEXT in node || CDATA in node));
}

function childrenOf(element: XmlNode): XmlNode[] {
  const children = element[nameOf(element)];
  return Array.isArray(children) ? children : [];
}

function childrenNamed(name: string, nodes: XmlNode[]): XmlNode[] | undefined {
  const element = nodes.find((node) => nameOf(node) === name);
  return element && childrenOf(element);
}

function textOf(nodes: XmlNode[]): string {
  let text = '';
  for (const node of nodes) {
    const content = node[TEXT] ?? node[CDATA];
    if (typeof content === 'string') text += decodeReferences(content);
    else if (content) text += content.map((section) => section[TEXT]).join('');
  }
  return text;
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * The five entities of XML and character references. Anything else that begins with `&` stays as
 * it was sent; a reference to what XML forbids (a control, half a surrogate pair) becomes U+FFFD.
 */
function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:(lt|gt|amp|quot|apos)|#(\d+)|#x([\da-f]+));/gi,
    (reference, entity?: string, decimal?: string, hexadecimal?: string) => {
      if (entity) return ENTITIES[entity] ?? reference;
      const codePoint = decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16);
      if (codePoint > 0x10ffff) return '\uFFFD';
      return String.fromCodePoint(codePoint).replace(NOT_A_CHARACTER, '\uFFFD');
    },
  );
}

function params(record: WireRecord): object {
  return { params: { param: { value: valueToXml(record) } } };
}

const MAX_I4 = 2 ** 31 - 1;
const MIN_I4 = -(2 ** 31);

function valueToXml(value: unknown): object {
  if (value === null || value === undefined) return { nil: {} };
  if (typeof value === 'boolean') return { boolean: value ? 1 : 0 };
  if (typeof value === 'number') return numberToXml(value);
  if (Array.isArray(value)) {
    return { array: { data: value.map((item) => ({ value: valueToXml(item) })) } };
  }
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

/** Everything but a Char of XML 1.0, section 2.2; half a surrogate pair is none. */
const NOT_A_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/**
 * Stands for an ampersand while a document is built, for xmlbuilder2 reads what looks like an
 * entity in a text as that entity. It is no XML character, so no text can hold it.
 */
const AMPERSAND = '\uFFFF';

function xmlText(text: string): string {
  return text.replace(NOT_A_CHARACTER, '\uFFFD').replaceAll('&', AMPERSAND);
}

function toXml(document: object): string {
  const xml = create({ version: '1.0', encoding: 'UTF-8' }, document).end();
  // A literal carriage return would reach the reader as a line feed (XML 1.0, section 2.11).
  return xml.replaceAll(AMPERSAND, '&amp;').replaceAll('\r', '&#xD;');
}
