/**
 * How long parseCdr and buildAck take compared with other libraries, and whether the bounds of
 * docs/performance.md hold. Writes bench/results.json, for comparison with other runs.
 *
 *     npm run bench
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { buildAck, type CdrFormat, parseCdr } from 'voicenter-cdr';
import { ENCODE, RECORDS } from './bodies.js';
import { PEERS } from './peers.js';
import { type Case, rounds, type Timing } from './rounds.js';

const CONTENT_TYPES: Record<CdrFormat, string> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  'xml-rpc': 'text/xml',
};
const FORMATS = Object.keys(CONTENT_TYPES) as CdrFormat[];
const OURS = 'voicenter-cdr';

const machine = {
  cpu: cpus()[0]?.model.trim(),
  node: process.version,
  v8: process.versions.v8,
  platform: `${process.platform} ${process.arch}`,
  packages: Object.fromEntries(
    ['fast-xml-parser', 'zod', 'qs', 'saxes', 'xml2js', 'xmlrpc', '@foxglove/xmlrpc'].map(
      (name) => [
        name,
        JSON.parse(
          readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8'),
        ).version,
      ],
    ),
  ),
};
console.log(machine);

const results: Record<string, Timing[]> = {};

function show(title: string, timings: Timing[]): void {
  results[title] = timings;
  const ours = timings.find(({ name }) => name === OURS)?.median;
  console.log(`\n${title}`);
  console.table(
    Object.fromEntries(
      timings.map(({ name, median, low, high, ratio }) => [
        name,
        {
          'µs a call': Number(median.toPrecision(3)),
          '10 % to 90 %': `${low.toPrecision(3)} to ${high.toPrecision(3)}`,
          'of the first': Number(ratio.toFixed(2)),
          ...(ours ? { 'of ours': Number((median / ours).toFixed(2)) } : {}),
        },
      ]),
    ),
  );
}

for (const [what, record] of Object.entries(RECORDS)) {
  for (const format of FORMATS) {
    const text = ENCODE[format](record);
    const bytes = Buffer.from(text);
    const contentType = CONTENT_TYPES[format];
    const peers = Object.entries(PEERS[format]);
    const asText: Case[] = [
      ...peers.map(([name, read]) => ({ name, run: () => read(text) })),
      { name: OURS, run: () => parseCdr(text, contentType) },
    ];
    const asBytes: Case[] = [
      ...peers.map(([name, read]) => ({ name, run: () => read(bytes.toString()) })),
      { name: OURS, run: () => parseCdr(bytes, contentType) },
    ];
    show(`${what}, ${format}, text`, await rounds(asText));
    show(`${what}, ${format}, bytes`, await rounds(asBytes));
  }
}

show(
  'an OK',
  await rounds(FORMATS.map((format) => ({ name: format, run: () => buildAck(0, format) }))),
);
show(
  'the answer to a failure',
  await rounds(
    FORMATS.map((format) => ({ name: format, run: () => buildAck(new Error('x'), format) })),
  ),
);

const UNKNOWN = { median: Number.NaN, ratio: Number.NaN };
const timingOf = (title: string, name: string): Pick<Timing, 'median' | 'ratio'> =>
  results[title]?.find((timing) => timing.name === name) ?? UNKNOWN;
const ratioOf = (title: string) => timingOf(title, OURS).ratio;
const ratioTo = (title: string, name: string) =>
  timingOf(title, OURS).median / timingOf(title, name).median;

/** The upper bounds that docs/performance.md promises. */
const BOUNDS: [what: string, figure: number, most: number][] = [
  ['JSON, of JSON.parse', ratioOf('call in a queue, json, text'), 3],
  ['a form, of URLSearchParams', ratioOf('call in a queue, form, text'), 1.25],
  ['XML-RPC, of fast-xml-parser', ratioOf('call in a queue, xml-rpc, text'), 0.3],
  ['XML-RPC, of npm xmlrpc', ratioTo('call in a queue, xml-rpc, text', 'npm xmlrpc'), 1 / 8],
  [
    'XML-RPC, of @foxglove/xmlrpc',
    ratioTo('call in a queue, xml-rpc, text', '@foxglove/xmlrpc'),
    1 / 8,
  ],
  ['1 MB transcript, of JSON.parse', ratioOf('transcript of 1 MB, json, text'), 2],
  ...FORMATS.map((format): [string, number, number] => [
    `an OK in ${format}, µs`,
    timingOf('an OK', format).median,
    1,
  ]),
];
console.log('\nBounds');
console.table(
  Object.fromEntries(
    BOUNDS.map(([what, figure, most]) => [
      what,
      {
        figure: Number(figure.toFixed(2)),
        'at most': Number(most.toFixed(2)),
        holds: figure <= most ? 'yes' : 'NO',
      },
    ]),
  ),
);

writeFileSync(
  new URL('results.json', import.meta.url),
  `${JSON.stringify({ machine, results }, null, 2)}\n`,
);
