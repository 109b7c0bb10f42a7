import { describe, expect, it } from 'vitest';
import { type CdrBody, detectFormat, type Limits, parseCdr, safeParseCdr } from 'voicenter-cdr';
import { encodeCdr } from 'voicenter-cdr/testing';
import { ENCODERS, minimal, QUEUE } from './records.js';

const reasonOf = (body: CdrBody, limits: object): string | undefined => {
  const result = safeParseCdr(body, null, { limits });
  return result.success ? undefined : result.error.message;
};
const over = (limit: string, most: number) => `The body is over the limit ${limit} (${most})`;

const xmlWith = (items: string) =>
  ENCODERS['xml-rpc'](minimal({ x: 'X' })).replace(/<string>X<.string>/, `<array>${items}</array>`);

describe('a limit', () => {
  const json = ENCODERS.json(QUEUE);
  const xml = ENCODERS['xml-rpc'](QUEUE);
  const elements = xml.match(/<\w/g)?.length ?? 0;
  const inBrackets = `${ENCODERS.form(minimal())}&IVR[0][layer_id]=1`;

  it.each<[what: string, body: CdrBody, limit: string, most: number]>([
    ['characters of JSON', json, 'maxBytes', json.length],
    ['bytes', new TextEncoder().encode(json), 'maxBytes', json.length],
    // The record, its IVR, a layer.
    ['structures inside each other in JSON', json, 'maxDepth', 3],
    ['structures inside each other in an object', QUEUE, 'maxDepth', 3],
    ['structures inside each other in XML', xml, 'maxDepth', 3],
    ['brackets of a form', inBrackets, 'maxDepth', 3],
    // The record, 23 fields, 2 layers of 5.
    ['values of JSON', json, 'maxNodes', 36],
    ['values of JSON text in the one field', JSON.stringify({ payload: json }), 'maxNodes', 38],
    ['values of an object', QUEUE, 'maxNodes', 35],
    ['fields of a form', ENCODERS.form(QUEUE), 'maxNodes', 23],
    // Five fields; IVR, a layer.
    ['structures that brackets of a form make', inBrackets, 'maxNodes', 8],
    // Six fields; x, a, the list, its item, the list in that.
    [
      'lists that brackets of a form make',
      `${ENCODERS.form(minimal())}&x[a][][b][]=1`,
      'maxNodes',
      10,
    ],
    ['pairs of a form', new URLSearchParams(ENCODERS.form(QUEUE)), 'maxNodes', 23],
    ['elements of XML', xml, 'maxNodes', elements + 1],
    [
      'elements and references of XML',
      xml.replace('Sales', 'Sales &amp; &#65;'),
      'maxNodes',
      elements + 3,
    ],
  ])('admits exactly as many %s as it says', (_, body, limit, most) => {
    expect(reasonOf(body, { [limit]: most })).toBeUndefined();
    expect(reasonOf(body, { [limit]: most - 1 })).toBe(over(limit, most - 1));
    const result = safeParseCdr(body, null, { limits: { [limit]: most - 1 } });
    expect(result).toMatchObject({
      error: { code: 'too_large', format: detectFormat(body) },
    });
  });

  it.each(['json', 'xml-rpc'] as const)('on depth admits 64 structures in %s', (format) => {
    const nested = (depth: number): object => (depth === 0 ? {} : { x: nested(depth - 1) });
    const body = (depth: number) => encodeCdr(minimal({ x: nested(depth - 2) }), format).body;
    expect(reasonOf(body(64), {})).toBeUndefined();
    // XML counts elements, so its limit may be off by an element or two.
    expect(reasonOf(body(format === 'json' ? 65 : 67), {})).toBe(over('maxDepth', 64));
  });

  it('includes a list around the records, and the structures of JSON before it is parsed', () => {
    const nested = `[${'[],'.repeat(9)}[]]`;
    expect(reasonOf(nested, { maxNodes: 11 })).toBe('Expected one record, received 10');
    expect(reasonOf(nested, { maxNodes: 10 })).toBe(over('maxNodes', 10));
    expect(reasonOf('{"a":'.repeat(50), { maxNodes: 49 })).toBe(over('maxNodes', 49));
    expect(reasonOf('{"a":'.repeat(50), { maxNodes: 50 })).toBe('The body is not valid JSON');
  });

  it.each([Number.NaN, -1, null, undefined, '30'])('has its default if %s is given', (limit) => {
    const limits = { maxBytes: limit, maxDepth: limit, maxNodes: limit } as Limits;
    expect(reasonOf(json, limits)).toBeUndefined();
    const deep = '['.repeat(65) + ']'.repeat(65);
    expect(reasonOf(deep, limits)).toBe(over('maxDepth', 64));
  });

  it.each<[what: string, body: CdrBody]>([
    ['JSON', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['XML', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`],
    ['a form', `x=1&a${'[b]'.repeat(100_000)}=1`],
    ['an object', JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
  ])('on depth is at most 1000, which every stack holds: %s', (_, body) => {
    expect(reasonOf(body, { maxDepth: Number.POSITIVE_INFINITY })).toBe(over('maxDepth', 1000));
  });

  it('does not count the dots of a key that is not nested', () => {
    const form = `${ENCODERS.form(minimal())}&a${'.b'.repeat(70)}`;
    expect(reasonOf(`${form}?=1`, {})).toBeUndefined();
    expect(reasonOf(`${form}=1`, {})).toBe(over('maxDepth', 64));
  });

  it('includes JSON text in a field, which becomes null with an issue', () => {
    const IVR = JSON.stringify(Array(10).fill({ layer_id: 1 }));
    const cdr = parseCdr(minimal({ IVR }), null, { limits: { maxNodes: 15 } });
    expect(cdr.ivr).toEqual([]);
    expect(cdr.issues).toMatchObject([{ path: ['IVR'], code: 'invalid_field' }]);
    expect(cdr.issues[0]?.message).toContain('maxNodes');
  });

  describe('counts unreadable values as many nodes, because each error takes that long', () => {
    const limits = { maxNodes: 500 };

    it('and leaves out JSON text in fields after the limit, with an issue', () => {
      const IVR = Array(50).fill('{');
      const { ivr, ai, issues } = parseCdr(minimal({ IVR, aiData: '{"summary":"Hi"}' }), null, {
        limits,
      });
      expect([ivr, ai]).toEqual([[], null]);
      expect(issues.at(0)?.message).not.toContain('maxNodes');
      expect(issues.at(-1)?.message).toContain(over('maxNodes', 500));
    });

    it.each<[what: string, body: CdrBody]>([
      ['JSON text of records', JSON.stringify(Array(50).fill('{'))],
      ['base64', xmlWith('<base64>?</base64>'.repeat(50))],
      ['base64 of bytes that are not UTF-8', xmlWith('<base64>/w==</base64>'.repeat(50))],
    ])('so a body of it is over the limit: %s', (_, body) => {
      expect(reasonOf(body, limits)).toBe(over('maxNodes', 500));
      expect(reasonOf(body, {}) ?? '').not.toContain('maxNodes');
    });
  });

  it('ignores brackets inside text', () => {
    const body = JSON.stringify(minimal({ note: ',{['.repeat(1000) }));
    expect(reasonOf(body, { maxNodes: 10 })).toBeUndefined();
  });
});
