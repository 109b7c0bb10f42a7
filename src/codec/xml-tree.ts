import { XMLParser } from 'fast-xml-parser';
import { type CdrParseError, refusal } from '../errors.js';
import type { Limits } from '../limits.js';
import { scanXml, type XmlElement } from './xml-scan.js';
import { decodeReferences } from './xml-text.js';

/**
 * The root element of a document.
 *
 * @throws CdrParseError `malformed` or `too_large`
 */
export function parseXml(text: string, limits: Required<Limits>): XmlElement {
  // Line ends are read as XML 1.0 says, section 2.11.
  const { xml, root } = scanXml(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, limits);
  return root ?? parsedRoot(xml);
}

const TEXT = '#text';
const CDATA = '#cdata';

/** A node as the parser gives it: one key, an element's name with its children, or text. */
type ParsedNode = { [name: string]: ParsedNode[] | string };

/** Set up for speed: nothing is converted, trimmed or looked up that is not needed here. */
const parser = /* @__PURE__ */ new XMLParser({
  preserveOrder: true,
  trimValues: false,
  parseTagValue: false,
  processEntities: false,
  cdataPropName: CDATA,
  jPath: false,
  maxNestedTags: Number.POSITIVE_INFINITY, // scanXml has bounded them
});

/** The root as the parser finds it, in a document that is well formed. */
export function parsedRoot(xml: string): XmlElement {
  const [root] = elementsOf(parsed(xml));
  if (!root) throw notACall('it has no root');
  return root;
}

function parsed(xml: string): ParsedNode[] {
  try {
    return parser.parse(xml);
  } catch {
    // The parser refuses element names that have a meaning for JavaScript's own objects.
    throw notACall('it has an element that XML-RPC does not know');
  }
}

/** The refusal of a document that is well formed, but not what it should be. */
export function notACall(why: string): CdrParseError {
  return refusal('malformed', 'xml-rpc', `The body is not an XML-RPC call: ${why}`);
}

function elementsOf(nodes: ParsedNode[]): XmlElement[] {
  const elements: XmlElement[] = [];
  for (const node of nodes) {
    for (const name in node) {
      const content = node[name];
      if (name === CDATA || !Array.isArray(content)) continue;
      const children = elementsOf(content);
      elements.push({ name, children, text: children.length > 0 ? '' : textOf(content) });
    }
  }
  return elements;
}

function textOf(nodes: ParsedNode[]): string {
  let text = '';
  for (const node of nodes) {
    const content = node[TEXT] ?? node[CDATA];
    if (typeof content === 'string') text += decodeReferences(content);
    else if (content) text += content.map((section) => section[TEXT]).join('');
  }
  return text;
}
