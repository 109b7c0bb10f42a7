import { type CommandName, SYNTAX } from './arguments.js';
import { type Terminal, table, wrap } from './terminal.js';

const PROGRAM = 'npx voicenter-cdr';

/** The list of commands, each with a short description. */
export function overview(terminal: Terminal): string[] {
  const rows = Object.entries(SYNTAX).map(([name, { brief }]) => [name, brief]);
  return [
    `Usage: ${PROGRAM} COMMAND`,
    '',
    ...table(rows, terminal),
    '',
    `${PROGRAM} COMMAND --help shows its options.`,
  ];
}

/** The help of a command, from the table that its arguments are parsed with. */
export function helpFor(command: CommandName, terminal: Terminal): string[] {
  const { usage, summary, options, examples } = SYNTAX[command];
  const rows = Object.entries<{ short?: string; value?: string; help: string }>(options).map(
    ([name, { short, value, help }]) => [
      `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`,
      help,
    ],
  );
  return [
    `Usage: ${PROGRAM} ${usage} [OPTION…]`,
    '',
    ...wrap(summary, terminal.columns),
    '',
    'Options:',
    ...table(rows, terminal),
    '',
    'Examples:',
    ...examples.map((example) => `  ${PROGRAM} ${example}`),
  ];
}
