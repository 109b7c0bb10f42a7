import type { ParseContext } from '../context.js';
import type { CdrParseError } from '../errors.js';
import { decodeBytes } from '../input/charset.js';
import { losesDigits } from '../json-text.js';
import { setKey, type WireRecord } from '../record.js';
import type { Codec } from './codec.js';
import { parseXml } from './xml-parser.js';
import { bytesOf, type ReferenceDecoder, referenceDecoder } from './xml-references.js';
import type { XmlElement } from './xml-scan.js';
import { escapeText } from './xml-text.js';

/**
 * XML-RPC: a `methodCall` with one param, the record; the acknowledgement is a `methodResponse`.
 * Specification: xmlrpc.com/spec; the `ex:` types are those of Apache's extensions.
 */
export const xmlRpc: Codec = {
  contentType: 'text/xml; charset=utf-8',
  decode: decodeMethodCall,
  encode: encodeMethodResponse,
};

/** The value of the only param. The method's name is ignored. */
function decodeMethodCall(text: string, context: ParseContext): unknown {
  const call = parseXml(text, context);
  if (call.name !== 'methodCall') throw notACall('its root is not a methodCall', context);
  const params = childNamed('params', call)?.children ?? [];
  const [param] = params;
  if (!param || params.length > 1) {
    throw context.error('not_one_record', `Expected one param, received ${params.length}`);
  }
  const [value] = param.children;
  if (!value && param.text.trim() === '') throw notACall('its param holds no value', context);
  const decodeReferences = referenceDecoder(text, call, context);
  if (!value) return decodeReferences(param.text);
  // The members of a record's structures are at depth 3, or at 4 if the param is a list.
  const idDepth = typeIn(value).name === 'array' ? 4 : 3;
  return decodeValue(value, { context, decodeReferences, idDepth }, 1);
}

/** The error for a well-formed document that is not an XML-RPC call. */
function notACall(why: string, context: ParseContext): CdrParseError {
  return context.error('malformed', `The body is not an XML-RPC call: ${why}`);
}

/** What the decoders need to know about a document. */
interface XmlDocument {
  readonly context: ParseContext;
  readonly decodeReferences: ReferenceDecoder;
  /** Up to this depth a number may be an id. */
  readonly idDepth: number;
}

/**
 * Decodes a `value`, or a type element without a `value` around it. Depth counts lists and
 * structures, from 1 for the param.
 */
function decodeValue(element: XmlElement, document: XmlDocument, depth: number): unknown {
  const typed = typeIn(element);
  return (DECODERS.get(typed.name) ?? textOf)(typed, document, depth);
}

/** The type element in a `value`; if there is none, the `value` itself, which is then a string. */
function typeIn(element: XmlElement): XmlElement {
  const [child] = element.name === 'value' ? element.children : [];
  return child ? typeIn(child) : element;
}

type Decoder = (element: XmlElement, document: XmlDocument, depth: number) => unknown;

/** The decoder of each type. Other types are read as text. */
const DECODERS = /* @__PURE__ */ new Map<string, Decoder>([
  ['struct', decodeStruct],
  ['array', decodeArray],
  ['nil', () => null],
  ['boolean', decodeBoolean],
  ['double', decodeNumber],
  ['float', decodeNumber],
  ['int', decodeNumber],
  ['i1', decodeNumber],
  ['i2', decodeNumber],
  ['i4', decodeNumber],
  ['i8', decodeNumber],
  ['base64', decodeBase64],
]);

/** The text of an element, with its references decoded. */
function textOf({ text }: XmlElement, { decodeReferences }: XmlDocument): string {
  return decodeReferences(text);
}

/** A repeated member becomes a list of its values. Values that are lists are not flattened. */
function decodeStruct(struct: XmlElement, document: XmlDocument, depth: number): WireRecord {
  checkDepth(document, depth);
  const record: WireRecord = {};
  const repeated = new Map<string, unknown[]>();
  for (const member of struct.children) {
    if (member.name !== 'member') continue;
    const name = nameOf(member, document);
    const typed = member.children.find((child) => child.name !== 'name');
    const value = typed ? decodeValue(typed, document, depth + 1) : '';
    const values = repeated.get(name);
    if (values) values.push(value);
    else if (Object.hasOwn(record, name)) {
      const both = [record[name], value];
      repeated.set(name, both);
      setKey(record, name, both);
    } else setKey(record, name, value);
  }
  return record;
}

function nameOf(member: XmlElement, document: XmlDocument): string {
  const name = childNamed('name', member);
  return name ? textOf(name, document).trim() : '';
}

/** Some senders leave out the `data` around the items. */
function decodeArray(array: XmlElement, document: XmlDocument, depth: number): unknown[] {
  checkDepth(document, depth);
  const items: unknown[] = [];
  for (const item of (childNamed('data', array) ?? array).children) {
    items.push(decodeValue(item, document, depth + 1));
  }
  return items;
}

/** The scan has limited only the depth of elements. */
function checkDepth({ context }: XmlDocument, depth: number): void {
  if (depth > context.limits.maxDepth) throw context.limitError('maxDepth');
}

const BOOLEANS = /* @__PURE__ */ new Map([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
]);

/** Anything else stays text and is left to the reader of the field. */
function decodeBoolean(element: XmlElement, document: XmlDocument): boolean | string {
  const text = textOf(element, document);
  return BOOLEANS.get(text.trim().toLowerCase()) ?? text;
}

/** A number as JSON writes it. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** Rewrites `.5` and `5.` as JSON writes them. */
function asJsonNumber(number: string): string {
  return number.replace(/^(-?)(?=\.\d)/, '$10').replace(/(\d)\.(?=e|$)/i, '$1');
}

/**
 * A number, unless a possible id would lose digits: leading zeros, the last digits of a large
 * number and, in the record and its structures, the zero of `1.50`. Such a number stays text, like
 * anything that is not a number.
 */
function decodeNumber(element: XmlElement, document: XmlDocument, depth: number): number | string {
  const text = textOf(element, document);
  const number = asJsonNumber(text.trim());
  return NUMBER.test(number) && !losesDigits(number, depth <= document.idDepth)
    ? Number(number)
    : text;
}

/** Base64 holds text in the charset of the body, or in one that its bytes show. */
function decodeBase64(element: XmlElement, document: XmlDocument): string {
  const { context } = document;
  const text = textOf(element, document);
  try {
    return decodeBytes(bytesOf(atob(text)), context).text;
  } catch {
    context.countError();
    context.addIssue([], 'invalid_field', 'expected base64', text);
    return text;
  }
}

function childNamed(name: string, { children }: XmlElement): XmlElement | undefined {
  for (const child of children) if (child.name === name) return child; // faster than find
  return undefined;
}

/** A struct of integers and strings, which is all that an acknowledgement contains. */
function encodeMethodResponse(record: WireRecord): string {
  const members = Object.entries(record).map(([name, value]) => {
    const typed =
      typeof value === 'number'
        ? `<i4>${value}</i4>`
        : `<string>${escapeText(String(value))}</string>`;
    return `<member><name>${escapeText(name)}</name><value>${typed}</value></member>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><methodResponse><params><param><value><struct>${members.join('')}</struct></value></param></params></methodResponse>`;
}
