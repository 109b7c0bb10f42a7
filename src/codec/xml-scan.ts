import type { ParseContext } from '../context.js';
import type { CdrParseError } from '../errors.js';
import { copySlice } from '../long-text.js';
import { KNOWN_NAMES, ParserCopy } from './xml-copy.js';
import { escapeCdata } from './xml-text.js';

/** An element, which contains either elements or text. Text around its elements is ignored. */
export interface XmlElement {
  /** Without the prefix. */
  name: string;
  children: XmlElement[];
  /** The text as sent, with its references; "" if there are child elements. */
  text: string;
}

const NO_CHILDREN: XmlElement[] = [];

/** An element without content. */
export function createElement(name: string): XmlElement {
  return { name, children: NO_CHILDREN, text: '' };
}

/** Adds a child to an element. Most elements have none and share one empty list. */
export function addChild(parent: XmlElement, child: XmlElement): void {
  if (parent.children === NO_CHILDREN) parent.children = [child];
  else parent.children.push(child);
}

/**
 * A list or structure is three elements deep (value, array, data). Around them are methodCall,
 * params and param, and inside the value and type of a scalar.
 */
const ELEMENTS_PER_LEVEL = 3;
const ELEMENTS_AROUND = 5;

/** The result of a scan. */
export interface ScannedXml {
  /** The root, if the document is plain; else null. */
  root: XmlElement | null;
  /** The document for the parser. */
  copy: ParserCopy;
}

/**
 * Checks that a document is well formed and within the limits before a parser sees it. The parser
 * checks neither: it lets a closing tag close whatever is open.
 *
 * Refuses a DOCTYPE, tags that do not match or are cut off, more than one root, and text other than
 * white space outside the root.
 *
 * Nearly every document is plain: apart from its declaration it has nothing but text and the bare
 * tags of XML-RPC, which can be read in only one way. The scan itself then yields the elements; a
 * parser would take five times as long and add nothing.
 *
 * @throws CdrParseError `malformed` or `too_large`
 */
export function scanXml(xml: string, context: ParseContext): ScannedXml {
  return new Scanner(xml, context).scan();
}

class Scanner {
  private readonly copy: ParserCopy;
  private readonly document = createElement('');
  private readonly open: XmlElement[] = [];
  private innermost = this.document;
  private hasRoot = false;
  private isPlain = true;
  private at = 0;
  /** The end of the last tag, and the text since then, which is ignored around elements. */
  private tagEnd = 0;
  private text = '';
  private isInLeaf = false;

  constructor(
    private readonly xml: string,
    private readonly context: ParseContext,
  ) {
    this.copy = new ParserCopy(xml);
  }

  scan(): ScannedXml {
    const { xml, context } = this;
    context.countNodes(countReferences(xml));
    for (let next = xml.indexOf('<'); next !== -1; next = xml.indexOf('<', this.at)) {
      this.readText(next);
      const sign = xml[next + 1];
      if (sign !== '/') context.countNodes(1);
      if (sign === '/') this.readClosingTag(next);
      else if (sign === '?') this.readInstruction(next);
      else if (sign === '!') this.readDeclaration(next);
      else this.readTag(next);
    }
    if (this.open.length > 0 || !this.hasRoot) throw this.malformed('cut off');
    this.readText(xml.length);
    this.copy.setText(this.tagEnd, xml.length, '');
    return { root: this.isPlain ? (this.document.children[0] ?? null) : null, copy: this.copy };
  }

  private readText(end: number): void {
    const text = this.xml.slice(this.at, end);
    if (this.open.length > 0) this.text += text;
    else if (/[^ \t\n]/.test(text)) throw this.malformed('text outside its root');
  }

  private readInstruction(start: number): void {
    if (start > 0) this.isPlain = false; // an XML declaration at the start is plain
    this.at = this.after('?>', start + 2, 'a processing instruction');
  }

  private readDeclaration(start: number): void {
    this.isPlain = false;
    if (this.xml.startsWith('<!--', start)) {
      this.at = this.after('-->', start + 4, 'a comment');
    } else if (this.xml.startsWith('<![CDATA[', start)) {
      if (this.open.length === 0) throw this.malformed('text outside its root');
      this.at = this.after(']]>', start + 9, 'a CDATA section');
      this.text += escapeCdata(this.xml.slice(start + 9, this.at - 3));
    } else {
      throw this.malformed('a DOCTYPE or another declaration is not accepted');
    }
  }

  private readClosingTag(start: number): void {
    this.at = this.after('>', start, 'a tag');
    if (this.innermost.name !== this.xml.slice(start + 2, this.at - 1).trimEnd()) {
      throw this.malformed('tags do not match');
    }
    if (this.isInLeaf && this.isPlain)
      this.innermost.text = copySlice(this.xml, this.tagEnd, start);
    this.copy.setText(this.tagEnd, start, this.isInLeaf ? this.text : '');
    this.open.pop();
    this.innermost = this.open.at(-1) ?? this.document;
    this.endTag(false);
  }

  private readTag(start: number): void {
    if (this.open.length === 0 && this.hasRoot) throw this.malformed('more than one root');
    this.hasRoot = true;
    this.copy.setText(this.tagEnd, start, '');
    this.at = this.after('>', start, 'a tag');
    let name = this.tag(start).trimEnd();
    if (!KNOWN_NAMES.has(name)) {
      this.isPlain = false;
      this.at = this.afterAttributes(start);
      name = this.readName(start);
    }
    const element = createElement(name);
    if (this.isPlain) addChild(this.innermost, element);
    const isOpen = !this.isClosed();
    if (isOpen) this.openElement(element);
    this.endTag(isOpen);
  }

  private openElement(element: XmlElement): void {
    this.innermost = element;
    const { maxDepth } = this.context.limits;
    if (this.open.push(element) > maxDepth * ELEMENTS_PER_LEVEL + ELEMENTS_AROUND) {
      throw this.context.limitError('maxDepth');
    }
  }

  private endTag(isInLeaf: boolean): void {
    this.tagEnd = this.at;
    this.text = '';
    this.isInLeaf = isInLeaf;
  }

  /** Whether the tag that ends here is self-closing. */
  private isClosed(): boolean {
    return this.xml[this.at - 2] === '/';
  }

  /** The content of the tag that ends here, without its brackets. */
  private tag(start: number): string {
    return this.xml.slice(start + 1, this.isClosed() ? this.at - 2 : this.at - 1);
  }

  private readName(start: number): string {
    const tag = this.tag(start);
    const [name, local] = NAME.exec(tag) ?? [];
    if (name === undefined || local === undefined) throw this.malformed('a tag without a name');
    this.copy.setName(start + 1, start + 1 + tag.length, local);
    return name;
  }

  /** The index after a tag. A quoted attribute can contain a `>`. */
  private afterAttributes(start: number): number {
    for (let at = start + 1; at < this.xml.length; at++) {
      const character = this.xml[at];
      if (character === '>') return at + 1;
      if (character === '"' || character === "'") at = this.after(character, at + 1, 'a tag') - 1;
    }
    throw this.malformed('a tag is cut off');
  }

  private after(end: string, from: number, what: string): number {
    const at = this.xml.indexOf(end, from);
    if (at === -1) throw this.malformed(`${what} is cut off`);
    return at + end.length;
  }

  private malformed(what: string): CdrParseError {
    return this.context.error('malformed', `The body is not well-formed XML: ${what}`);
  }
}

/** The name at the start of a tag, with and without its prefix. */
const NAME = /^(?=[\p{L}_])(?:[^\s"'<=&/:]+:)?([^\s"'<=&/:]+)(?!\S)/u;

/** Counts the references of a document, and what looks like one, before any is decoded. */
function countReferences(xml: string): number {
  let count = 0;
  for (let at = xml.indexOf('&'); at !== -1; at = xml.indexOf('&', at + 1)) count++;
  return count;
}
