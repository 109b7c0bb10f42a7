import { XMLParser } from 'fast-xml-parser';
import type { ParseContext } from '../context.js';
import { replaceMatches } from './long-text.js';
import type { ParserCopy } from './xml-copy.js';
import { addChild, createElement, scanXml, type XmlElement } from './xml-scan.js';
import { escapeCdata, withoutForbidden } from './xml-text.js';

/**
 * The root element of a document.
 *
 * @throws CdrParseError `malformed` or `too_large`
 */
export function parseXml(text: string, context: ParseContext): XmlElement {
  // Line ends are read as XML 1.0 says, section 2.11.
  const unix = text.includes('\r') ? replaceMatches(text, /\r\n?/g, () => '\n') : text;
  const { root, copy } = scanXml(withoutForbidden(unix), context);
  return root ?? parseCopy(copy, context);
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
  maxNestedTags: Number.POSITIVE_INFINITY, // the scan has bounded them
});

/** The root as fast-xml-parser finds it, in a document that is well formed. */
export function parseCopy(copy: ParserCopy, context: ParseContext): XmlElement {
  let nodes: ParsedNode[];
  try {
    nodes = parser.parse(copy.toString());
  } catch {
    // The parser refuses element names that have a meaning for JavaScript's own objects.
    throw context.error(
      'malformed',
      'The body is not an XML-RPC call: it has an element that XML-RPC does not know',
    );
  }
  const document = createElement('');
  addContent(document, nodes, copy);
  return document.children[0] ?? document;
}

function addContent(element: XmlElement, nodes: ParsedNode[], copy: ParserCopy): void {
  let text = '';
  for (const node of nodes) {
    for (const name in node) {
      const content = node[name] ?? '';
      if (typeof content === 'string') text += copy.restore(content);
      else if (name === CDATA) text += escapeCdata(String(content[0]?.[TEXT]));
      else {
        const child = createElement(name);
        addChild(element, child);
        addContent(child, content, copy);
      }
    }
  }
  nodes.length = 0; // a large document does not fit into memory twice
  if (element.children.length === 0) element.text = text;
}
