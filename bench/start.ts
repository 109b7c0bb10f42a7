/**
 * How long it takes to import the package, only its dependencies, and bundles of it, each in a new
 * process, and how large the bundles are.
 *
 *     npm run bench:start
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

const imported: Record<string, string> = {
  'the package': 'voicenter-cdr',
  'its call-log entry': 'voicenter-cdr/call-log',
  'its schema entry': 'voicenter-cdr/schema',
  'its testing entry': 'voicenter-cdr/testing',
  'its phone entry': 'voicenter-cdr/phone',
  'zod alone': 'zod',
  'fast-xml-parser alone': 'fast-xml-parser',
  'xmlbuilder2 alone': 'xmlbuilder2',
};
for (const [name, exported] of Object.entries(BUNDLES)) {
  const file = join(folder, `${Object.keys(imported).length}.mjs`);
  const code = await bundle(exported, 'node');
  writeFileSync(file, code);
  imported[`a bundle of ${name} (${Math.round(code.length / 1000)} KB)`] = file;
}

/** The milliseconds of one import, in a process that has imported nothing yet. */
function start(specifier: string): number {
  const script = `const from = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - from);`;
  const args = ['--input-type=module', '--eval', script];
  return Number(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }));
}

const times = Object.fromEntries(
  Object.keys(imported).map((name): [string, number[]] => [name, []]),
);
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, specifier] of Object.entries(imported)) {
    const milliseconds = start(specifier);
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
