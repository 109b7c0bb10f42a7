import { type CdrIssue, note } from '../errors.js';

/** A body as text, with the charset of the bytes it came from. */
export interface Decoded {
  text: string;
  /** The charset in the spelling of the Encoding Standard; `utf-8` for a body that came as text. */
  charset: string;
}

/** How many bytes an XML declaration may take: far more than any does. */
const DECLARATION_LENGTH = 256;

/**
 * Bytes to text, by the BOM, else the content type's charset, else the XML declaration, else as
 * UTF-8. Nothing is refused: an unknown charset is read as UTF-8, a byte outside its charset becomes
 * U+FFFD, and either is noted.
 */
export function decodeText(
  body: string | Uint8Array,
  charset: string | undefined,
  issues: CdrIssue[],
): Decoded {
  if (typeof body === 'string') {
    // Percent-encoded bytes in a form are still in the charset that its content type names.
    const encoding = charset === undefined ? 'utf-8' : decoderFor(charset, issues).encoding;
    return { text: body.startsWith('\uFEFF') ? body.slice(1) : body, charset: encoding };
  }
  const named = charsetOfBom(body) ?? charset ?? charsetOfDeclaration(body);
  const decoder = named === undefined ? UTF_8 : decoderFor(named, issues);
  const text = decoder.decode(body);
  if (text.includes('\uFFFD') && !areOf(decoder.encoding, body)) {
    noteInvalidBytes(decoder.encoding, issues);
  }
  return { text, charset: decoder.encoding };
}

/** Whether all of these bytes are of a charset; if so, any U+FFFD that came of them was sent. */
export function areOf(charset: string, bytes: Uint8Array): boolean {
  try {
    new TextDecoder(charset, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Notes that bytes were not of the charset. */
export function noteInvalidBytes(charset: string, issues: CdrIssue[]): void {
  note(issues, [], 'invalid_bytes', `some bytes are not ${charset}; they became U+FFFD`);
}

/** Made once: to make a decoder takes longer than to decode and parse most bodies. */
const UTF_8 = /* @__PURE__ */ new TextDecoder();

function decoderFor(charset: string, issues: CdrIssue[]): TextDecoder {
  // ASCII is part of UTF-8; Perl's RPC::XML declares it by default over UTF-8 bytes.
  if (/^(?:utf-?8|(?:us-)?ascii)$/i.test(charset)) return UTF_8;
  try {
    return new TextDecoder(charset);
  } catch {
    note(issues, [], 'unknown_charset', 'expected a charset; read as utf-8', charset);
    return UTF_8;
  }
}

const BOMS: [charset: string, bytes: number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

function charsetOfBom(bytes: Uint8Array): string | undefined {
  return BOMS.find(([, bom]) => bom.every((byte, index) => bytes[index] === byte))?.[0];
}

const LESS_THAN = '<'.charCodeAt(0);

function charsetOfDeclaration(bytes: Uint8Array): string | undefined {
  if (bytes[0] !== LESS_THAN) return undefined;
  const start = UTF_8.decode(bytes.subarray(0, DECLARATION_LENGTH));
  if (!start.startsWith('<?xml')) return undefined;
  const declaration = start.slice(0, start.indexOf('?>'));
  const charset = /\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(declaration)?.[1];
  // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
  return charset && !/^utf-?16/i.test(charset) ? charset : undefined;
}

/** Bodies from this length on have more in them than anybody keeps of a call for years. */
const LONG = 65_536;

/** Texts up to this length are copied: ids, names and numbers, not a transcript. */
const SHORT = 1024;

/**
 * A part of a body that does not keep the body alive. An engine makes of a part a view of the whole:
 * an id, kept for later, would hold the megabytes of a transcript.
 */
export function detached(part: string, body: string): string {
  return body.length < LONG || part.length > SHORT ? part : ` ${part}`.slice(1);
}
