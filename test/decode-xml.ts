import { xmlRpc } from '../src/codec/xml-rpc.js';
import { type Charset, ParseContext } from '../src/context.js';
import type { CdrIssue } from '../src/errors.js';
import { type Limits, resolveLimits } from '../src/limits.js';

/** A context for one document, which declares a charset or not. */
export function xmlContext(charset?: string, limits?: Limits): ParseContext {
  const context = new ParseContext(resolveLimits(limits));
  context.format = 'xml-rpc';
  const declared: Charset[] = charset ? [{ name: charset, source: 'declaration' }] : [];
  context.declaredCharsets = declared;
  return context;
}

/** What the codec makes of a document. */
export function decodeXml(
  xml: string,
  context = xmlContext(),
): { value: unknown; issues: CdrIssue[] } {
  return { value: xmlRpc.decode(xml, context), issues: context.issues };
}

/** A call whose param is a value. */
export function callOf(value: string): string {
  return `<?xml version="1.0"?><methodCall><methodName>cdr</methodName><params><param>${value}</param></params></methodCall>`;
}

/** A call of one record, with a value under each name. */
export function callWith(values: [name: string, value: string][]): string {
  const members = values.map(
    ([name, value]) => `<member><name>${name}</name><value>${value}</value></member>`,
  );
  return callOf(`<value><struct>${members.join('')}</struct></value>`);
}
