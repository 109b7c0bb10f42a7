import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCopy, parseXml } from '../src/codec/xml-parser.js';
import { decodeReferences } from '../src/codec/xml-references.js';
import { scanXml, type XmlElement } from '../src/codec/xml-scan.js';
import { wireRecord } from './arbitraries.js';
import { callOf, decodeXml, xmlContext } from './decode-xml.js';
import { reproducible } from './properties.js';
import { ENCODERS } from './records.js';

reproducible(20200728, 1000);

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const bodies = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.xml') && !file.startsWith('broken'))
  .map((file) => ({
    file,
    xml: readFileSync(`${fixtures}${file}`, 'utf8')
      .replace(/^\uFEFF/, '')
      .replace(/\r\n?/g, '\n'),
  }));

/** The trees that the scan and the parser make of the same document. */
function bothTrees(xml: string): { scanned: XmlElement | null; parsed: XmlElement } {
  const { root, copy } = scanXml(xml, xmlContext());
  return { scanned: root, parsed: parseCopy(copy, xmlContext()) };
}

/** The elements with decoded texts, since CDATA and references can stand for the same text. */
function decodedTree({ name, children, text }: XmlElement): unknown {
  return [name, children.length > 0 ? children.map(decodedTree) : decodeReferences(text)];
}

const treeOf = (xml: string) => decodedTree(parseXml(xml, xmlContext()));

/** Text as written in a document: markup as references, every kind of white space, long texts. */
const text = fc
  .array(
    fc.constantFrom(
      ...['a', 'א', ' ', '\n', '\t', '>', ']]>', '&amp;', '&#1488;', '&lt;', '&x;', '&', "'", '"'],
      ...['/', '1\uFFFD1', 'long '.repeat(60)],
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

/** A document of XML-RPC tags in any nesting, as pieces of markup and text. */
type Pieces = { markup?: string; text?: string }[];

const { element } = fc.letrec<{ element: Pieces; content: Pieces }>((tie) => ({
  element: fc
    .tuple(
      fc.constantFrom(
        ...['value', 'struct', 'member', 'name', 'array', 'data', 'string', 'i4', 'nil', 'params'],
      ),
      tie('content'),
      fc.constantFrom('', ' ', '\n'),
    )
    .map(([name, content, space]) =>
      content.length === 0
        ? [{ markup: `<${name}${space}/>` }]
        : [{ markup: `<${name}${space}>` }, ...content, { markup: `</${name}${space}>` }],
    ),
  content: fc.oneof(
    { maxDepth: 6 },
    text.map((sent) => [{ text: sent }]),
    fc
      .array(
        fc.oneof(
          tie('element'),
          text.map((sent): Pieces => [{ text: sent }]),
        ),
        {
          maxLength: 4,
        },
      )
      .map((parts) => parts.flat()),
  ),
}));

const written = (pieces: Pieces) =>
  pieces.map((piece) => piece.markup ?? piece.text ?? '').join('');

/** Other ways to write a piece with the same meaning. */
const decorations: ((piece: Pieces[number]) => string)[] = [
  (piece) => `<!-- > <value> & -->${written([piece])}`,
  (piece) => `${written([piece])}<?pi <a> ?>`,
  ({ markup, text: sent = '' }) =>
    markup?.replace(/(?=\s*\/?>$)/, markup.startsWith('</') ? '' : ` a='>"/' b="x"`) ??
    sent.replace(/^[^&]?/, '$&<!---->'),
  ({ markup, text: sent = '' }) => markup?.replace(/^<\/?/, '$&ex:') ?? sent,
  ({ markup, text: sent = '' }) =>
    markup ?? `<![CDATA[${decodeReferences(sent).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`,
];

describe('the elements of a plain document', () => {
  it.each(bodies)('equal those that the parser finds: $file', ({ xml }) => {
    const { scanned, parsed } = bothTrees(xml);
    if (scanned) expect(scanned).toEqual(parsed);
  });

  it('are read by the scan unless a body has a comment, CDATA, an attribute or a prefix', () => {
    for (const { xml } of bodies) {
      const other = /<!|<\w[^>]* \w|<\w+:/.test(xml);
      expect(scanXml(xml, xmlContext()).root === null).toBe(other);
    }
  });

  it('equal those that the parser finds, in generated documents', () => {
    fc.assert(
      fc.property(element, fc.boolean(), (pieces, declared) => {
        const xml = written(pieces);
        const { scanned, parsed } = bothTrees(declared ? `<?xml version="1.0"?>\n${xml}\n` : xml);
        expect(scanned).toEqual(parsed);
      }),
    );
  });

  it('are left to the parser if the document has anything else', () => {
    for (const other of [
      '<!-- -->',
      '<![CDATA[x]]>',
      '<?x y?>',
      '<i4 a="b"/>',
      '<ex:i8/>',
      '<x/>',
    ]) {
      expect(scanXml(`<value>${other}</value>`, xmlContext()).root).toBeNull();
    }
  });
});

describe('a document that is not plain', () => {
  it('has the elements of the plain one, with any decoration', () => {
    const decoration = fc.option(fc.constantFrom(...decorations), { nil: undefined });
    fc.assert(
      fc.property(element, fc.infiniteStream(decoration), (pieces, choices) => {
        const open: ((piece: Pieces[number]) => string)[] = [];
        const decorated = pieces.map((piece) => {
          const chosen = choices.next().value;
          const decorate = chosen ?? ((given: Pieces[number]) => written([given]));
          const { markup = '' } = piece;
          // A closing tag is decorated like its opening tag.
          if (markup.startsWith('</')) return (open.pop() ?? decorate)(piece);
          if (markup !== '' && !markup.endsWith('/>')) open.push(decorate);
          return decorate(piece);
        });
        // A comment or an instruction after the root's tag is outside the root.
        expect(treeOf(decorated.join(''))).toEqual(treeOf(written(pieces)));
      }),
    );
  });

  it('has the value of the plain one, wherever a comment or an instruction stands', () => {
    const noise = fc.constantFrom('<!-- > <value> -->', '<?pi <a> ?>', '\n  ');
    fc.assert(
      fc.property(wireRecord, noise, fc.nat(), (record, comment, seed) => {
        const xml = ENCODERS['xml-rpc'](record);
        const tags = [...xml.matchAll(/<member>|<\/member>|<struct>|<param>/g)];
        const at = tags[seed % tags.length]?.index ?? 0;
        const noisy = `${xml.slice(0, at)}${comment}${xml.slice(at)}`;
        expect(decodeXml(noisy)).toEqual(decodeXml(xml));
      }),
      { numRuns: 100 },
    );
  });

  it.each<[what: string, sent: string, read: string]>([
    ['a comment', 'a<!-- &amp; -->b', 'ab'],
    ['CDATA', 'a<![CDATA[&lt;<b>]]>c', 'a&lt;<b>c'],
    // As long as its content would be when escaped.
    ['CDATA of &', '<![CDATA[&lt;&&]]>', '&lt;&&'],
    ['CDATA with a tag', '<![CDATA[</value><a>]]>', '</value><a>'],
    ['a long text around a comment', `${'a'.repeat(300)}<!-- -->b`, `${'a'.repeat(300)}b`],
    [
      'long CDATA',
      `&lt;<![CDATA[${'&lt;'.repeat(100)}]]>&lt;<![CDATA[]]>`,
      `<${'&lt;'.repeat(100)}<`,
    ],
    ['many short pieces', 'x<![CDATA[&]]><!-- -->'.repeat(100), 'x&'.repeat(100)],
    ['what looks like a marker', '<?x?>\uFFFF0\uFFFF', '\uFFFD0\uFFFD'],
  ])('keeps its texts complete: %s', (_, sent, read) => {
    const long = `<x a="b">${'long '.repeat(100)}</x>`;
    const xml = callOf(`<value>${sent}</value>`);
    expect(decodeXml(xml).value).toBe(read);
    expect(decodeXml(xml.replace('</methodName>', `$&${long}`)).value).toBe(read);
  });

  it('has values of known types after very many unknown elements', () => {
    const others = Array.from({ length: 200 }, (_, index) => `<a${index}:b${index}/>`).join('');
    const xml = callOf(`<value><ex:i4>7</ex:i4></value>`);
    expect(decodeXml(xml.replace('</methodName>', `$&${others}`)).value).toBe(7);
  });

  it.each(['constructor', '__proto__', 'prototype'])(
    'is refused for an element that the parser refuses: %s',
    (name) => {
      expect(() => decodeXml(callOf(`<value><${name}/></value>`))).toThrow(
        'The body is not an XML-RPC call: it has an element that XML-RPC does not know',
      );
    },
  );
});

describe('around the root', () => {
  const call = callOf('<value>x</value>').replace(/^<\?.*?\?>/, '');

  it.each(['', ' \t\r\n', '<!-- -->', '\n<?x y?>\n'])('there can be %j', (around) => {
    expect(decodeXml(`<?xml version="1.0"?>${around}${call}${around}`).value).toBe('x');
  });

  it.each(['\u00A0', '\u2028', '\uFEFF', '\u0085', '\u3000', '\0', '\v', 'a', '&#32;'])(
    'there cannot be %j',
    (around) => {
      const refusal = 'The body is not well-formed XML: text outside its root';
      expect(() => decodeXml(`<?xml version="1.0"?>${around}${call}`)).toThrow(refusal);
      expect(() => decodeXml(`<?xml version="1.0"?>${call}${around}<!-- -->`)).toThrow(refusal);
    },
  );
});

describe('a tag', () => {
  it.each([
    '< value>',
    '<>',
    '<1>',
    '<.a>',
    '<a:>',
    '<:a>',
    '<a:b:c>',
    '<a=b>',
    '<a"b" c>',
    '<a&b>',
  ])('has a valid name: %s', (tag) => {
    expect(() => decodeXml(`<methodCall>${tag}x</methodCall>`)).toThrow('a tag without a name');
  });
});
