import { defineConfig } from 'tsup';

const entries = {
  index: 'src/index.ts',
  'call-log': 'src/call-log.ts',
  schema: 'src/schema.ts',
  phone: 'src/phone.ts',
  testing: 'src/testing.ts',
};

export default defineConfig({
  entry: { ...entries, cli: 'src/cli/main.ts' },
  format: ['esm', 'cjs'],
  target: 'es2022',
  dts: { entry: entries }, // nobody imports the command
  clean: true,
  splitting: true, // what two entries need is in the package once
  plugins: [
    {
      name: 'imports-of-names-alone',
      // esbuild imports a chunk for its side effects, and warns a user that a package without any does so.
      renderChunk: (code) => ({ code: code.replace(/^import "\.\/chunk-\w+\.js";\n/gm, '') }),
    },
  ],
});
