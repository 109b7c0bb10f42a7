import { issue } from '../errors.js';
import { overLimit } from '../limits.js';
import type { WireRecord } from '../record.js';
import { nestBrackets } from './brackets.js';
import type { Codec, DecodeContext } from './codec.js';

/** A form: `application/x-www-form-urlencoded`, with structures as JSON text or in bracketed keys. */
export const form: Codec = {
  format: 'form',
  contentType: 'application/x-www-form-urlencoded; charset=utf-8',
  decode: decodeForm,
  encodeRequest: encodeForm,
  encodeResponse: encodeForm,
};

function decodeForm(text: string, context: DecodeContext): WireRecord {
  const pairs: [string, string][] = [];
  const body = text.trim();
  for (let from = 0; from < body.length; ) {
    const ampersand = body.indexOf('&', from);
    const end = ampersand === -1 ? body.length : ampersand;
    if (end > from) {
      if (pairs.length === context.limits.maxNodes) {
        throw overLimit('maxNodes', context.limits, 'form');
      }
      // Looked for within the pair: a body without any would be searched to its end each time.
      const pair = body.slice(from, end);
      const equals = pair.indexOf('=');
      const keyEnd = equals === -1 ? pair.length : equals;
      pairs.push([
        decodeComponent(pair.slice(0, keyEnd), context),
        decodeComponent(pair.slice(keyEnd + 1), context),
      ]);
    }
    from = end + 1;
  }
  return nestBrackets(pairs, context, 'form');
}

/** One key or value: `+` is a space, `%XX` a byte in the form's charset. Anything else stands for itself. */
function decodeComponent(component: string, context: DecodeContext): string {
  const text = component.includes('+') ? component.replaceAll('+', ' ') : component;
  if (!text.includes('%')) return text;
  if (context.charset === 'utf-8') {
    try {
      return decodeURIComponent(text);
    } catch {
      // A stray percent sign, or bytes that are not UTF-8: byte by byte below.
    }
  }
  const decoder = new TextDecoder(context.charset);
  const decoded = text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    decoder.decode(Uint8Array.from(run.slice(1).split('%'), (byte) => Number.parseInt(byte, 16))),
  );
  if (decoded.includes('\uFFFD')) {
    context.issues.push(
      issue([], 'invalid_bytes', `some bytes are not ${context.charset}; they became U+FFFD`),
    );
  }
  return decoded;
}

function encodeForm(record: WireRecord): string {
  return Object.entries(record)
    .map(([key, value]) => `${encodeComponent(key)}=${encodeComponent(formText(value))}`)
    .join('&');
}

/** Structures travel in a form as JSON text, as the vendor's own receiver reads them. */
function formText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A lone surrogate has no bytes; it is replaced, as URLSearchParams does. */
function encodeComponent(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
