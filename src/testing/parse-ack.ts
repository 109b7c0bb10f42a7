import { XMLParser } from 'fast-xml-parser';
import { ParseContext } from '../context.js';
import type { CdrFormat } from '../errors.js';
import { decodeText } from '../input/charset.js';
import { declaredType } from '../input/format.js';
import { trimBlank } from '../input/text.js';
import { isRecord, type WireRecord } from '../record.js';
import { typeError } from './type-error.js';

/** The answer of a receiver. */
export interface ParsedAck {
  /**
   * 0 received, 1 the body could not be read, 2 the application failed. On 1 and 2 Voicenter sends
   * the record again.
   */
  err: 0 | 1 | 2;
  /** The receiver's description of `err`. */
  errdesc: string;
  /** The format of the answer. Voicenter expects the format of the request. */
  format: CdrFormat;
}

/**
 * Reads a receiver's answer as Voicenter does: `err` and `errdesc`, in any case, in JSON, an
 * XML-RPC `methodResponse` or a form. The format is detected from the body, because PHP sends
 * `text/html` by default. `err` may be text, such as `"0"`.
 *
 * @param body the response body; pass bytes, if you can, so that the charset is decoded too
 * @param contentType the Content-Type header; only its charset is used
 * @throws TypeError for an answer that Voicenter would not accept: an empty body, an HTML page, a
 * fault, a list, an `err` other than 0, 1 and 2, a missing `errdesc`
 *
 * @example
 * ```ts
 * import { parseAck } from 'voicenter-cdr/testing';
 *
 * const { err, errdesc, format } = parseAck('{"Err":2,"Errdesc":"Database is down"}');
 * console.log(err, errdesc, format); // 2 Database is down json
 * ```
 */
export function parseAck(
  body: string | Uint8Array | ArrayBuffer,
  contentType?: string | null,
): ParsedAck {
  const text = trimBlank(typeof body === 'string' ? body : decodedText(body, contentType));
  const format = formatOf(text);
  const answer = new Map(
    Object.entries(READERS[format](text)).map(([key, value]) => [key.toLowerCase(), value]),
  );
  for (const key of ['err', 'errdesc']) {
    if (!answer.has(key)) throw typeError(`the key ${key}`, [...answer.keys()].join(', '));
  }
  const sentErr = answer.get('err');
  const err = ERRS.get(typeof sentErr === 'string' ? sentErr.trim() : sentErr);
  if (err === undefined) throw typeError('err to be 0, 1 or 2', sentErr);
  const errdesc = answer.get('errdesc');
  if (typeof errdesc !== 'string') throw typeError('errdesc to be text', errdesc);
  return { err, errdesc, format };
}

function decodedText(
  body: Uint8Array | ArrayBuffer,
  contentType: string | null | undefined,
): string {
  const context = new ParseContext();
  return decodeText(new Uint8Array(body), declaredType(contentType).charset, context);
}

const ERRS = /* @__PURE__ */ new Map<unknown, 0 | 1 | 2>([
  [0, 0],
  [1, 1],
  [2, 2],
  ['0', 0],
  ['1', 1],
  ['2', 2],
]);

function formatOf(text: string): CdrFormat {
  if (text.startsWith('<')) return 'xml-rpc';
  if (/^[{["]/.test(text)) return 'json';
  if (/^\w+=/.test(text)) return 'form';
  throw typeError('JSON, an XML-RPC methodResponse or a form', text);
}

const READERS: Record<CdrFormat, (text: string) => WireRecord> = {
  json: readJson,
  'xml-rpc': readMethodResponse,
  form: (text) => Object.fromEntries(new URLSearchParams(text)),
};

function readJson(text: string): WireRecord {
  const answer = parseOrThrow(JSON.parse, text, 'well-formed JSON');
  if (!isRecord(answer)) throw typeError('an object of err and errdesc', answer);
  return answer;
}

function readMethodResponse(text: string): WireRecord {
  const expected = 'an XML-RPC methodResponse';
  if (!/<methodResponse[\s>]/.test(text)) throw typeError(expected, text);
  const document = parseOrThrow((xml) => xmlParser().parse(xml, true), text, 'well-formed XML');
  const fault = descend(document, 'methodResponse', 'fault');
  if (fault !== undefined) {
    throw typeError(`${expected} without a fault`, readStruct(fault)['faultString']);
  }
  return readStruct(descend(document, 'methodResponse', 'params', 'param'));
}

/** The struct that a `param` or a `fault` holds. */
function readStruct(around: unknown): WireRecord {
  const members = descend(around, 'value', 'struct', 'member');
  if (!Array.isArray(members)) throw new TypeError('expected one param, a struct');
  return Object.fromEntries(
    members.map((member) => [String(descend(member, 'name')), scalar(descend(member, 'value'))]),
  );
}

/** The text of a number or a string; a value without a type is a string. Null otherwise. */
function scalar(value: unknown): string | null {
  const texts = ['int', 'i4', 'i8', 'string'].map((type) => descend(value, type));
  return [value, ...texts].find((text) => typeof text === 'string') ?? null;
}

function descend(node: unknown, ...names: string[]): unknown {
  return names.reduce((found, name) => (isRecord(found) ? found[name] : undefined), node);
}

function xmlParser(): XMLParser {
  return new XMLParser({
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true, // numeric character references too
    isArray: (name) => name === 'member',
  });
}

function parseOrThrow(parse: (text: string) => unknown, text: string, expected: string): unknown {
  try {
    return parse(text);
  } catch {
    throw typeError(expected, text);
  }
}
