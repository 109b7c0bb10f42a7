import { XMLParser } from 'fast-xml-parser';
import { type CdrParseError, refusal } from '../errors.js';
import type { DecodeContext } from './codec.js';
import { replaceMatches } from './long-text.js';
import {
  closeElement,
  openElement,
  scanXml,
  type TakeElement,
  type XmlElement,
} from './xml-scan.js';
import { decodeReferences, withoutForbidden } from './xml-text.js';

/**
 * The root element of a document.
 *
 * @throws CdrParseError `malformed` or `too_large`
 */
export function parseXml(
  text: string,
  { limits, issues }: DecodeContext,
  take: TakeElement,
): XmlElement {
  const noted = issues.length;
  // Line ends are read as XML 1.0 says, section 2.11.
  const unix = text.includes('\r') ? replaceMatches(text, /\r\n?/g, () => '\n') : text;
  const { xml, root } = scanXml(withoutForbidden(unix), limits, take);
  if (root) return root;
  issues.length = noted; // what was noted while the document still looked plain
  return parsedRoot(xml, take);
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
export function parsedRoot(xml: string, take: TakeElement): XmlElement {
  const document = openElement('');
  addElements(parsed(xml), document, take);
  const [root] = document.children;
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

function addElements(nodes: ParsedNode[], parent: XmlElement, take: TakeElement): void {
  for (const node of nodes) {
    for (const name in node) {
      const content = node[name];
      if (name === CDATA || !Array.isArray(content)) continue;
      const element = openElement(name);
      addElements(content, element, take);
      if (element.children.length === 0) element.text = textOf(content);
      closeElement(element, parent, take);
    }
  }
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
