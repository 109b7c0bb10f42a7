import { areOf, detached, noteInvalidBytes } from '../input/charset.js';
import type { WireRecord } from '../record.js';
import { BracketedRecord } from './brackets.js';
import type { Codec, DecodeContext } from './codec.js';
import { replaceMatches } from './long-text.js';

/** A form: `application/x-www-form-urlencoded`, with structures as JSON text or in bracketed keys. */
export const form: Codec = {
  format: 'form',
  contentType: 'application/x-www-form-urlencoded; charset=utf-8',
  decode: decodeForm,
  encode: encodeForm,
};

/** Pairs are divided by `&`, keys and values by `=`; `+` is a space, `%XX` a byte in the form's charset. */
function decodeForm(text: string, context: DecodeContext): WireRecord {
  const record = new BracketedRecord(context, 'form');
  const body = text.trim();
  const nextAmpersand = finder('&', body);
  const nextEquals = finder('=', body);
  const nextPlus = finder('+', body);
  const nextPercent = finder('%', body);
  const decodePercents = percentDecoder(context);

  function component(from: number, end: number): string {
    const sent = detached(body.slice(from, end), body);
    const spaced = nextPlus(from) < end ? withSpaces(sent) : sent;
    return nextPercent(from) < end ? decodePercents(spaced) : spaced;
  }

  for (let from = 0; from < body.length; ) {
    const end = nextAmpersand(from);
    if (end > from) {
      const keyEnd = Math.min(nextEquals(from), end);
      record.set(component(from, keyEnd), component(keyEnd + 1, end));
    }
    from = end + 1;
  }
  return record.record();
}

const CHUNK = 65_536;

/** Every `+` as a space. In chunks, and not by replaceAll: that takes thirty times the text. */
function withSpaces(text: string): string {
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
 * Finds where a character comes next, at the text's end if nowhere. Every stretch is searched once,
 * however often it is asked for: a text without the character would take quadratic time otherwise.
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

/** Decodes the escapes of a text; what is no escape stands for itself. */
function percentDecoder({ charset, issues }: DecodeContext): (text: string) => string {
  let decoder: TextDecoder | undefined; // most forms need none, and it takes as long as the rest
  let wellFormed = charset === 'utf-8';
  let broken = false; // once is enough to say so
  return (text) => {
    if (wellFormed) {
      try {
        return decodeURIComponent(text);
      } catch {
        // A stray percent sign, or bytes that are not UTF-8: byte by byte, and so from here on,
        // for to fail at each of a million fields takes seconds.
        wellFormed = false;
      }
    }
    return replaceMatches(text, /(?:%[0-9a-f]{2})+/gi, (run) => {
      const bytes = bytesOf(run);
      decoder ??= new TextDecoder(charset, { ignoreBOM: true }); // U+FEFF is a character here
      const decoded = decoder.decode(bytes);
      if (!broken && decoded.includes('\uFFFD') && !areOf(charset, bytes)) {
        broken = true;
        noteInvalidBytes(charset, issues);
      }
      return decoded;
    });
  };
}

/** The bytes of `%d7%a9`. */
function bytesOf(run: string): Uint8Array {
  const bytes = new Uint8Array(run.length / 3);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = Number.parseInt(run.slice(3 * at + 1, 3 * at + 3), 16);
  }
  return bytes;
}

function encodeForm(record: WireRecord): string {
  return Object.entries(record)
    .map(([key, value]) => `${encodeComponent(key)}=${encodeComponent(formText(value))}`)
    .join('&');
}

/** Structures travel in a form as JSON text, as the vendor's own receiver reads them. */
function formText(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A lone surrogate has no bytes; it is replaced, as URLSearchParams does. */
function encodeComponent(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
