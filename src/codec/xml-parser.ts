import { XMLParser } from 'fast-xml-parser';
import type { ParseContext } from '../context.js';
import { replaceMatches } from '../long-text.js';
import type { ParserCopy } from './xml-copy.js';
import { addChild, createElement, scanXml, type XmlElement } from './xml-scan.js';
import { withoutNoncharacters } from './xml-text.js';

/**
 * The root element of a document.
 *
 * @throws CdrParseError `malformed` or `too_large`
 */
export function parseXml(text: string, context: ParseContext): XmlElement {
  // Line ends are normalized as in XML 1.0, section 2.11.
  const unix = text.includes('\r') ? replaceMatches(text, /\r\n?/g, () => '\n') : text;
  const { root, copy } = scanXml(withoutNoncharacters(unix), context);
  return root ?? parseCopy(copy, context);
}

/**
 * The root element of a well-formed document, read by fast-xml-parser.
 *
 * The parser reports each tag and text to a callback and stores none: its own tree takes five times
 * the memory of our elements.
 */
export function parseCopy(copy: ParserCopy, context: ParseContext): XmlElement {
  const document = createElement('');
  /** The open element at each depth. */
  const open = [document];
  const parser = new XMLParser({
    preserveOrder: true,
    trimValues: false,
    parseTagValue: false,
    processEntities: false,
    jPath: false,
    maxNestedTags: Number.POSITIVE_INFINITY, // already limited by the scan
    updateTag(name, path) {
      const element = createElement(name);
      const depth = depthOf(path);
      addChild(open[depth - 1] ?? document, element);
      open[depth] = element;
      return false;
    },
    tagValueProcessor(_, text, path) {
      const element = open[depthOf(path)];
      if (element) element.text += copy.restore(text);
      return '';
    },
  });
  try {
    parser.parse(copy.toString());
  } catch {
    // The parser refuses element names that have a special meaning on JavaScript objects.
    throw context.error(
      'malformed',
      'The body is not an XML-RPC call: it has an element that XML-RPC does not know',
    );
  }
  return document.children[0] ?? document;
}

/** How many elements are open. */
function depthOf(path: string | { getDepth(): number }): number {
  return typeof path === 'string' ? 0 : path.getDepth();
}
