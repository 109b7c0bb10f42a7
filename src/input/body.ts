import { type CdrFormat, type CdrParseError, refusal } from '../errors.js';
import { type Limits, type LimitsInForce, overLimit } from '../limits.js';
import { emptyRecord } from '../record.js';

/** Bytes or text as received, or the object that a body parser already made of it. */
export type CdrBody = string | Uint8Array | ArrayBuffer | object;

/** Bytes or text; the pairs of a form; the value that a body parser made; or why it is none of them. */
export type BodyKind =
  | { kind: 'text'; body: string | Uint8Array }
  | { kind: 'pairs'; body: Iterable<unknown> }
  | { kind: 'parsed'; body: object }
  | { kind: 'none'; why: string };

const NO_BODY = 'expected text, bytes or the object that a body parser made';

/** Tells what was given as a body. Never throws, whatever it is given. */
export function bodyKind(body: unknown): BodyKind {
  if (typeof body === 'string') return { kind: 'text', body };
  if (body === undefined || body === null) {
    return { kind: 'none', why: `There is no body, or nothing has read it: ${NO_BODY}` };
  }
  if (typeof body !== 'object') {
    return { kind: 'none', why: `The body is of type ${typeof body}: ${NO_BODY}` };
  }
  try {
    if (ArrayBuffer.isView(body)) {
      return { kind: 'text', body: new Uint8Array(body.buffer, body.byteOffset, body.byteLength) };
    }
    if (body instanceof ArrayBuffer) return { kind: 'text', body: new Uint8Array(body) };
    if (has(body, 'pipe', 'getReader', 'arrayBuffer')) {
      return { kind: 'none', why: `The body is a stream that nobody has read: ${NO_BODY}` };
    }
    if (has(body, 'then')) {
      return { kind: 'none', why: `The body is a promise, to be awaited: ${NO_BODY}` };
    }
    if (has(body, 'getAll')) return { kind: 'pairs', body: body as Iterable<unknown> };
    return { kind: 'parsed', body };
  } catch {
    return { kind: 'none', why: `The body is an object that cannot be looked into: ${NO_BODY}` };
  }
}

/**
 * Whether an object has one of these methods, by which are known: Node's streams and the web's, and
 * what reads from one (Request, Response, Blob); promises; FormData and URLSearchParams.
 */
function has(body: object, ...methods: string[]): boolean {
  return methods.some(
    (method) => method in body && typeof Reflect.get(body, method) === 'function',
  );
}

/**
 * The pairs of FormData or URLSearchParams, which a framework made of a form.
 *
 * @throws CdrParseError `too_large`, or `malformed` for an object that throws when it is read
 */
export function pairsOf(body: Iterable<unknown>, limits: LimitsInForce): [string, string][] {
  const pairs: [string, string][] = [];
  let length = 0;
  let exceeded: keyof Limits | undefined;
  try {
    for (const [key, value] of body as Iterable<[unknown, unknown]>) {
      const pair: [string, string] = [String(key), String(value)];
      length += pair[0].length + pair[1].length;
      if (length > limits.maxBytes) exceeded = 'maxBytes';
      if (pairs.push(pair) > limits.maxNodes) exceeded = 'maxNodes';
      if (exceeded) break;
    }
  } catch {
    throw unreadable('form');
  }
  if (exceeded) throw overLimit(exceeded, limits, 'form');
  return pairs;
}

/** A date of no time is text that no field reads as one. */
function textOfDate(date: Date): string {
  const time = Date.prototype.getTime.call(date);
  return Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString();
}

/**
 * A copy of a parsed body, made of plain lists and structures only, so that nothing of the caller's
 * is called or changed afterwards.
 *
 * @throws CdrParseError `too_large`, or `malformed` for an object that throws when it is read
 */
export function copyOf(body: object, limits: LimitsInForce, format: CdrFormat): unknown {
  let nodes = 0;
  let exceeded: keyof Limits | undefined;

  function copy(value: unknown, depth: number): unknown {
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'function' || typeof value === 'symbol') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Date) return textOfDate(value);
    const keys = Array.isArray(value) ? null : Object.keys(value);
    const length = keys ? keys.length : Math.max(0, Number(Reflect.get(value, 'length')));
    nodes += length;
    if (depth > limits.maxDepth) exceeded = 'maxDepth';
    if (!(nodes <= limits.maxNodes)) exceeded = 'maxNodes';
    if (exceeded) throw exceeded;
    if (keys === null) {
      return Array.from({ length }, (_, index) => copy(Reflect.get(value, index), depth + 1));
    }
    const record = emptyRecord();
    for (const key of keys) record[key] = copy(Reflect.get(value, key), depth + 1);
    return record;
  }

  try {
    return copy(body, 1);
  } catch {
    // What a foreign getter throws is not looked at: that could throw again.
    throw exceeded ? overLimit(exceeded, limits, format) : unreadable(format);
  }
}

function unreadable(format: CdrFormat): CdrParseError {
  return refusal('malformed', format, 'The body is an object that throws when it is read');
}
