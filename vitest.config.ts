import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const src = fileURLToPath(new URL('./src/', import.meta.url));

/** Tests that start processes or servers, compile or install the package, or take many seconds. */
export const END_TO_END = 'test/end-to-end/**';

/** The package's own name, as users write it, is its source. */
export const resolve = {
  alias: [
    { find: /^voicenter-cdr$/, replacement: `${src}index.ts` },
    { find: /^voicenter-cdr\/([\w-]+)$/, replacement: `${src}$1.ts` },
  ],
};

/** A time zone that is none of those in the tests: what depends on the machine's clock fails. */
export const env = { TZ: 'Pacific/Chatham' };

export default defineConfig({
  resolve,
  test: {
    env,
    coverage: {
      include: ['src/**/*.ts'],
      thresholds: { statements: 98, branches: 95, functions: 98, lines: 98 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [END_TO_END],
          // Loading the package anew for each file takes as long as the tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'end-to-end',
          include: [`${END_TO_END}/*.test.ts`],
          typecheck: {
            enabled: true,
            include: ['test/**/*.test-d.ts'],
            tsconfig: './tsconfig.json',
          },
        },
      },
    ],
  },
});
