import * as util from 'node:util';

/** The input and output of the command; tests replace it. */
export interface Terminal {
  /** Standard input; null if it is interactive. */
  stdin: AsyncIterable<Uint8Array> | null;
  /** Prints a line of results. */
  print(line: string): void;
  /** Prints text to standard error, without a line break. */
  report(text: string): void;
  /** The width of a line, in columns. */
  columns: number;
  /** Whether to print results in color. */
  colors: boolean;
  /** Whether standard error is a terminal. */
  showProgress: boolean;
}

/** The parts of a process that a terminal needs. */
interface Streams {
  stdin: AsyncIterable<Uint8Array> & { isTTY?: boolean };
  stdout: Output;
  stderr: Output;
  env: Record<string, string | undefined>;
}

interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** The terminal of a process. */
export function processTerminal({ stdin, stdout, stderr, env }: Streams): Terminal {
  return {
    stdin: stdin.isTTY ? null : stdin,
    print: (line) => void stdout.write(`${line}\n`),
    report: (text) => void stderr.write(text),
    columns: Math.max(stdout.columns ?? 80, 60),
    // Node before 20.12 has no styleText. NO_COLOR counts unless empty (https://no-color.org).
    colors: stdout.isTTY === true && !env['NO_COLOR'] && 'styleText' in util,
    showProgress: stderr.isTTY === true,
  };
}

/** The text styles, by purpose. */
const STYLES = {
  heading: 'bold',
  good: 'green',
  bad: 'red',
  doubtful: 'yellow',
  quiet: 'gray',
} as const;

export type Style = keyof typeof STYLES;

/** A text with or without a style. */
export type Cell = string | { text: string; style: Style };

/** The text to print for a cell, in color if enabled. */
export function paint(cell: Cell, { colors }: Pick<Terminal, 'colors'>): string {
  if (typeof cell === 'string') return cell;
  // Without validateStream, newer versions of Node would decide again whether to use colors.
  return colors
    ? util.styleText(STYLES[cell.style], cell.text, { validateStream: false })
    : cell.text;
}

/**
 * Formats rows as aligned lines that fit the terminal; the last column wraps. Put Hebrew there:
 * a terminal that writes it from right to left would move the text after it.
 */
export function table(rows: Cell[][], terminal: Pick<Terminal, 'columns' | 'colors'>): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.slice(0, -1).forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(textOf(cell)));
    });
  }
  return rows.flatMap((row) => {
    const last = row.at(-1) ?? '';
    const before = row.slice(0, -1).map((cell, column) => {
      const padding = ' '.repeat((widths[column] ?? 0) - widthOf(textOf(cell)));
      return paint(cell, terminal) + padding + GAP;
    });
    const start = widths
      .slice(0, before.length)
      .reduce((sum, width) => sum + width + GAP.length, 0);
    const room = terminal.columns - GAP.length - start;
    return wrap(textOf(last), room, MAX_LINES).map((text, line) => {
      const left = line === 0 ? before.join('') : ' '.repeat(start);
      return (GAP + left + paint(restyle(last, text), terminal)).trimEnd();
    });
  });
}

/** Goes between two columns, and before the first. */
const GAP = '  ';

/** The maximum number of lines for a value: enough for a call summary, not for a transcript. */
const MAX_LINES = 4;

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

function restyle(cell: Cell, text: string): Cell {
  return typeof cell === 'string' ? text : { ...cell, text };
}

function widthOf(text: string): number {
  return [...text].length;
}

/** Truncates a text to a width, with an ellipsis. */
function shorten(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`;
}

/** Wraps a text at spaces to fit a width; longer words are split. */
export function wrap(text: string, width: number, maxLines = Number.POSITIVE_INFINITY): string[] {
  const pieces = text.split(' ').flatMap((word) => chunks(word, width));
  const lines: string[] = [];
  let line: string | undefined;
  for (const piece of pieces) {
    const longer: string = line === undefined ? piece : `${line} ${piece}`;
    if (line !== undefined && widthOf(longer) > width) {
      lines.push(line);
      line = piece;
    } else line = longer;
  }
  lines.push(line ?? '');
  if (lines.length <= maxLines) return lines;
  const rest = lines.slice(maxLines - 1).join(' ');
  return [...lines.slice(0, maxLines - 1), shorten(rest, width)];
}

/** Splits a word into pieces of the given width. */
function chunks(word: string, width: number): string[] {
  const characters = [...word];
  const pieces: string[] = [];
  for (let from = 0; from < characters.length; from += width) {
    pieces.push(characters.slice(from, from + width).join(''));
  }
  return pieces.length > 0 ? pieces : [''];
}

/** `1 record`, `1,026 records`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

const BAR = 24;

/** A progress bar; does nothing if standard error is not a terminal. */
export function progressBar(total: number, terminal: Terminal) {
  if (!terminal.showProgress) return { advance: () => {}, clear: () => {} };
  let done = 0;
  const clear = () => terminal.report('\r\u001B[K'); // moves to the start of the line and erases it
  return {
    /** Counts one more as done. */
    advance(label: string): void {
      done++;
      const filled = Math.round((BAR * done) / total);
      const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
      clear();
      terminal.report(shorten(`${bar}  ${done}/${total}  ${label}`, terminal.columns - 1));
    },
    /** Erases the bar before results are printed. */
    clear,
  };
}
