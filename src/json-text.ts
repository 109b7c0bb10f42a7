import { Pieces } from './codec/long-text.js';
import { type CdrFormat, refusal } from './errors.js';
import { type Limits, type LimitsInForce, overLimit } from './limits.js';

/**
 * JSON.parse within the limits, for a whole body as for the JSON text inside a field.
 *
 * Numbers too large for JavaScript come as text, as they are written: as an id they must not be
 * rounded, or two calls become one.
 *
 * @throws CdrParseError `malformed` or `too_large`
 */
export function parseJson(text: string, limits: LimitsInForce, format: CdrFormat | null): unknown {
  // Before the work. What gets through is at most twice the limit, and is counted below.
  if (signsOfNodes(text, limits.maxNodes) > limits.maxNodes) {
    throw overLimit('maxNodes', limits, format);
  }
  const value = parseOrRefuse(text, format);
  const census = { nodes: 0, tooLarge: false };
  const exceeded = overrun(value, 1, limits, census);
  if (exceeded) throw overLimit(exceeded, limits, format);
  return census.tooLarge ? JSON.parse(quoteTooLarge(text)) : value;
}

function parseOrRefuse(text: string, format: CdrFormat | null): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message repeats the body; where it broke off is not worth that.
    throw refusal('malformed', format, 'The body is not valid JSON');
  }
}

/**
 * A lower bound of the nodes in a text, where it is more than `most`: each structure is a node, and
 * each comma stands between two.
 */
function signsOfNodes(text: string, most: number): number {
  if (text.length < 2 * most) return 0; // a node takes two characters
  if (countOf(',', text) + countOf('{', text) + countOf('[', text) <= most) return 0;
  let commas = 0;
  let structures = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at) - 1;
    else if (sign === ',') commas++;
    else if (sign === '{' || sign === '[') structures++;
  }
  return Math.max(commas, structures);
}

function countOf(character: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count++;
  return count;
}

interface Census {
  nodes: number;
  /** Whether there is a number that is too large. */
  tooLarge: boolean;
}

/** The limit that a parsed value exceeds, if any; counts its nodes on the way. */
function overrun(
  value: unknown,
  depth: number,
  limits: LimitsInForce,
  census: Census,
): keyof Limits | null {
  if (++census.nodes > limits.maxNodes) return 'maxNodes';
  if (typeof value === 'number' && isTooLarge(value)) census.tooLarge = true;
  return typeof value === 'object' && value !== null
    ? overrunWithin(value, depth, limits, census)
    : null;
}

function overrunWithin(
  structure: object,
  depth: number,
  limits: LimitsInForce,
  census: Census,
): keyof Limits | null {
  if (depth > limits.maxDepth) return 'maxDepth';
  let exceeded: keyof Limits | null = null;
  if (Array.isArray(structure)) {
    for (const item of structure) exceeded ??= overrun(item, depth + 1, limits, census);
  } else {
    // Not Object.values: a list of them for each structure would cost as much as the rest.
    for (const key in structure) {
      exceeded ??= overrun(structure[key as keyof typeof structure], depth + 1, limits, census);
    }
  }
  return exceeded;
}

/** Whether a JavaScript number holds no more than the beginning of what was written: beyond 2^53, or what is none, as 1e999. */
export function isTooLarge(number: number): boolean {
  return Math.abs(number) > Number.MAX_SAFE_INTEGER;
}

/** Valid JSON with every number that is too large in quotes; strings are left alone. */
function quoteTooLarge(json: string): string {
  const quoteOrNumber = /"|-?\d[\d.eE+-]*/g;
  const quoted = new Pieces();
  let from = 0;
  for (let found = quoteOrNumber.exec(json); found; found = quoteOrNumber.exec(json)) {
    const [text] = found;
    if (text === '"') quoteOrNumber.lastIndex = endOfString(json, found.index);
    else if (isTooLarge(Number(text))) {
      quoted.add(json.slice(from, found.index), `"${text}"`);
      from = quoteOrNumber.lastIndex;
    }
  }
  quoted.add(json.slice(from));
  return quoted.text();
}

/** The index after the string that opens at `open`. */
function endOfString(json: string, open: number): number {
  let at = open + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}
