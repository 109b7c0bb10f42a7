import type { ParseContext } from '../context.js';
import type { CdrParseError } from '../errors.js';
import type { Limits } from '../limits.js';
import { setKey, type WireRecord } from '../record.js';

/**
 * A body as received, in bytes or text, or the object that a body parser made of it. A request,
 * stream or promise does not compile: read or await it first.
 */
export type CdrBody = string | Uint8Array | ArrayBuffer | ParsedBody | (object & AlreadyRead);

/** An object with any keys. */
interface ParsedBody extends AlreadyRead {
  readonly [key: string]: unknown;
}

/**
 * Members that a promise, request, Blob or stream has and a body does not. The texts show up in
 * compiler errors.
 */
interface AlreadyRead {
  then?: 'await the promise first';
  arrayBuffer?: 'read the body first';
  pipe?: 'read the body first';
  getReader?: 'read the body first';
}

/** What kind of value was given as a body. */
export type BodyKind =
  | { kind: 'text'; body: string }
  | { kind: 'bytes'; body: Uint8Array }
  /** FormData or URLSearchParams. */
  | { kind: 'pairs'; body: Iterable<unknown> }
  /** The object that a body parser made. */
  | { kind: 'parsed'; body: object }
  | { kind: 'unsupported'; reason: string };

const EXPECTED = 'expected text, bytes or the object that a body parser made';

/** Classifies what was given as a body. Never throws. */
export function bodyKind(body: unknown): BodyKind {
  if (typeof body === 'string') return { kind: 'text', body };
  if (body === undefined || body === null) {
    return unsupported('There is no body, or nothing has read it');
  }
  if (typeof body !== 'object') return unsupported(`The body is of type ${typeof body}`);
  try {
    return kindOfObject(body);
  } catch {
    return unsupported('The body is an object that throws when it is read');
  }
}

function kindOfObject(body: object): BodyKind {
  if (ArrayBuffer.isView(body)) {
    return { kind: 'bytes', body: new Uint8Array(body.buffer, body.byteOffset, body.byteLength) };
  }
  if (isArrayBuffer(body)) return { kind: 'bytes', body: new Uint8Array(body) };
  if (hasMethod(body, 'pipe', 'getReader', 'arrayBuffer')) {
    return unsupported('The body is a stream that nobody has read');
  }
  if (hasMethod(body, 'then')) return unsupported('The body is a promise: await it first');
  if (hasMethod(body, 'getAll') && isIterable(body)) return { kind: 'pairs', body };
  return { kind: 'parsed', body };
}

function unsupported(what: string): BodyKind {
  return { kind: 'unsupported', reason: `${what}: ${EXPECTED}` };
}

/**
 * Whether an object has one of these methods. They identify streams of Node and of the web and what
 * reads from one (Request, Response, Blob); promises; FormData and URLSearchParams.
 */
function hasMethod(body: object, ...methods: string[]): boolean {
  return methods.some(
    (method) => method in body && typeof Reflect.get(body, method) === 'function',
  );
}

function isIterable(body: object): body is Iterable<unknown> {
  return Symbol.iterator in body;
}

/** Used instead of instanceof: a test may run in its own realm, where classes are different. */
function hasTag(value: object, tag: string): boolean {
  return Object.prototype.toString.call(value) === `[object ${tag}]`;
}

function isArrayBuffer(body: object): body is ArrayBuffer {
  return hasTag(body, 'ArrayBuffer');
}

/**
 * The pairs of the FormData or URLSearchParams that a framework made from a form.
 *
 * @throws CdrParseError `too_large`, or `malformed` for an object that throws when it is read
 */
export function readPairs(body: Iterable<unknown>, context: ParseContext): [string, string][] {
  const { maxBytes, maxNodes } = context.limits;
  const pairs: [string, string][] = [];
  let length = 0;
  let exceeded: keyof Limits | undefined;
  try {
    for (const [key, value] of body as Iterable<[unknown, unknown]>) {
      const pair: [string, string] = [String(key), String(value)];
      length += pair[0].length + pair[1].length;
      if (length > maxBytes) exceeded = 'maxBytes';
      if (pairs.push(pair) > maxNodes) exceeded = 'maxNodes';
      if (exceeded) break;
    }
  } catch {
    throw unreadable(context);
  }
  if (exceeded) throw context.limitError(exceeded);
  return pairs;
}

/**
 * Copies a parsed body into plain lists and objects, so that nothing the user passed is called or
 * changed afterwards. Does not count the keys of the body itself: the caller does.
 *
 * @throws CdrParseError `too_large`, or `malformed` for an object that throws when it is read
 */
export function copyParsed(body: object, context: ParseContext): unknown {
  const { maxDepth } = context.limits;
  let exceeded: CdrParseError | undefined;

  function copy(value: unknown, depth: number): unknown {
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'function' || typeof value === 'symbol') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (hasTag(value, 'Date')) return textOfDate(value);
    const keys = Array.isArray(value) ? null : Object.keys(value);
    const length = keys ? keys.length : Math.max(0, Number(Reflect.get(value, 'length')));
    if (depth > maxDepth) exceeded = context.limitError('maxDepth');
    if (!(length <= context.nodesLeft)) exceeded = context.limitError('maxNodes');
    if (exceeded) throw exceeded;
    if (depth > 1) context.countNodes(length);
    if (keys === null) {
      return Array.from({ length }, (_, index) => copy(Reflect.get(value, index), depth + 1));
    }
    const record: WireRecord = {};
    for (const key of keys) setKey(record, key, copy(Reflect.get(value, key), depth + 1));
    return record;
  }

  try {
    return copy(body, 1);
  } catch {
    // What a getter of the body throws is not inspected: that could throw again.
    throw exceeded ?? unreadable(context);
  }
}

/** An invalid Date becomes text that no field reads as a time. */
function textOfDate(date: object): string {
  const time = Number(date);
  return Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString();
}

function unreadable(context: ParseContext): CdrParseError {
  return context.error('malformed', 'The body is an object that throws when it is read');
}
