import { type CdrParseError, refusal } from '../errors.js';
import { type Limits, overLimit } from '../limits.js';

/** One list or structure is at most three elements deep (value, array, data); the call around it five. */
const ELEMENTS_PER_LEVEL = 3;
const ELEMENTS_AROUND = 8;

/**
 * Checks that a document is well formed and within the limits before a parser sees it, for the
 * parser does neither: it lets a closing tag close whatever is open.
 *
 * Refused are a DOCTYPE, tags that do not match or are cut off, and anything but white space
 * outside the one root. What is read as a tag, a comment or a CDATA section is what the parser
 * reads as one.
 *
 * @returns the same document without processing instructions, which mean nothing here
 * @throws CdrParseError `malformed` or `too_large`
 */
export function scanXml(xml: string, limits: Required<Limits>): string {
  const open: string[] = [];
  const kept: string[] = [];
  let keptFrom = 0;
  let nodes = 0;
  let roots = 0;
  let from = 0;

  for (let at = xml.indexOf('<'); at !== -1; at = xml.indexOf('<', from)) {
    if (open.length === 0 && !isBlank(xml.slice(from, at))) throw broken('text outside its root');
    const sign = xml[at + 1];
    if (sign === '/') {
      from = after(xml, '>', at, 'a tag');
      if (open.pop() !== xml.slice(at + 2, from - 1).trimEnd()) throw broken('tags do not match');
      continue;
    }
    if (++nodes > limits.maxNodes) throw overLimit('maxNodes', limits, 'xml-rpc');
    if (sign === '?') {
      from = after(xml, '?>', at + 2, 'a processing instruction');
      kept.push(xml.slice(keptFrom, at));
      keptFrom = from;
    } else if (xml.startsWith('<!--', at)) {
      from = after(xml, '-->', at + 4, 'a comment');
    } else if (xml.startsWith('<![CDATA[', at)) {
      from = after(xml, ']]>', at + 9, 'a CDATA section');
      if (open.length === 0) throw broken('text outside its root');
    } else if (sign === '!') {
      throw broken('a DOCTYPE or another declaration is not accepted');
    } else {
      from = afterTag(xml, at);
      if (open.length === 0 && ++roots > 1) throw broken('more than one root');
      if (xml[from - 2] !== '/') open.push(nameOfTag(xml, at + 1, from - 1));
      if (open.length > limits.maxDepth * ELEMENTS_PER_LEVEL + ELEMENTS_AROUND) {
        throw overLimit('maxDepth', limits, 'xml-rpc');
      }
    }
  }
  if (open.length > 0 || roots === 0) throw broken('cut off');
  if (!isBlank(xml.slice(from))) throw broken('text outside its root');
  for (let at = xml.indexOf('&'); at !== -1; at = xml.indexOf('&', at + 1)) {
    if (++nodes > limits.maxNodes) throw overLimit('maxNodes', limits, 'xml-rpc');
  }
  kept.push(xml.slice(keptFrom));
  return kept.join('');
}

function broken(what: string): CdrParseError {
  return refusal('malformed', 'xml-rpc', `The body is not well-formed XML: ${what}`);
}

function isBlank(text: string): boolean {
  return text === '' || text.trim() === '';
}

function after(xml: string, end: string, from: number, what: string): number {
  const at = xml.indexOf(end, from);
  if (at === -1) throw broken(`${what} is cut off`);
  return at + end.length;
}

/** The index after an opening tag: a quoted attribute can hold a `>`. */
function afterTag(xml: string, from: number): number {
  for (let at = from; at < xml.length; at++) {
    const character = xml[at];
    if (character === '>') return at + 1;
    if (character === '"' || character === "'") at = after(xml, character, at + 1, 'a tag') - 1;
  }
  throw broken('a tag is cut off');
}

function nameOfTag(xml: string, from: number, end: number): string {
  const tag = xml.slice(from, end);
  if (!/^[\p{L}_:]/u.test(tag)) throw broken('a tag without a name');
  const space = tag.search(/\s/);
  return space === -1 ? tag : tag.slice(0, space);
}
