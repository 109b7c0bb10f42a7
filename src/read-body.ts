import { FormRecord } from './codec/brackets.js';
import { finishDecoding } from './codec/form.js';
import { CODECS } from './codec/index.js';
import { ParseContext } from './context.js';
import type { CdrFormat, CdrParseError } from './errors.js';
import { bodyKind, type CdrBody, copyParsed, readPairs } from './input/body.js';
import { declareCharsets, decodeText, labelInDeclaration } from './input/charset.js';
import { type DeclaredType, declaredType, readStartOfBody } from './input/format.js';
import { trimBlank } from './input/text.js';
import { recordsIn } from './input/unwrap.js';
import { looksLikeCall } from './model/hints.js';
import { isRecord } from './record.js';

/**
 * Detects the format of a body, which is also the format for the answer. The content type decides,
 * unless it is missing, generic or contradicted by the start of the body. Null if neither shows the
 * format. Never throws.
 *
 * @example
 * ```ts
 * import { detectFormat } from 'voicenter-cdr';
 *
 * console.log(detectFormat('<?xml version="1.0"?>', 'text/plain')); // xml-rpc
 * ```
 */
export function detectFormat(body: CdrBody, contentType?: string | null): CdrFormat | null {
  const declared = declaredType(contentType);
  const given = bodyKind(body);
  switch (given.kind) {
    case 'unsupported':
      return declared.format;
    case 'pairs':
      return 'form';
    case 'parsed':
      return formatOfParsed(declared);
    case 'text':
    case 'bytes':
      return readStartOfBody(startOf(given.body), declared).format;
  }
}

/** After a body parser, only the content type shows the format. Only a form is multipart. */
function formatOfParsed({ format, isMultipart }: DeclaredType): CdrFormat {
  return format ?? (isMultipart ? 'form' : 'json');
}

/**
 * The records of a body, as sent. Sets the format and charset of the context.
 *
 * @throws CdrParseError for a body that cannot be read
 */
export function readBody(
  body: unknown,
  contentType: string | null | undefined,
  context: ParseContext,
): unknown[] {
  return recordsIn(decodeBody(body, declaredType(contentType), context), looksLikeCall, context);
}

function decodeBody(body: unknown, declared: DeclaredType, context: ParseContext): unknown {
  const given = bodyKind(body);
  switch (given.kind) {
    case 'unsupported':
      context.format = declared.format;
      throw context.error('unsupported_format', given.reason);
    case 'pairs': {
      context.format = 'form';
      const pairs = readPairs(given.body, context);
      if (pairs.length === 0) throw context.error('malformed', 'The body is empty');
      return formRecord(pairs, declared, false, context);
    }
    case 'parsed': {
      context.format = formatOfParsed(declared);
      const value = copyParsed(given.body, context);
      const mayBeForm = declared.format === null || declared.format === 'form';
      if (mayBeForm && isRecord(value)) {
        return formRecord(Object.entries(value), declared, true, context);
      }
      context.countNodes(Object.keys(Object(value)).length);
      return value;
    }
    case 'text':
    case 'bytes':
      return decodeUnparsed(given.body, declared, context);
  }
}

/** Builds a record from pairs. Brackets that a framework left in the keys become structures. */
function formRecord(
  pairs: [string, unknown][],
  { format, charset }: DeclaredType,
  keepsBytes: boolean,
  context: ParseContext,
): unknown {
  const record = new FormRecord(context);
  if (format === 'form') declareCharsets(charset, undefined, context);
  const decoded = format === 'form' ? finishDecoding(pairs, keepsBytes, context) : pairs;
  for (const [key, value] of decoded) record.add(key, value);
  return record.record();
}

function decodeUnparsed(
  body: string | Uint8Array,
  declared: DeclaredType,
  context: ParseContext,
): unknown {
  if (body.length > context.limits.maxBytes) {
    context.format = readStartOfBody(startOf(body), declared).format;
    throw context.limitError('maxBytes');
  }
  const text = trimBlank(textOf(body, declared, context));
  const { format, refusal } = readStartOfBody(text, declared);
  context.format = format;
  if (refusal !== null) throw unreadable(refusal, context);
  if (text === '') throw context.error('malformed', 'The body is empty');
  if (context.format === null) {
    throw unreadable('The body is neither JSON nor XML nor a form', context);
  }
  return CODECS[context.format].decode(text, context);
}

function unreadable(message: string, context: ParseContext): CdrParseError {
  return context.error(context.format === null ? 'unsupported_format' : 'malformed', message);
}

function textOf(
  body: string | Uint8Array,
  { charset }: DeclaredType,
  context: ParseContext,
): string {
  if (typeof body !== 'string') return decodeText(body, charset, context);
  // Percent-encoded bytes and references can still be in the charset that the body declares.
  declareCharsets(charset, labelInDeclaration(body), context);
  return body;
}

/** How much of a body is read to detect its format: the first key of a form is shorter. */
const START_LENGTH = 1024;

/** A text as it is, or the text at the start of bytes, after a long run of blanks. */
function startOf(body: string | Uint8Array): string {
  if (typeof body === 'string') return body;
  const blank = body.findIndex((byte) => byte > 0x20);
  // Skip an even number of bytes, for UTF-16. Keep a short run: it may be half of a character.
  const from = blank < START_LENGTH / 2 ? 0 : blank - (blank % 2);
  const context = new ParseContext();
  return decodeText(body.subarray(from, from + START_LENGTH), undefined, context);
}
