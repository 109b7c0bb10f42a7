import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CdrIssue, ParseOptions } from 'voicenter-cdr';

/** The expectation file next to a body, see fixtures/README.md. */
interface Expected {
  from: string;
  contentType: string | null;
  options?: ParseOptions;
  cdr?: Record<string, unknown>;
  error?: { code: string; format: string | null };
}

/** A request body in fixtures/ and its expected result. */
export interface Fixture {
  file: string;
  body: Uint8Array;
  expected: Expected;
}

const root = fileURLToPath(new URL('../fixtures', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
const expectations = files.filter((file) => file.endsWith('.expected.json'));

/** Every body in fixtures/. */
export const FIXTURES: Fixture[] = files
  .filter(
    (file) => /\.(json|xml|form)$/.test(file) && !/(expected|records|cases)\.json$/.test(file),
  )
  .map((file) => ({
    file,
    body: readFileSync(join(root, file)),
    expected: expectationOf(file),
  }));

/** The expectation for a body: the file of the same name, or whose name the body's contains. */
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

/** A Cdr as in the expectation files: without `raw`, and only path and code of each issue. */
export function written({ raw, issues, ...cdr }: Record<string, unknown>): unknown {
  const places = (issues as CdrIssue[]).map(({ path, code }) => ({ path, code }));
  return JSON.parse(JSON.stringify({ ...cdr, issues: places }));
}
