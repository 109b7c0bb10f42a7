import { BracketedRecord } from './codec/brackets.js';
import { CODECS } from './codec/index.js';
import { type CdrFormat, type CdrIssue, CdrParseError, refusal } from './errors.js';
import { bodyKind, type CdrBody, copyOf, pairsOf } from './input/body.js';
import { decodeText } from './input/charset.js';
import { type DeclaredType, declaredType, formatOfText, SNIFF_LENGTH } from './input/format.js';
import { type Limits, type LimitsInForce, limitsOf, overLimit } from './limits.js';
import type { Cdr } from './model/cdr.js';
import { clockOf } from './model/time.js';
import { toCdr } from './model/to-cdr.js';
import { isRecord, type WireRecord, withoutInheritance, withPlainObjects } from './record.js';

/** How to read a body; every option has a default. */
export interface ParseOptions {
  /**
   * The IANA time zone in whose wall clock the account's `time` counts: some accounts count in
   * Israel's (`'Asia/Jerusalem'`). Default `'UTC'`. An unknown zone is a RangeError at once. Decide
   * it before the first record is stored: another zone gives every record another {@link cdrKey}.
   */
  timeZone?: string | undefined;
  /** Refuse a record with any issue: for contract tests, not for production. Default false. */
  strict?: boolean | undefined;
  /** Bounds on the body; the defaults are far above any real one, and count where a limit is no number from 0 on. */
  limits?: Limits | undefined;
}

/** What {@link safeParseCdr} returns. */
export type SafeParseResult =
  | {
      /** Whether the body could be read. */
      success: true;
      /** The record that was read. */
      data: Cdr;
    }
  | {
      /** Whether the body could be read. */
      success: false;
      /** Why it could not. */
      error: CdrParseError;
    };

/**
 * Reads a call detail record from a body in any of the three formats.
 *
 * Whatever can be read is read: a field that is not as expected becomes null, with an entry in
 * `issues`; unknown keys, types and statuses are no errors.
 *
 * @param body bytes or text as received, or the object that a body parser already made of it
 * @param contentType the request's Content-Type; without it the body itself tells the format
 * @throws CdrParseError for a body that cannot be read, or without an id, type, status or start
 * @throws RangeError for an unknown `timeZone`
 *
 * @example
 * ```ts
 * import { parseCdr } from 'voicenter-cdr';
 *
 * const cdr = parseCdr(
 *   'ivruniqueid=2020072118dcDHF&type=Queue&status=ABANDONE&time=1595333610&duration=20&caller=0501234567',
 *   'application/x-www-form-urlencoded',
 * );
 * console.log(cdr.outcome, cdr.customerPhone); // abandoned 0501234567
 * ```
 */
export function parseCdr(
  body: CdrBody,
  contentType?: string | null,
  options: ParseOptions = {},
): Cdr {
  const given = options ?? {}; // null is nothing, too
  const clock = clockOf(given.timeZone ?? 'UTC');
  const limits = limitsOf(given.limits);
  const issues: CdrIssue[] = [];
  const { value, format } = decodeBody(body, contentType, limits, issues);
  const cdr = toCdr(onlyRecord(value, format), { format, issues, limits, clock });
  if (given.strict && issues.length > 0) throw new CdrParseError('invalid_field', format, issues);
  return cdr;
}

/**
 * As {@link parseCdr}, but returns the error instead of throwing it.
 *
 * @throws RangeError for an unknown `timeZone`, which is no fault of the body
 *
 * @example
 * ```ts
 * import { safeParseCdr } from 'voicenter-cdr';
 *
 * const result = safeParseCdr('<methodCall>', 'text/xml');
 * if (!result.success) console.log(result.error.code); // malformed
 * ```
 */
export function safeParseCdr(
  body: CdrBody,
  contentType?: string | null,
  options: ParseOptions = {},
): SafeParseResult {
  try {
    return { success: true, data: parseCdr(body, contentType, options) };
  } catch (error) {
    if (error instanceof CdrParseError) return { success: false, error };
    throw error;
  }
}

/**
 * Tells the format of a body, which is the format that the answer has to be in: by the content
 * type, unless that is missing, generic or contradicted by how the body begins. Null when neither
 * tells. Never throws.
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
  if (given.kind === 'none') return declared.format ?? null;
  if (given.kind === 'pairs') return 'form';
  if (given.kind === 'parsed') return formatOfParsed(declared);
  const start =
    typeof given.body === 'string' ? given.body : given.body.subarray(0, 2 * SNIFF_LENGTH);
  return formatOfText(decodeText(start, declared.charset, []).text, declared.format);
}

/** A body parser leaves no trace of the format but the content type. */
function formatOfParsed(declared: DeclaredType): CdrFormat {
  return declared.format ?? 'json';
}

/** The value that a body holds, and the format that it was in. */
function decodeBody(
  body: unknown,
  contentType: string | null | undefined,
  limits: LimitsInForce,
  issues: CdrIssue[],
): { value: unknown; format: CdrFormat } {
  const declared = declaredType(contentType);
  const given = bodyKind(body);
  if (given.kind === 'none') {
    throw refusal('unsupported_format', declared.format ?? null, given.why);
  }
  if (given.kind === 'pairs') {
    const pairs = pairsOf(given.body, limits);
    if (pairs.length === 0) throw empty('form');
    return { value: bracketed(pairs, 'form', limits, issues), format: 'form' };
  }
  if (given.kind === 'parsed') {
    const format = formatOfParsed(declared);
    const value = copyOf(given.body, limits, format);
    if (!isRecord(value)) return { value, format };
    const record = bracketed(Object.entries(value), format, limits, issues);
    return { value: withPlainObjects(record), format };
  }
  if (given.body.length > limits.maxBytes) {
    throw overLimit('maxBytes', limits, detectFormat(given.body, contentType));
  }
  const { text, charset } = decodeText(given.body, declared.charset, issues);
  const format = formatOfText(text, declared.format);
  if (text.trim() === '') throw empty(format);
  if (format === null) {
    throw refusal('unsupported_format', null, 'The body is neither JSON nor XML nor a form');
  }
  return { value: CODECS[format].decode(text, { limits, charset, issues }), format };
}

function empty(format: CdrFormat | null): CdrParseError {
  return refusal('malformed', format, 'The body is empty');
}

/** A record of pairs, in which brackets that a framework left in the keys become structures. */
function bracketed(
  pairs: [string, unknown][],
  format: CdrFormat,
  limits: LimitsInForce,
  issues: CdrIssue[],
): WireRecord {
  const record = new BracketedRecord({ limits, issues, charset: 'utf-8' }, format);
  for (const [key, value] of pairs) record.set(key, value);
  return record.record();
}

/** The record of a body that is one, or a list that holds one. */
function onlyRecord(value: unknown, format: CdrFormat): WireRecord {
  if (Array.isArray(value) && value.length !== 1) {
    throw refusal('not_one_record', format, `Expected one record, received ${value.length}`);
  }
  const record: unknown = Array.isArray(value) ? value[0] : value;
  if (!isRecord(record)) {
    throw refusal('not_one_record', format, 'Expected a record, received something else');
  }
  return withoutInheritance(record);
}
