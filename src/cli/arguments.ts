import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Wrong usage of the command: exit code 2. */
export class UsageError extends Error {}

/** The command failed: exit code 1. */
export class CommandError extends Error {}

/** An option of a command. */
interface Option {
  type: 'string' | 'boolean';
  multiple?: true;
  short?: string;
  /** The placeholder for its value in the help. */
  value?: string;
  help: string;
}

/** The syntax of a command. */
interface Syntax {
  usage: string;
  /** Its line in the list of commands. */
  brief: string;
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

const TIMEOUT = {
  type: 'string',
  value: 'SECONDS',
  help: 'how long an answer may take (default: 5)',
} as const;

/** Every command and its options, for both the parser and the help. */
export const SYNTAX = {
  inspect: {
    usage: 'inspect [FILE…]',
    brief: 'show how a body is read',
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
  send: {
    usage: 'send URL [FILE…]',
    brief: 'send samples or captured bodies to a receiver',
    summary:
      'Sends a sample call, or the bodies of each FILE unchanged, as Voicenter would. ' +
      'Shows each answer, and whether Voicenter would accept it or send the record again. - reads standard input.',
    options: {
      type: { type: 'string', value: 'TYPE', help: 'call type of the sample (default: Queue)' },
      status: { type: 'string', value: 'STATUS', help: 'its status (default: ANSWER)' },
      format: { type: 'string', value: 'FORMAT', help: 'json, xml-rpc or form (default: json)' },
      charset: {
        type: 'string',
        value: 'CHARSET',
        help: 'utf-8, windows-1255 or iso-8859-8 (default: utf-8)',
      },
      set: {
        type: 'string',
        multiple: true,
        value: 'KEY=VALUE',
        help: 'a value of the sample by its wire key; can be repeated',
      },
      count: { type: 'string', value: 'NUMBER', help: 'how many different calls (default: 1)' },
      ...READING,
      timeout: TIMEOUT,
      help: HELP,
    },
    examples: [
      'send http://localhost:3000/cdr --type XferCDR --status BUSY',
      'send http://localhost:3000/cdr --set price=12.5 --count 3',
      'send http://localhost:3000/cdr set-aside.jsonl',
    ],
  },
  check: {
    usage: 'check URL',
    brief: 'test a receiver, in any language',
    summary:
      'Sends a receiver, in any language, all that Voicenter may send, and judges its answers. ' +
      'Exits with 1 if a check fails.',
    options: {
      yes: { type: 'boolean', short: 'y', help: 'send to a host other than this machine' },
      timeout: TIMEOUT,
      json: { type: 'boolean', help: 'the results as JSON, for CI' },
      help: HELP,
    },
    examples: ['check http://localhost:3000/cdr', 'check https://staging.example.com/cdr --yes'],
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

/**
 * A number above 0.
 *
 * @throws UsageError for anything else
 */
export function positiveNumber(option: string, value: string): number {
  const number = Number(value);
  if (number > 0 && number < Number.MAX_SAFE_INTEGER) return number;
  throw new UsageError(`--${option}: expected a number above 0, received "${value}"`);
}

/**
 * A whole number above 0.
 *
 * @throws UsageError for anything else
 */
export function positiveInteger(option: string, value: string): number {
  const number = positiveNumber(option, value);
  if (Number.isInteger(number)) return number;
  throw new UsageError(`--${option}: expected a whole number, received "${value}"`);
}

/**
 * One of the given names.
 *
 * @throws UsageError for any other name
 */
export function oneOf<T extends string>(option: string, value: string, names: readonly T[]): T {
  const name = names.find((known) => known === value);
  if (name !== undefined) return name;
  throw new UsageError(`--${option}: expected ${names.join(', ')}, received "${value}"`);
}

/**
 * The address of a receiver.
 *
 * @throws UsageError for a missing URL, or one that is not http or https
 */
export function receiverUrl(command: 'send' | 'check', url: string | undefined): URL {
  if (url === undefined) throw new UsageError(`${command} needs the URL of a receiver`);
  if (!/^https?:/i.test(url) || !URL.canParse(url)) {
    throw new UsageError(`Expected an http or https URL, received "${url}"`);
  }
  return new URL(url);
}
