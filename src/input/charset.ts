import type { Charset, ParseContext } from '../context.js';

/** Text that was decoded from bytes. */
interface Decoded {
  text: string;
  charset: Charset;
}

/** Made once: making a decoder takes longer than decoding and parsing most bodies. */
const UTF_8 = /* @__PURE__ */ new TextDecoder();
const STRICT_UTF_8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true });

/**
 * Bytes to text. What the bytes show counts before what was declared: senders declare a single-byte
 * charset over UTF-8, and the reverse (docs/wire-format.md). Nothing is refused: what had to be
 * guessed or replaced is an issue.
 */
export function decodeText(
  bytes: Uint8Array,
  charsetOfHeader: string | undefined,
  context: ParseContext,
): string {
  const { text, charset } = decodeBody(bytes, charsetOfHeader, context);
  context.charset = charset;
  return text;
}

function decodeBody(
  bytes: Uint8Array,
  charsetOfHeader: string | undefined,
  context: ParseContext,
): Decoded {
  const bom = BOMS.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  if (bom && bom.name !== 'utf-8')
    return decodeAs({ name: bom.name, source: 'bom' }, evenLength(bytes), context);
  const utf16 = utf16Of(bytes);
  if (utf16) return decodeAs({ name: utf16, source: 'bytes' }, evenLength(bytes), context);
  const body = behindBoms(bytes);
  declareCharsets(charsetOfHeader, charsetOfDeclaration(body), context);
  // Even behind a BOM of UTF-8 bytes can be of another charset.
  if (bom)
    context.declaredCharsets = [{ name: 'utf-8', source: 'bom' }, ...context.declaredCharsets];
  return decodeBytes(body, context);
}

/** Keeps the charsets that a body declares, in the order in which they are tried. */
export function declareCharsets(
  ofHeader: string | undefined,
  ofDeclaration: string | undefined,
  context: ParseContext,
): void {
  const header = declared(ofHeader, 'content-type', context);
  context.declaredCharsets = header.concat(declared(ofDeclaration, 'declaration', context));
}

/**
 * Decodes bytes whose charset is that of the body: all of it, or the percent-encoded bytes of a
 * form. They are UTF-8 if they can be, a few broken sequences aside; else of the first declared
 * charset that fits; else windows-1255, which the older systems of Israel send.
 */
export function decodeBytes(bytes: Uint8Array, context: ParseContext): Decoded {
  const utf8 = strictly(STRICT_UTF_8, bytes);
  if (utf8 !== null) return { text: utf8, charset: utf8Charset(utf8, bytes, context) };
  context.countError(); // the one that said so: a body can hold very many base64 values
  const mended = UTF_8.decode(bytes);
  if (isMostlyUtf8(mended, bytes)) {
    addInvalidBytes('utf-8', context);
    return { text: mended, charset: { name: 'utf-8', source: 'bytes' } };
  }
  for (const charset of context.declaredCharsets) {
    const text = strictly(decoderOf(charset.name, { fatal: true }), bytes);
    if (text !== null && !isMisnamed(charset.name, text)) return { text, charset };
  }
  context.addIssue([], 'guessed_charset', `bytes of no declared charset; read as ${GUESS.name}`);
  return decodeAs(GUESS, bytes, context);
}

const GUESS: Charset = { name: 'windows-1255', source: 'guess' };

function utf8Charset(text: string, bytes: Uint8Array, { declaredCharsets }: ParseContext): Charset {
  const declared = declaredCharsets.find(({ name }) => name === 'utf-8');
  if (declared) return declared;
  // A character beyond ASCII takes more bytes than characters.
  return { name: 'utf-8', source: text.length < bytes.length ? 'bytes' : 'default' };
}

function decodeAs(charset: Charset, bytes: Uint8Array, context: ParseContext): Decoded {
  const text = new TextDecoder(charset.name).decode(bytes);
  if (
    text.includes('\uFFFD') &&
    strictly(new TextDecoder(charset.name, { fatal: true }), bytes) === null
  ) {
    addInvalidBytes(charset.name, context);
  }
  return { text, charset };
}

function addInvalidBytes(charset: string, context: ParseContext): void {
  context.addIssue([], 'invalid_bytes', `some bytes are not ${charset}; they became U+FFFD`);
}

/** The text of bytes that are all of a charset, else null. */
function strictly(decoder: Decoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Whether more sequences beyond ASCII are intact than broken: Hebrew in windows-1255 has hardly one. */
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

/** How often UTF-8 bytes hold a U+FFFD that was sent: EF BF BD. */
function countReplacements(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0xef); at !== -1; at = bytes.indexOf(0xef, at + 1)) {
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) count++;
  }
  return count;
}

/** Of a TextDecoder, what is needed here. */
type Decoder = Pick<TextDecoder, 'decode'>;

/** What windows-1252 has at 80 to 9F. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** A decoder of a charset. Node 20 decodes windows-1252 as ISO-8859-1, which has no € and no quotes. */
export function decoderOf(charset: string, options?: TextDecoderOptions): Decoder {
  return charset === 'windows-1252'
    ? { decode: decodeWindows1252 }
    : new TextDecoder(charset, options);
}

function decodeWindows1252(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes).map((byte) =>
    byte < 0x80 || byte > 0x9f ? byte : WINDOWS_1252.charCodeAt(byte - 0x80),
  );
  return new TextDecoder('utf-16le').decode(units);
}

/**
 * Whether bytes that were declared ISO-8859-8 must be windows-1255, which has the same letters, and
 * quotes and dashes where ISO-8859-8 has control characters.
 */
function isMisnamed(charset: string, text: string): boolean {
  return charset.startsWith('iso-8859-8') && /[\x80-\x9f]/.test(text);
}

/** A charset that was declared, unless there is none of that name, which is an issue. */
function declared(
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
  // Bytes in UTF-16 were recognized before: nobody has to say so.
  return name.startsWith('utf-16') ? [] : [{ name, source }];
}

/** Misspelled names, reduced to letters and digits, and what is meant by them. */
const MISSPELLINGS: readonly [pattern: RegExp, name: string][] = [
  [/^utf8/, 'utf-8'],
  [/^utf16/, 'utf-16'],
  // Perl's RPC::XML declares ASCII by default over UTF-8 bytes.
  [/^(?:us)?ascii/, 'utf-8'],
  [/^(?:x|cp|ms|win|windows|ansi|iso|ibm|charset)*(125[0-8])$/, 'windows-$1'],
  [/^(?:cs|iso|latin)*8859(\d\d?)[ei]?$/, 'iso-8859-$1'],
];

/** The name of a charset in the spelling of the Encoding Standard; null if there is none. */
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

/** The bytes behind BOMs of UTF-8 and what is blank among them: bytes of another charset can follow. */
function behindBoms(bytes: Uint8Array): Uint8Array {
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (UTF_8_BOM.every((byte, index) => bytes[at + index] === byte)) {
      start = at + UTF_8_BOM.length;
      at = start - 1;
    } else if (Number(bytes[at]) > 0x20) break;
  }
  return bytes.subarray(start);
}

const BOMS: readonly { name: string; mark: number[] }[] = [
  { name: 'utf-8', mark: UTF_8_BOM },
  { name: 'utf-16le', mark: [0xff, 0xfe] },
  { name: 'utf-16be', mark: [0xfe, 0xff] },
];

/**
 * UTF-16 without a BOM. Every body begins with two characters of ASCII, after what is blank; read
 * as UTF-16, other bytes do not.
 */
function utf16Of(bytes: Uint8Array): string | undefined {
  const start = bytes.subarray(0, DECLARATION_LENGTH);
  if (!start.includes(0)) return undefined; // quick, and enough for nearly every body
  return UTF_16.find((charset) => STARTS_IN_ASCII.test(new TextDecoder(charset).decode(start)));
}

const UTF_16 = ['utf-16le', 'utf-16be'];

// biome-ignore lint/suspicious/noControlCharactersInRegex: a NUL is blank, see trimBlank
const STARTS_IN_ASCII = /^[\s\0\x85\u200B]*?[\x01-\x7F]{2}/;

/** Bytes of UTF-16, with a zero more where one at the end was lost, or one too many was sent. */
function evenLength(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const even = new Uint8Array(bytes.length + 1);
  even.set(bytes);
  return even;
}

/** How many bytes an XML declaration takes at most, with what is blank before it. */
const DECLARATION_LENGTH = 1024;

function charsetOfDeclaration(bytes: Uint8Array): string | undefined {
  return declaredCharset(UTF_8.decode(bytes.subarray(0, DECLARATION_LENGTH)));
}

/** The charset that the XML declaration at the start of a text names. */
export function declaredCharset(text: string): string | undefined {
  const declaration = /^[\s\0]*<\?xml\s[^>]*/.exec(text.slice(0, DECLARATION_LENGTH));
  return declaration?.[0].match(/\sencoding\s*=\s*["']([^"']*)["']/)?.[1];
}
