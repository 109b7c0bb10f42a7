import { xmlRpc } from '../src/codec/xml-rpc.js';
import { type Charset, ParseContext } from '../src/context.js';
import type { CdrIssue } from '../src/errors.js';
import { type Limits, resolveLimits } from '../src/limits.js';

/** A context for one document, which may declare a charset. */
export function xmlContext(charset?: string, limits?: Limits): ParseContext {
  const context = new ParseContext(resolveLimits(limits));
  context.format = 'xml-rpc';
  const declared: Charset[] = charset ? [{ name: charset, source: 'declaration' }] : [];
  context.declaredCharsets = declared;
  return context;
}

/** Decodes a document with the codec. */
export function decodeXml(
  xml: string,
  context = xmlContext(),
): { value: unknown; issues: CdrIssue[] } {
  return { value: xmlRpc.decode(xml, context), issues: context.issues };
}

/** A call with a value as its param. */
export function callOf(value: string): string {
  return `<?xml version="1.0"?><methodCall><methodName>cdr</methodName><params><param>${value}</param></params></methodCall>`;
}

/** A call with one record, which has a value under each name. */
export function callWith(values: [name: string, value: string][]): string {
  const members = values.map(
    ([name, value]) => `<member><name>${name}</name><value>${value}</value></member>`,
  );
  return callOf(`<value><struct>${members.join('')}</struct></value>`);
}
