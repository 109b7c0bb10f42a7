/** Bodies that nobody sends but to do harm, of about a size: each as much as a limit lets pass. */

const RECORD = { ivruniqueid: 'a', type: 'Queue', status: 'ANSWER', time: 1, duration: 1 };
const FORM = new URLSearchParams(
  Object.entries(RECORD).map(([key, value]) => [key, String(value)]),
).toString();

/** As many pieces as the default of `maxNodes` lets pass, in all. */
const NODES = 290_000;

const json = (fields: object) => JSON.stringify({ ...RECORD, ...fields });
const list = (piece: string, times: number) => `[${Array(times).fill(piece).join(',')}]`;
/** Pieces that are all different, as many as are in the size. */
const pieces = (size: number, piece: (index: number) => string, between = '') =>
  Array.from({ length: Math.floor(size / (piece(NODES).length + between.length)) }, (_, index) =>
    piece(index),
  ).join(between);
const xml = (inner: string) =>
  `<methodCall><params><param><value><struct>${Object.entries(RECORD)
    .map(([key, value]) => `<member><name>${key}</name><value>${value}</value></member>`)
    .join('')}${inner}</struct></value></param></params></methodCall>`;
const xmlMember = (value: string) => `<member><name>IVR</name><value>${value}</value></member>`;

/** The four lists of a record, each as JSON text of pieces. */
const inFourLists = (piece: string, times: number) => {
  const text = list(piece, Math.floor(times / 4));
  return json({
    IVR: text,
    aiData: { transcript: text, insights: { questions: text }, emotions: { sentences: text } },
  });
};

export const HOSTILE: readonly (readonly [what: string, make: (size: number) => string])[] = [
  ['json text of {} in four lists', () => inFourLists('{}', NODES)],
  ['json text of {} in four lists, over the limit', (n) => inFourLists('{}', n / 3)],
  ['json text of [] in four lists', () => inFourLists('[]', NODES)],
  ['json text of scalars in four lists', () => inFourLists('1', NODES)],
  ['json text of texts in four lists', () => inFourLists('"x"', NODES)],
  ['json text of "{}" in four lists', () => inFourLists('"{}"', NODES)],
  ['json text of JSON text of JSON text', () => json({ IVR: list('"[\\"{}\\"]"', NODES / 3) })],
  ['json, a list of {}', () => list('{}', NODES)],
  ['json, a list of records', () => list(JSON.stringify(RECORD), 10_000)],
  ['json, a list of texts of {}', () => list('"{}"', NODES)],
  ['json, layers of {}', () => json({ IVR: Array(NODES).fill({}) })],
  ['json, an object of indexes', () => json({ IVR: Object.fromEntries(Array(NODES).entries()) })],
  ['json, lists in a list of layers', () => json({ IVR: Array(1000).fill(Array(280).fill({})) })],
  [
    'json, layers of columns',
    () => json({ IVR: [{ layer_id: Array(NODES / 2).fill(1), Dtmf: Array(NODES / 2).fill(1) }] }),
  ],
  [
    'json, layers with a key of their own',
    () => json({ IVR: Array.from({ length: NODES / 2 }, (_, index) => ({ [`k${index}`]: 1 })) }),
  ],
  ['json, long distinct keys', (n) => `{${pieces(n, (i) => `"${'k'.repeat(60)}${i}":1`, ',')}}`],
  [
    'json, as many distinct keys as may come',
    () => json(Object.fromEntries(Array.from({ length: NODES }, (_, index) => [`k${index}`, '']))),
  ],
  [
    'json, custom data',
    () =>
      json({
        CustomData: Object.fromEntries(Array.from({ length: NODES }, (_, i) => [`k${i}`, 1])),
      }),
  ],
  [
    'json, custom data of structures',
    () =>
      json({
        CustomData: Object.fromEntries(Array.from({ length: NODES / 2 }, (_, i) => [`k${i}`, [1]])),
      }),
  ],
  [
    'json, a field in every spelling',
    () =>
      `{${pieces(6_000_000, (i) => `"${'_'.repeat(i % 30)}i${'_'.repeat((i / 30) % 30)}v${'_'.repeat(i / 900)}r":1`, ',').slice(0, -1)}}`,
  ],
  ['json, a long key of capitals', (n) => `{"${'İ_'.repeat(n / 4)}":1}`],
  [
    'json, long numbers',
    () => json({ x: Array(NODES).fill(0) }).replaceAll('0,', `${'9'.repeat(30)},`),
  ],
  ['json, a number without end', (n) => `{"x":${'9'.repeat(n - 10)}}`],
  ['json, blanks', (n) => `${' '.repeat(n - 2)}{}`],
  ['json, quotes', (n) => json({ x: '"'.repeat(n / 2 - 100) })],
  ['json, backslashes in JSON text', (n) => json({ IVR: `["${'\\'.repeat(n / 2 - 100)}"]` })],
  [
    'json, deep JSON text',
    () => {
      let text = '{}';
      for (let depth = 0; depth < 18; depth++) text = JSON.stringify([text]);
      return json({ IVR: text });
    },
  ],
  [
    'json, lists 60 deep',
    (n) =>
      json({}).replace(
        '}',
        `,"x":[${list('['.repeat(58) + ']'.repeat(58), Math.min(n / 120, NODES / 60))}]}`,
      ),
  ],
  [
    'json, lists 60 deep in the layers',
    () => json({}).replace('}', `,"IVR":${list('['.repeat(58) + ']'.repeat(58), NODES / 60)}}`),
  ],
  [
    'form, distinct fields',
    () => `${FORM}&${pieces(NODES * 9, (i) => `k${i}=`, '&').slice(0, 2_500_000)}`,
  ],
  [
    'form, long distinct fields',
    (n) => `${FORM}&${pieces(n - 200, (i) => `${'k'.repeat(30)}${i}=`, '&')}`,
  ],
  [
    'form, distinct brackets',
    (n) => `${FORM}&${pieces(Math.min(n, NODES * 6), (i) => `x[k${i}]=`, '&')}`,
  ],
  [
    'form, brackets of structures',
    (n) => `${FORM}&${pieces(Math.min(n, NODES * 6), (i) => `x[${i}][a]=`, '&')}`,
  ],
  ['form, large indexes', () => `${FORM}&${pieces(3_000_000, (i) => `x[${i * 7919}]=`, '&')}`],
  ['form, [] of one list', () => `${FORM}&${Array(NODES).fill('IVR[]=').join('&')}`],
  [
    'form, [][a] of one list',
    () =>
      `${FORM}&${Array(NODES / 3)
        .fill('IVR[][a]=')
        .join('&')}`,
  ],
  [
    'form, [] behind brackets',
    () =>
      `${FORM}&${Array(NODES / 60)
        .fill(`x${'[]'.repeat(58)}=`)
        .join('&')}`,
  ],
  [
    'form, one deep path',
    () =>
      `${FORM}&${Array(NODES / 4)
        .fill(`x${'[a]'.repeat(10)}=`)
        .join('&')}`,
  ],
  [
    'form, JSON text in every field',
    () => `${FORM}&${pieces(4_000_000, (i) => `k${i}=%5B%5D`, '&')}`,
  ],
  ['form, a percent of other bytes', (n) => `${FORM}&x=${'%ff'.repeat(n / 3 - 50)}`],
  [
    'form, other bytes in every field',
    () => `${FORM}&${pieces(NODES * 10, (i) => `k${i}=%ff`, '&').slice(0, 3_500_000)}`,
  ],
  ['form, JSON text as the key', () => `${list('{}', NODES)}`.replace('[', '%7b"a":[')],
  ['form, pluses', (n) => `${FORM}&x=${'+a'.repeat(n / 2 - 50)}`],
  [
    'xml, a tag of its own in every part',
    (n) => xml(pieces(n - 600, (i) => `<a${i}>${'t'.repeat(17)}</a${i}>`)),
  ],
  [
    'xml, a prefix of its own in every part',
    (n) =>
      xml(
        xmlMember(
          `<array><data>${pieces(n - 700, (i) => `<p${i}:i4>${'1'.repeat(15)}</p${i}:i4>`)}</data></array>`,
        ),
      ),
  ],
  [
    'xml, members of a name of their own',
    (n) =>
      xml(pieces(Math.min(n, 4_800_000) - 600, (i) => `<member><name>${i}</name><i4/></member>`)),
  ],
  ['xml, values', () => xml(xmlMember(`<array><data>${'<i4/>'.repeat(NODES)}</data></array>`))],
  [
    'xml, empty structs',
    () => xml(xmlMember(`<array><data>${'<struct/>'.repeat(NODES)}</data></array>`)),
  ],
  [
    'xml, empty structs beside a comment',
    () => xml(xmlMember(`<!-- --><array><data>${'<struct/>'.repeat(NODES)}</data></array>`)),
  ],
  [
    'xml, one member again and again',
    () => xml('<member><name>a</name><i4/></member>'.repeat(NODES / 3)),
  ],
  [
    'xml, CDATA in every part',
    (n) => xml(`<x>${'<![CDATA[]]>a'.repeat(Math.min(n / 14, NODES))}</x>`),
  ],
  [
    'xml, CDATA in a text',
    (n) => xml(xmlMember(`${`<![CDATA[${'y'.repeat(20)}]]>`.repeat(Math.min(n / 33, NODES))}`)),
  ],
  [
    'xml, CDATA in every value',
    (n) =>
      xml(
        xmlMember(
          `<array><data>${'<i4><![CDATA[1]]></i4>'.repeat(Math.min(n / 22, NODES / 2))}</data></array>`,
        ),
      ),
  ],
  ['xml, references', () => xml(xmlMember('&#1488;'.repeat(NODES)))],
  [
    'xml, references in every value',
    () => xml(xmlMember(`<array><data>${'<i4>&#x31;</i4>'.repeat(NODES / 2)}</data></array>`)),
  ],
  ['xml, references behind a comment', () => xml(`<!-- -->${xmlMember('&#1488;'.repeat(NODES))}`)],
  ['xml, references to bytes', () => xml(xmlMember('&#215;&#144;'.repeat(NODES / 2)))],
  ['xml, comments', (n) => xml('<!---->'.repeat(Math.min(n / 7, NODES)))],
  ['xml, attributes', (n) => xml(`<x ${pieces(n - 700, (i) => `a${i}=""`, ' ')}/>`)],
  [
    'xml, values 180 elements deep',
    () =>
      xml(
        xmlMember(
          `<array><data>${(`${'<value><array><data>'.repeat(55)}${'</data></array></value>'.repeat(55)}`).repeat(NODES / 170)}</data></array>`,
        ),
      ),
  ],
  [
    'xml, values in values',
    () =>
      xml(
        xmlMember(
          `<array><data>${(`${'<value>'.repeat(180)}${'</value>'.repeat(180)}`).repeat(NODES / 190)}</data></array>`,
        ),
      ),
  ],
  [
    'xml, JSON text in the param',
    () =>
      `<methodCall><params><param><value>${list('{}', NODES)}</value></param></params></methodCall>`,
  ],
  ['xml, JSON text of {} in a member', () => xml(xmlMember(list('{}', NODES / 2)))],
];
