import { describe, expect, it } from 'vitest';

describe('an entry of the package', () => {
  it.each([
    ['voicenter-cdr', () => import('voicenter-cdr'), 'parseCdr'],
    ['voicenter-cdr/testing', () => import('voicenter-cdr/testing'), 'encodeCdr'],
    ['voicenter-cdr/phone', () => import('voicenter-cdr/phone'), 'toE164'],
  ] as const)('loads: %s', async (_, load, name) => {
    expect(await load()).toHaveProperty(name);
  });
});
