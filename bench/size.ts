/**
 * The size of the packed package and of minified bundles of it, each with the most that it may be.
 * Wants `npm run build` before.
 *
 *     npm run size
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { BUNDLES, bundle } from './bundles.js';

/** In KB. What makes one larger belongs into the CHANGELOG. */
const BUDGET: Record<string, { minified: number; gzip: number }> = {
  'parseCdr and buildAck': { minified: 110, gzip: 37 },
  'the package': { minified: 120, gzip: 41 },
  'the schema entry': { minified: 115, gzip: 35 },
  'the phone entry': { minified: 290, gzip: 73 },
};
const TARBALL = 165;

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
