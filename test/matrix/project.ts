import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The package's code entries: the name to import each by, and its files by module style. */
export const ENTRIES = Object.entries(manifest.exports).flatMap(([path, files]) =>
  typeof files === 'string' ? [] : [{ name: posix.join(manifest.name, path), files }],
);

/** What a project installs to use every entry: the package and its optional peer dependencies. */
export function packageAndPeers(tarball: string): Record<string, string> {
  return { [manifest.name]: tarball, ...manifest.peerDependencies };
}

/** A folder outside the repository, so that only packages installed in it are found. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'voicenter-cdr-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Builds the package and packs it as npm would publish it; returns the tarball's path. */
export function packTarball(folder: string): string {
  run('npm', ['run', 'build'], root);
  run('npm', ['pack', '--pack-destination', folder], root);
  const [tarball] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball');
  return join(folder, tarball);
}

/** Makes a project with only these packages, by name and version. */
export function createProject(folder: string, dependencies: Record<string, string>): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
}

/** The version of a package that a project has. */
export function versionOf(project: string, name: string): string {
  const file = join(project, 'node_modules', name, 'package.json');
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

/** Runs a command and returns its output. If it fails, the error contains its standard error. */
export function run(command: string, args: string[], cwd: string, input = ''): string {
  return execFileSync(command, args, {
    cwd,
    input,
    encoding: 'utf8',
    stdio: 'pipe',
    maxBuffer: 256 * 1024 * 1024,
    timeout: 300_000,
  });
}
