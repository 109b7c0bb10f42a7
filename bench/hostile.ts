/**
 * The worst bodies within the default limits: each in a process of its own with a heap of 256 MB,
 * which has to survive, and not to be busy for more than three seconds.
 *
 *     npm run bench:hostile
 *     npm run bench:hostile -- brackets
 *
 * The exit code is 1 when a process dies or takes longer.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildAck, safeParseCdr } from 'voicenter-cdr';
import { CASES } from './growing.js';
import { HOSTILE } from './hostile-bodies.js';

/** Just below the default of `maxBytes`. */
const SIZE = 10_400_000;
const HEAP_MB = 256;
const MOST_SECONDS = 3;

const BODIES = [...HOSTILE, ...CASES.map(([what, make]) => [what, make] as const)];

/** In the process of one body: how it is read, and answered, as a receiver does. */
function parseOnce(what: string): void {
  const make = BODIES.find(([name]) => name === what)?.[1] ?? (() => '');
  const body = Buffer.from(make(SIZE)).subarray(0, SIZE);
  globalThis.gc?.();
  const before = process.resourceUsage().maxRSS;
  const from = process.cpuUsage();
  const result = safeParseCdr(body);
  buildAck(result.error ?? 0, 'json');
  const { user, system } = process.cpuUsage(from);
  const growth = (process.resourceUsage().maxRSS - before) / 1024;
  const outcome = result.success ? `read, ${result.data.issues.length} issues` : result.error.code;
  console.log(
    JSON.stringify({ MB: body.length / 1e6, seconds: (user + system) / 1e6, growth, outcome }),
  );
}

function measure(what: string): Record<string, unknown> {
  const script = fileURLToPath(import.meta.url);
  const args = [`--max-old-space-size=${HEAP_MB}`, '--expose-gc', '--import', 'tsx', script];
  const { status, stdout } = spawnSync(process.execPath, [...args, '--one', what], {
    encoding: 'utf8',
  });
  if (status !== 0) return { case: what, verdict: 'DIED' };
  const { MB, seconds, growth, outcome } = JSON.parse(stdout);
  return {
    case: what,
    MB: MB.toFixed(1),
    'seconds of CPU': seconds.toFixed(2),
    'grew by, MB': growth.toFixed(0),
    outcome,
    verdict: seconds > MOST_SECONDS ? 'TOO SLOW' : '',
  };
}

const [, , first = '', what = ''] = process.argv;
if (first === '--one') parseOnce(what);
else {
  const rows = BODIES.filter(([name]) => name.includes(first)).map(([name]) => measure(name));
  console.table(rows);
  process.exitCode = rows.some(({ verdict }) => verdict !== '') ? 1 : 0;
}
