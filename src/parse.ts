import { type Charset, ParseContext } from './context.js';
import { type CdrFormat, CdrParseError } from './errors.js';
import type { CdrBody } from './input/body.js';
import type { Cdr } from './model/cdr.js';
import type { Clock } from './model/time.js';
import { type ParseOptions, type ResolvedOptions, resolveOptions } from './options.js';
import { readBody } from './read-body.js';
import { readRecord } from './read-record.js';

export type { ParseOptions };

/** The result of {@link safeParseCdr}. Check `success` first. */
export type SafeParseResult =
  | {
      /** Whether parsing succeeded. */
      success: true;
      /** The record that was read. */
      data: Cdr;
      /** Undefined on success. */
      error?: undefined;
    }
  | {
      /** Whether parsing succeeded. */
      success: false;
      /** Why parsing failed. */
      error: CdrParseError;
      /** Undefined on failure. */
      data?: undefined;
    };

/**
 * Parses a body that holds one call detail record, in any of the three formats.
 *
 * Reads as much as it can: a field with an unexpected value becomes null, with an entry in
 * `issues`. Unknown keys, types and statuses are not errors.
 *
 * @param body bytes or text as received, or the object that a body parser made of it
 * @param contentType the request's Content-Type; without it, the format is detected from the body
 * @throws CdrParseError for a body that cannot be read, or a record without an id, type, status or
 * start
 * @throws RangeError for an unknown `timeZone`
 * @throws TypeError for an unknown option
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
export function parseCdr(body: CdrBody, contentType?: string | null, options?: ParseOptions): Cdr {
  return parseOne(body, contentType, resolveOptions(options));
}

/**
 * Like {@link parseCdr}, but returns a {@link CdrParseError} instead of throwing it.
 *
 * @throws RangeError for an unknown `timeZone`, and TypeError for an unknown option: neither is the
 * body's fault
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
  options?: ParseOptions,
): SafeParseResult {
  const resolved = resolveOptions(options);
  try {
    return { success: true, data: parseOne(body, contentType, resolved) };
  } catch (error) {
    return failedResult(error);
  }
}

/**
 * Parses a body that can hold a list of records.
 *
 * @returns a result for each record, in order; a single failed result for a body that cannot be
 * read, an empty list, or more than 10 000 records
 * @throws RangeError for an unknown `timeZone`, and TypeError for an unknown option
 *
 * @example
 * ```ts
 * import { parseCdrs } from 'voicenter-cdr';
 *
 * const record = { ivruniqueid: '20200728a1', type: 'CC', status: 'BUSY', time: 1595960350, duration: 0 };
 * const results = parseCdrs([record, { ...record, time: 'noon' }]);
 * console.log(results.map((result) => result.data?.status ?? result.error?.code)); // [ 'BUSY', 'invalid_field' ]
 * ```
 */
export function parseCdrs(
  body: CdrBody,
  contentType?: string | null,
  options?: ParseOptions,
): SafeParseResult[] {
  return parseWithReport(body, contentType, options).records.map(({ result }) => result);
}

/** The records of a body, and what was detected along the way. */
export interface ParseReport {
  /** Null if unknown. */
  format: CdrFormat | null;
  /** Null if not determined, for example for a parsed body. */
  charset: Charset | null;
  records: RecordReport[];
}

interface RecordReport {
  result: SafeParseResult;
  /** The clock on which the start was read; null if the record was refused. */
  clock: Clock | null;
}

/** An empty record is quick to send but slow to refuse: a million errors take most of a minute. */
const MAX_RECORDS = 10_000;

/** Like {@link parseCdrs}, for any body or none, plus what was detected along the way. */
export function parseWithReport(
  body: unknown,
  contentType?: string | null,
  options?: ParseOptions,
): ParseReport {
  const resolved = resolveOptions(options);
  const context = new ParseContext(resolved.limits);
  const records: RecordReport[] = [];
  try {
    const values = readBody(body, contentType, context);
    if (values.length === 0) throw wrongCount(0, context);
    if (values.length > MAX_RECORDS) {
      throw context.error('too_large', `The body has more than ${MAX_RECORDS} records`);
    }
    for (const value of values) records.push(reportOn(value, context.forRecord(), resolved));
  } catch (error) {
    records.push({ result: failedResult(error), clock: null });
  }
  return { format: context.format, charset: context.charset, records };
}

function reportOn(value: unknown, context: ParseContext, options: ResolvedOptions): RecordReport {
  try {
    const { cdr, clock } = readRecord(value, context, options);
    return { result: { success: true, data: cdr }, clock };
  } catch (error) {
    return { result: failedResult(error), clock: null };
  }
}

function parseOne(
  body: CdrBody,
  contentType: string | null | undefined,
  options: ResolvedOptions,
): Cdr {
  const context = new ParseContext(options.limits);
  const values = readBody(body, contentType, context);
  if (values.length !== 1) throw wrongCount(values.length, context);
  return readRecord(values[0], context, options).cdr;
}

function wrongCount(received: number, context: ParseContext): CdrParseError {
  return context.error('not_one_record', `Expected one record, received ${received}`);
}

/** The result for what was caught; throws it again unless it is a CdrParseError. */
function failedResult(error: unknown): SafeParseResult {
  if (error instanceof CdrParseError) return { success: false, error };
  throw error;
}
