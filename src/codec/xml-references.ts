import type { ParseContext } from '../context.js';
import { decodeUtf8 } from '../input/decoder.js';
import { replaceMatches } from '../long-text.js';
import type { XmlElement } from './xml-scan.js';
import { withoutNoncharacters } from './xml-text.js';

/** Decodes the references in a text. */
export type ReferenceDecoder = (text: string) => string;

/**
 * Decides how to read the references of a document: as characters, or as bytes, which some senders
 * write (docs/wire-format.md). The rules leave `Café` and `× ©` unchanged.
 */
export function referenceDecoder(
  xml: string,
  root: XmlElement,
  { declaredCharsets }: ParseContext,
): ReferenceDecoder {
  if (ONLY_A_BYTE.test(xml) && hasUtf8References(root)) return decoderOfBytes(decodeUtf8References);
  if (declaredCharsets.some(({ name }) => HEBREW_CHARSET.test(name))) {
    return decoderOfBytes(decodeHebrewReferences);
  }
  return decodeReferences;
}

/**
 * Decodes the five entities of XML and character references. Anything else that begins with `&`
 * stays as sent. Two references can be the halves of a surrogate pair, as Java writes them.
 */
export const decodeReferences: ReferenceDecoder = decoderOfBytes(() => null);

/** A decoder that reads references as bytes if `read` makes text of them, else as characters. */
function decoderOfBytes(read: (text: string) => string | null): ReferenceDecoder {
  return (text) =>
    text.includes('&') ? withoutNoncharacters(read(text) ?? resolveReferences(text)) : text;
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const REFERENCE = /&(?:(lt|gt|amp|quot|apos)|#(\d+)|#x([\da-fA-F]+));/g;

/** The result can contain lone surrogates. */
function resolveReferences(text: string): string {
  return replaceMatches(text, REFERENCE, (reference, entity, decimal, hexadecimal) => {
    if (entity) return ENTITIES[entity] ?? reference;
    const codePoint = decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16);
    return codePoint > 0x10ffff ? '\uFFFD' : String.fromCodePoint(codePoint);
  });
}

/** Decimal references to 128 and above. */
const BEYOND_ASCII = /&#0*(?:12[89]|1[3-9]\d|[2-9]\d\d|[1-9]\d{3,});/;

/** Decimal references from 128 to 159: bytes of UTF-8 Hebrew, but not characters anyone sends. */
const ONLY_A_BYTE = /&#0*(?:12[89]|1[345]\d);/;

/** Whether all references beyond ASCII in a document are bytes of UTF-8, as PHP writes them. */
function hasUtf8References(root: XmlElement): boolean {
  const texts = textsIn(root);
  return (
    texts.some((text) => ONLY_A_BYTE.test(text)) &&
    texts.every((text) => !BEYOND_ASCII.test(text) || decodeUtf8References(text) !== null)
  );
}

/** A list instead of recursion: elements can be nested as deep as the stack allows. */
function textsIn(root: XmlElement): string[] {
  const elements = [root];
  for (const { children } of elements) for (const child of children) elements.push(child);
  return elements.map(({ text }) => text);
}

const RAW_OR_HEXADECIMAL = /[^\0-\x7F]|&#x[\da-fA-F]+;/;

/** The decoded text if it is ASCII and its references are bytes of UTF-8, else null. */
function decodeUtf8References(text: string): string | null {
  if (RAW_OR_HEXADECIMAL.test(text)) return null;
  const characters = resolveReferences(text);
  return /[^\0-\xFF]/.test(characters) ? null : decodeUtf8(bytesOf(characters));
}

/** The bytes that characters up to U+00FF stand for. */
export function bytesOf(characters: string): Uint8Array {
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes;
}

/** Charsets in which the bytes 224 to 250 are the letters from alef to tav. */
const HEBREW_CHARSET = /^(?:windows-1255|iso-8859-8(?:-i)?)$/;

const RAW_OR_HEXADECIMAL_BEYOND_ASCII =
  /[^\0-\x7F]|&#x0*(?:[89a-fA-F]|[1-9a-fA-F][\da-fA-F])[\da-fA-F];/;

const ALEF_BYTE = 224;
const ALEF = 0x5d0;

/**
 * The decoded text if its references are bytes of Hebrew letters, as Perl's Frontier::RPC2 writes
 * them, else null.
 */
function decodeHebrewReferences(text: string): string | null {
  if (RAW_OR_HEXADECIMAL_BEYOND_ASCII.test(text)) return null;
  const characters = resolveReferences(text);
  if (/[a-zA-Z\x80-\xDF\xFB-\uFFFF]/.test(characters)) return null;
  return replaceMatches(characters, /[\xE0-\xFA]/g, (byte) =>
    String.fromCharCode(byte.charCodeAt(0) - ALEF_BYTE + ALEF),
  );
}
