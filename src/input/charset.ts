import type { Charset, ParseContext } from '../context.js';
import { decoderOf, decodeStrictly, decodeUtf8 } from './decoder.js';

/** Text decoded from bytes. */
interface Decoded {
  text: string;
  charset: Charset;
}

/** Created once: creating a decoder takes longer than decoding and parsing most bodies. */
const UTF_8 = /* @__PURE__ */ new TextDecoder();

/**
 * Decodes bytes. What they show takes precedence over what was declared: senders declare a
 * single-byte charset for UTF-8 bytes, and the reverse (docs/wire-format.md). Never fails: guesses
 * and replaced bytes are reported as issues.
 */
export function decodeText(
  bytes: Uint8Array,
  headerLabel: string | undefined,
  context: ParseContext,
): string {
  const { text, charset } = decodeBody(bytes, headerLabel, context);
  context.charset = charset;
  return text;
}

function decodeBody(
  bytes: Uint8Array,
  headerLabel: string | undefined,
  context: ParseContext,
): Decoded {
  const utf16 = utf16Of(bytes);
  if (utf16) return decodeAs(utf16, evenLength(bytes), context);
  const body = stripBoms(bytes);
  const start = UTF_8.decode(body.subarray(0, DECLARATION_LENGTH));
  declareCharsets(headerLabel, labelInDeclaration(start), context);
  // Bytes after a UTF-8 BOM can still be in another charset.
  if (hasMark(UTF_8_BOM, bytes))
    context.declaredCharsets = [{ name: 'utf-8', source: 'bom' }, ...context.declaredCharsets];
  return decodeBytes(body, context);
}

/** Stores the charsets that a body declares, in the order in which they are tried. */
export function declareCharsets(
  headerLabel: string | undefined,
  declarationLabel: string | undefined,
  context: ParseContext,
): void {
  context.declaredCharsets = [
    ...charsetsNamed(headerLabel, 'content-type', context),
    ...charsetsNamed(declarationLabel, 'declaration', context),
  ];
}

/**
 * Decodes bytes in the charset of the body: the whole body, or the percent-encoded bytes of a form.
 * They are read as UTF-8 if they are valid, a few broken sequences aside; else in the first
 * declared charset that fits; else as windows-1255, which older Israeli systems send.
 */
export function decodeBytes(bytes: Uint8Array, context: ParseContext): Decoded {
  const utf8 = decodeUtf8(bytes);
  if (utf8 !== null) return { text: utf8, charset: utf8Charset(utf8, bytes, context) };
  context.countError(); // the error caught above: a body can hold very many base64 values
  const repaired = UTF_8.decode(bytes);
  if (isMostlyUtf8(repaired, bytes)) {
    addInvalidBytes('utf-8', context);
    return { text: repaired, charset: { name: 'utf-8', source: 'bytes' } };
  }
  for (const charset of context.declaredCharsets) {
    const text = decodeStrictly(decoderOf(charset.name, { fatal: true }), bytes);
    if (text !== null && !isReallyWindows1255(charset.name, text)) return { text, charset };
  }
  context.addIssue([], 'guessed_charset', `bytes of no declared charset; read as ${GUESS.name}`);
  return decodeAs(GUESS, bytes, context);
}

const GUESS: Charset = { name: 'windows-1255', source: 'guess' };

function utf8Charset(text: string, bytes: Uint8Array, { declaredCharsets }: ParseContext): Charset {
  const declared = declaredCharsets.find(({ name }) => name === 'utf-8');
  if (declared) return declared;
  // Beyond ASCII, a character takes more bytes in UTF-8 than units in a JavaScript string.
  return { name: 'utf-8', source: text.length < bytes.length ? 'bytes' : 'default' };
}

function decodeAs(charset: Charset, bytes: Uint8Array, context: ParseContext): Decoded {
  const text = new TextDecoder(charset.name).decode(bytes);
  if (
    text.includes('\uFFFD') &&
    decodeStrictly(new TextDecoder(charset.name, { fatal: true }), bytes) === null
  ) {
    addInvalidBytes(charset.name, context);
  }
  return { text, charset };
}

function addInvalidBytes(charset: string, context: ParseContext): void {
  context.addIssue([], 'invalid_bytes', `some bytes are not ${charset}; they became U+FFFD`);
}

/**
 * Whether more multi-byte sequences are intact than broken. Hebrew in windows-1255 has hardly any
 * intact ones.
 */
function isMostlyUtf8(text: string, bytes: Uint8Array): boolean {
  let intact = 0;
  let replaced = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) replaced++;
    else if (code > 0x7f && !isLowSurrogate(code)) intact++;
  }
  const sent = countReplacements(bytes);
  return intact + sent > replaced - sent;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** Counts the U+FFFD that the sender wrote into UTF-8 bytes: EF BF BD. */
function countReplacements(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0xef); at !== -1; at = bytes.indexOf(0xef, at + 1)) {
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) count++;
  }
  return count;
}

/**
 * Whether bytes declared as ISO-8859-8 must be windows-1255, which has the same letters, but quotes
 * and dashes where ISO-8859-8 has control characters.
 */
export function isReallyWindows1255(charset: string, text: string): boolean {
  return charset.startsWith('iso-8859-8') && /[\x80-\x9f]/.test(text);
}

/** The charset with a label, if any. An unknown label is reported as an issue. */
function charsetsNamed(
  label: string | undefined,
  source: Charset['source'],
  context: ParseContext,
): Charset[] {
  if (!label) return [];
  const name = nameOfCharset(label);
  if (name === null) {
    context.addIssue([], 'unknown_charset', 'expected the name of a charset', label);
    return [];
  }
  // UTF-16 is recognized from the bytes before this, so a declaration of it is ignored.
  return name.startsWith('utf-16') ? [] : [{ name, source }];
}

/** Misspelled names, reduced to letters and digits, and the charsets they stand for. */
const MISSPELLINGS: readonly [pattern: RegExp, name: string][] = [
  [/^utf8/, 'utf-8'],
  [/^utf16/, 'utf-16'],
  // Perl's RPC::XML declares ASCII by default but sends UTF-8 bytes.
  [/^(?:us)?ascii/, 'utf-8'],
  [/^(?:x|cp|ms|win|windows|ansi|iso|ibm|charset){0,3}(125[0-8])$/, 'windows-$1'],
  [/^(?:cs|iso|latin){0,3}8859(\d\d?)[ei]?$/, 'iso-8859-$1'],
];

/** The name of a charset in the spelling of the Encoding Standard; null if it is unknown. */
function nameOfCharset(label: string): string | null {
  const letters = label.toLowerCase().replace(/[^a-z0-9]/g, '');
  const found = MISSPELLINGS.find(([pattern]) => pattern.test(letters));
  try {
    return new TextDecoder(found ? letters.replace(...found) : label.trim()).encoding;
  } catch {
    return null;
  }
}

const UTF_8_BOM = [0xef, 0xbb, 0xbf];

/** The bytes after any UTF-8 BOMs and the blanks between them. They can be in another charset. */
function stripBoms(bytes: Uint8Array): Uint8Array {
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (hasMark(UTF_8_BOM, bytes, at)) {
      start = at + UTF_8_BOM.length;
      at = start - 1;
    } else if (Number(bytes[at]) > 0x20) break;
  }
  return bytes.subarray(start);
}

function hasMark(mark: readonly number[], bytes: Uint8Array, at = 0): boolean {
  return mark.every((byte, index) => bytes[at + index] === byte);
}

const UTF_16 = [
  { name: 'utf-16le', mark: [0xff, 0xfe] },
  { name: 'utf-16be', mark: [0xfe, 0xff] },
];

/**
 * Detects UTF-16, by a BOM or without one. Every body begins with two ASCII characters, after any
 * blanks. Bytes in other charsets do not when they are decoded as UTF-16.
 */
function utf16Of(bytes: Uint8Array): Charset | null {
  const marked = UTF_16.find(({ mark }) => hasMark(mark, bytes));
  if (marked) return { name: marked.name, source: 'bom' };
  const start = bytes.subarray(0, DECLARATION_LENGTH);
  if (!start.includes(0)) return null; // quick, and enough for nearly every body
  const found = UTF_16.find(({ name }) =>
    STARTS_IN_ASCII.test(new TextDecoder(name).decode(start)),
  );
  return found ? { name: found.name, source: 'bytes' } : null;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a NUL is blank, see trimBlank
const STARTS_IN_ASCII = /^[\s\0\x85\u200B]*?[\x01-\x7F]{2}/;

/** UTF-16 bytes, padded with a zero if the last byte was lost or is one too many. */
function evenLength(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const even = new Uint8Array(bytes.length + 1);
  even.set(bytes);
  return even;
}

/** The most bytes that an XML declaration takes, including blanks before it. */
const DECLARATION_LENGTH = 1024;

/** The label of the charset that the XML declaration at the start of a text names. */
export function labelInDeclaration(text: string): string | undefined {
  const declaration = /^[\s\0]*<\?xml\s[^>]*/.exec(text.slice(0, DECLARATION_LENGTH));
  return declaration?.[0].match(/\sencoding\s*=\s*["']([^"']*)["']/)?.[1];
}
