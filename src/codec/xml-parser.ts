import { XMLParser } from 'fast-xml-parser';
import type { ParseContext } from '../context.js';
import { replaceMatches } from './long-text.js';
import type { ParserCopy } from './xml-copy.js';
import { addChild, createElement, scanXml, type XmlElement } from './xml-scan.js';
import { escapeCdata, withoutNoncharacters } from './xml-text.js';

/**
 * The root element of a document.
 *
 * @throws CdrParseError `malformed` or `too_large`
 */
export function parseXml(text: string, context: ParseContext): XmlElement {
  // Line ends are read as XML 1.0 says, section 2.11.
  const unix = text.includes('\r') ? replaceMatches(text, /\r\n?/g, () => '\n') : text;
  const { root, copy } = scanXml(withoutNoncharacters(unix), context);
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
  return toElement(nodes, copy);
}

/** The root as an element. No recursion: elements can be nested as deep as the stack is. */
function toElement(nodes: ParsedNode[], copy: ParserCopy): XmlElement {
  const document = createElement('');
  const open = [document];
  const contents = [nodes];
  for (let element = open.pop(); element; element = open.pop()) {
    const content = contents.pop() ?? [];
    for (const node of content) {
      for (const name in node) {
        const part = node[name] ?? '';
        if (typeof part === 'string') element.text += copy.restore(part);
        else if (name === CDATA) element.text += escapeCdata(String(part[0]?.[TEXT]));
        else {
          const child = createElement(name);
          addChild(element, child);
          open.push(child);
          contents.push(part);
        }
      }
    }
    content.length = 0; // a large document does not fit into memory twice
  }
  return document.children[0] ?? document;
}
