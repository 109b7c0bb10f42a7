import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

describe('an entry of the package', () => {
  it.each([
    ['voicenter-cdr', () => import('voicenter-cdr'), 'parseCdr'],
    ['voicenter-cdr/call-log', () => import('voicenter-cdr/call-log'), 'parseCallLog'],
    ['voicenter-cdr/schema', () => import('voicenter-cdr/schema'), 'cdrSchema'],
    ['voicenter-cdr/testing', () => import('voicenter-cdr/testing'), 'encodeCdr'],
    ['voicenter-cdr/phone', () => import('voicenter-cdr/phone'), 'toE164'],
  ] as const)('loads: %s', async (_, load, name) => {
    expect(await load()).toHaveProperty(name);
  });

  const subpaths = Object.entries(manifest.exports).filter(
    ([path, files]) => path !== '.' && typeof files !== 'string',
  );

  it.each(subpaths)('has types for module resolution without exports: %s', (path, files) => {
    const types = typeof files === 'string' ? files : files.require.types;
    expect(Object.entries(manifest.typesVersions['*'])).toContainEqual([path.slice(2), [types]]);
  });
});

describe('a bundle', () => {
  let outputs: Metafile['outputs'] = {};

  beforeAll(async () => {
    const { metafile } = await build({
      absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
      entryPoints: [
        'src/index.ts',
        'src/call-log.ts',
        'src/schema.ts',
        'src/phone.ts',
        'src/testing.ts',
      ],
      bundle: true,
      splitting: true,
      format: 'esm',
      packages: 'external',
      outdir: 'dist',
      write: false,
      metafile: true,
      logLevel: 'error',
    });
    outputs = metafile.outputs;
  });

  /** The packages that a file imports, directly or through chunks that it shares with others. */
  function packagesOf(file: string): string[] {
    return (outputs[file]?.imports ?? []).flatMap(({ path, external }) =>
      external ? [path] : packagesOf(path),
    );
  }

  it.each([
    ['index', ['content-type', 'fast-xml-parser']], // a receiver does not load zod
    ['call-log', []],
    ['schema', ['zod']],
    ['phone', ['libphonenumber-js/max', 'libphonenumber-js/min']],
    ['testing', ['content-type', 'fast-xml-parser', 'xmlbuilder2']],
  ])('of the entry %s loads only %j', (entry, packages) => {
    expect([...new Set(packagesOf(`dist/${entry}.js`))].sort()).toEqual(packages);
  });
});
