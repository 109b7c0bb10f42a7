import { type Ack, type AckOptions, buildAck } from './ack.js';
import type { CdrParseError } from './errors.js';
import type { CdrBody } from './input/body.js';
import type { Cdr } from './model/cdr.js';
import { type ParseOptions, parseCdrs } from './parse.js';
import { detectFormat } from './read-body.js';

/** A request as it came. */
export interface CdrRequest {
  /** The body as it was given to {@link receiveCdr}; `''` if there was none. */
  body: CdrBody;
  /** The Content-Type; null if there was none. */
  contentType: string | null;
}

/** What {@link receiveCdr} does with the records of a body; the options of `parseCdr` go here too. */
export interface Receiver extends ParseOptions {
  /**
   * Stores a record. It is awaited; if it throws, the answer is err 2, and Voicenter sends the
   * request again. So store by {@link cdrKey}: a record can come more than once.
   */
  save(cdr: Cdr, request: CdrRequest): unknown;
  /**
   * Keeps a body that cannot be read, for a person to look at. It is awaited, called once per body
   * with the first error, and lets the answer be err 0; if it throws, err 2. Without it the answer
   * is err 1, and Voicenter sends the same unreadable body again and again.
   */
  setAside?(request: CdrRequest, error: CdrParseError): unknown;
  /**
   * Is told what `save` or `setAside` threw or, when there is no `setAside`, the first
   * {@link CdrParseError} of the body. Not awaited: reporting must not delay the answer. What it
   * throws or rejects with is ignored.
   */
  onError?(error: unknown): void;
  /** The spelling of the answer's keys: `err` and `errdesc` (the default), or `Err` and `Errdesc`. */
  keys?: AckOptions['keys'];
}

/**
 * Reads a body, hands each of its records to `save`, and resolves to the answer, in the format of
 * the body. Records are saved in the order of the body, one at a time; a failure does not keep the
 * others from being saved.
 *
 * | what happened | answer |
 * | --- | --- |
 * | all records were saved, and what cannot be read was set aside | err 0 |
 * | a record, or the body, cannot be read, and there is no `setAside` | err 1 |
 * | `save` or `setAside` threw | err 2 |
 *
 * Whatever the body is and whatever the callbacks throw, it does not reject. It rejects only for
 * wrong options, before it reads the body: with a TypeError for an unknown name, a missing `save` or
 * a callback that is no function, and a RangeError for an unknown `timeZone`.
 *
 * @param body bytes or text as received, or the object that a body parser made of it
 * @param contentType the request's Content-Type; without it the body itself tells the format
 * @param receiver what to do with the records, and how to read them
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
  const { save, setAside, onError, keys, ...options } = receiver;
  checkCallbacks({ save, setAside, onError });
  const request: CdrRequest = { body: body ?? '', contentType: contentType ?? null };
  const results = parseCdrs(request.body, request.contentType, options);
  const format = detectFormat(request.body, request.contentType);
  let failed = false;

  async function attempt(callback: () => unknown): Promise<void> {
    try {
      await callback();
    } catch (error) {
      failed = true;
      report(error);
    }
  }

  /** Tells onError, whose own failure must not change the answer. */
  function report(error: unknown): void {
    new Promise<void>((resolve) => resolve(onError?.call(receiver, error))).catch(() => {});
  }

  for (const result of results) {
    if (result.success) await attempt(() => save.call(receiver, result.data, request));
  }
  const unreadable = results.find((result) => !result.success);
  if (unreadable) {
    if (setAside) await attempt(() => setAside.call(receiver, request, unreadable.error));
    else report(unreadable.error);
  }
  return buildAck(failed ? 2 : setAside ? 0 : results, format, { keys });
}

/** @throws TypeError for a missing `save`, or a callback that is no function */
function checkCallbacks(callbacks: Record<string, unknown>): void {
  for (const [name, callback] of Object.entries(callbacks)) {
    const isLeftOut = name !== 'save' && (callback === undefined || callback === null);
    if (typeof callback === 'function' || isLeftOut) continue;
    throw new TypeError(`${name}: expected a function, received ${typeof callback}`);
  }
}
