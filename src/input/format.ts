import { parse } from 'content-type';
import type { CdrFormat } from '../errors.js';

/** What a content type says of a body; undefined where it says nothing. */
export interface DeclaredType {
  format: CdrFormat | undefined;
  charset: string | undefined;
}

const NOTHING_DECLARED: DeclaredType = { format: undefined, charset: undefined };

/** Reads a content type. */
export function declaredType(contentType: string | null | undefined): DeclaredType {
  if (typeof contentType !== 'string') return NOTHING_DECLARED;
  const { type, parameters } = parse(contentType);
  return { format: formatOfMediaType(type.toLowerCase()), charset: parameters['charset'] };
}

/** RFC 6839: `+json` and `+xml` are the formats of a media type that has a name of its own. */
function formatOfMediaType(mediaType: string): CdrFormat | undefined {
  if (/[/+]json$/.test(mediaType)) return 'json';
  if (/[/+]xml$/.test(mediaType)) return 'xml-rpc';
  return mediaType === 'application/x-www-form-urlencoded' ? 'form' : undefined;
}

/** How much of a body is looked at: a form's first key is shorter. */
export const SNIFF_LENGTH = 256;

/**
 * The format of a text: the declared one, unless the text begins as none of that format can.
 */
export function formatOfText(text: string, declared: CdrFormat | undefined): CdrFormat | null {
  const start = text.slice(0, SNIFF_LENGTH).trimStart();
  switch (start[0]) {
    case '{':
    case '[':
      return 'json';
    case '<':
      return 'xml-rpc';
    default:
      return /^&*[^\s<>"&=]+=/.test(start) ? 'form' : (declared ?? null);
  }
}
