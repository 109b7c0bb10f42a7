import { Pieces } from '../long-text.js';

/** Longer texts are kept out of the parser. */
const MAX_TEXT = 256;

/** The elements of XML-RPC (xmlrpc.com/spec), and those that most senders add to it. */
export const KNOWN_NAMES: ReadonlySet<string> = /* @__PURE__ */ new Set(
  'methodCall methodName params param value struct member name array data string int i1 i2 i4 i8 double float boolean dateTime.iso8601 base64 nil'.split(
    ' ',
  ),
);

/** The engine creates a hidden class for each name, at a cost in time and memory. */
const MAX_OTHER_NAMES = 100;

/** Stands for a long text. U+FFFF is not an XML character, so no document contains it. */
const MARKER = /\uFFFF(\d+)\uFFFF/g;

/**
 * The copy of a document that is given to fast-xml-parser. It leaves out what has no meaning in
 * XML-RPC and has a marker in place of each long text, because the parser builds texts one
 * character at a time, which takes thirty times their memory.
 */
export class ParserCopy {
  private readonly pieces = new Pieces();
  private copiedTo = 0;
  private readonly longTexts: string[] = [];
  private readonly otherNames = new Set<string>();

  constructor(private readonly xml: string) {}

  /** Sets the content between two tags: nothing, or a text in which `<` is a plain character. */
  setText(from: number, to: number, text: string): void {
    if (text.length > MAX_TEXT) {
      this.replace(from, to, `\uFFFF${this.longTexts.push(text) - 1}\uFFFF`);
    } else if (text !== this.xml.slice(from, to)) {
      this.replace(from, to, text.replaceAll('<', '&lt;'));
    }
  }

  /** Replaces everything between the brackets of a tag with a name. */
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

  /** Puts long texts back in place of the markers in a text from the parser. */
  restore(text: string): string {
    return text.replace(MARKER, (_, index) => this.longTexts[Number(index)] ?? '');
  }
}
