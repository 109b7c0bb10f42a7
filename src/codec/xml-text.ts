import { replaceMatches } from '../long-text.js';

/** Anything that is not a Char in XML 1.0, section 2.2, such as a lone surrogate. */
const NOT_A_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** The same for a text without lone surrogates. Testing for it costs next to nothing. */
const FORBIDDEN = /[^\t\n\r\x20-\uFFFD]/;

/** The text with U+FFFD in place of characters that XML cannot contain, not even as references. */
export function withoutForbidden(xml: string): string {
  return xml.isWellFormed() && !FORBIDDEN.test(xml)
    ? xml
    : replaceMatches(xml, NOT_A_CHARACTER, () => '\uFFFD');
}

/**
 * The text with U+FFFD in place of lone surrogates and the noncharacters U+FFFE and U+FFFF. Control
 * characters stay, though XML forbids them too: each field reads them as in the other formats.
 */
export function withoutNoncharacters(xml: string): string {
  return replaceMatches(xml.toWellFormed(), /[\uFFFE\uFFFF]/g, () => '\uFFFD');
}

/** Escapes the content of a CDATA section, so that decoding the references restores it. */
export function escapeCdata(content: string): string {
  return replaceMatches(content, /&/g, () => '&amp;');
}

/**
 * A literal carriage return would be read as a line feed (XML 1.0, section 2.11). Its reference is
 * decimal because some clients do not read the hexadecimal one.
 */
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** Escapes text for use between two tags. */
export function escapeText(text: string): string {
  return withoutForbidden(text).replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? '');
}
