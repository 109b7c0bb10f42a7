import { replaceMatches } from './long-text.js';

/** Everything but a Char of XML 1.0, section 2.2; half a surrogate pair is none. */
const NOT_A_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** The same for a text whose surrogates are all in pairs: looking for it costs next to nothing. */
const FORBIDDEN = /[^\t\n\r\x20-\uFFFD]/;

/** The text with U+FFFD in place of what XML cannot hold, not even as a reference. */
export function withoutForbidden(xml: string): string {
  return xml.isWellFormed() && !FORBIDDEN.test(xml)
    ? xml
    : replaceMatches(xml, NOT_A_CHARACTER, () => '\uFFFD');
}

/**
 * The text with U+FFFD in place of halves of surrogate pairs and of the two noncharacters. Control
 * characters stay, though XML forbids them too: each field reads them as in the other formats.
 */
export function withoutNoncharacters(xml: string): string {
  return replaceMatches(xml.toWellFormed(), /[\uFFFE\uFFFF]/g, () => '\uFFFD');
}

/** The content of a CDATA section as text with references, which are decoded once. */
export function escapeCdata(content: string): string {
  return replaceMatches(content, /&/g, () => '&amp;');
}

/**
 * A literal carriage return would reach the reader as a line feed (XML 1.0, section 2.11). Some
 * clients do not read it in hexadecimal.
 */
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** Text as it stands between two tags. */
export function escapeText(text: string): string {
  return withoutForbidden(text).replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? '');
}
