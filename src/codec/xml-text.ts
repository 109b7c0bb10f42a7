/** Everything but a Char of XML 1.0, section 2.2; half a surrogate pair is none. */
const NOT_A_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * The five entities of XML and character references. Anything else that begins with `&` stays as
 * it was sent; a reference to what XML forbids (a control, half a surrogate pair) becomes U+FFFD.
 */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:(lt|gt|amp|quot|apos)|#(\d+)|#x([\da-f]+));/gi,
    (reference, entity?: string, decimal?: string, hexadecimal?: string) => {
      if (entity) return ENTITIES[entity] ?? reference;
      const codePoint = decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16);
      if (codePoint > 0x10ffff) return '\uFFFD';
      return withoutForbidden(String.fromCodePoint(codePoint));
    },
  );
}

/** The text with U+FFFD in place of what XML cannot hold, not even as a reference. */
export function withoutForbidden(text: string): string {
  return text.replace(NOT_A_CHARACTER, '\uFFFD');
}

/** A literal carriage return would reach the reader as a line feed (XML 1.0, section 2.11). */
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };

/** Text as it stands between two tags. */
export function escapeText(text: string): string {
  return withoutForbidden(text).replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? '');
}
