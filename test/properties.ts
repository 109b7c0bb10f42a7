import fc from 'fast-check';

const runs = process.env['PROPERTY_RUNS'];

/**
 * Makes the properties of a test file reproducible, so that the next run finds a failure again. If
 * PROPERTY_RUNS is set, as in vitest.mutation.config.ts, it is the number of runs, and the first
 * failure ends them without shrinking.
 */
export function reproducible(seed: number, numRuns: number): void {
  fc.configureGlobal(
    runs ? { seed, numRuns: Number(runs), endOnFailure: true } : { seed, numRuns },
  );
}

/** Cases to try one after the other. With PROPERTY_RUNS, only the first and the last. */
export function cases<T>(all: readonly T[]): readonly T[] {
  return runs ? [...all.slice(0, 1), ...all.slice(-1)] : all;
}
