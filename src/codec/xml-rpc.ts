import { note, noteDuplicate, refusal } from '../errors.js';
import { decodeText } from '../input/charset.js';
import { isTooLarge } from '../json-text.js';
import { asPlainObject, emptyRecord, isRecord, type WireRecord } from '../record.js';
import type { Codec, DecodeContext } from './codec.js';
import type { XmlElement } from './xml-scan.js';
import { escapeText } from './xml-text.js';
import { notACall, parseXml } from './xml-tree.js';

/**
 * XML-RPC: a `methodCall` with one param, the record; the acknowledgement is a `methodResponse`.
 * Specification: xmlrpc.com/spec; the `ex:` types are those of Apache's extensions.
 */
export const xmlRpc: Codec = {
  format: 'xml-rpc',
  contentType: 'text/xml; charset=utf-8',
  decode: decodeMethodCall,
  encode: encodeMethodResponse,
};

function decodeMethodCall(text: string, context: DecodeContext): unknown {
  const call = parseXml(text, context, (element, parent) => takeDecoded(element, parent, context));
  if (call.name !== 'methodCall') throw notACall('its root is not a methodCall');
  const params = childNamed('params', call)?.children ?? [];
  const [param] = params;
  if (!param || params.length > 1) {
    throw refusal('not_one_record', 'xml-rpc', `Expected one param, received ${params.length}`);
  }
  const value = childNamed('value', param);
  if (!value) throw notACall('its param holds no value');
  return value.value;
}

/**
 * Decodes what has closed: a member goes into its struct, a value into the list or the member
 * around it.
 */
function takeDecoded(element: XmlElement, parent: XmlElement, context: DecodeContext): boolean {
  if (element.name === 'value') {
    const value = decodeValue(element, context);
    if (parent.name === 'data') return addItem(parent, value);
    element.value = value;
  } else if (element.name === 'member' && parent.name === 'struct') {
    return addMember(parent, element, context);
  }
  return false;
}

function addItem(list: XmlElement, value: unknown): true {
  if (Array.isArray(list.value)) list.value.push(value);
  else list.value = [value];
  return true;
}

function addMember(struct: XmlElement, member: XmlElement, { issues }: DecodeContext): true {
  const record = isRecord(struct.value) ? struct.value : emptyRecord();
  struct.value = record;
  const name = childNamed('name', member)?.text.trim() ?? '';
  if (record[name] !== undefined) noteDuplicate(issues, [name]);
  const value = childNamed('value', member);
  record[name] = value ? value.value : '';
  return true;
}

type ValueDecoder = (element: XmlElement, context: DecodeContext) => unknown;

const textOf: ValueDecoder = ({ text }) => text;

/** What a value's type makes of it. A type that is not here is text. */
const VALUE_DECODERS = /* @__PURE__ */ new Map<string, ValueDecoder>([
  ['struct', ({ value }) => asPlainObject(isRecord(value) ? value : emptyRecord())],
  ['array', (array) => childNamed('data', array)?.value ?? []],
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

function decodeValue(value: XmlElement, context: DecodeContext): unknown {
  const [typed] = value.children;
  if (!typed) return value.text; // a value without a type is a string
  const decode = VALUE_DECODERS.get(localName(typed.name)) ?? textOf;
  return decode(typed, context);
}

const BOOLEANS = /* @__PURE__ */ new Map([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
]);

/** What is no boolean stays text, for the reader of the field to judge. */
function decodeBoolean({ text }: XmlElement): boolean | string {
  return BOOLEANS.get(text.trim().toLowerCase()) ?? text;
}

/** A number as JSON writes it; its fraction may lack the digits on either side of the point. */
const NUMBER = /^-?(?:0|[1-9]\d*)?(?:\.\d*)?(?:e[+-]?\d+)?$/i;

/**
 * What JSON makes of the same: a number, unless that would lose something of an id, as leading
 * zeros or the last digits of one that is too large. What is no number stays text.
 */
function decodeNumber({ text }: XmlElement): number | string {
  if (!NUMBER.test(text.trim()) || !/\d/.test(text)) return text;
  const number = Number(text);
  return isTooLarge(number) ? text : number;
}

function decodeBase64({ text }: XmlElement, { issues }: DecodeContext): string {
  try {
    const bytes = Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
    return decodeText(bytes, 'utf-8', issues).text;
  } catch {
    note(issues, [], 'invalid_field', 'expected base64', text);
    return text;
  }
}

/** `i8` of `ex:i8`: the prefix is the sender's choice. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function childNamed(name: string, { children }: XmlElement): XmlElement | undefined {
  for (const child of children) if (child.name === name) return child; // faster than find
  return undefined;
}

/** A struct of whole numbers and texts, which is all that an acknowledgement has. */
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
