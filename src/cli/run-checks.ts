import { cdrKey, safeParseCdr } from '../index.js';
import { CommandError } from './arguments.js';
import { type Check, EXPECTATIONS } from './checks.js';
import { type Delivery, deliver } from './request.js';
import { count, progressBar, type Terminal } from './terminal.js';
import type { CheckRequest } from './test-requests.js';

/** The result of a check, as `--json` prints it. */
export interface Finding {
  name: string;
  passed: boolean;
  /** Whether a failure is only a warning. */
  warning?: true;
  expected: string;
  received: string;
  /** What a failure means for the user. */
  meaning: string;
}

/** The results of all checks. */
export interface CheckResults {
  findings: Finding[];
  /** How many records were acknowledged, without copies. */
  records: number;
  /** What is wrong with every answer; null if they differ. */
  cause: string | null;
}

/** Runs the checks. */
export async function runChecks(
  checks: Check[],
  url: URL,
  timeout: number,
  terminal: Terminal,
): Promise<CheckResults> {
  const progress = progressBar(checks.flatMap(({ requests }) => requests).length, terminal);
  const all: Attempt[] = [];
  const findings: Finding[] = [];
  for (const check of checks) {
    const attempts = await attemptsOf(check, async (request) => {
      const address = request.wrongPath ? new URL('/vcdr-check-wrong-path', url) : url;
      const delivery = await deliver(address, request, timeout, request.method);
      progress.advance(check.name);
      return delivery;
    });
    if (all.length === 0 && attempts[0]?.delivery.unreachable) {
      progress.clear();
      throw new CommandError(`Cannot connect to ${url.href}: ${attempts[0].delivery.received}`);
    }
    all.push(...attempts);
    findings.push(findingOf(check, attempts));
  }
  progress.clear();
  return {
    findings: [...findings, timing(all, timeout)],
    records: countRecords(all),
    cause: commonCause(all),
  };
}

interface Attempt {
  request: CheckRequest;
  delivery: Delivery;
}

/** Failures after which a check stops, because each one can take as long as the timeout. */
const ENOUGH_FAILURES = 5;

async function attemptsOf(
  { expects, requests, atOnce = 1 }: Check,
  send: (request: CheckRequest) => Promise<Delivery>,
): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  const isFailure = ({ delivery }: Attempt) => !EXPECTATIONS[expects].isMet(delivery);
  for (let next = 0; next < requests.length; next += atOnce) {
    const sent = requests
      .slice(next, next + atOnce)
      .map(async (request) => ({ request, delivery: await send(request) }));
    attempts.push(...(await Promise.all(sent)));
    if (attempts.filter(isFailure).length >= ENOUGH_FAILURES) break;
  }
  return attempts;
}

function findingOf({ name, meaning, expects, warning }: Check, attempts: Attempt[]): Finding {
  const { text, isMet } = EXPECTATIONS[expects];
  const failed = attempts.filter(({ delivery }) => !isMet(delivery));
  return {
    name,
    passed: failed.length === 0,
    ...(warning && { warning }),
    expected: text,
    received: failed[0] ? failureText(failed, failed[0], attempts.length) : summaryOf(attempts),
    meaning,
  };
}

function failureText(failed: Attempt[], first: Attempt, sent: number): string {
  const counts = new Map<string, number>();
  for (const { delivery } of failed) {
    counts.set(delivery.received, (counts.get(delivery.received) ?? 0) + 1);
  }
  const causes = [...counts].map(([received, times]) => `${times} × ${received}`);
  const text = causes.length === 1 ? first.delivery.received : causes.join(', ');
  return sent === 1 ? text : `${failed.length} of ${sent}: ${text} (${first.request.what})`;
}

function summaryOf(attempts: Attempt[]): string {
  const received = new Set(
    attempts.map(({ delivery: { err, received } }) => (err === null ? received : `err ${err}`)),
  );
  return `${attempts.length} × ${[...received].join(', ')}`;
}

function timing(attempts: Attempt[], timeout: number): Finding {
  const late = attempts.filter(({ delivery }) => delivery.timedOut).length;
  const slowest = Math.max(...attempts.map(({ delivery }) => delivery.milliseconds));
  return {
    name: 'Answers in time',
    passed: late === 0,
    expected: `within ${timeout} s`,
    received: late > 0 ? `${count(late, 'answer')} too late` : `the slowest took ${slowest} ms`,
    meaning:
      'Late answers are ignored: answer as soon as the record is stored, and process it afterwards.',
  };
}

/** What is wrong if no request gets a valid answer, and all get the same one; null otherwise. */
function commonCause(attempts: Attempt[]): string | null {
  const [first, ...others] = attempts
    .filter(({ request }) => request.method !== 'GET' && !request.wrongPath)
    .map(({ delivery }) => delivery);
  const isCommon = others.every(({ received }) => received === first?.received);
  if (!first || first.err !== null || !isCommon) return null;
  return `Every answer was the same: ${first.received}. Check the path, and what the receiver logs.`;
}

/** Counts the records that were acknowledged, without copies. */
function countRecords(attempts: Attempt[]): number {
  const accepted = attempts.filter(({ delivery }) => delivery.accepted);
  const keys = accepted.flatMap(({ request: { body, contentType } }) => {
    const result = safeParseCdr(body, contentType);
    return result.success ? cdrKey(result.data) : [];
  });
  return new Set(keys).size;
}
