import { ParseContext } from '../context.js';
import { CdrParseError, excerpt } from '../errors.js';
import { bodyKind, type CdrBody, copyParsed } from '../input/body.js';
import { decodeText } from '../input/charset.js';
import { trimBlank } from '../input/text.js';
import { parseJson } from '../json-text.js';
import type { ResolvedLimits } from '../limits.js';
import type { Cdr } from '../model/cdr.js';
import type { AnyTable, FieldsOf, Kind } from '../model/kind.js';
import { rootPlace } from '../model/place.js';
import { number, text } from '../model/read.js';
import { TableReader } from '../model/structure.js';
import { type ParseOptions, resolveOptions } from '../options.js';
import { isRecord } from '../record.js';
import { CallLogError, notAnAnswer, serviceError } from './error.js';
import { readPulled } from './record.js';

/** The contents of a Call Log answer. */
export interface CallLogPage {
  /** The records that could be read, in the order of the answer. */
  cdrs: Cdr[];
  /** The records that could not be read, each with the reason. Keep them for a person to check. */
  refused: RefusedRecord[];
  /** The number of records in the period. Wire key `TOTAL_HITS`. */
  total: number;
  /** Whether records are missing. If so, ask for each half of the period: {@link splitPeriod}. */
  truncated: boolean;
}

/** A record that could not be read. */
export interface RefusedRecord {
  /** The record as sent. */
  record: unknown;
  /** Why it could not be read. */
  error: CdrParseError;
}

/**
 * Three times what 10 000 full records need: a record with five menus and eight custom values in
 * Hebrew has 2 KB and 56 nodes.
 */
const CALL_LOG_LIMITS: ResolvedLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxDepth: 64,
  maxNodes: 2_000_000,
};

/** The most records that the service puts into one answer. */
const FULL_ANSWER = 10_000;

/** Empty records are cheap to send, but each becomes an error: a million take most of a minute. */
const MAX_RECORDS = 3 * FULL_ANSWER;

/** A list as is; null for any other value. */
const list: Kind<unknown[]> = {
  name: 'list',
  read: (value) => (Array.isArray(value) ? value : null),
};

const ANSWER = {
  errorNumber: ['ERROR_NUMBER', number],
  description: ['ERROR_DESCRIPTION', text],
  status: ['STATUS_CODE', number],
  total: ['TOTAL_HITS', number],
  returned: ['RETURN_HITS', number],
  records: ['CDR_LIST', list],
} as const satisfies AnyTable;

const answerReader = /* @__PURE__ */ new TableReader<{ answer: FieldsOf<typeof ANSWER> }>({
  answer: ANSWER,
});

/**
 * Reads an answer of the Call Log. Each record becomes the `Cdr` that a push of the same call
 * gives, with the same `cdrKey`. Fields that a pull does not have are null, without an issue: the
 * first leg's status, the queue's id and wait, the names of extensions, the AI analysis, the price.
 *
 * `raw` is the record as pulled, and `format` is `json`. A record that cannot be read is listed in
 * `refused` and does not affect the others.
 *
 * @param body bytes or text as received, or the object that a JSON parser already made of it
 * @param options as for `parseCdr`, except that `timeZone` has no effect: a pull is in UTC. The
 * default limits admit 10 000 full records: `maxBytes` 67 108 864, `maxNodes` 2 000 000. An answer
 * with more than 30 000 records is refused
 * @throws CallLogError for an error that the service reports, and for a body that is not an answer
 * @throws RangeError for an unknown `timeZone`, and TypeError for an unknown option
 *
 * @example
 * ```ts
 * import { parseCallLog } from 'voicenter-cdr/call-log';
 * import { encodeCallLog, sampleCdr } from 'voicenter-cdr/testing';
 *
 * const { body } = encodeCallLog([sampleCdr('Queue', 'ABANDONE')], { total: 3 });
 * const { cdrs, total, truncated } = parseCallLog(body);
 * console.log(cdrs[0]?.outcome, total, truncated); // abandoned 3 true
 * ```
 */
export function parseCallLog(body: CdrBody, options?: ParseOptions): CallLogPage {
  const { strict, limits } = resolveOptions(options, CALL_LOG_LIMITS);
  const context = new ParseContext(limits);
  context.format = 'json';
  const { records, total, truncated } = readAnswer(decodeAnswer(body, context), context);
  const page: CallLogPage = { cdrs: [], refused: [], total, truncated };
  for (const record of records) {
    try {
      page.cdrs.push(readPulled(record, context.forRecord(), strict));
    } catch (error) {
      if (!(error instanceof CdrParseError)) throw error;
      page.refused.push({ record, error });
    }
  }
  return page;
}

/** The records of an answer, and how many the period has. */
function readAnswer(
  value: unknown,
  context: ParseContext,
): { records: unknown[]; total: number; truncated: boolean } {
  if (!isRecord(value)) throw notAnAnswer('Not an answer of the Call Log: expected an object');
  const { answer } = answerReader.read(value, rootPlace(context.forRecord()));
  const { errorNumber, description, status, total, returned } = answer;
  if (errorNumber !== null && errorNumber !== 0) {
    throw serviceError(errorNumber, status, description);
  }
  const records = answer.records ?? (errorNumber === 0 && total === 0 ? [] : null);
  if (records === null) {
    const keys = Object.keys(value).slice(0, 5).map(excerpt).join(', ');
    throw notAnAnswer(
      `Not an answer of the Call Log: without CDR_LIST, its keys are ${keys || 'none'}`,
    );
  }
  if (records.length > MAX_RECORDS) {
    throw tooLarge(context.error('too_large', `The answer has more than ${MAX_RECORDS} records`));
  }
  const sent = Math.min(returned ?? records.length, records.length);
  return {
    records,
    total: total ?? records.length,
    truncated: total === null ? sent >= FULL_ANSWER : total > sent,
  };
}

/** @throws CallLogError for a body that is not JSON, or over a limit */
function decodeAnswer(body: unknown, context: ParseContext): unknown {
  // An answer that a JSON parser already parsed to something other than an object.
  if (body === null || typeof body === 'number' || typeof body === 'boolean') return body;
  const given = bodyKind(body);
  if (given.kind === 'unsupported' || given.kind === 'pairs') {
    const reason = given.kind === 'pairs' ? 'The body is a form' : given.reason;
    throw new CallLogError(`Not an answer of the Call Log: ${reason}`, { retryable: false });
  }
  try {
    return given.kind === 'parsed'
      ? copyParsed(given.body, context)
      : parseAnswer(given.body, context);
  } catch (error) {
    if (!(error instanceof CdrParseError)) throw error;
    if (error.code === 'malformed' && given.kind !== 'parsed') {
      throw notAnAnswer('The answer is cut off, or not valid JSON', error);
    }
    if (error.code === 'too_large') throw tooLarge(error);
    throw new CallLogError(error.message, { retryable: false, cause: error });
  }
}

function tooLarge(error: CdrParseError): CallLogError {
  const message = `${error.message}: ask for a shorter period`;
  return new CallLogError(message, { retryable: false, cause: error });
}

function parseAnswer(body: string | Uint8Array, context: ParseContext): unknown {
  if (body.length > context.limits.maxBytes) throw context.limitError('maxBytes');
  const answer = trimBlank(typeof body === 'string' ? body : decodeText(body, undefined, context));
  if (answer === '') throw notAnAnswer('The answer is empty');
  if (answer.startsWith('<')) throw notAnAnswer('The answer is HTML or XML, not JSON');
  if (!answer.startsWith('{')) {
    throw notAnAnswer(`The answer is not a JSON object: it begins with "${excerpt(answer)}"`);
  }
  return parseJson(answer, context, ID_DEPTH);
}

/** The records are in a list inside an object, a level deeper than in a body of several records. */
const ID_DEPTH = 5;
