import { type CdrParseError, refusal } from '../errors.js';
import { detached } from '../input/charset.js';
import { type LimitsInForce, overLimit } from '../limits.js';
import { decodeReferences } from './xml-text.js';

/** An element: what it holds is elements or text, and where it has elements the text around them means nothing. */
export interface XmlElement {
  name: string;
  children: XmlElement[];
  /** Its text, references decoded; "" where it has elements. */
  text: string;
  /** What has been made of it so far. */
  value: unknown;
}

/**
 * Called for every element when it closes, innermost first: whether its parent has taken what it
 * holds. One that is taken is not kept, so that a large document never stands as a tree of elements.
 */
export type TakeElement = (element: XmlElement, parent: XmlElement) => boolean;

const NO_CHILDREN: XmlElement[] = [];

/** An element that has just opened. */
export function openElement(name: string): XmlElement {
  return { name, children: NO_CHILDREN, text: '', value: undefined };
}

/** Gives an element that closes to its parent. */
export function closeElement(element: XmlElement, parent: XmlElement, take: TakeElement): void {
  if (take(element, parent)) return;
  if (parent.children === NO_CHILDREN) parent.children = [element];
  else parent.children.push(element);
}

/** One list or structure is at most three elements deep (value, array, data); the call around it five. */
const ELEMENTS_PER_LEVEL = 3;
const ELEMENTS_AROUND = 8;

/** The elements of XML-RPC (xmlrpc.com/spec), and those that most senders add to it. */
const PLAIN_TAGS: ReadonlySet<string> = /* @__PURE__ */ new Set(
  'methodCall methodName params param value struct member name array data string int i4 i8 double boolean dateTime.iso8601 base64 nil'.split(
    ' ',
  ),
);

/** What a scan has found. */
export interface ScannedXml {
  /** The document without processing instructions, which mean nothing here. */
  xml: string;
  /** Its root, if the document is plain; else null. */
  root: XmlElement | null;
}

/**
 * Checks that a document is well formed and within the limits before a parser sees it, for the
 * parser does neither: it lets a closing tag close whatever is open.
 *
 * Refused are a DOCTYPE, tags that do not match or are cut off, and anything but white space
 * outside the one root. What is read as a tag, a comment or a CDATA section is what the parser
 * reads as one.
 *
 * Nearly every document is plain: besides its declaration nothing but text and the bare tags of
 * XML-RPC, in which no two readers can see different things. Its elements are known when the scan
 * has gone through, and a parser, which takes five times as long, has nothing to add.
 *
 * @param take what to make of a plain document's elements; of those of another, which the parser
 * gives, it is called for a part only, and in vain
 * @throws CdrParseError `malformed` or `too_large`
 */
export function scanXml(xml: string, limits: LimitsInForce, take: TakeElement): ScannedXml {
  const document = openElement('');
  const open: XmlElement[] = [document];
  let innermost = document;
  const kept: string[] = [];
  let keptFrom = 0;
  let nodes = referencesIn(xml, limits);
  let plain = true;
  let roots = 0;
  let from = 0;

  for (let at = xml.indexOf('<'); at !== -1; at = xml.indexOf('<', from)) {
    if (innermost === document) refuseText(xml.slice(from, at));
    const sign = xml[at + 1];
    if (sign === '/') {
      const end = after(xml, '>', at, 'a tag');
      const element = innermost;
      if (element.name !== xml.slice(at + 2, end - 1).trimEnd()) throw broken('tags do not match');
      open.pop();
      innermost = open.at(-1) ?? document;
      if (plain) {
        if (element.children.length === 0)
          element.text = decodeReferences(detached(xml.slice(from, at), xml));
        closeElement(element, innermost, take);
      }
      from = end;
      continue;
    }
    if (++nodes > limits.maxNodes) throw overLimit('maxNodes', limits, 'xml-rpc');
    if (sign === '?') {
      // A declaration, where it may stand, changes nothing.
      if (at > 0) plain = false;
      from = after(xml, '?>', at + 2, 'a processing instruction');
      kept.push(xml.slice(keptFrom, at));
      keptFrom = from;
    } else if (sign === '!') {
      plain = false;
      from = afterCommentOrCdata(xml, at, innermost === document);
    } else {
      from = afterTag(xml, at);
      if (innermost === document && ++roots > 1) throw broken('more than one root');
      const closed = xml[from - 2] === '/';
      const tag = xml.slice(at + 1, closed ? from - 2 : from - 1);
      const bare = PLAIN_TAGS.has(tag);
      const element = openElement(bare ? tag : nameOfTag(tag));
      if (!bare) plain = false;
      if (closed) {
        if (plain) closeElement(element, innermost, take);
        continue;
      }
      open.push(element);
      innermost = element;
      if (open.length > limits.maxDepth * ELEMENTS_PER_LEVEL + ELEMENTS_AROUND) {
        throw overLimit('maxDepth', limits, 'xml-rpc');
      }
    }
  }
  if (innermost !== document || roots === 0) throw broken('cut off');
  refuseText(xml.slice(from));
  kept.push(xml.slice(keptFrom));
  return { xml: kept.join(''), root: plain ? (document.children[0] ?? null) : null };
}

/** How many references a document has, or what looks like one: counted before any is decoded. */
function referencesIn(xml: string, limits: LimitsInForce): number {
  let references = 0;
  for (let at = xml.indexOf('&'); at !== -1; at = xml.indexOf('&', at + 1)) {
    if (++references > limits.maxNodes) throw overLimit('maxNodes', limits, 'xml-rpc');
  }
  return references;
}

function broken(what: string): CdrParseError {
  return refusal('malformed', 'xml-rpc', `The body is not well-formed XML: ${what}`);
}

function refuseText(text: string): void {
  if (text.trim() !== '') throw broken('text outside its root');
}

function after(xml: string, end: string, from: number, what: string): number {
  const at = xml.indexOf(end, from);
  if (at === -1) throw broken(`${what} is cut off`);
  return at + end.length;
}

function afterCommentOrCdata(xml: string, at: number, outsideRoot: boolean): number {
  if (xml.startsWith('<!--', at)) return after(xml, '-->', at + 4, 'a comment');
  if (!xml.startsWith('<![CDATA[', at)) {
    throw broken('a DOCTYPE or another declaration is not accepted');
  }
  if (outsideRoot) throw broken('text outside its root');
  return after(xml, ']]>', at + 9, 'a CDATA section');
}

/** The index after an opening tag: a quoted attribute can hold a `>`. */
function afterTag(xml: string, from: number): number {
  for (let at = from + 1; at < xml.length; at++) {
    const character = xml[at];
    if (character === '>') return at + 1;
    if (character === '"' || character === "'") at = after(xml, character, at + 1, 'a tag') - 1;
  }
  throw broken('a tag is cut off');
}

function nameOfTag(tag: string): string {
  if (!/^[\p{L}_:]/u.test(tag)) throw broken('a tag without a name');
  const space = tag.search(/\s/);
  return space === -1 ? tag : tag.slice(0, space);
}
