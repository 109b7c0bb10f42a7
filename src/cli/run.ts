import { printable } from '../errors.js';
import { type CommandName, parseCommandLine, SYNTAX, UsageError } from './arguments.js';
import { check } from './check.js';
import { helpFor, overview } from './help.js';
import { inspect } from './inspect.js';
import { send } from './send.js';
import type { Terminal } from './terminal.js';

/** 0: success; 1: something failed; 2: wrong usage. */
export type ExitCode = 0 | 1 | 2;

const COMMANDS: Record<CommandName, (args: string[], terminal: Terminal) => Promise<boolean>> = {
  inspect: (args, terminal) => inspect(parseCommandLine(args, SYNTAX.inspect.options), terminal),
  send: (args, terminal) => send(parseCommandLine(args, SYNTAX.send.options), terminal),
  check: (args, terminal) => check(parseCommandLine(args, SYNTAX.check.options), terminal),
};

/** Runs a command. An error is reported in one line on standard error, and by the exit code. */
export async function run(args: string[], terminal: Terminal): Promise<ExitCode> {
  const [name = '', ...rest] = args;
  try {
    if (['', '-h', '--help', 'help'].includes(name)) {
      for (const line of overview(terminal)) terminal.print(line);
      return name === '' ? 2 : 0;
    }
    if (!isCommand(name)) {
      throw new UsageError(`Expected inspect, send or check, received "${name}"`);
    }
    if (rest.includes('--help') || rest.includes('-h')) {
      for (const line of helpFor(name, terminal)) terminal.print(line);
      return 0;
    }
    return (await COMMANDS[name](rest, terminal)) ? 0 : 1;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    terminal.report(`voicenter-cdr: ${printable(message.split('\n')[0] ?? '')}\n`);
    if (!(error instanceof UsageError)) return 1;
    terminal.report(`See npx voicenter-cdr ${isCommand(name) ? `${name} ` : ''}--help\n`);
    return 2;
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
