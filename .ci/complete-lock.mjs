/**
 * Completes package-lock.json with the optional packages of other platforms.
 *
 * A registry that lacks a platform's binaries leaves them out of the lock file, and `npm ci` then
 * calls the file out of step with package.json. They are never fetched where they do not fit.
 * Run after `npm install`: `node .ci/complete-lock.mjs`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const PLATFORMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
  'aix',
];
const CPUS = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
let added = 0;

for (const parent of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    if (lock.packages[path] || !/^\d/.test(version)) continue;
    lock.packages[path] = { version, ...platformOf(name), dev: true, optional: true };
    added++;
  }
}

lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms added`);

/** Where a package fits, by its name: `@scope/tool-linux-x64-musl`. */
function platformOf(name) {
  const platform = PLATFORMS.find((one) => name.includes(one)) ?? 'none';
  const cpu = CPUS.find((one) => name.includes(one)) ?? 'none';
  return { cpu: [cpu], ...(name.includes('musl') ? { libc: ['musl'] } : {}), os: [platform] };
}
