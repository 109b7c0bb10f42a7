/**
 * Loads all of src before any test, for the mutation run: what runs while it loads is then no
 * test's, and Stryker tries a mutant in it with every test. A failure is that of entries.test.ts.
 */
await Promise.allSettled([
  import('voicenter-cdr'),
  import('voicenter-cdr/call-log'),
  import('voicenter-cdr/schema'),
  import('voicenter-cdr/phone'),
  import('voicenter-cdr/testing'),
]);
