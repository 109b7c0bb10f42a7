import { type CdrFormat, refusal } from './errors.js';
import { type Limits, overLimit } from './limits.js';

/**
 * JSON.parse within the limits, for a whole body as for the JSON text inside a field.
 *
 * Integers too large for a JavaScript number come as text, digit by digit: as an id they must not
 * be rounded, or two calls become one.
 *
 * @throws CdrParseError `malformed` or `too_large`
 */
export function parseJson(
  text: string,
  limits: Required<Limits>,
  format: CdrFormat | null,
): unknown {
  // Before the work: no more structures than nodes. What is left is linear in the bounded text.
  if (text.length > limits.maxNodes && countOf('{', text) + countOf('[', text) > limits.maxNodes) {
    throw overLimit('maxNodes', limits, format);
  }
  const value = parseOrRefuse(text, format);
  const census = { nodes: 0, roundedInteger: false };
  const exceeded = overrun(value, 1, limits, census);
  if (exceeded) throw overLimit(exceeded, limits, format);
  return census.roundedInteger ? JSON.parse(quoteLongIntegers(text)) : value;
}

function parseOrRefuse(text: string, format: CdrFormat | null): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message repeats the body; where it broke off is not worth that.
    throw refusal('malformed', format, 'The body is not valid JSON');
  }
}

function countOf(character: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count++;
  return count;
}

interface Census {
  nodes: number;
  roundedInteger: boolean;
}

/** The limit that a parsed value exceeds, if any; counts its nodes on the way. */
function overrun(
  value: unknown,
  depth: number,
  limits: Required<Limits>,
  census: Census,
): keyof Limits | null {
  if (++census.nodes > limits.maxNodes) return 'maxNodes';
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    census.roundedInteger = true;
  }
  return typeof value === 'object' && value !== null
    ? overrunWithin(value, depth, limits, census)
    : null;
}

function overrunWithin(
  structure: object,
  depth: number,
  limits: Required<Limits>,
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

/** Valid JSON with every integer of 16 digits or more in quotes; strings are left alone. */
function quoteLongIntegers(json: string): string {
  return mapOutsideStrings(json, (between) =>
    between.replace(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (number) =>
      /^-?\d{16,}$/.test(number) ? `"${number}"` : number,
    ),
  );
}

function mapOutsideStrings(json: string, map: (between: string) => string): string {
  const parts: string[] = [];
  let from = 0;
  while (from < json.length) {
    const open = json.indexOf('"', from);
    if (open === -1) break;
    const end = endOfString(json, open);
    parts.push(map(json.slice(from, open)), json.slice(open, end));
    from = end;
  }
  parts.push(map(json.slice(from)));
  return parts.join('');
}

/** The index after the string that opens at `open`, in valid JSON. */
function endOfString(json: string, open: number): number {
  let at = open + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}
