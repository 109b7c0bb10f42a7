import { replaceMatches } from './long-text.js';

/** Everything but a Char of XML 1.0, section 2.2; half a surrogate pair is none. */
const NOT_A_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** What is no Char in a text whose surrogates are all in pairs: looking for it costs next to nothing. */
const FORBIDDEN = /[^\t\n\r\x20-\uFFFD]/;

/** The text with U+FFFD in place of what XML cannot hold, not even as a reference. */
export function withoutForbidden(xml: string): string {
  return xml.isWellFormed() && !FORBIDDEN.test(xml)
    ? xml
    : replaceMatches(xml, NOT_A_CHARACTER, () => '\uFFFD');
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const REFERENCE = /&(?:(lt|gt|amp|quot|apos)|#(\d+)|#x([\da-fA-F]+));/g;

/**
 * The five entities of XML and character references. Anything else that begins with `&` stays as
 * it was sent; a reference to what XML forbids (a control, half a surrogate pair) becomes U+FFFD.
 */
export function decodeReferences(text: string): string {
  return text.includes('&') ? replaceMatches(text, REFERENCE, decodeReference) : text;
}

function decodeReference(
  reference: string,
  entity?: string,
  decimal?: string,
  hexadecimal?: string,
): string {
  if (entity) return ENTITIES[entity] ?? reference;
  const codePoint = decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16);
  if (codePoint > 0x10ffff) return '\uFFFD';
  return withoutForbidden(String.fromCodePoint(codePoint));
}

/** A literal carriage return would reach the reader as a line feed (XML 1.0, section 2.11). */
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };

/** Text as it stands between two tags. */
export function escapeText(text: string): string {
  return withoutForbidden(text).replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? '');
}
