import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', phone: 'src/phone.ts', testing: 'src/testing.ts' },
  format: ['esm', 'cjs'],
  target: 'es2022',
  dts: true,
  clean: true,
  splitting: true, // what two entries need is in the package once
});
