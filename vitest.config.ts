import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const src = fileURLToPath(new URL('./src/', import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^voicenter-cdr$/, replacement: `${src}index.ts` },
      { find: /^voicenter-cdr\/([\w-]+)$/, replacement: `${src}$1.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
    // A time zone that is none of those in the tests: what depends on the machine's clock fails.
    env: { TZ: 'Pacific/Chatham' },
    coverage: {
      include: ['src/**/*.ts'],
      thresholds: { statements: 98, branches: 95, functions: 98, lines: 98 },
    },
  },
});
