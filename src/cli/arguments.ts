import { type ParseArgsConfig, parseArgs } from 'node:util';

/** What somebody typed is not what the command takes: exit code 2. */
export class UsageError extends Error {}

/** What was asked for could not be done: exit code 1. */
export class CommandError extends Error {}

/** An option of a command. */
interface Option {
  type: 'string' | 'boolean';
  multiple?: true;
  short?: string;
  /** What the help calls its value. */
  value?: string;
  help: string;
}

/** How a command is called. */
interface Syntax {
  usage: string;
  summary: string;
  options: Record<string, Option>;
  examples: string[];
}

const HELP = { type: 'boolean', short: 'h', help: 'show this help' } as const;

/** How bodies are read from files; see capture.ts. */
const READING = {
  'content-type': {
    type: 'string',
    value: 'TYPE',
    help: 'the Content-Type that bare bodies were sent with',
  },
  lines: { type: 'boolean', help: 'each line of a file is a bare body' },
} as const;

/** Every command and its options: what is parsed, and what the help says. */
export const SYNTAX = {
  inspect: {
    usage: 'inspect [FILE…]',
    summary:
      'Shows what the parser makes of each body: its fields, what is null and why, its issues, and the answer. ' +
      'Reads standard input without a FILE. A FILE is a bare body, or a capture: a JSON object with contentType and body (or base64) on each line.',
    options: {
      ...READING,
      'time-zone': {
        type: 'string',
        value: 'ZONE',
        help: "the time zone that `time` counts in (default: Israel's, as sent)",
      },
      json: { type: 'boolean', help: 'one line of JSON per body, for programs' },
      help: HELP,
    },
    examples: ['inspect body.xml', 'inspect --json capture.jsonl | jq .cdr.outcome'],
  },
} as const satisfies Record<string, Syntax>;

export type CommandName = keyof typeof SYNTAX;

type OptionsOf<C extends CommandName> = (typeof SYNTAX)[C]['options'];

/** The arguments of a command. */
export type Arguments<C extends CommandName> = ReturnType<typeof parseCommandLine<OptionsOf<C>>>;

/**
 * Reads the arguments of a command.
 *
 * @throws UsageError for an option that the command does not have, or that lacks its value
 */
export function parseCommandLine<T extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: T,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    // The first sentence says what is wrong; the others are about quoting.
    const [message = ''] = String(error instanceof Error ? error.message : error).split(/\. |\n/);
    throw new UsageError(message);
  }
}
