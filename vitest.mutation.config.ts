import { mergeConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import suite from './vitest.config.js';

/** Most mutants fail a test of the first file: the quickest files come first. */
class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).reverse();
  }
}

/**
 * What `npm run mutation` runs for each mutant: the tests that need nothing but src, in one module
 * graph. Those that start processes or servers, compile, or read documents are left out.
 */
export default mergeConfig(suite, {
  test: {
    exclude: [
      'test/documents.test.ts',
      'test/frameworks.test.ts',
      'test/hover.test.ts',
      'test/receivers.test.ts',
      'test/reference.test.ts',
      'test/schemas.test.ts',
    ],
    typecheck: { enabled: false },
    isolate: false,
    sequence: { sequencer: QuickestFirst },
    env: { PROPERTY_RUNS: '20' },
  },
});
