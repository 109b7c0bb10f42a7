import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Check, planChecks } from '../src/cli/checks.js';
import { type ExitCode, run } from '../src/cli/run.js';
import { runChecks } from '../src/cli/run-checks.js';
import type { Terminal } from '../src/cli/terminal.js';
import { testCalls } from '../src/cli/test-requests.js';

/** What a command wrote, and how it ended. */
export interface Output {
  code: ExitCode;
  out: string;
  err: string;
}

/** A terminal of 80 columns without colors that keeps what is written to it. */
export function recordingTerminal(given: Partial<Terminal> & { input?: Uint8Array | string } = {}) {
  const written = { out: '', err: '' };
  const { input, ...rest } = given;
  const terminal: Terminal = {
    stdin: input === undefined ? null : once(Buffer.from(input)),
    print: (line) => {
      written.out += `${line}\n`;
    },
    report: (text) => {
      written.err += text;
    },
    columns: 80,
    colors: false,
    showProgress: false,
    ...rest,
  };
  return { terminal, written };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Runs the command as a user would type it. */
export async function command(
  args: string[],
  given?: Parameters<typeof recordingTerminal>[0],
): Promise<Output> {
  const { terminal, written } = recordingTerminal(given);
  const code = await run(args, terminal);
  return { code, ...written };
}

/** A request as a receiver sees it. */
export interface ReceivedRequest {
  method: string;
  path: string;
  contentType: string | undefined;
  body: Buffer;
}

/** What a receiver answers; null for never. */
export type Answer = { status?: number; contentType?: string; body: string } | null;

/** Starts a receiver on a free port. */
export async function listen(answer: (request: ReceivedRequest) => Answer | Promise<Answer>) {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const request = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      contentType: incoming.headers['content-type'],
      body: await buffer(incoming),
    };
    requests.push(request);
    const answered = await answer(request);
    if (answered === null) return;
    const { status = 200, contentType = 'application/json', body } = answered;
    response.writeHead(status, { 'content-type': contentType }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/cdr`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Every check, with each type and each status once: all combinations are a thousand requests. */
const FEWER_REQUESTS: Check[] = planChecks(testCalls('vcdr-test-', 0)).map((check) => ({
  ...check,
  requests: check.requests.filter(
    ({ what }, index) => !check.name.startsWith('All types') || index < 18 || / BUSY/.test(what),
  ),
}));

/** The names of the checks that a receiver fails, and how many records it acknowledged. */
export async function failedChecks(url: string, timeout = 20) {
  const { terminal } = recordingTerminal();
  const { findings, records } = await runChecks(FEWER_REQUESTS, new URL(url), timeout, terminal);
  const failed = findings.filter(({ passed }) => !passed);
  return {
    failures: failed.filter(({ warning }) => !warning).map(({ name }) => name),
    warnings: failed.filter(({ warning }) => warning).map(({ name }) => name),
    records,
  };
}
