/**
 * Loads all of src before any test, for the mutation run. Code that runs on load is then not
 * attributed to one test, and Stryker tries a mutant in it with every test. If loading fails,
 * entries.test.ts reports it.
 */
await Promise.allSettled([
  import('voicenter-cdr'),
  import('voicenter-cdr/call-log'),
  import('voicenter-cdr/schema'),
  import('voicenter-cdr/phone'),
  import('voicenter-cdr/testing'),
]);
