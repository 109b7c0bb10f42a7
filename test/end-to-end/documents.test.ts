import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { DEFAULT_LIMITS } from '../../src/limits.js';
import { WIRE_KEYS } from '../../src/model/wire.js';
import { fieldsReadFrom, QUEUE } from '../records.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Example {
  name: string;
  code: string;
  /** The expected output, from the comments next to its console.log calls. */
  prints: string[];
}

function example(name: string, code: string): Example {
  const prints = [...code.matchAll(/console\.log\(.*?\); \/\/ (.+)$/gm)].map(
    ([, line]) => line ?? '',
  );
  return { name, code, prints };
}

function examplesIn(file: string): Example[] {
  const text = file.endsWith('.ts')
    ? [...read(file).matchAll(/@example\n([\s\S]*?)\*\//g)]
        .map(([, comment]) => comment?.replace(/^\s*\* ?/gm, ''))
        .join('\n')
    : read(file);
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code], index) =>
    example(`${file}-${index + 1}`, code ?? ''),
  );
}

const documents = [
  'README.md',
  'README.he.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs')).map((file) => `docs/${file}`),
];
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => `src/${file}`);
/** Its blocks are files of examples/, which receivers.test.ts runs. */
const withReceivers = 'docs/frameworks.md';
const examples = [...documents, ...sources]
  .filter((file) => file !== withReceivers)
  .flatMap(examplesIn);

/**
 * The code as it runs here: port 3000 may be taken, what is printed later belongs to another
 * example, and the files of examples/ are not copied.
 */
const runnable = (code: string) =>
  code
    .replace('.listen(3000', ".listen(0, '127.0.0.1'")
    .replace(/^ {2}console\.log\(`Listening .*?`\);\n/m, '')
    .replace(/ from '\.\/(durable|bullmq|node-http|reconcile|set-aside)/g, " from '../examples/$1");

describe('the examples', () => {
  let folder = '';
  let printed: Record<string, string[]> = {};
  const fileOf = ({ name }: Example) => join(folder, `${name.replace(/\W/g, '-')}.ts`);

  beforeAll(() => {
    folder = mkdtempSync(join(root, '.examples-'));
    for (const one of examples) writeFileSync(fileOf(one), `${runnable(one.code)}\nexport {};\n`);
    const runner = join(folder, 'run.ts');
    const imports = examples.map(
      (one) => `console.log('### ${one.name}');\nawait import('${fileOf(one)}');`,
    );
    writeFileSync(runner, `${imports.join('\n')}\nprocess.exit();\nexport {};\n`);
    const output = execFileSync(process.execPath, ['--import', 'tsx', runner], {
      cwd: root,
      encoding: 'utf8',
    });
    printed = Object.fromEntries(
      output
        .split('### ')
        .slice(1)
        .map((part) => part.trimEnd().split('\n'))
        .map(([name = '', ...lines]) => [name, lines]),
    );
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('exist in each README and each document with code', () => {
    const withCode = ['calls', 'errors', 'migration'].map((name) => `docs/${name}.md`);
    for (const document of ['README.md', 'README.he.md', ...withCode]) {
      expect(examples.some(({ name }) => name.startsWith(document))).toBe(true);
    }
  });

  it('compile in strict TypeScript', () => {
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
      ts.sys,
      root,
    );
    const program = ts.createProgram(examples.map(fileOf), {
      ...options,
      // An example may leave a function's body to the reader.
      noUnusedLocals: false,
      noUnusedParameters: false,
    });
    const errors = ts
      .getPreEmitDiagnostics(program)
      .map(
        ({ messageText, file }) =>
          `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      );
    expect(errors).toEqual([]);
  }, 60_000);

  it('are formatted like the code', () => {
    const inDocuments = examples.filter(({ name }) => name.includes('.md'));
    const options = ['--vcs-use-ignore-file=false', ...inDocuments.map(fileOf)];
    execFileSync('npx', ['biome', 'format', ...options], { cwd: root });
  }, 60_000);

  it.each(examples)('$name prints what its comments say', ({ name, prints }) => {
    expect(printed[name]).toEqual(prints);
  });
});

describe('the README', () => {
  const readme = read('README.md');
  const cells = [...readme.matchAll(/^\| (`.*?) \|$/gm)].map(([, row = '']) =>
    row.split(/(?<!\\) \|/).map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code)),
  );
  const column = (index: number) => cells.flatMap((row) => row[index] ?? []);

  it('has a row for every field of a record', () => {
    expect(column(0)).toEqual(expect.arrayContaining(Object.keys(parseCdr(QUEUE))));
  });

  it('names every wire key except those of dialers and the do-not-call registry', () => {
    const isLeftOut = (field: string) => /^(dialer\b|doNotCall\b|$)/.test(field);
    const keys = Object.keys(WIRE_KEYS).filter((key) => !fieldsReadFrom(key).every(isLeftOut));
    expect(column(2)).toEqual(expect.arrayContaining(keys));
  });

  it.each(documents)('(%s) has tables that are readable in an editor', (document) => {
    for (const [row] of read(document).matchAll(/^\|.*\|$/gm)) {
      expect(row).not.toMatch(/ {2,}\|/);
      expect(row.length).toBeLessThan(220);
    }
  });

  it('states the default limits', () => {
    for (const [limit, value] of Object.entries(DEFAULT_LIMITS)) {
      expect(readme).toContain(`| \`limits.${limit}\` | ${value} |`);
    }
  });

  it('names exactly the dependencies', () => {
    const { dependencies, peerDependencies } = JSON.parse(read('package.json'));
    const [, table = ''] = readme.split('## Dependencies');
    const named = [...table.matchAll(/^\| \[(.+?)\]/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(Object.keys({ ...dependencies, ...peerDependencies }).sort());
  });

  it.each([...documents, 'SECURITY.md'])('(%s) has only existing commands', (document) => {
    const { scripts } = JSON.parse(read('package.json'));
    for (const [, script = ''] of read(document).matchAll(/npm (?:run |(?=test))([\w:-]+)/g)) {
      expect(Object.keys(scripts)).toContain(script);
    }
  });
});

describe('the links', () => {
  const links = documents.flatMap((document) =>
    [...read(document).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].map(
      ([, path = '', heading]) => ({
        document,
        to: path === '' ? document : join(dirname(document), path),
        heading,
      }),
    ),
  );

  it.each(links)('from $document to $to, $heading are valid', ({ to, heading }) => {
    const text = read(to);
    if (heading !== undefined) expect(headingsOf(text)).toContain(heading);
  });

  it('lead to files in the package', () => {
    const [{ files }] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: root,
        encoding: 'utf8',
      }),
    );
    const packed: string[] = files.map(({ path }: { path: string }) => path);
    const missing = links.filter(({ to }) => !packed.some((path) => path === to));
    expect(missing).toEqual([]);
  }, 60_000);

  it.each(documents.slice(2))('of both READMEs lead to %s', (to) => {
    for (const document of ['README.md', 'README.he.md']) {
      expect(links).toContainEqual(expect.objectContaining({ document, to }));
    }
  });

  it('of the README lead to the one in Hebrew', () => {
    expect(links).toContainEqual({ document: 'README.md', to: 'README.he.md' });
  });
});

/** The anchors that GitHub makes of a document's headings. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('npm run demo', () => {
  it('shows within 100 columns that everything arrived as expected', () => {
    const { stdout, stderr, status } = spawnSync('npm', ['run', 'demo', '--silent'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/\n15 accepted, 3 refused as expected\n$/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  }, 60_000);
});
