import { describe, expect, it } from 'vitest';
import { CALL_STATUSES, CALL_TYPES, safeParseCdr } from 'voicenter-cdr';
import { cdrSchema } from 'voicenter-cdr/schema';
import { FIXTURES, written } from './fixtures.js';

describe('each body in fixtures/', () => {
  it.each(FIXTURES)('$file has the expected value', ({ body, expected }) => {
    const result = safeParseCdr(body, expected.contentType, expected.options);
    if (result.success) {
      expect(written({ ...result.data })).toEqual(expected.cdr);
      expect(cdrSchema.parse(JSON.parse(JSON.stringify(result.data)))).toEqual(result.data);
    } else {
      expect({ code: result.error.code, format: result.error.format }).toEqual(expected.error);
    }
  });

  const cdrs = FIXTURES.map(({ expected }) => expected.cdr);
  it.each([...Object.keys(CALL_TYPES), 'unknown'])('covers the type %s', (type) => {
    expect(cdrs.some((cdr) => cdr?.['type'] === type)).toBe(true);
  });
  it.each([...Object.keys(CALL_STATUSES), 'unknown'])('covers the status %s', (status) => {
    expect(cdrs.some((cdr) => cdr?.['status'] === status)).toBe(true);
  });
});
