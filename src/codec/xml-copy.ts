import { Pieces } from './long-text.js';

/** Longer texts are kept out of the parser. */
const MAX_TEXT = 256;

/** The elements of XML-RPC (xmlrpc.com/spec), and those that most senders add to it. */
export const KNOWN_NAMES: ReadonlySet<string> = /* @__PURE__ */ new Set(
  'methodCall methodName params param value struct member name array data string int i1 i2 i4 i8 double float boolean dateTime.iso8601 base64 nil'.split(
    ' ',
  ),
);

/** The engine makes a class of objects for each name that the parser finds, which takes time and memory. */
const MAX_OTHER_NAMES = 100;

/** Stands for a long text. U+FFFF is no character of XML, so that no document has it. */
const MARKER = /\uFFFF(\d+)\uFFFF/g;

/**
 * The copy of a document that fast-xml-parser is given: without what means nothing in XML-RPC, and
 * with a marker in place of each long text. The parser puts texts together one character at a time,
 * which takes thirty times their memory.
 */
export class ParserCopy {
  private readonly pieces = new Pieces();
  private copiedTo = 0;
  private readonly longTexts: string[] = [];
  private readonly otherNames = new Set<string>();

  constructor(private readonly xml: string) {}

  /** Sets what is between two tags: a text, in which a `<` is one of its characters, or nothing. */
  setText(from: number, to: number, text: string): void {
    if (text.length > MAX_TEXT) {
      this.replace(from, to, `\uFFFF${this.longTexts.push(text) - 1}\uFFFF`);
    } else if (text !== this.xml.slice(from, to)) {
      this.replace(from, to, text.replaceAll('<', '&lt;'));
    }
  }

  /** Sets what is between the brackets of a tag. */
  setName(from: number, to: number, name: string): void {
    if (this.otherNames.size < MAX_OTHER_NAMES) this.otherNames.add(name);
    const isKept = KNOWN_NAMES.has(name) || this.otherNames.has(name);
    this.replace(from, to, isKept ? name : 'unknown');
  }

  private replace(from: number, to: number, replacement: string): void {
    this.pieces.add(this.xml.slice(this.copiedTo, from), replacement);
    this.copiedTo = to;
  }

  toString(): string {
    return this.pieces.text() + this.xml.slice(this.copiedTo);
  }

  /** A text as the parser gives it, with the long one that its marker stands for. */
  restore(text: string): string {
    return text.replace(MARKER, (_, index) => this.longTexts[Number(index)] ?? '');
  }
}
