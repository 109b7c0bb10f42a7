import fc from 'fast-check';

const runs = process.env['PROPERTY_RUNS'];

/**
 * Makes the properties of a test file reproducible: a failure is found again by the next run. Where
 * the environment has PROPERTY_RUNS, as under vitest.mutation.config.ts, it is the number of runs,
 * and the first failure ends them: no smaller example is looked for.
 */
export function reproducible(seed: number, numRuns: number): void {
  fc.configureGlobal(
    runs ? { seed, numRuns: Number(runs), endOnFailure: true } : { seed, numRuns },
  );
}

/** Cases that are tried one after the other; where properties run fewer times, the first and last. */
export function cases<T>(all: readonly T[]): readonly T[] {
  return runs ? [...all.slice(0, 1), ...all.slice(-1)] : all;
}
