/**
 * The peak growth of the process while it parses a body of 10 MB, as a multiple of the body. Each
 * body has its own process.
 *
 *     npm run bench:memory
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { safeParseCdr } from 'voicenter-cdr';
import { CASES } from './growing.js';

const SIZE = 10_000_000;

/** Runs in the process of one body: prints the growth of the peak, in bytes, and the outcome. */
function parseOnce(file: string): void {
  const body = readFileSync(file);
  safeParseCdr(body.subarray(0, 200)); // loading and compiling code is not charged to the body
  globalThis.gc?.();
  const before = process.resourceUsage().maxRSS;
  const result = safeParseCdr(body);
  const growth = (process.resourceUsage().maxRSS - before) * 1024;
  console.log(JSON.stringify({ growth, outcome: result.success ? 'read' : result.error.code }));
}

/** A body within the limit on bytes: Hebrew takes more bytes than characters. */
function ofSize(make: (size: number) => string): Buffer {
  const body = Buffer.from(make(SIZE));
  return body.length > SIZE ? Buffer.from(make((SIZE * SIZE) / body.length)) : body;
}

function measureAll(): void {
  const folder = mkdtempSync(join(tmpdir(), 'voicenter-cdr-'));
  const rows = CASES.map(([what, make]) => {
    const file = join(folder, 'body');
    const body = ofSize(make);
    writeFileSync(file, body);
    const size = body.length;
    const script = fileURLToPath(import.meta.url);
    const args = ['--expose-gc', '--import', 'tsx', script, file];
    const { growth, outcome } = JSON.parse(
      execFileSync(process.execPath, args, { encoding: 'utf8' }),
    );
    return {
      case: what,
      MB: (size / 1e6).toFixed(1),
      'times the body': (growth / size).toFixed(1),
      outcome,
    };
  });
  rmSync(folder, { recursive: true });
  console.table(rows);
}

const [, , file] = process.argv;
if (file) parseOnce(file);
else measureAll();
