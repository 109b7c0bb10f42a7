/**
 * Compiles consumer/ against the packed package's types with each TypeScript version and each
 * module resolution, as ESM and as CommonJS, with every library's types checked and without Node's.
 * Exits with 1 unless consumer.ts compiles and mistakes.ts has exactly the errors it announces.
 * The compilers come from the npm registry.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import {
  createProject,
  ENTRIES,
  packageAndPeers,
  packTarball,
  temporaryFolder,
  versionOf,
} from './project.js';

const COMPILERS = ['5.4', '5.9', '6.0', '7.0'];

interface Resolution {
  /** A `module` that all of its compilers accept with it, and what else it needs. */
  options: { module: string; esModuleInterop?: true };
  /** Which compilers support it; all by default. */
  compilers?: RegExp;
  /** The condition whose types ESM gets too; by default, ESM gets its own. */
  condition?: 'require';
}

/** Each `moduleResolution`. */
const RESOLUTIONS: Record<string, Resolution> = {
  // Reads `typesVersions` instead of `exports`. zod's types import defaults of CommonJS modules.
  node10: {
    options: { module: 'commonjs', esModuleInterop: true },
    compilers: /^5/,
    condition: 'require',
  },
  node16: { options: { module: 'node16' } },
  nodenext: { options: { module: 'nodenext' } },
  bundler: { options: { module: 'preserve' } },
};

/**
 * The platform types that a project has: those of a browser, as by default, or only the language,
 * with the one global that zod's types name.
 */
const PLATFORMS = {
  DOM: { lib: ['ES2022', 'DOM'], globals: '' },
  none: { lib: ['ES2022'], globals: 'interface URL {}' },
};

/** The extension that makes a file ESM or CommonJS, how it imports, and which types it must get. */
const STYLES = {
  ESM: { extension: 'mts', imports: 'import * as $1 from $2;', condition: 'import' },
  CommonJS: { extension: 'cts', imports: 'import $1 = require($2);', condition: 'require' },
} as const;
type Style = keyof typeof STYLES;

const here = fileURLToPath(new URL('.', import.meta.url));
const read = (file: string) => readFileSync(join(here, 'consumer', file), 'utf8');
/** The consumer's files. Entries that it does not use must compile too. */
const SOURCES: Record<string, string> = {
  consumer: read('consumer.ts'),
  mistakes: read('mistakes.ts'),
  entries: ENTRIES.map(({ name }, index) => `import * as entry${index} from '${name}';`).join('\n'),
};

const folder = temporaryFolder();
const tools = join(folder, 'tools');
const project = join(folder, 'project');
/** What failed, and where. */
const failures: string[] = [];

createProject(project, packageAndPeers(packTarball(folder)));
createProject(
  tools,
  Object.fromEntries(COMPILERS.map((version) => [aliasOf(version), `npm:typescript@${version}`])),
);
console.table(
  COMPILERS.flatMap((compiler) =>
    Object.entries(RESOLUTIONS)
      .filter(([, { compilers }]) => compilers?.test(compiler) ?? true)
      .flatMap(([moduleResolution, { options, condition }]) =>
        Object.entries(PLATFORMS).map(([platform, { lib, globals }]) => {
          writeFileSync(join(project, 'globals.d.ts'), globals);
          const compileAs = (style: Style) =>
            compile(compiler, { moduleResolution, lib, ...options }, style, condition);
          return {
            TypeScript: versionOf(tools, aliasOf(compiler)),
            moduleResolution,
            platform,
            ESM: compileAs('ESM'),
            CommonJS: compileAs('CommonJS'),
          };
        }),
      ),
  ),
);
for (const failure of failures) console.log(failure);
process.exitCode = failures.length === 0 ? 0 : 1;

/** Compiles the consumer, and returns whether the result is as expected. */
function compile(
  compiler: string,
  options: object,
  style: Style,
  condition: 'import' | 'require' = STYLES[style].condition,
): 'compiles' | 'FAILS' {
  const { extension, imports } = STYLES[style];
  const files = Object.entries(SOURCES).map(([name, source]) => {
    const file = `${name}.${extension}`;
    const text = source
      .replaceAll(/^import \* as (\w+) from (.+);$/gm, imports)
      .replaceAll('@ts-expect-error', '');
    writeFileSync(join(project, file), text);
    return file;
  });
  const strictly = { strict: true, skipLibCheck: false, types: [], noEmit: true };
  const config = {
    compilerOptions: { ...options, ...strictly },
    files: [...files, 'globals.d.ts'],
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));

  const tsc = join(tools, 'node_modules', aliasOf(compiler), 'bin/tsc');
  const args = [tsc, '--listFiles', '--pretty', 'false'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
  const lines = stdout.split('\n');
  const errors = lines.filter((line) => / error TS\d+: /.test(` ${line}`));
  const missing = ENTRIES.map(({ files }) => posix.join('/voicenter-cdr', files[condition].types))
    .filter((types) => !lines.some((line) => line.endsWith(types)))
    .map((types) => `${types} is not among the files`);
  const places = errors.map((line) => line.replace(/,\d+\)(: error TS\d+).*/, ')$1'));
  if (missing.length === 0 && isDeepStrictEqual(places, mistakesIn(`mistakes.${extension}`))) {
    return 'compiles';
  }
  failures.push(
    `TypeScript ${compiler}, ${JSON.stringify(options)}, ${style}:`,
    ...missing,
    ...errors,
  );
  return 'FAILS';
}

/** The errors that mistakes.ts announces, as tsc must report them: each on the next line. */
function mistakesIn(file: string): string[] {
  return [...read('mistakes.ts').split('\n').entries()].flatMap(([index, line]) => {
    const [, code] = /@ts-expect-error (TS\d+)/.exec(line) ?? [];
    return code ? [`${file}(${index + 2}): error ${code}`] : [];
  });
}

function aliasOf(version: string): string {
  return `typescript-${version}`;
}
