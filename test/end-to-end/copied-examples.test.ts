import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const document = readFileSync(join(root, 'docs/reliability.md'), 'utf8');
const blocks = [...document.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);
const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);

describe('the examples, copied as in docs/reliability.md', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(root, '.examples-'));
    const isPublished = (file: string) => !/durable\/demo/.test(file);
    for (const name of [
      'node-http.ts',
      'set-aside.ts',
      'durable',
      'bullmq',
      'reconcile.ts',
      'reconcile-cron.ts',
    ]) {
      cpSync(join(root, 'examples', name), join(folder, name), {
        recursive: true,
        filter: isPublished,
      });
    }
    return () => rmSync(folder, { recursive: true });
  });

  it.each([
    ['Postgres', 'postgres', 'pglite', '/@electric-sql/'],
    ['PGlite', 'pglite', 'postgres', '/pg/'],
  ])(
    'compile for %s alone',
    (_, used, removed, foreign) => {
      rmSync(join(folder, `durable/${removed}.ts`));
      const cron = join(folder, 'reconcile-cron.ts'); // a second process, which PGlite does not allow
      if (removed === 'postgres') rmSync(cron);
      const files = blocks
        .filter((code) => !code.includes(`./durable/${removed}.js`))
        .map((code, index) => {
          const file = join(folder, `block-${index}.ts`);
          writeFileSync(file, code);
          return file;
        });
      if (used === 'postgres') files.push(cron);
      const program = ts.createProgram(files, options);
      const errors = ts
        .getPreEmitDiagnostics(program)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
      expect(errors).toEqual([]);
      const sources = program.getSourceFiles().map(({ fileName }) => fileName);
      expect(sources).toContain(join(folder, `durable/${used}.ts`));
      expect(sources.filter((file) => file.includes(foreign))).toEqual([]);
    },
    60_000,
  );
});
