import { note, noteDuplicate, refusal } from '../errors.js';
import { emptyRecord, type WireRecord } from '../record.js';
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
  const call = parseXml(text, context.limits);
  if (call.name !== 'methodCall') throw notACall('its root is not a methodCall');
  const params = childNamed('params', call)?.children ?? [];
  const [param] = params;
  if (!param || params.length > 1) {
    throw refusal('not_one_record', 'xml-rpc', `Expected one param, received ${params.length}`);
  }
  const value = childNamed('value', param);
  if (!value) throw notACall('its param holds no value');
  return decodeValue(value, context);
}

type ValueDecoder = (element: XmlElement, context: DecodeContext) => unknown;

const textOf: ValueDecoder = ({ text }) => text;

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

function decodeValue(value: XmlElement, context: DecodeContext): unknown {
  const [typed] = value.children;
  if (!typed) return value.text; // a value without a type is a string
  const decode = VALUE_DECODERS.get(localName(typed.name)) ?? textOf;
  return decode(typed, context);
}

function decodeStruct(struct: XmlElement, context: DecodeContext): WireRecord {
  const record = emptyRecord();
  for (const member of struct.children) {
    const name = childNamed('name', member)?.text.trim() ?? '';
    if (record[name] !== undefined) noteDuplicate(context.issues, [name]);
    const value = childNamed('value', member);
    record[name] = value ? decodeValue(value, context) : '';
  }
  return record;
}

function decodeArray(array: XmlElement, context: DecodeContext): unknown[] {
  const values = childNamed('data', array)?.children ?? [];
  return values.map((value) => decodeValue(value, context));
}

function decodeBoolean({ text }: XmlElement): boolean {
  return ['1', 'true'].includes(text.trim().toLowerCase());
}

function decodeDouble({ text }: XmlElement): number | string {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text : number;
}

function decodeBase64({ text }: XmlElement, { issues }: DecodeContext): string {
  try {
    const bytes = Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
    return new TextDecoder().decode(bytes);
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
  return children.find((child) => child.name === name);
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
