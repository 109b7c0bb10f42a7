import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The receiver as pasted, but on a free port, which it reports over IPC. */
const onFreePort = (code: string) =>
  `${code.replace(/^app\.listen\(3000, /m, "const server = app.listen(0, '127.0.0.1', ")}
server.once('listening', () => process.send?.(server.address()));
`;

describe.each([
  ['README.md', 'receiver.ts'],
  ['README.md', 'receiver.cjs'],
  ['README.he.md', 'receiver.ts'],
])('the first screen of %s, with its %s', (document, name) => {
  const text = readFileSync(join(root, document), 'utf8');
  const blocksOf = (language: string) =>
    [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
      ([, block = '']) => block,
    );
  const [shown = '', commonJs = ''] = blocksOf('js');
  const [typeScript = ''] = blocksOf('ts');
  const [, path = '', contentType = '', body = ''] =
    /^curl localhost:3000(\S+) -H 'content-type: (.+?)' -d '(.+)'$/m.exec(text) ?? [];

  let folder = '';
  let receiver: ChildProcess;
  let url = '';
  let output = '';
  let errors = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(root, '.examples-'));
    const file = join(folder, name);
    writeFileSync(file, onFreePort(name.endsWith('.ts') ? typeScript : commonJs));
    receiver = fork(file, { execArgv: ['--import', 'tsx'], cwd: root, silent: true });
    receiver.stdout?.on('data', (text) => {
      output += text;
    });
    receiver.stderr?.on('data', (text) => {
      errors += text;
    });
    const [{ port }] = await once(receiver, 'message');
    url = `http://127.0.0.1:${port}${path}`;
  }, 60_000);
  afterAll(() => {
    receiver.kill();
    rmSync(folder, { recursive: true });
  });

  const post = async (sent: string) => {
    const headers = { 'content-type': contentType };
    return (await fetch(url, { method: 'POST', headers, body: sent })).text();
  };

  it('gives the documented answer to the documented request', async () => {
    const answer = await post(body);
    expect(JSON.parse(answer)).toEqual({ err: 0, errdesc: 'OK' });
    expect(text).toContain(`\`${answer}\``);
  });

  it('saves the documented record', async () => {
    const lines = shown.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(5);
    await post(body);
    await expect.poll(() => output.split('\n')).toEqual(expect.arrayContaining(lines));
    expect(errors).toBe('');
  });

  it('says where it listens', async () => {
    await expect.poll(() => output).toContain(`Listening on http://localhost:3000${path}\n`);
  });

  it('logs why a body cannot be read', async () => {
    expect(JSON.parse(await post('{'))).toMatchObject({ err: 1 });
    await expect.poll(() => errors).toMatch(/^CdrParseError: The body is not valid JSON\n/);
  });
});
