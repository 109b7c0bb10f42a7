/**
 * The sizes of the packed package and of minified bundles of it, each with its budget. Run
 * `npm run build` first.
 *
 *     npm run size
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { BUNDLES, bundle } from './bundles.js';

/** In KB: a tenth above the current size. An increase beyond that belongs in the CHANGELOG. */
const BUDGET: Record<string, { minified: number; gzip: number }> = {
  'parseCdr and buildAck': { minified: 132, gzip: 45 },
  'the package': { minified: 143, gzip: 50 },
  'the call-log entry': { minified: 46, gzip: 17 },
  'the schema entry': { minified: 136, gzip: 41 },
  'the phone entry': { minified: 305, gzip: 76 },
};
const TARBALL = 245;

const kilobytes = (bytes: number) => Math.round(bytes / 1000);

const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
  }),
);
const rows: [what: string, size: number, most: number][] = [
  ['the tarball', kilobytes(packed.size), TARBALL],
];
for (const [name, exported] of Object.entries(BUNDLES)) {
  const code = await bundle(exported, 'browser');
  rows.push([`${name}, minified`, kilobytes(code.length), BUDGET[name]?.minified ?? 0]);
  rows.push([`${name}, gzip`, kilobytes(gzipSync(code).length), BUDGET[name]?.gzip ?? 0]);
}
console.table(
  Object.fromEntries(rows.map(([what, size, most]) => [what, { KB: size, 'at most': most }])),
);
process.exitCode = rows.some(([, size, most]) => size > most) ? 1 : 0;
