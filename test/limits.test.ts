import { describe, expect, it } from 'vitest';
import { type CdrBody, detectFormat, parseCdr, safeParseCdr } from 'voicenter-cdr';
import { encodeCdr } from 'voicenter-cdr/testing';
import { ENCODERS, minimal, QUEUE } from './wire.js';

const reasonOf = (body: CdrBody, limits: object): string | undefined => {
  const result = safeParseCdr(body, null, { limits });
  return result.success ? undefined : result.error.message;
};
const over = (limit: string, most: number) => `The body is over the limit ${limit} (${most})`;

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
    ['brackets of a form', inBrackets, 'maxDepth', 3],
    // The record, 23 fields, 2 layers of 5.
    ['values of JSON', json, 'maxNodes', 36],
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
  ])('lets as many %s pass as it says, and no more', (_, body, limit, most) => {
    expect(reasonOf(body, { [limit]: most })).toBeUndefined();
    expect(reasonOf(body, { [limit]: most - 1 })).toBe(over(limit, most - 1));
    const result = safeParseCdr(body, null, { limits: { [limit]: most - 1 } });
    expect(result).toMatchObject({
      error: { code: 'too_large', format: detectFormat(body) },
    });
  });

  it.each(['json', 'xml-rpc'] as const)('of depth lets 64 structures pass in %s', (format) => {
    const nested = (depth: number): object => (depth === 0 ? {} : { x: nested(depth - 1) });
    const body = (depth: number) => encodeCdr(minimal({ x: nested(depth - 2) }), format).body;
    expect(reasonOf(body(64), {})).toBeUndefined();
    // An element more or less is no matter: XML is bounded by elements.
    expect(reasonOf(body(format === 'json' ? 65 : 67), {})).toBe(over('maxDepth', 64));
  });

  it('counts a list of the body, and the structures of JSON before it is parsed', () => {
    const nested = `[${'[],'.repeat(9)}[]]`;
    expect(reasonOf(nested, { maxNodes: 11 })).toBe('Expected one record, received 10');
    expect(reasonOf(nested, { maxNodes: 10 })).toBe(over('maxNodes', 10));
    expect(reasonOf('{"a":'.repeat(50), { maxNodes: 49 })).toBe(over('maxNodes', 49));
    expect(reasonOf('{"a":'.repeat(50), { maxNodes: 50 })).toBe('The body is not valid JSON');
  });
});

describe('the reason of a refusal', () => {
  const expected = 'expected text, bytes or the object that a body parser made';
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();

  it.each<[what: string, body: unknown, reason: string]>([
    ['null', null, `There is no body, or nothing has read it: ${expected}`],
    ['nothing', undefined, `There is no body, or nothing has read it: ${expected}`],
    ['a number', 7, `The body is of type number: ${expected}`],
    ['a stream', { pipe() {} }, `The body is a stream that nobody has read: ${expected}`],
    ['a web stream', { getReader() {} }, `The body is a stream that nobody has read: ${expected}`],
    ['a blob', { arrayBuffer() {} }, `The body is a stream that nobody has read: ${expected}`],
    ['a revoked proxy', proxy, `The body is an object that throws when it is read: ${expected}`],
    [
      'a getter that throws',
      {
        get caller() {
          throw new Error('no');
        },
      },
      'The body is an object that throws when it is read',
    ],
    ['white space', ' ', 'The body is empty'],
    ['what is no format', 'hello', 'The body is neither JSON nor XML nor a form'],
    ['broken JSON', '{', 'The body is not valid JSON'],
    ['no record', '[1]', 'Expected a record, received something else'],
    ['two records', '[{},{}]', 'Expected one record, received 2'],
    [
      'a DOCTYPE',
      '<!DOCTYPE a><a/>',
      malformed('a DOCTYPE or another declaration is not accepted'),
    ],
    ['tags that do not match', '<a></b>', malformed('tags do not match')],
    ['an open tag', '<a', malformed('a tag is cut off')],
    ['an open quotation', '<a b="', malformed('a tag is cut off')],
    ['an open closing tag', '<a></a', malformed('a tag is cut off')],
    ['an open element', '<a>', malformed('cut off')],
    ['an open comment', '<a><!-- -', malformed('a comment is cut off')],
    ['an open comment of three signs', '<a><!-->', malformed('a comment is cut off')],
    ['open CDATA', '<a><![CDATA[>', malformed('a CDATA section is cut off')],
    ['an open instruction', '<?xml >', malformed('a processing instruction is cut off')],
    ['an instruction of one sign', '<?>', malformed('a processing instruction is cut off')],
    ['nothing but a declaration', '<?xml version="1.0"?>', malformed('cut off')],
    ['two roots', '<a/><b/>', malformed('more than one root')],
    ['text behind the root', '<a/>b', malformed('text outside its root')],
    ['text before the root', '<?xml ?>b<a/>', malformed('text outside its root')],
    ['CDATA behind the root', '<a/><![CDATA[b]]>', malformed('text outside its root')],
    ['a tag without a name', '<a>< b></a>', malformed('a tag without a name')],
    ['an answer', '<methodResponse/>', notACall('its root is not a methodCall')],
    ['no param', '<methodCall/>', 'Expected one param, received 0'],
    [
      'an empty param',
      '<methodCall><params><param/></params></methodCall>',
      notACall('its param holds no value'),
    ],
    [
      'an element that means something to JavaScript',
      '<methodCall><constructor/></methodCall>',
      notACall('it has an element that XML-RPC does not know'),
    ],
  ])('of %s', (_, body, reason) => {
    const result = safeParseCdr(body as CdrBody);
    if (result.success) throw new Error('expected a refusal');
    const { message, code, issues } = result.error;
    expect(message).toBe(reason);
    expect(issues).toEqual([{ path: [], code, message }]);
  });

  it('is not that of a stream where a key is named like what a stream can do', () => {
    const cdr = parseCdr(minimal({ pipe: 'x', getReader: 1, arrayBuffer: null }));
    expect(cdr.raw).toMatchObject({ pipe: 'x', getReader: 1, arrayBuffer: null });
  });

  it('is one line of 300 characters at most, and each excerpt has 32', () => {
    const excerptOf = (type: string) => parseCdr(minimal({ type })).issues[0]?.received;
    expect(excerptOf('x'.repeat(32))).toBe('x'.repeat(32));
    expect(excerptOf('x'.repeat(33))).toBe(`${'x'.repeat(31)}…`);
    expect(excerptOf(`${'x'.repeat(30)}😀😀`)).toBe(`${'x'.repeat(30)}…`);
    expect(excerptOf(`😀${'x'.repeat(40)}`)).toBe(`😀${'x'.repeat(29)}…`);
    expect(excerptOf('a\u0000b\u200fc\u2028d\ud800e')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde');
    const result = safeParseCdr(minimal({ IVR: Array(150).fill('x') }), null, { strict: true });
    if (result.success) throw new Error('expected a refusal');
    const { message, issues } = result.error;
    expect(message).toHaveLength(300);
    expect(message).toMatch(
      /^IVR\.0: expected a layer, received "x"; IVR\.1: expected a layer, .*…$/,
    );
    expect(issues).toHaveLength(101);
    expect(issues.at(-1)).toEqual({
      path: [],
      code: 'more_issues',
      message: 'only the first 100 issues are listed',
    });
  });
});

function malformed(what: string): string {
  return `The body is not well-formed XML: ${what}`;
}

function notACall(why: string): string {
  return `The body is not an XML-RPC call: ${why}`;
}
