import { basename } from 'node:path';
import { mergeConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import suite from './vitest.config.js';

/**
 * The tests that most mutants fail come first, and those that take longest last. entries.test.ts
 * comes before all: of a mutant that does not even load, Stryker sees no failure but that of a test
 * which loads it.
 */
const FIRST = ['entries', 'model', 'issues', 'values'];
const LAST = ['ack', 'legs', 'xml', 'laws', 'testing', 'sample'];

class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const name = basename(moduleId, '.test.ts');
  return FIRST.includes(name) ? FIRST.indexOf(name) - FIRST.length : 1 + LAST.indexOf(name);
}

/**
 * What `npm run mutation` runs for each mutant, in one module graph. Left out are tests that start
 * processes or servers, compile, take seconds, or read the source, which Stryker has rewritten.
 */
export default mergeConfig(suite, {
  test: {
    exclude: [
      'test/bullmq.test.ts',
      'test/differential.test.ts',
      'test/documents.test.ts',
      'test/durable.test.ts',
      'test/first-screen.test.ts',
      'test/floods.test.ts',
      'test/frameworks.test.ts',
      'test/hover.test.ts',
      'test/many-records.test.ts',
      'test/memory.test.ts',
      'test/promises.test.ts',
      'test/receivers.test.ts',
      'test/regex.test.ts',
      'test/schemas.test.ts',
    ],
    typecheck: { enabled: false },
    isolate: false,
    setupFiles: ['test/load.ts'],
    sequence: { sequencer: QuickestFirst },
    env: { PROPERTY_RUNS: '20' },
  },
});
