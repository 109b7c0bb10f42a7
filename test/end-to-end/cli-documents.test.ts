import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildAck, detectFormat, safeParseCdr } from 'voicenter-cdr';
import { command, listen } from '../command.js';

const pathOf = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const text = readFileSync(pathOf('docs/command.md'), 'utf8');

const QUEUE = pathOf('fixtures/vendor/queue-json.json');
const HEBREW = pathOf('fixtures/charsets/xml-rpc-windows-1255.xml');
const CAPTURE = [
  { contentType: 'application/json', body: readFileSync(QUEUE, 'utf8') },
  { contentType: 'text/xml', base64: readFileSync(HEBREW, 'base64') },
];
const folder = mkdtempSync(join(tmpdir(), 'voicenter-cdr-'));

/** The files that the document's commands read, by the names used there. */
const FILES = {
  'queue.json': QUEUE,
  'cut-off.json': pathOf('fixtures/broken/json-cut-off.json'),
  'set-aside.jsonl': join(folder, 'set-aside.jsonl'),
};

/** Each command in a console block, with the output shown there. */
const commands = [...text.matchAll(/```console\n\$ npx voicenter-cdr (.+)\n([\s\S]*?)```/g)].map(
  ([, line = '', prints = '']) => ({ line, prints }),
);

/** The output without what differs from run to run. */
const settled = (out: string) =>
  out.replace(/vcdr-check-\w+-/g, 'vcdr-check-mwwl8msy-').replace(/\d+ ms/g, '12 ms');

describe('docs/command.md', () => {
  let receiver: Awaited<ReturnType<typeof listen>>;
  beforeAll(async () => {
    const lines = CAPTURE.map((request) => JSON.stringify(request));
    writeFileSync(FILES['set-aside.jsonl'], lines.join('\n'));
    receiver = await listen(({ path, method, body, contentType }) => {
      if (method !== 'POST' || path !== '/cdr') return { status: 404, body: '' };
      if (body.length > 100_000) return { status: 413, body: '' };
      const result = safeParseCdr(body, contentType);
      const ack = buildAck(result.success ? 0 : result.error, detectFormat(body, contentType));
      return { body: ack.body, contentType: ack.headers['content-type'] };
    });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await receiver.close();
  });

  it('shows every command', () => {
    const names = commands.map(({ line }) => line.split(' ')[0]);
    expect([...new Set(names)].sort()).toEqual(['check', 'inspect', 'send']);
  });

  it.each(commands)(
    'prints what is documented for $line',
    { timeout: 60_000 },
    async ({ line, prints }) => {
      const local = new Map([
        ...Object.entries(FILES),
        ['http://localhost:3000/cdr', receiver.url],
      ]);
      const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
        ([, quoted, bare = '']) => quoted ?? bare,
      );
      const { out, err } = await command(args.map((arg) => local.get(arg) ?? arg));
      const shown = [...local].reduce((all, [name, real]) => all.replaceAll(real, name), out);
      expect({ out: settled(shown).trim(), err }).toEqual({ out: prints.trim(), err: '' });
    },
  );
});
