import { type Arguments, positiveNumber, receiverUrl, UsageError } from './arguments.js';
import { planChecks } from './checks.js';
import { DEFAULT_TIMEOUT } from './request.js';
import { type CheckResults, type Finding, runChecks } from './run-checks.js';
import { type Cell, count, paint, type Terminal, table, wrap } from './terminal.js';
import { TEST_DEPARTMENT, testCalls } from './test-requests.js';

/** Tests a receiver by its answers. Returns false if a check fails. */
export async function check(
  { values, positionals }: Arguments<'check'>,
  terminal: Terminal,
): Promise<boolean> {
  const [address, extra] = positionals;
  const url = receiverUrl('check', address);
  if (extra !== undefined) throw new UsageError(`check takes one URL, received "${extra}" too`);
  const timeout = positiveNumber('timeout', values.timeout ?? DEFAULT_TIMEOUT);
  if (!values.yes && !isLoopback(url)) {
    throw new UsageError(`${url.hostname} is not this machine: --yes sends test calls to it`);
  }
  const now = Date.now();
  const prefix = `vcdr-check-${now.toString(36)}-`;
  const checks = planChecks(testCalls(prefix, now));
  const announcement = [
    `Sends ${count(checks.flatMap(({ requests }) => requests).length, 'request')} to ${url.href}`,
    `Every id begins with ${prefix}`,
    `Every department is "${TEST_DEPARTMENT}"`,
  ];
  for (const line of announcement) {
    if (values.json) terminal.report(`${line}\n`);
    else terminal.print(line);
  }

  const results = await runChecks(checks, url, timeout, terminal);
  const { findings } = results;
  const passed = findings.every((finding) => finding.passed || finding.warning);
  if (values.json) terminal.print(JSON.stringify({ passed, checks: findings }));
  else for (const line of report(results, prefix, terminal)) terminal.print(line);
  return passed;
}

/** Whether a URL points to this machine. */
function isLoopback({ hostname }: URL): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

const MARKS = {
  passed: { text: '✔', style: 'good' },
  warning: { text: '!', style: 'doubtful' },
  failed: { text: '✘', style: 'bad' },
} as const satisfies Record<string, Cell>;

function markOf({ passed, warning }: Finding): keyof typeof MARKS {
  if (passed) return 'passed';
  return warning ? 'warning' : 'failed';
}

function report(
  { findings, records, cause }: CheckResults,
  prefix: string,
  terminal: Terminal,
): string[] {
  const heading = [' ', 'CHECK', 'EXPECTED', 'RECEIVED'];
  const rows = findings.map((finding) => [
    MARKS[markOf(finding)],
    finding.name,
    finding.expected,
    finding.received,
  ]);
  const notPassed = findings.filter(({ passed }) => !passed);
  const countOf = (mark: keyof typeof MARKS) =>
    findings.filter((finding) => markOf(finding) === mark).length;
  const verdict = `${countOf('passed')} passed, ${count(countOf('warning'), 'warning')}, ${countOf('failed')} failed`;
  // A record is also stored if only its answer came too late.
  const atLeast = notPassed.length > 0 ? 'at least ' : '';
  const storedHint = `Answers do not show what was stored. Look for ids that begin with ${prefix}: there should be ${atLeast}${count(records, 'record')}, each once, with readable Hebrew. Then delete them.`;
  return [
    '',
    ...table([heading.map((text) => ({ text, style: 'heading' })), ...rows], terminal),
    '',
    ...(cause === null
      ? [
          ...notPassed.flatMap((finding) => meaningLines(finding, terminal)),
          ...wrap(storedHint, terminal.columns),
        ]
      : wrap(cause, terminal.columns)),
    '',
    paint({ text: verdict, style: countOf('failed') > 0 ? 'bad' : 'good' }, terminal),
  ];
}

function meaningLines(finding: Finding, terminal: Terminal): string[] {
  const mark = paint(MARKS[markOf(finding)], terminal);
  const lines = wrap(finding.meaning, terminal.columns - 4);
  return [`${mark} ${finding.name}`, ...lines.map((line) => `    ${line}`), ''];
}
