import type { ParseContext } from './context.js';
import { CdrParseError } from './errors.js';
import type { TableReader } from './model/structure.js';
import { toCdr } from './model/to-cdr.js';
import { type WireFields, wireReader } from './model/wire.js';
import type { ResolvedOptions } from './options.js';
import { isRecord, type WireRecord } from './record.js';

/**
 * Reads one record of a body.
 *
 * @param reader knows the keys of the record
 * @throws CdrParseError for a value that is not a record, for a record without an id, type, status
 * or start and, with `strict`, for a record with an issue
 */
export function readRecord(
  value: unknown,
  context: ParseContext,
  { timeZone, strict }: Pick<ResolvedOptions, 'timeZone' | 'strict'>,
  reader: TableReader<WireFields> = wireReader,
): ReturnType<typeof toCdr> {
  expectRecord(value, context);
  const read = toCdr(value, context, timeZone, reader);
  if (strict && context.issues.length > 0) {
    throw new CdrParseError('invalid_field', context.format, context.issues);
  }
  return read;
}

/** @throws CdrParseError `not_one_record` for a scalar, a list or nothing */
export function expectRecord(value: unknown, context: ParseContext): asserts value is WireRecord {
  if (!isRecord(value)) {
    throw context.error('not_one_record', 'Expected a record, received something else');
  }
}
