import { type Ack, type AckOptions, buildAck } from './ack.js';
import type { CdrParseError } from './errors.js';
import type { CdrBody } from './input/body.js';
import type { Cdr } from './model/cdr.js';
import { checkNames, OPTION_NAMES } from './options.js';
import { type ParseOptions, parseWithReport } from './parse.js';
import { isRecord } from './record.js';

/** A request as received. */
export interface CdrRequest {
  /** The body as it was given to {@link receiveCdr}; `''` if there was none. */
  body: CdrBody;
  /** The Content-Type; null if there was none. */
  contentType: string | null;
}

/** The callbacks of {@link receiveCdr}, and the options of `parseCdr`. */
export interface Receiver extends ParseOptions {
  /**
   * Stores a record. Awaited; if it throws, the answer is err 2 and Voicenter resends the request.
   * A record can therefore arrive more than once: upsert on {@link cdrKey}.
   */
  save(cdr: Cdr, request: CdrRequest): unknown;
  /**
   * Keeps a body that cannot be read, for a person to look at. Awaited, and called once per body,
   * with the first error. The answer is then err 0, or err 2 if this throws. Without `setAside` the
   * answer is err 1, and Voicenter keeps resending the same unreadable body.
   */
  setAside?(request: CdrRequest, error: CdrParseError): unknown;
  /**
   * Receives what `save` or `setAside` threw, and the first {@link CdrParseError} of a body that is
   * not set aside or that nothing has read. Not awaited: reporting must not delay the answer. Its
   * own errors and rejections are ignored.
   */
  onError?(error: unknown): void;
  /** The spelling of the answer's keys: `err`, `errdesc` (the default), or `Err`, `Errdesc`. */
  keys?: AckOptions['keys'];
}

/**
 * Parses a body, passes each record to `save`, and resolves to the answer, in the format of the
 * body. Records are saved in order, one at a time; if one fails, the others are still saved.
 *
 * | what happened | answer |
 * | --- | --- |
 * | all records were saved, and anything unreadable was set aside | err 0 |
 * | a record, or the body, cannot be read, and there is no `setAside` | err 1 |
 * | `save` or `setAside` threw | err 2 |
 *
 * Never rejects because of the body or of what a callback throws. Rejects only for wrong options,
 * before it reads the body: with a TypeError for an unknown name, a missing `save` or a callback
 * that is not a function, and with a RangeError for an unknown `timeZone`.
 *
 * @param body bytes or text as received, or the object that a body parser made of it
 * @param contentType the request's Content-Type; without it, the format is detected from the body
 * @param receiver the callbacks, and the options for parsing
 *
 * @example
 * ```ts
 * import { type Cdr, cdrKey, receiveCdr } from 'voicenter-cdr';
 *
 * const stored = new Map<string, Cdr>();
 * const ack = await receiveCdr(
 *   'ivruniqueid=a&type=Queue&status=ANSWER&time=1595333610&duration=20',
 *   'application/x-www-form-urlencoded',
 *   { save: (cdr) => stored.set(cdrKey(cdr), cdr), onError: console.error },
 * );
 * console.log(stored.size, ack.body); // 1 err=0&errdesc=OK
 * ```
 */
export async function receiveCdr(
  body: CdrBody | null | undefined,
  contentType: string | null | undefined,
  receiver: Receiver,
): Promise<Ack> {
  if (!isRecord(receiver)) {
    throw new TypeError(`Expected a receiver with a save, received ${typeof receiver}`);
  }
  const { save, setAside, onError, keys, ...options } = receiver;
  checkCallbacks({ save, setAside, onError });
  checkNames(receiver, RECEIVER_NAMES);
  const request: CdrRequest = { body: body ?? '', contentType: contentType ?? null };
  const { format, records } = parseWithReport(body, request.contentType, options);
  const results = records.map(({ result }) => result);
  let failed = false;

  async function attempt(callback: () => unknown): Promise<void> {
    try {
      await callback();
    } catch (error) {
      failed = true;
      report(error);
    }
  }

  /** Calls onError. If that fails, the answer must not change. */
  function report(error: unknown): void {
    new Promise<void>((resolve) => resolve(onError?.call(receiver, error))).catch(() => {});
  }

  for (const result of results) {
    if (result.success) await attempt(() => save.call(receiver, result.data, request));
  }
  const unreadable = results.find((result) => !result.success);
  if (unreadable) {
    if (setAside) await attempt(() => setAside.call(receiver, request, unreadable.error));
    // The fault of a missing body is the receiver's, and setAside has nothing to keep.
    if (!setAside || body === undefined || body === null) report(unreadable.error);
  }
  return buildAck(failed ? 2 : setAside ? 0 : results, format, { keys });
}

const RECEIVER_NAMES = [
  'save',
  'setAside',
  'onError',
  'keys',
  ...OPTION_NAMES,
] as const satisfies (keyof Receiver)[];

/** @throws TypeError for a missing `save`, or a callback that is not a function */
function checkCallbacks(callbacks: Record<string, unknown>): void {
  for (const [name, callback] of Object.entries(callbacks)) {
    const isLeftOut = name !== 'save' && (callback === undefined || callback === null);
    if (typeof callback === 'function' || isLeftOut) continue;
    throw new TypeError(`${name}: expected a function, received ${typeof callback}`);
  }
}
