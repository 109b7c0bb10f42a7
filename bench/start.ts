/**
 * How long it takes to import the package, only its dependencies, and bundles of it, each in a new
 * process, and how large the bundles are.
 *
 *     npm run bench:start
 *
 * The exit code is 1 if the package takes more than 1.2 times as long as the two dependencies that
 * it loads.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUNDLES, bundle } from './bundles.js';
import { percentile } from './rounds.js';

const ROUNDS = 25;
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'start-'));

const PACKAGE = 'the package';
const FLOOR = 'fast-xml-parser and content-type alone';
const MOST = 1.2;

/** The modules that each row imports. */
const imported: Record<string, string[]> = {
  [PACKAGE]: ['voicenter-cdr'],
  'its call-log entry': ['voicenter-cdr/call-log'],
  'its schema entry': ['voicenter-cdr/schema'],
  'its testing entry': ['voicenter-cdr/testing'],
  'its phone entry': ['voicenter-cdr/phone'],
  'zod alone': ['zod'],
  [FLOOR]: ['fast-xml-parser', 'content-type'],
  'xmlbuilder2 alone': ['xmlbuilder2'],
};
for (const [name, exported] of Object.entries(BUNDLES)) {
  const file = join(folder, `${Object.keys(imported).length}.mjs`);
  const code = await bundle(exported, 'node');
  writeFileSync(file, code);
  imported[`a bundle of ${name} (${Math.round(code.length / 1000)} KB)`] = [file];
}

/** The milliseconds that importing takes in a process that has imported nothing yet. */
function start(specifiers: string[]): number {
  const imports = specifiers.map((specifier) => `import(${JSON.stringify(specifier)})`);
  const script = `const from = performance.now(); await Promise.all([${imports}]); console.log(performance.now() - from);`;
  const args = ['--input-type=module', '--eval', script];
  return Number(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }));
}

const times = Object.fromEntries(
  Object.keys(imported).map((name): [string, number[]] => [name, []]),
);
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, specifiers] of Object.entries(imported)) {
    const milliseconds = start(specifiers);
    if (round > 0) times[name]?.push(milliseconds); // the first round fills the disk cache
  }
}
rmSync(folder, { recursive: true });

console.table(
  Object.fromEntries(
    Object.entries(times).map(([name, own]) => [
      name,
      {
        'ms, median': Number(percentile(own, 50).toFixed(1)),
        '10 % to 90 %': `${percentile(own, 10).toFixed(1)} to ${percentile(own, 90).toFixed(1)}`,
      },
    ]),
  ),
);

const floor = times[FLOOR] ?? [];
const ratios = (times[PACKAGE] ?? []).map((own, round) => own / (floor[round] ?? Number.NaN));
const ratio = percentile(ratios, 50);
console.log(`The package takes ${ratio.toFixed(2)} times as long as ${FLOOR} (bound ${MOST})`);
process.exitCode = ratio > MOST ? 1 : 0;
