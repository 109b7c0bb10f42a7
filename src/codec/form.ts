import type { ParseContext } from '../context.js';
import { decodeBytes } from '../input/charset.js';
import { type Decoder, decoderOf, decodeUtf8 } from '../input/decoder.js';
import { copySlice, replaceMatches } from '../long-text.js';
import { isRecord, setKey, type WireRecord } from '../record.js';
import { FormRecord } from './brackets.js';
import type { Codec } from './codec.js';

/** `application/x-www-form-urlencoded`, with structures as JSON text or in bracketed keys. */
export const form: Codec = {
  contentType: 'application/x-www-form-urlencoded; charset=utf-8',
  decode: decodeForm,
  encode: encodeForm,
};

type Decode = (text: string) => string;

/**
 * Nearly every form is in UTF-8, which the engine decodes much faster than our own code. If that
 * fails, there are other bytes or a stray `%`, and all of the form is decoded byte by byte.
 */
function decodeForm(text: string, context: ParseContext): WireRecord {
  try {
    return recordOf(text, decodeURIComponent, context);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return recordOf(text, byteDecoder(text, context), context);
  }
}

/**
 * Pairs are separated by `&`, which some senders escape as in HTML (`&amp;`), keys and values by
 * `=`. A `+` is a space.
 */
function recordOf(text: string, decode: Decode, context: ParseContext): WireRecord {
  const record = new FormRecord(context);
  const nextAmpersand = finder('&', text);
  const nextEquals = finder('=', text);
  const nextPlus = finder('+', text);
  const nextPercent = finder('%', text);

  function component(from: number, end: number): string {
    const sent = copySlice(text, from, end);
    const spaced = nextPlus(from) < end ? withSpaces(sent) : sent;
    return nextPercent(from) < end ? decode(spaced) : spaced;
  }

  // URLSearchParams drops a leading `?` too.
  for (let from = text.startsWith('?') ? 1 : 0; from < text.length; ) {
    const end = nextAmpersand(from);
    if (end > from) {
      const keyEnd = Math.min(nextEquals(from), end);
      record.add(component(from, keyEnd), component(keyEnd + 1, end));
    }
    from = end + 1;
  }
  return record.record();
}

const CHUNK = 65_536;

/** Replaces `+` with a space. In chunks: one replaceAll takes thirty times the text's memory. */
function withSpaces(text: string): string {
  if (text.length <= CHUNK) return text.replaceAll('+', ' ');
  let spaced = '';
  for (let at = 0; at < text.length; at += CHUNK) {
    spaced += text
      .slice(at, at + CHUNK)
      .split('+')
      .join(' ');
  }
  return spaced;
}

/**
 * Finds the next index of a character, or the end of the text if there is none. Searches each part
 * of the text only once: otherwise a text without the character would take quadratic time.
 */
function finder(character: string, text: string): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) {
      found = text.indexOf(character, from);
      if (found === -1) found = text.length;
    }
    return found;
  };
}

/** Percent-encoded bytes, and UTF-16 code units as JavaScript's `escape` writes them: `%u05E9`. */
const ESCAPES = /(?:%[0-9a-f]{2})+|%u[0-9a-f]{4}/gi;

/**
 * Decodes the escape sequences of a text, in the charset found from all escaped bytes of the form.
 * Everything else stays as it is.
 */
function byteDecoder(form: string, context: ParseContext): Decode {
  const { charset } = decodeBytes(allEscapedBytes(form), context);
  context.charset = charset;
  const decoder = decoderOf(charset.name, { ignoreBOM: true }); // U+FEFF is a character here
  return (text) => decodeEscapes(text, decoder);
}

function decodeEscapes(text: string, decoder: Decoder): string {
  return replaceMatches(text, ESCAPES, (sequence) =>
    isUnit(sequence)
      ? String.fromCharCode(Number.parseInt(sequence.slice(2), 16))
      : decoder.decode(escapedBytes(sequence)),
  ).toWellFormed();
}

/** A character that encoders of forms escape, or a `%` that escapes nothing. */
const UNESCAPED = /[^\w.~!'()*@/+ %-]|%(?![0-9a-f]{2}|u[0-9a-f]{4})/i;

/** How many nodes can be read in the time that decoding one text takes. */
const NODES_PER_TEXT = 5;

/** Two bytes or units of a name in a row. One alone may be text, as in `5%decrease`. */
const ESCAPED_LETTERS = /(?:%[89a-f][0-9a-f]|%u[0-9a-f]{4}){2}/i;

/**
 * Decodes what the parser of a form could not: every parser leaves `%u05E9`.
 *
 * @param keepsBytes whether the parser leaves a key or value as it is where its bytes are not UTF-8,
 * as qs and Fastify's parser do; URLSearchParams replaces them
 */
export function finishDecoding(
  pairs: [key: string, value: unknown][],
  keepsBytes: boolean,
  context: ParseContext,
): [key: string, value: unknown][] {
  const left = new Set<string>();
  const mapPairs = (replace: Decode): [string, unknown][] =>
    pairs.map(([key, value]) => [replace(key), mapTexts(value, replace)]);
  mapPairs((text) => {
    if (isLeftEscaped(text, keepsBytes)) {
      context.countNodes(NODES_PER_TEXT);
      left.add(text);
    }
    return text;
  });
  if (left.size === 0) return pairs;
  const decode = byteDecoder([...left].join('&'), context);
  return mapPairs((text) => (left.has(text) ? decode(text) : text));
}

/** Valid UTF-8 would have been decoded, so it is text. */
function isLeftEscaped(text: string, keepsBytes: boolean): boolean {
  if (!text.includes('%') || !ESCAPED_LETTERS.test(text) || UNESCAPED.test(text)) return false;
  return /%u/i.test(text) || (keepsBytes && decodeUtf8(allEscapedBytes(text)) === null);
}

/** A copy of a value with all its texts replaced, keys included. */
function mapTexts(value: unknown, replace: Decode): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, replace));
  if (!isRecord(value)) return value;
  const mapped: WireRecord = {};
  for (const key of Object.keys(value)) setKey(mapped, replace(key), mapTexts(value[key], replace));
  return mapped;
}

function isUnit(sequence: string): boolean {
  return sequence[1] === 'u' || sequence[1] === 'U';
}

/** The bytes of `%d7%a9`. */
function escapedBytes(run: string): Uint8Array {
  const bytes = new Uint8Array(run.length / 3);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = Number.parseInt(run.slice(3 * at + 1, 3 * at + 3), 16);
  }
  return bytes;
}

/** All escaped bytes of a form, with a zero byte between separate runs. */
function allEscapedBytes(form: string): Uint8Array {
  const bytes = new Uint8Array(form.length);
  let length = 0;
  for (const { 0: sequence } of form.matchAll(ESCAPES)) {
    if (isUnit(sequence)) continue;
    bytes.set(escapedBytes(sequence), length);
    length += sequence.length / 3 + 1;
  }
  return bytes.subarray(0, length);
}

function encodeForm(record: WireRecord): string {
  return Object.entries(record)
    .map(([key, value]) => `${encodeComponent(key)}=${encodeComponent(formText(value))}`)
    .join('&');
}

/** Structures are sent as JSON text, which is what the vendor's own receiver reads. */
function formText(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Lone surrogates cannot be encoded. They are replaced, as in URLSearchParams. */
function encodeComponent(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
