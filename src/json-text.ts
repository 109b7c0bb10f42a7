import type { ParseContext } from './context.js';
import { Pieces } from './long-text.js';
import { isRecord } from './record.js';

/**
 * JSON.parse within the limits, for a whole body or for the JSON text inside a field.
 *
 * A number that may be an id becomes text, exactly as written, if JavaScript would lose digits of
 * it: beyond 2^53 anywhere, or with a fraction or an exponent (`1595333610.10`) in the record and
 * its structures (`CustomData`). Otherwise two calls could get the same id. A whole number with an
 * exponent or `.0` is only noticed beside such a number, or as the record's own id.
 *
 * @param maxIdDepth the greatest depth of an id; by default that of a body or a field
 * @throws CdrParseError `malformed` or `too_large`
 */
export function parseJson(text: string, context: ParseContext, maxIdDepth?: number): unknown {
  // Checked before parsing: a text that passes has at most twice as many nodes as allowed.
  if (minNodeCount(text, context.nodesLeft) > context.nodesLeft)
    throw context.limitError('maxNodes');
  const value = parseOrThrow(text, context);
  // The members of a record's structures are at depth 3, or at 4 in a list of records.
  const idDepth = maxIdDepth ?? (Array.isArray(value) ? 4 : 3);
  const count = { context, idDepth, nodes: 0, losesDigits: false };
  countNodes(value, 1, count);
  context.countNodes(count.nodes);
  if (!count.losesDigits && !hasNumberAsId(value)) return value;
  const quoted = quoteNumbers(text, idDepth);
  return quoted === text ? value : JSON.parse(quoted);
}

/** Whether a record has a number as its id: `1595333610.0` and `1595333610` parse to the same. */
function hasNumberAsId(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasNumberAsId);
  if (!isRecord(value)) return false;
  const { ivruniqueid, OriginalIvrUniqueID: original } = value;
  return typeof ivruniqueid === 'number' || (typeof original === 'number' && original !== 0);
}

/** Whether a text begins like a JSON object or list, or like a JSON string that contains one. */
export function isJsonText(text: string): boolean {
  return /^[\s\0]*(?:"[\s"\\]*)?[{[]/.test(text);
}

function parseOrThrow(text: string, context: ParseContext): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message repeats the body.
    throw context.error('malformed', 'The body is not valid JSON');
  }
}

/** A lower bound on the nodes of a text, or 0 if they can be counted after parsing. */
function minNodeCount(text: string, limit: number): number {
  // A node takes two characters, so there are at most twice as many as allowed: parse, then count.
  if (text.length < 4 * limit) return 0;
  // Much faster than the loop below, and enough for nearly every text.
  if (countOf(',', text) + countOf('{', text) + countOf('[', text) <= limit) return 0;
  let commas = 0;
  let structures = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at) - 1;
    else if (character === ',') commas++;
    else if (character === '{' || character === '[') structures++;
  }
  return Math.max(commas, structures);
}

function countOf(character: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count++;
  return count;
}

interface Count {
  readonly context: ParseContext;
  /** Up to this depth a number may be an id. */
  readonly idDepth: number;
  nodes: number;
  /** Whether there may be a number that loses digits. */
  losesDigits: boolean;
}

/** Counts the nodes of a parsed value, and throws if it is nested too deeply. */
function countNodes(value: unknown, depth: number, count: Count): void {
  count.nodes++;
  if (typeof value === 'number') {
    if (isTooLarge(value) || (depth <= count.idDepth && !Number.isInteger(value))) {
      count.losesDigits = true;
    }
  } else if (typeof value === 'object' && value !== null) {
    if (depth > count.context.limits.maxDepth) throw count.context.limitError('maxDepth');
    // Not Object.values: a list for each structure would cost as much as everything else here.
    if (Array.isArray(value)) for (const item of value) countNodes(item, depth + 1, count);
    else {
      for (const key in value) {
        const item: unknown = value[key as keyof typeof value];
        // Nearly all are one of these, and need no call.
        if (typeof item === 'string' || Number.isSafeInteger(item)) count.nodes++;
        else countNodes(item, depth + 1, count);
      }
    }
  }
}

/** Whether a number is beyond the safe integers, including 1e999, which is Infinity. */
function isTooLarge(number: number): boolean {
  return Math.abs(number) > Number.MAX_SAFE_INTEGER;
}

/** Turns the numbers that would lose digits into strings, in valid JSON. */
function quoteNumbers(json: string, idDepth: number): string {
  const token = /["[\]{}]|-?\d[\d.eE+-]*/g;
  const quoted = new Pieces();
  let from = 0;
  let depth = 1;
  for (let found = token.exec(json); found; found = token.exec(json)) {
    const [text] = found;
    if (text === '"') token.lastIndex = endOfString(json, found.index);
    else if (text === '{' || text === '[') depth++;
    else if (text === '}' || text === ']') depth--;
    else if (losesDigits(text, depth <= idDepth)) {
      quoted.add(json.slice(from, found.index), `"${text}"`);
      from = token.lastIndex;
    }
  }
  quoted.add(json.slice(from));
  return quoted.text();
}

/** Whether JavaScript would write the number with other digits. In an id every digit counts. */
export function losesDigits(text: string, mayBeId: boolean): boolean {
  const number = Number(text);
  return isTooLarge(number) || (mayBeId && String(number) !== text);
}

/** The index after the string that opens at `open`. */
function endOfString(json: string, open: number): number {
  let at = open + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}
