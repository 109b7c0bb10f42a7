/** Hostile documents of XML-RPC. */
import { fill, json, member, xml, xmlList } from '../growing.js';
import { digits, type HostileShape, ITEMS, inFourFields, list, utf16 } from './shape.js';

function textInFourFields(size: number, item: string): string {
  const { IVR, aiData } = inFourFields(list(size / 4, item));
  return xml(member('IVR', IVR) + member('aiData', aiData));
}

export const XML_SHAPES: HostileShape[] = [
  ...ITEMS.map((item) => ({
    what: `xml-rpc, text in four fields: ${item}`,
    make: (n: number) => textInFourFields(n, item),
  })),
  { what: 'xml-rpc, <nil/>', make: (n) => xml(member('x', xmlList(fill(n, () => '<nil/>')))) },
  { what: 'xml-rpc, <i1/>', make: (n) => xml(member('x', xmlList(fill(n, () => '<i1/>')))) },
  {
    what: 'xml-rpc, <i1>1</i1>',
    make: (n) => xml(member('x', xmlList(fill(n, () => '<i1>1</i1>')))),
  },
  {
    what: 'xml-rpc, <i1> in <i1>',
    make: (n) => xml(member('x', xmlList(fill(n, () => '<i1><i1/><i1/></i1>')))),
  },
  {
    what: 'xml-rpc, empty structs',
    make: (n) => xml(member('IVR', xmlList(fill(n, () => '<struct/>')))),
  },
  {
    what: 'xml-rpc, empty arrays',
    make: (n) => xml(member('x', xmlList(fill(n, () => '<array/>')))),
  },
  {
    what: 'xml-rpc, structs of one',
    make: (n) => xml(member('IVR', xmlList(fill(n, () => '<struct><member/></struct>')))),
  },
  {
    what: 'xml-rpc, short members',
    make: (n) => xml(fill(n, (i) => `<member><name>${i.toString(36)}</name></member>`)),
  },
  { what: 'xml-rpc, <a/>', make: (n) => xml(fill(n, () => '<a/>')) },
  { what: 'xml-rpc, <a></a>', make: (n) => xml(fill(n, () => '<a></a>')) },
  {
    what: 'xml-rpc, <a/> as items',
    make: (n) => xml(member('IVR', xmlList(fill(n, () => '<a/>')))),
  },
  { what: 'xml-rpc, <a>b</a>', make: (n) => xml(fill(n, () => '<a>b</a>')) },
  { what: 'xml-rpc, <a> in <a>', make: (n) => xml(fill(n, () => '<a><a/><a/></a>')) },
  {
    what: 'xml-rpc, deep <a>',
    make: (n) => xml(fill(n, () => `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`)),
  },
  { what: 'xml-rpc, <a b="c"/>', make: (n) => xml(fill(n, () => '<a b="c"/>')) },
  { what: 'xml-rpc, attributes in each tag', make: (n) => xml(fill(n, (i) => `<a b${i}="c"/>`)) },
  {
    what: 'xml-rpc, many attributes in each tag',
    make: (n) => xml(fill(n, () => `<a ${fill(200, (i) => `b${i}="c"`, ' ')}/>`)),
  },
  {
    what: 'xml-rpc, ex:nil and structs',
    make: (n) => xml(member('y', '<ex:nil/>') + member('IVR', xmlList(fill(n, () => '<struct/>')))),
  },
  {
    what: 'xml-rpc, ex:nil and distinct members',
    make: (n) =>
      xml(
        member('y', '<ex:nil/>') +
          fill(n, (i) => `<member><name>${digits(i)}</name><nil/></member>`),
      ),
  },
  { what: 'xml-rpc, text and elements', make: (n) => xml(fill(n, () => 'a<a/>')) },
  { what: 'xml-rpc, empty CDATA', make: (n) => xml(member('x', '<![CDATA[]]>'.repeat(n / 12))) },
  { what: 'xml-rpc, CDATA of &', make: (n) => xml(member('x', `<![CDATA[${'&'.repeat(n)}]]>`)) },
  {
    what: 'xml-rpc, CDATA of short texts of &',
    make: (n) => xml(fill(n, () => `<a><![CDATA[${'&'.repeat(200)}]]></a>`)),
  },
  { what: 'xml-rpc, short references', make: (n) => xml(member('x', '&#1;'.repeat(n / 4))) },
  {
    what: 'xml-rpc, texts with references',
    make: (n) => xml(member('x', xmlList(fill(n, () => '<i1>&#9;</i1>')))),
  },
  {
    what: 'xml-rpc, bytes as references in each text',
    make: (n) => xml(member('x', xmlList(fill(n, () => '<i1>&#215;&#144;</i1>')))),
  },
  { what: 'xml-rpc, <!---->', make: (n) => xml('<!---->'.repeat(n / 7)) },
  { what: 'xml-rpc, comments between elements', make: (n) => xml(fill(n, () => '<a/><!---->')) },
  { what: 'xml-rpc, <??>', make: (n) => xml(fill(n, () => '<?a?>')) },
  {
    what: 'xml-rpc, instructions with attributes',
    make: (n) => xml(fill(n, () => `<?a ${fill(100, (i) => `b${i}="c"`, ' ')}?>`)),
  },
  {
    what: 'xml-rpc, base64 that is none',
    make: (n) => xml(member('x', xmlList(fill(n, () => '<base64>?</base64>')))),
  },
  {
    what: 'xml-rpc, base64 that is not UTF-8',
    make: (n) => xml(member('x', xmlList(fill(n, () => '<base64>/w==</base64>')))),
  },
  {
    what: 'xml-rpc, items in UTF-16',
    make: (n) => utf16(xml(member('x', xmlList(fill(n / 2, () => '<nil/>'))))),
  },
  { what: 'xml-rpc, <a/> in UTF-16', make: (n) => utf16(xml(fill(n / 2, () => '<a/>'))) },
  {
    what: 'xml-rpc, long texts of &',
    make: (n) => xml(fill(n, () => `<a>${'&amp;'.repeat(60)}</a>`)),
  },
  {
    what: 'xml-rpc, JSON text in the param',
    make: (n) =>
      `<methodCall><params><param><value>${json(`"IVR":${list(n, '{}')}`)}</value></param></params></methodCall>`,
  },
];
