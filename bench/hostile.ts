/**
 * The time and memory that the worst bodies take with the default limits. Each is parsed in its own
 * process with a heap of 256 MB, after some ordinary records.
 *
 *     npm run bench:hostile
 *     npm run bench:hostile -- "xml-rpc, CDATA"
 *
 * Each shape is tried as large as the limits allow, and also just above if maxNodes is what limits
 * it; `bench:memory` has bodies of 10 MB. Within the limits, the outcome must be the same as for a
 * small body of the shape. Above them, the body must be refused or a field left out. The exit code
 * is 1 if an outcome is wrong or a bound is exceeded.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CdrParseError, parseCdrs } from 'voicenter-cdr';
import { ParseContext } from '../src/context.js';
import { DEFAULT_LIMITS } from '../src/limits.js';
import { readBody } from '../src/read-body.js';
import { readRecord } from '../src/read-record.js';
import { CASES } from './growing.js';
import { FORM_SHAPES } from './hostile/form.js';
import { JSON_SHAPES } from './hostile/json.js';
import { type Cost, outcomeOf } from './hostile/outcome.js';
import { RECORD_SHAPES } from './hostile/records.js';
import type { HostileShape } from './hostile/shape.js';
import { XML_SHAPES } from './hostile/xml-rpc.js';

const { maxBytes, maxNodes } = DEFAULT_LIMITS;
const HEAP_MB = 256;

/** The bounds for any body are 20 times its size in memory and 100 ns a byte, capped by these. */
const MOST = { growth: 256e6, milliseconds: 3000 };

/**
 * What any body may take, however small: 300 000 nodes have a cost, however few bytes they are
 * written in. JSON.parse alone takes 22 times the size of a list of `{}`.
 */
const LEAST = { growth: 140e6, milliseconds: 1500 };

/** A bound per byte, clamped between the least and the most. */
const bound = (bytes: number, byByte: number, least: number, most: number) =>
  Math.min(Math.max(bytes * byByte, least), most);

const SMALL = 2000;
const SAMPLE = 200_000;
const READ = ['read', 'many issues'];
const OVER = ['too_large', 'field over limit'];

const shapes: HostileShape[] = [
  ...JSON_SHAPES,
  ...RECORD_SHAPES,
  ...FORM_SHAPES,
  ...XML_SHAPES,
  ...CASES.map(([what, make]) => ({ what, make })),
];

type Body = string | Uint8Array;

/** The body as it is passed to the library. */
const given = (body: Body, { isParsed }: HostileShape) =>
  isParsed ? JSON.parse(String(body)) : body;

/** How many nodes a body has. */
function nodesOf(body: Body, shape: HostileShape): number {
  const limits = { ...DEFAULT_LIMITS, maxNodes: Number.MAX_SAFE_INTEGER };
  const context = new ParseContext(limits);
  try {
    for (const value of readBody(given(body, shape), null, context)) {
      readRecord(value, context.forRecord(), { timeZone: undefined, strict: false });
    }
  } catch (error) {
    if (!(error instanceof CdrParseError)) throw error;
  }
  return limits.maxNodes - context.nodesLeft;
}

/** The outcome of parsing a body. */
const outcome = (body: Body, shape: HostileShape) => outcomeOf(parseCdrs(given(body, shape)));

/** The largest body of a shape within the limits, found step by step. */
function largestBody(shape: HostileShape, expected: string[]): { size: number; nodes: number } {
  let largest = { size: 0, nodes: 0 };
  let size = SAMPLE;
  for (let step = 0; step < 6; step++) {
    const body = shape.make(size);
    const nodes = nodesOf(body, shape);
    const share = Math.max(Buffer.byteLength(body) / maxBytes, nodes / maxNodes);
    const fits = share <= 1 && expected.includes(outcome(body, shape));
    if (fits && size > largest.size) largest = { size, nodes };
    if (fits && share > 0.99) break;
    size = fits || share > 1 ? Math.min((size * 0.996) / share, maxBytes) : size / 2;
  }
  return largest;
}

/** Measures a body in its own process. */
function costOf(body: Body, { isParsed }: HostileShape): Cost {
  writeFileSync(file, body);
  const child = fileURLToPath(new URL('hostile-child.ts', import.meta.url));
  const options = [`--max-old-space-size=${HEAP_MB}`, '--expose-gc', '--import', 'tsx'];
  const { stdout, status } = spawnSync(
    process.execPath,
    [...options, child, file, ...(isParsed ? ['parsed'] : [])],
    { encoding: 'utf8' },
  );
  if (status === 0) return JSON.parse(stdout);
  return { outcome: 'died', milliseconds: Number.NaN, growth: Number.NaN };
}

/** Tries a body, prints its row, and returns whether outcome, memory and time are as required. */
function holds(shape: HostileShape, body: Body, expected: string[]): boolean {
  const { outcome: found, milliseconds, growth } = costOf(body, shape);
  const bytes = Buffer.byteLength(body);
  const wrong = Object.entries({
    [`expected ${expected.join(' or ')}`]: !expected.includes(found),
    memory: growth > bound(bytes, 20, LEAST.growth, MOST.growth),
    time: milliseconds > bound(bytes, 100e-6, LEAST.milliseconds, MOST.milliseconds),
  }).filter(([, isWrong]) => isWrong);
  printRow(
    shape.what,
    [bytes / 1e6, growth / 1e6, growth / bytes, milliseconds, (milliseconds * 1e6) / bytes],
    [found, ...wrong.map(([what]) => `✘ ${what}`)].join('  '),
  );
  return wrong.length === 0;
}

function printRow(what: string, figures: (string | number)[], outcome: string): void {
  const cells = figures.map((figure) =>
    (typeof figure === 'number' ? figure.toFixed(figure < 10 ? 1 : 0) : figure).padStart(9),
  );
  console.log(`${what.padEnd(54)}${cells.join('')}  ${outcome}`);
}

/** The bodies of a shape to try, each with its acceptable outcomes. */
function* bodiesOf(shape: HostileShape): Generator<[body: Body, expected: string[]]> {
  const ofSmall = shape.expected ?? outcome(shape.make(SMALL), shape);
  const expected = READ.includes(ofSmall) ? READ : [ofSmall];
  const { size, nodes } = largestBody(shape, expected);
  yield [shape.make(size), expected];
  if (shape.expected || nodes < 0.9 * maxNodes) return;
  // With very many issues, the one about the limit may be left out.
  yield [shape.make(1.05 * size), [...OVER, 'many issues']];
}

const only = process.argv[2] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'voicenter-cdr-'));
const file = join(folder, 'body');
let broken = 0;
printRow('body', ['MB', 'grows MB', 'times', 'ms', 'ns/byte'], 'outcome');
for (const shape of shapes.filter(({ what }) => what.includes(only))) {
  for (const [body, expected] of bodiesOf(shape)) if (!holds(shape, body, expected)) broken++;
}
rmSync(folder, { recursive: true });
console.log(broken === 0 ? '\n✔ All are within the bounds' : `\n✘ ${broken} are not`);
process.exitCode = broken === 0 ? 0 : 1;
