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
  return new ValueReader(context, decodeReferences, idDepth).read(value, 1);
}

/** The error for a well-formed document that is not an XML-RPC call. */
function notACall(why: string, context: ParseContext): CdrParseError {
  return context.error('malformed', `The body is not an XML-RPC call: ${why}`);
}

/** Reads the values of one document. Depth counts lists and structures, from 1 for the param. */
class ValueReader {
  constructor(
    readonly context: ParseContext,
    private readonly decodeReferences: ReferenceDecoder,
    /** Up to this depth a number may be an id. */
    readonly idDepth: number,
  ) {}

  /** Reads a `value`, or a type element without a `value` around it. */
  read(element: XmlElement, depth: number): unknown {
    const typed = typeIn(element);
    return (DECODERS.get(typed.name) ?? decodeString)(typed, this, depth);
  }

  text(element: XmlElement): string {
    return this.decodeReferences(element.text);
  }
}

/** The type element in a `value`; if there is none, the `value` itself, which is then a string. */
function typeIn(element: XmlElement): XmlElement {
  const [child] = element.name === 'value' ? element.children : [];
  return child ? typeIn(child) : element;
}

type Decoder = (element: XmlElement, reader: ValueReader, depth: number) => unknown;

const decodeString: Decoder = (element, reader) => reader.text(element);

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

/** A repeated member becomes a list of its values. Values that are lists are not flattened. */
function decodeStruct(struct: XmlElement, reader: ValueReader, depth: number): WireRecord {
  checkDepth(reader, depth);
  const record: WireRecord = {};
  const repeated = new Map<string, unknown[]>();
  for (const member of struct.children) {
    if (member.name !== 'member') continue;
    const name = nameOf(member, reader);
    const typed = member.children.find((child) => child.name !== 'name');
    const value = typed ? reader.read(typed, depth + 1) : '';
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

function nameOf(member: XmlElement, reader: ValueReader): string {
  const name = childNamed('name', member);
  return name ? reader.text(name).trim() : '';
}

/** Some senders leave out the `data` around the items. */
function decodeArray(array: XmlElement, reader: ValueReader, depth: number): unknown[] {
  checkDepth(reader, depth);
  const items: unknown[] = [];
  for (const item of (childNamed('data', array) ?? array).children) {
    items.push(reader.read(item, depth + 1));
  }
  return items;
}

/** The scan has limited only the depth of elements. */
function checkDepth({ context }: ValueReader, depth: number): void {
  if (depth > context.limits.maxDepth) throw context.limitError('maxDepth');
}

const BOOLEANS = /* @__PURE__ */ new Map([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
]);

/** Anything else stays text and is left to the reader of the field. */
function decodeBoolean(element: XmlElement, reader: ValueReader): boolean | string {
  const text = reader.text(element);
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
function decodeNumber(element: XmlElement, reader: ValueReader, depth: number): number | string {
  const text = reader.text(element);
  const number = asJsonNumber(text.trim());
  return NUMBER.test(number) && !losesDigits(number, depth <= reader.idDepth)
    ? Number(number)
    : text;
}

/** Base64 holds text in the charset of the body, or in one that its bytes show. */
function decodeBase64(element: XmlElement, reader: ValueReader): string {
  const { context } = reader;
  const text = reader.text(element);
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
