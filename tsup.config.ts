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
});
