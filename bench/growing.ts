/** The bodies of the benchmarks: one for every part of each format that can grow. */
const RECORD = { ivruniqueid: 'a', type: 'Queue', status: 'ANSWER', time: 1, duration: 1 };
const HEBREW = 'שלום, אפשר לעזור? ';

/** Makes pieces until they reach the size; `piece` gets the index of the piece. */
export function fill(size: number, piece: (index: number) => string, between = ''): string {
  const pieces: string[] = [];
  for (let length = 0, index = 0; length < size; index++) {
    const made = piece(index);
    pieces.push(made);
    length += made.length + between.length;
  }
  return pieces.join(between);
}

export const json = (inner: string) => JSON.stringify(RECORD).replace('}', `,${inner}}`);
export const form = (inner: string) =>
  `${new URLSearchParams(Object.entries(RECORD).map(([key, value]) => [key, String(value)]))}&${inner}`;
export const member = (name: string, value: string) =>
  `<member><name>${name}</name><value>${value}</value></member>`;
export const xml = (inner: string, attributes = '') =>
  `<?xml version="1.0"?><methodCall${attributes}><params><param><value><struct>${Object.entries(
    RECORD,
  )
    .map(([key, value]) => member(key, `<string>${value}</string>`))
    .join('')}${inner}</struct></value></param></params></methodCall>`;

const layer = { layer_id: 1, layer_name: 'Main', layer_number: 1, Dtmf: 2, dtmf_order: 1 };
const sentence = { speaker: 'Speaker0', text: HEBREW.repeat(4), startTime: 'x', endTime: 2 };
const members = (record: object) =>
  Object.entries(record).map(([name, value]) => member(name, String(value)));
export const xmlList = (items: string) => `<array><data>${items}</data></array>`;
const xmlItem = (record: object) => `<value><struct>${members(record).join('')}</struct></value>`;
const xmlAi = (items: string) =>
  member('aiData', `<struct>${member('transcript', xmlList(items))}</struct>`);
/** Nesting at most a thousand levels deep, repeated until it reaches the size. */
const nested = (size: number, open: string, close: string, between: string) =>
  fill(size, () => open.repeat(300) + close.repeat(300), between);

const NESTING = ['<value><array><data>', '</data></array></value>'] as const;

const readJson = (body: string) => JSON.parse(body);
/** The value holds custom data twice: as sent, and as text. */
const readBag = (body: string) => {
  const record = JSON.parse(body);
  return [record, Object.fromEntries(Object.entries(record.CustomData))];
};
const readForm = (body: string) => Object.fromEntries(new URLSearchParams(body));
/** The platform has no XML reader, so this only builds the table of keys. */
const readNames = (body: string) =>
  Object.fromEntries(body.split('<name>').map((part) => [part.slice(0, part.indexOf('<')), part]));

/** The value of one item: two elements, in about as many bytes as the limits leave for them. */
const XML_VALUE = `<value><i4>${'1'.repeat(35)}</i4></value>`;

/** Integers this long must be read as text, since they may be ids. */
const readLongIntegers = (body: string) => JSON.parse(body.replace(/\d{20}/g, '"$&"'));

/** What grows, a maker of bodies of about a given size, and the platform's own reader of them. */
export type Case = [
  what: string,
  body: (size: number) => string,
  floor?: (body: string) => unknown,
];

export const CASES: Case[] = [
  ['json, distinct fields', (n) => json(fill(n, (i) => `"key${i}":"v"`, ',')), readJson],
  ['json, one field again and again', (n) => json(fill(n, () => '"key":"v"', ',')), readJson],
  ['json, depth', (n) => json(`"x":[${nested(n, '[', ']', ',')}]`), readJson],
  ['json, text', (n) => json(`"x":"${HEBREW.repeat(n / HEBREW.length)}"`), readJson],
  ['json, escapes', (n) => json(`"x":"${'\\u05d0\\n'.repeat(n / 8)}"`), readJson],
  ['json, layers', (n) => json(`"IVR":[${fill(n, () => JSON.stringify(layer), ',')}]`), readJson],
  [
    'json, layers as text',
    (n) => json(`"IVR":${JSON.stringify(`[${fill(n, () => JSON.stringify(layer), ',')}]`)}`),
    readJson,
  ],
  [
    'json, transcript',
    (n) => json(`"aiData":{"transcript":[${fill(n, () => JSON.stringify(sentence), ',')}]}`),
    readJson,
  ],
  [
    'json, issues among many keys',
    (n) =>
      json(
        `"aiData":{${fill(n / 2, (i) => `"key${i}":1`, ',')},"transcript":[${fill(n / 2, () => JSON.stringify(sentence), ',')}]}`,
      ),
    readJson,
  ],
  [
    'json, custom data',
    (n) => json(`"CustomData":{${fill(n, (i) => `"key${i}":"v"`, ',')}}`),
    readBag,
  ],
  [
    'json, long integers',
    (n) => json(`"x":[${fill(n, () => '12345678901234567890', ',')}]`),
    readLongIntegers,
  ],
  ['json, white space', (n) => json(`"x":1${' \n'.repeat(n / 2)}`), readJson],
  ['form, distinct fields', (n) => form(fill(n, (i) => `key${i}=v`, '&')), readForm],
  ['form, one field again and again', (n) => form(fill(n, () => 'key=v', '&')), readForm],
  ['form, brackets', (n) => form(fill(n, (i) => `IVR[${i}][layer_name]=a`, '&')), readForm],
  ['form, [] again and again', (n) => form(fill(n, () => 'IVR[][layer_name]=a', '&')), readForm],
  ['form, brackets in brackets', (n) => form(fill(n, () => `k[][a]${'[]'.repeat(20)}=1`, '&'))],
  ['form, text', (n) => form(`x=${encodeURIComponent(HEBREW.repeat(n / 90))}`), readForm],
  ['form, bytes that are not UTF-8', (n) => form(`x=${'%ff%c0'.repeat(n / 6)}`), readForm],
  ['form, some bytes that are not UTF-8', (n) => form(`x=${'x%41x%ff'.repeat(n / 8)}`), readForm],
  ['form, stray %', (n) => form(fill(n, () => 'x=%zz', '&')), readForm],
  ['form, %', (n) => form(`x=${'%'.repeat(n)}`), readForm],
  ['form, &', (n) => form('&'.repeat(n)), readForm],
  ['form, =', (n) => form('='.repeat(n)), readForm],
  ['form, +', (n) => form(`x=${'+'.repeat(n)}`), readForm],
  [
    'form, layers as text',
    (n) => form(`IVR=${encodeURIComponent(`[${fill(n, () => JSON.stringify(layer), ',')}]`)}`),
    readForm,
  ],
  [
    'form, transcript',
    (n) =>
      form(
        `aiData=${encodeURIComponent(`{"transcript":[${fill(n / 3, () => JSON.stringify(sentence), ',')}]}`)}`,
      ),
    readForm,
  ],
  ['xml-rpc, distinct fields', (n) => xml(fill(n, (i) => member(`key${i}`, 'v'))), readNames],
  ['xml-rpc, one field again and again', (n) => xml(fill(n, () => member('key', 'v')))],
  ['xml-rpc, depth', (n) => xml(member('x', xmlList(nested(n, ...NESTING, ''))))],
  ['xml-rpc, text', (n) => xml(member('x', HEBREW.repeat(n / HEBREW.length)))],
  ['xml-rpc, carriage returns', (n) => xml(member('x', '\r'.repeat(n)))],
  ['xml-rpc, forbidden characters', (n) => xml(member('x', '\u0001'.repeat(n)))],
  ['xml-rpc, references', (n) => xml(member('x', '&amp;shalom&#1488;bah'.repeat(n / 21)))],
  ['xml-rpc, a reference without end', (n) => xml(member('x', `&#${'1'.repeat(n)}`))],
  ['xml-rpc, layers', (n) => xml(member('IVR', xmlList(fill(n, () => xmlItem(layer)))))],
  ['xml-rpc, transcript', (n) => xml(xmlAi(fill(n, () => xmlItem(sentence))))],
  ['xml-rpc, white space', (n) => xml(fill(n, () => `${member('x', ' ')}\r\n\t `))],
  ['xml-rpc, white space in a number', (n) => xml(member('x', `<i4>${' '.repeat(n)}x</i4>`))],
  ['xml-rpc, comments', (n) => xml(fill(n, () => '<!-- c -->'))],
  ['xml-rpc, instructions', (n) => xml(fill(n, () => '<?p i?>'))],
  ['xml-rpc, CDATA', (n) => xml(member('x', '<![CDATA[x]]>'.repeat(n / 13)))],
  // These have as many nodes as the limit allows, in 27 bytes each.
  ['xml-rpc, plain elements', (n) => xml(fill(n, () => `<value>${' '.repeat(12)}</value>`))],
  ['xml-rpc, plain members', (n) => xml(fill(n, (i) => member(`${i}`, 'v'.repeat(43))))],
  ['xml-rpc, plain values', (n) => xml(member('x', xmlList(fill(n, () => XML_VALUE))))],
  ['xml-rpc, a tag and elements', (n) => xml(`<x/>${fill(n, () => `<a>${'x'.repeat(20)}</a> `)}`)],
  [
    'xml-rpc, a tag and members',
    (n) => xml(`<x/>${fill(n, (i) => member(`${i}`, 'v'.repeat(43)))}`),
  ],
  [
    'xml-rpc, a tag and values',
    (n) => xml(`<x/>${member('x', xmlList(fill(n, () => XML_VALUE)))}`),
  ],
  ['xml-rpc, CDATA sections', (n) => xml(fill(n, () => `<a><![CDATA[${'x'.repeat(36)}]]>x</a>y`))],
  [
    'xml-rpc, CDATA in one text',
    (n) => xml(member('x', '<![CDATA[some more text]]> or '.repeat(n / 31))),
  ],
  [
    'xml-rpc, a long CDATA section',
    (n) => xml(member('x', `<![CDATA[${HEBREW.repeat(n / 31)}]]>`)),
  ],
  ['xml-rpc, a comment and a text', (n) => xml(member('x', `<!-- -->${HEBREW.repeat(n / 31)}`))],
  [
    'xml-rpc, comments in one text',
    (n) => xml(member('x', 'text and more, <!-- -->'.repeat(n / 27))),
  ],
  [
    'xml-rpc, an attribute and base64',
    (n) => xml(member('x', `<base64>${'16DXpteZ15I='.repeat(n / 12)}</base64>`), ' a="b"'),
  ],
  [
    'xml-rpc, ex:nil and a transcript',
    (n) => xml(member('y', '<ex:nil/>') + xmlAi(fill(n / 2, () => xmlItem(sentence)))),
  ],
  [
    'xml-rpc, ex:nil and layers',
    (n) =>
      xml(member('y', '<ex:nil/>') + member('IVR', xmlList(fill(n / 2, () => xmlItem(layer))))),
  ],
  [
    'xml-rpc, texts of 256 characters',
    (n) => xml(`<x/>${fill(n, () => `<a>${'x'.repeat(256)}</a>`)}`),
  ],
  [
    'xml-rpc, texts of 257 characters',
    (n) => xml(`<x/>${fill(n, () => `<a>${'x'.repeat(257)}</a>`)}`),
  ],
  ['xml-rpc, distinct tags', (n) => xml(fill(n, (i) => `<a${i}>text of some length</a${i}>`))],
  [
    'xml-rpc, distinct prefixes',
    (n) => xml(fill(n, (i) => `<value><a${i}:i4>1234567890123456789012</a${i}:i4></value>`)),
  ],
  [
    'xml-rpc, bytes as references',
    (n) => xml(member('x', `${'a'.repeat(48)}&#215;&#144;`.repeat(n / 60))),
  ],
  ['xml-rpc, attributes', (n) => xml('', ` ${fill(n, (i) => `a${i}="v"`, ' ')}`)],
  ['xml-rpc, one attribute', (n) => xml('', ` a="${'>'.repeat(n)}"`)],
  ['xml-rpc, namespaces', (n) => xml(fill(n, (i) => `<x:a${i} xmlns:x="urn:${i}"/>`))],
  ['xml-rpc, base64', (n) => xml(member('x', `<base64>${'16DXpteZ15I='.repeat(n / 12)}</base64>`))],
  ['xml-rpc, tags that are never closed', (n) => fill(n, () => '<value>')],
  ['xml-rpc, <', (n) => `<a>${'<'.repeat(n)}`],
];
