import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../command.js';
import { QUEUE } from '../records.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

describe('npx voicenter-cdr', () => {
  let folder = '';
  let project = '';

  /** Packs the package as npm publishes it, and installs it with only its dependencies. */
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'voicenter-cdr-'));
    const source = join(folder, 'source');
    project = join(folder, 'project');
    const installed = join(project, 'node_modules/voicenter-cdr');
    mkdirSync(source);
    mkdirSync(installed, { recursive: true });
    cpSync(join(root, 'package.json'), join(source, 'package.json'));
    const build = ['tsup', '--silent', '--no-dts', '--out-dir', join(source, 'dist')];
    execFileSync('npx', build, { cwd: root, stdio: 'pipe' });
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts'], { cwd: source, stdio: 'pipe' });
    const [tarball = ''] = readdirSync(source).filter((file) => file.endsWith('.tgz'));
    execFileSync('tar', ['-xzf', join(source, tarball), '-C', installed, '--strip-components=1']);
    for (const name of ['.bin/voicenter-cdr', ...Object.keys(dependencies)]) {
      const link = join(project, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      const target = name.startsWith('.bin')
        ? '../voicenter-cdr/dist/cli.js'
        : join(root, 'node_modules', name);
      symlinkSync(target, link);
    }
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['import("NAME")', 'Promise.resolve(require("NAME"))'])(
    'installs errors that appear in logs under their own name: %s',
    (load) => {
      const log = (name: string, call: string) => {
        const code = `${load.replace('NAME', name)}.then(({ ${call} }) => { try { ${call}('{'); } catch (error) { console.log(error); } })`;
        return execFileSync('node', ['-e', code], { cwd: project, encoding: 'utf8' });
      };
      expect(log('voicenter-cdr', 'parseCdr')).toMatch(
        /^CdrParseError: The body is not valid JSON/,
      );
      expect(log('voicenter-cdr/call-log', 'parseCallLog')).toMatch(/^CallLogError: /);
    },
  );

  const npx = (args: string[], input = '') =>
    spawnSync('npx', ['voicenter-cdr', ...args], { cwd: project, input, encoding: 'utf8' });

  it('runs from the packed package', async () => {
    const { stdout, stderr, status } = npx(['--help']);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout).toBe((await command(['--help'])).out);
  }, 60_000);

  it('reads standard input, is plain in a pipe, and exits with 1 for an unreadable body', async () => {
    const input = JSON.stringify(QUEUE);
    const { stdout, status } = npx(['inspect'], input);
    expect(stdout).toBe((await command(['inspect'], { input })).out);
    expect(status).toBe(0);
    expect(npx(['inspect'], '{').status).toBe(1);
  }, 60_000);

  it('exits with 2 for wrong usage, without a stack', () => {
    const { stderr, status } = npx(['send']);
    expect(stderr).toBe(
      'voicenter-cdr: send needs the URL of a receiver\nSee npx voicenter-cdr send --help\n',
    );
    expect(status).toBe(2);
  }, 60_000);
});
