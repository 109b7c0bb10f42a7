import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCdr, safeParseCdr } from 'voicenter-cdr';
import { scanXml } from '../src/codec/xml-scan.js';
import { parsedRoot, parseXml } from '../src/codec/xml-tree.js';
import { DEFAULT_LIMITS } from '../src/limits.js';
import { wireRecord } from './arbitraries.js';
import { reproducible } from './properties.js';
import { ENCODERS, QUEUE, withoutTransport } from './wire.js';

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
const keep = () => false;
const scanned = (xml: string) => scanXml(xml, DEFAULT_LIMITS, keep);
const context = { limits: DEFAULT_LIMITS, issues: [], charset: 'utf-8' };

/** Text as it stands in a document: markup as references, and white space of every kind. */
const characters = fc.string({
  unit: fc.constantFrom(
    'a',
    'א',
    ' ',
    '\n',
    '\t',
    '>',
    ']]>',
    '&amp;',
    '&#1488;',
    '&lt;',
    '&x;',
    '&',
    "'",
    '"',
    '/',
  ),
  maxLength: 6,
});

/** Documents of the tags of XML-RPC, nested in any way. */
const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc
    .tuple(
      fc.constantFrom(
        'value',
        'struct',
        'member',
        'name',
        'array',
        'data',
        'string',
        'i4',
        'nil',
        'params',
      ),
      tie('content'),
      fc.constantFrom('', ' '),
    )
    .map(([name, content, space]) =>
      content === '' && space ? `<${name}/>` : `<${name}>${content}</${name}${space}>`,
    ),
  content: fc.oneof(
    { maxDepth: 6 },
    characters,
    fc.array(fc.oneof(tie('element'), characters), { maxLength: 4 }).map((parts) => parts.join('')),
  ),
}));

describe('the elements of a plain document', () => {
  it.each(bodies)('are those that the parser finds: $file', ({ xml }) => {
    const found = scanned(xml);
    if (found.root) expect(found.root).toEqual(parsedRoot(found.xml, keep));
  });

  it('are known without the parser unless a body has a comment, CDATA, an attribute or a prefix', () => {
    for (const { xml } of bodies) {
      const other = /<!|<\w[^>]* |<\w+:/.test(xml);
      expect(scanned(xml).root === null).toBe(other);
    }
  });

  it('are those that the parser finds, in every document', () => {
    fc.assert(
      fc.property(element, fc.boolean(), (xml, declared) => {
        const document = declared ? `<?xml version="1.0"?>\n${xml}\n` : xml;
        const found = scanned(document);
        expect(found.root).toEqual(parsedRoot(found.xml, keep));
      }),
    );
  });

  it('are looked for by the parser as soon as there is anything else', () => {
    for (const other of [
      '<!-- -->',
      '<![CDATA[x]]>',
      '<?x y?>',
      '<value a="b"/>',
      '<ex:i8>1</ex:i8>',
      '<x/>',
    ]) {
      const xml = `<methodCall>${other}</methodCall>`;
      expect(scanned(xml).root).toBeNull();
      expect(parseXml(xml, context, keep).name).toBe('methodCall');
    }
  });
});

describe('a document that is not plain', () => {
  const noise = fc.constantFrom('<!-- > <value> -->', '<?pi <a> ?>', '\n  ');

  it('has the value of the plain one: comments and processing instructions mean nothing', () => {
    fc.assert(
      fc.property(wireRecord, noise, fc.nat(), (record, comment, seed) => {
        const xml = ENCODERS['xml-rpc'](record);
        const tags = [...xml.matchAll(/<member>|<\/member>|<struct>|<param>/g)];
        const at = tags[seed % tags.length]?.index ?? 0;
        const noisy = `${xml.slice(0, at)}${comment}${xml.slice(at)}`;
        expect(withoutTransport(parseCdr(noisy))).toEqual(withoutTransport(parseCdr(xml)));
      }),
      { numRuns: 100 },
    );
  });

  it('has the value of the plain one: attributes and CDATA mean nothing', () => {
    const xml = ENCODERS['xml-rpc'](QUEUE);
    const plain = withoutTransport(parseCdr(xml));
    for (const [tag, other] of [
      ['<struct>', '<struct xmlns:ex="http://ws.apache.org/xmlrpc/namespaces/extensions">'],
      ['<string>Sales Queue</string>', '<string><![CDATA[Sales Queue]]></string>'],
      ['<string>Sales Queue</string>', '<string>Sales<![CDATA[ ]]>Queue</string>'],
      ['<methodCall>', '<methodCall a="1" b=\'>\'>'],
    ] as const) {
      expect(xml).toContain(tag);
      expect(withoutTransport(parseCdr(xml.replace(tag, other)))).toEqual(plain);
    }
  });

  it('is refused when it has an element that the parser will not make', () => {
    const body =
      '<methodCall><params><param><value><struct><constructor/></struct></value></param></params></methodCall>';
    expect(safeParseCdr(body)).toMatchObject({ success: false, error: { code: 'malformed' } });
  });
});
