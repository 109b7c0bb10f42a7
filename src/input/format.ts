import { parse } from 'content-type';
import type { CdrFormat } from '../errors.js';
import { isJsonText } from '../json-text.js';
import { trimBlank } from './text.js';

/** What a content type says about a body. */
export interface DeclaredType {
  /** Null if the media type belongs to none of the three formats. */
  format: CdrFormat | null;
  /** Undefined if none is named. */
  charset: string | undefined;
  isMultipart: boolean;
}

/** Reads a content type. */
export function declaredType(contentType: string | null | undefined): DeclaredType {
  const { type, parameters } = parse(typeof contentType === 'string' ? contentType : '');
  const mediaType = type.toLowerCase();
  return {
    format: formatOfMediaType(mediaType),
    charset: parameters['charset'],
    isMultipart: mediaType.startsWith('multipart/'),
  };
}

/** RFC 6839: `+json` and `+xml` give the format of a media type that has its own name. */
function formatOfMediaType(mediaType: string): CdrFormat | null {
  if (mediaType.endsWith('/json') || mediaType.endsWith('+json')) return 'json';
  if (mediaType.endsWith('/xml') || mediaType.endsWith('+xml')) return 'xml-rpc';
  return mediaType === 'application/x-www-form-urlencoded' ? 'form' : null;
}

/** How a form begins. JSON and XML cannot be mistaken for anything else. */
const FORM_START = /^(?:&*[^\s<>"&=]+=|%(?:7b|5b|22))/i;

/** The start of a list of records in a form: `[0].type=`. JSON never begins like this. */
const INDEXED_KEY = /^\[\d+\][.[]/;

const MULTIPART = 'multipart: expected JSON, XML-RPC or application/x-www-form-urlencoded';

const NOT_TEXT = 'not text: is it compressed?';

/** How bodies in no supported format begin, as one character per byte or as decoded text. */
const UNSUPPORTED_STARTS: readonly [pattern: RegExp, what: string][] = [
  // biome-ignore-start lint/suspicious/noControlCharactersInRegex: what compressed bytes begin with
  [/^\x1f[\x8b\u2039\uFFFD]/, 'compressed by gzip: decompress it first'],
  [/^x(?:\x01|\x5e|\x9c|\xda|\uFFFD)/, 'compressed by deflate: decompress it first'],
  [/^\x28[\xb5\uFFFD]\x2f[\xfd\u200E\uFFFD]/, 'compressed by zstd: decompress it first'],
  [/^--[\w'()+,./:=? -]+\r?\n/, MULTIPART],
  [/^[^\s<>{}[\]"&=]*[\0-\x08\x0e-\x1f]/, NOT_TEXT],
  // biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above
];

/** Whether a text begins with many control characters, as compressed bytes do. */
function isBinary(text: string): boolean {
  const start = text.slice(0, 256);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is counted
  const controls = start.match(/[\0-\x08\x0e-\x1f]/g)?.length ?? 0;
  return controls > start.length / 32;
}

/** What the start of a body shows. */
export interface BodyStart {
  /** The declared format, unless the text begins like another one; null if neither shows it. */
  format: CdrFormat | null;
  /** Why the body is in none of the formats, whatever was declared; null otherwise. */
  refusal: string | null;
}

/** Tells the format of a body from its start and its declared type. */
export function readStartOfBody(text: string, declared: DeclaredType): BodyStart {
  const start = trimBlank(text);
  if (isJsonText(start) && !INDEXED_KEY.test(start)) return { format: 'json', refusal: null };
  if (start.startsWith('<')) return { format: 'xml-rpc', refusal: null };
  const unsupported = UNSUPPORTED_STARTS.find(([pattern]) => pattern.test(start))?.[1];
  if (!unsupported && FORM_START.test(start)) return { format: 'form', refusal: null };
  const fallback = declared.isMultipart ? MULTIPART : isBinary(start) ? NOT_TEXT : null;
  const what = unsupported ?? fallback;
  return { format: declared.format, refusal: what && `The body is ${what}` };
}
