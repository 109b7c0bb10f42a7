import fc from 'fast-check';

/**
 * Makes the properties of a test file reproducible: a failure is found again by the next run. Where
 * the environment has PROPERTY_RUNS, as under vitest.mutation.config.ts, it is the number of runs,
 * and the first failure ends them: no smaller example is looked for.
 */
export function reproducible(seed: number, numRuns: number): void {
  const runs = process.env['PROPERTY_RUNS'];
  fc.configureGlobal(
    runs ? { seed, numRuns: Number(runs), endOnFailure: true } : { seed, numRuns },
  );
}
