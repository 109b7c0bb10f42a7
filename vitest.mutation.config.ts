import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { END_TO_END, env, resolve } from './vitest.config.js';

/**
 * The tests that most mutants fail come first, and those that take longest last. entries.test.ts
 * comes before all: of a mutant that does not even load, Stryker sees no failure but that of a test
 * which loads it.
 */
const FIRST = ['entries', 'model', 'issues', 'values'];
const LAST = ['ack', 'legs', 'xml', 'call-log', 'laws', 'testing', 'sample', 'mistakes'];

class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const name = basename(moduleId, '.test.ts');
  return FIRST.includes(name) ? FIRST.indexOf(name) - FIRST.length : 1 + LAST.indexOf(name);
}

/** Start servers, compile, take seconds, or read the source, which Stryker has rewritten. */
const LEFT_OUT = ['floods', 'frameworks', 'hover', 'node-http', 'promises', 'regex', 'schemas'];

/** What `npm run mutation` runs for each mutant, in one module graph: most of the unit tests. */
export default defineConfig({
  resolve,
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [END_TO_END, ...LEFT_OUT.map((name) => `test/${name}.test.ts`)],
    isolate: false,
    testTimeout: 60_000, // instrumented code is several times slower
    setupFiles: ['test/load.ts'],
    sequence: { sequencer: QuickestFirst },
    env: { ...env, PROPERTY_RUNS: '20' },
  },
});
