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

/** Runs the checks. `records` is how many records were acknowledged, without copies. */
export async function runChecks(
  checks: Check[],
  url: URL,
  timeout: number,
  terminal: Terminal,
): Promise<{ findings: Finding[]; records: number }> {
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
  return { findings: [...findings, timing(all, timeout)], records: countRecords(all) };
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
    received: failed[0]
      ? failureText(failed[0], failed.length, attempts.length)
      : summaryOf(attempts),
    meaning,
  };
}

function failureText({ request, delivery }: Attempt, failed: number, sent: number): string {
  if (sent === 1) return delivery.received;
  return `${failed} of ${sent}: ${delivery.received} (${request.what})`;
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

/** How many records were acknowledged, without copies. */
function countRecords(attempts: Attempt[]): number {
  const accepted = attempts.filter(({ delivery }) => delivery.accepted);
  const keys = accepted.flatMap(({ request: { body, contentType } }) => {
    const result = safeParseCdr(body, contentType);
    return result.success ? cdrKey(result.data) : [];
  });
  return new Set(keys).size;
}
