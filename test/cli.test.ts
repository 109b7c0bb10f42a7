import { Readable } from 'node:stream';
import { build } from 'esbuild';
import { describe, expect, it, vi } from 'vitest';
import { SYNTAX } from '../src/cli/arguments.js';
import { paint, processTerminal, progressBar, table } from '../src/cli/terminal.js';
import { command, listen, recordingTerminal } from './command.js';

const URL = 'http://localhost:1/cdr';

describe('the command', () => {
  it('lists its commands', async () => {
    const { code, out } = await command(['--help']);
    for (const name of Object.keys(SYNTAX)) expect(out).toContain(`  ${name}`);
    expect(code).toBe(0);
    expect(await command([])).toEqual({ code: 2, out, err: '' });
  });

  it.each(Object.entries(SYNTAX))(
    'has help for %s with all options, within 80 columns',
    async (name, { options }) => {
      const { code, out } = await command([name, '--help']);
      expect(code).toBe(0);
      for (const option of Object.keys(options)) expect(out).toContain(`--${option}`);
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    },
  );

  it.each<[message: string, args: string[]]>([
    ['Expected inspect, send or check, received "ispect"', ['ispect']],
    ["Unknown option '--jsn'", ['inspect', '--jsn']],
    ["Option '--type <value>' argument missing", ['send', URL, '--type']],
    ['send needs the URL of a receiver', ['send']],
    ['check needs the URL of a receiver', ['check']],
    [
      'check takes one URL, received "http://localhost:2/cdr" too',
      ['check', URL, 'http://localhost:2/cdr'],
    ],
    ['Expected an http or https URL, received "localhost:3000"', ['check', 'localhost:3000']],
    ['Expected an http or https URL, received "http://"', ['check', 'http://']],
    ['--format: expected json, xml-rpc, form, received "xml"', ['send', URL, '--format', 'xml']],
    [
      '--charset: expected utf-8, windows-1255, iso-8859-8, received "hebrew"',
      ['send', URL, '--charset', 'hebrew'],
    ],
    ['--count: expected a number above 0, received "0"', ['send', URL, '--count', '0']],
    ['--count: expected a whole number, received "0.5"', ['send', URL, '--count', '0.5']],
    ['--timeout: expected a number above 0, received "soon"', ['check', URL, '--timeout', 'soon']],
    ['--set: expected key=value, received "caller"', ['send', URL, '--set', 'caller']],
    ['--type is for samples: leave it out, or the files', ['send', URL, 'file', '--type', 'Queue']],
    ['--lines is for files: leave it out, or name a file', ['send', URL, '--lines']],
    [
      '--content-type is for files: leave it out, or name a file',
      ['send', URL, '--content-type', 'text/plain'],
    ],
    [
      '--time-zone: expected the name of a time zone, received "Haifa"',
      ['inspect', '--time-zone', 'Haifa'],
    ],
    ['Name a file, or send a body to standard input', ['inspect']],
    [
      'example.com is not this machine: --yes sends test calls to it',
      ['check', 'https://example.com/cdr'],
    ],
    [
      '127.0.0.1.example.com is not this machine: --yes sends test calls to it',
      ['check', 'http://127.0.0.1.example.com'],
    ],
  ])('reports wrong usage in one line: %s', async (message, args) => {
    const { code, out, err } = await command(args);
    expect(err).toMatch(/^voicenter-cdr: .*\nSee npx voicenter-cdr (\w+ )?--help\n$/);
    expect(err).toContain(`voicenter-cdr: ${message}\n`);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it('reports a refused connection in one line', { timeout: 30_000 }, async () => {
    const { url, close } = await listen(() => null);
    await close();
    const { code, err } = await command(['check', '--json', url]);
    expect(err).toContain(`\nvoicenter-cdr: Cannot connect to ${url}: connection refused\n`);
    expect(code).toBe(1);
  });
});

describe('the terminal', () => {
  const stream = { isTTY: true, columns: 120, write: () => true };
  const processWith = (given: Partial<Parameters<typeof processTerminal>[0]>) =>
    processTerminal({ env: {}, stdin: process.stdin, stdout: stream, stderr: stream, ...given });

  it('has colors and a progress bar', () => {
    expect(processWith({})).toMatchObject({ columns: 120, colors: true, showProgress: true });
  });

  it('has no colors in a pipe or with NO_COLOR', () => {
    const pipe = { write: () => true };
    expect(processWith({ stdout: pipe, stderr: pipe })).toMatchObject({
      columns: 80,
      colors: false,
      showProgress: false,
    });
    expect(processWith({ env: { NO_COLOR: '1' } })).toMatchObject({ colors: false });
    expect(processWith({ env: { NO_COLOR: '' } })).toMatchObject({ colors: true });
  });

  it('has no colors on a Node without styleText', async () => {
    vi.resetModules();
    vi.doMock('node:util', async (importOriginal) => {
      const { styleText, ...older } = await importOriginal<typeof import('node:util')>();
      return older;
    });
    const terminal = await import('../src/cli/terminal.js');
    vi.doUnmock('node:util');
    vi.resetModules();
    const streams = { env: {}, stdin: process.stdin, stdout: stream, stderr: stream };
    expect(terminal.processTerminal(streams)).toMatchObject({ colors: false, showProgress: true });
  });

  it('writes lines to standard output, and text to standard error unchanged', () => {
    const written: string[] = [];
    const { print, report } = processWith({
      stdout: { write: (text: string) => written.push(text) },
      stderr: { write: (text: string) => written.push(text) },
    });
    print('a');
    report('b');
    expect(written).toEqual(['a\n', 'b']);
  });

  it('reads standard input unless it is interactive', () => {
    const keyboard = Object.assign(Readable.from([]), { isTTY: true });
    expect(processWith({ stdin: keyboard }).stdin).toBeNull();
    expect(processWith({ stdin: process.stdin }).stdin).toBe(process.stdin);
  });

  it('aligns columns regardless of colors', () => {
    const rows = [
      [{ text: 'a', style: 'good' } as const, 'b'],
      ['aaa', 'b'],
    ];
    expect(table(rows, { columns: 80, colors: false })).toEqual(['  a    b', '  aaa  b']);
    expect(table(rows, { columns: 80, colors: true })).toEqual([
      `  \u001B[32ma\u001B[39m    b`,
      '  aaa  b',
    ]);
    expect(paint('a', { colors: true })).toBe('a');
  });

  it('wraps the last column to at most four lines', () => {
    const rows = [['a', 'one two three 0123456789012 four five six seven']];
    expect(table(rows, { columns: 16, colors: false })).toEqual([
      '  a  one two',
      '     three',
      '     01234567890',
      '     12 four fi…',
    ]);
  });

  it('shows progress on one line, which is erased at the end', () => {
    const { terminal, written } = recordingTerminal({ showProgress: true });
    const bar = progressBar(2, terminal);
    bar.advance('first');
    bar.advance('second');
    bar.clear();
    expect(written.err.split('\r\u001B[K')).toEqual([
      '',
      '████████████░░░░░░░░░░░░  1/2  first',
      '████████████████████████  2/2  second',
      '',
    ]);
    expect(written.out).toBe('');
  });

  it('shows no progress bar if standard error is not a terminal', () => {
    const { terminal, written } = recordingTerminal();
    progressBar(1, terminal).advance('first');
    progressBar(1, terminal).clear();
    expect(written.err).toBe('');
  });
});

describe('the entries of the package', () => {
  it.each(['index', 'phone', 'testing'])('do not import the command: %s', async (entry) => {
    const { metafile } = await build({
      entryPoints: [`src/${entry}.ts`],
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      metafile: true,
      write: false,
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs).toContain(`src/${entry}.ts`);
    expect(inputs.filter((file) => file.startsWith('src/cli/'))).toEqual([]);
  });
});
