import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  CALL_STATUSES,
  CALL_TYPES,
  type CdrIssue,
  cdrSchema,
  type ParseOptions,
  safeParseCdr,
} from 'voicenter-cdr';

/** See fixtures/README.md. */
interface Expected {
  from: string;
  contentType: string | null;
  options?: ParseOptions;
  cdr?: Record<string, unknown>;
  error?: { code: string; format: string | null };
}

const root = fileURLToPath(new URL('../fixtures', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
const expectations = files.filter((file) => file.endsWith('.expected.json'));
const bodies = files.filter(
  (file) => /\.(json|xml|form)$/.test(file) && !/(expected|records)\.json$/.test(file),
);

/** The expectation beside a body: of the same name, or the one whose name its name holds. */
function expectationOf(body: string): Expected {
  const stem = basename(body, extname(body));
  const beside = expectations.filter((file) => dirname(file) === dirname(body));
  const nameOf = (file: string) => basename(file, '.expected.json');
  const match =
    beside.find((file) => nameOf(file) === stem) ??
    beside.find((file) => stem.includes(`-${nameOf(file)}`));
  if (!match) throw new Error(`no expectation beside ${body}`);
  return JSON.parse(readFileSync(join(root, match), 'utf8'));
}

/** A Cdr as the expectation writes it: without `raw`, and of issues where and what. */
function written({ raw, issues, ...cdr }: Record<string, unknown>): unknown {
  const places = (issues as CdrIssue[]).map(({ path, code }) => ({ path, code }));
  return JSON.parse(JSON.stringify({ ...cdr, issues: places }));
}

describe('each body in fixtures/', () => {
  it.each(bodies)('%s has the value beside it', (file) => {
    const expected = expectationOf(file);
    const result = safeParseCdr(
      readFileSync(join(root, file)),
      expected.contentType,
      expected.options,
    );
    if (result.success) {
      expect(written({ ...result.data })).toEqual(expected.cdr);
      expect(cdrSchema.parse(JSON.parse(JSON.stringify(result.data)))).toEqual(result.data);
    } else {
      expect({ code: result.error.code, format: result.error.format }).toEqual(expected.error);
    }
  });

  const cdrs = bodies.map((file) => expectationOf(file).cdr);
  it.each([...Object.keys(CALL_TYPES), 'unknown'])('the type %s is among them', (type) => {
    expect(cdrs.some((cdr) => cdr?.['type'] === type)).toBe(true);
  });
  it.each([...Object.keys(CALL_STATUSES), 'unknown'])('the status %s is among them', (status) => {
    expect(cdrs.some((cdr) => cdr?.['status'] === status)).toBe(true);
  });
});
