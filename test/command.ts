import { type ExitCode, run } from '../src/cli/run.js';
import type { Terminal } from '../src/cli/terminal.js';

/** What a command wrote, and how it ended. */
export interface Output {
  code: ExitCode;
  out: string;
  err: string;
}

/** A terminal of 80 columns without colours that keeps what is written to it. */
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
