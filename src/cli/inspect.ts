import { printable } from '../errors.js';
import {
  type Ack,
  buildAck,
  type Cdr,
  type CdrIssue,
  type CdrParseError,
  cdrKey,
  detectFormat,
  type ParseOptions,
} from '../index.js';
import { type Clock, checkTimeZone } from '../model/time.js';
import { type ParseReport, parseWithReport } from '../parse.js';
import { type Arguments, UsageError } from './arguments.js';
import { readBodies } from './capture.js';
import { FORMAT_NAMES } from './formats.js';
import { type FieldRow, fieldRows } from './record-rows.js';
import type { NamedRequest } from './request.js';
import { sentAs } from './sent-as.js';
import { type Cell, count, paint, type Style, type Terminal, table } from './terminal.js';

/** Shows how each body is read. Returns false if any of them cannot be read. */
export async function inspect(
  { values, positionals }: Arguments<'inspect'>,
  terminal: Terminal,
): Promise<boolean> {
  const timeZone = values['time-zone'];
  const options = timeZone === undefined ? {} : { timeZone: knownZone(timeZone) };
  const files = positionals.length > 0 ? positionals : ['-'];
  let bodies = 0;
  let refused = 0;
  for await (const captured of readBodies(files, values, terminal)) {
    const inspection = inspectBody(captured, options);
    bodies++;
    if (inspection.ack.err !== 0) refused++;
    const lines = values.json ? jsonLines(inspection) : report(inspection, terminal);
    for (const line of lines) terminal.print(line);
  }
  if (bodies > 1 && !values.json) {
    terminal.print(`${bodies} bodies: ${bodies - refused} readable, ${refused} refused`);
  }
  return refused === 0;
}

function knownZone(timeZone: string): string {
  try {
    checkTimeZone(timeZone);
    return timeZone;
  } catch {
    throw new UsageError(`--time-zone: expected the name of a time zone, received "${timeZone}"`);
  }
}

/** A body, the records in it, and the answer to it. */
interface Inspection extends NamedRequest, ParseReport {
  ack: Ack;
}

function inspectBody(captured: NamedRequest, options: ParseOptions): Inspection {
  const { body, contentType } = captured;
  const parsed = parseWithReport(body, contentType, options);
  const failed = parsed.records.find(({ result }) => !result.success);
  return { ...captured, ...parsed, ack: buildAck(failed?.result.error, parsed.format) };
}

/** A line for each record of the body; nearly always there is only one. */
function jsonLines({ name, format, charset, records, ack }: Inspection): string[] {
  return records.map(({ result, clock }) =>
    JSON.stringify({
      file: name,
      format,
      charset,
      clock,
      ...(result.success ? { cdr: result.data } : { error: errorJson(result.error) }),
      key: result.success ? cdrKey(result.data) : null,
      ack,
    }),
  );
}

function errorJson({ code, message, issues }: CdrParseError) {
  return { code, message, issues };
}

function report(inspection: Inspection, terminal: Terminal): string[] {
  const { name, ack } = inspection;
  return [
    paint({ text: printable(name), style: 'heading' }, terminal),
    ...summary(
      { format: formatText(inspection), charset: charsetText(inspection), answer: answerText(ack) },
      terminal,
    ),
    ...inspection.records.flatMap(({ result, clock }) =>
      result.success
        ? recordLines(result.data, clock, terminal)
        : refusalLines(result.error, terminal),
    ),
    '',
  ];
}

/** Lines of labels and values, aligned in the same columns in every summary. */
function summary(values: Record<string, string>, terminal: Terminal): string[] {
  return table(
    Object.entries(values).map(([label, value]) => [label.padEnd('charset'.length), value]),
    terminal,
  );
}

function recordLines(cdr: Cdr, clock: Clock | null, terminal: Terminal): string[] {
  const { values, nulls } = fieldRows(cdr);
  const { issues } = cdr;
  const issueCount = issues.length > 0 ? `, ${count(issues.length, 'issue')}` : '';
  return [
    ...summary({ clock: clockText(cdr, clock), key: cdrKey(cdr) }, terminal),
    '',
    ...fieldTable('VALUE', values, terminal),
    '',
    ...fieldTable('NULL BECAUSE', nulls, terminal, 'quiet'),
    ...issueLines(issues, terminal),
    '',
    paint({ text: `✔ readable${issueCount}`, style: 'good' }, terminal),
  ];
}

function refusalLines(error: CdrParseError, terminal: Terminal): string[] {
  return [
    ...issueLines(error.issues, terminal),
    '',
    paint({ text: `✘ refused: ${error.code}`, style: 'bad' }, terminal),
  ];
}

function fieldTable(title: string, rows: FieldRow[], terminal: Terminal, style?: Style): string[] {
  const heading = ['FIELD', 'WIRE KEY', title].map((text): Cell => ({ text, style: 'heading' }));
  const cells = rows.map((row) => row.map((text): Cell => (style ? { text, style } : text)));
  return table([heading, ...cells], terminal);
}

function issueLines(issues: CdrIssue[], terminal: Terminal): string[] {
  if (issues.length === 0) return [];
  const lines = issues.map(({ message }): Cell[] => [{ text: message, style: 'doubtful' }]);
  return ['', ...table([[{ text: 'ISSUES', style: 'heading' }], ...lines], terminal)];
}

/** The format, and how it was determined. */
function formatText({ format, contentType }: Inspection): string {
  if (format === null) return 'not JSON, XML-RPC or a form';
  const declared = detectFormat('', contentType);
  const sent = contentType === null ? 'no Content-Type' : `not ${contentType}`;
  const how = declared === format ? `from ${contentType}` : `detected from the body: ${sent}`;
  return printable(`${FORMAT_NAMES[format]}, ${how}`);
}

function answerText({ headers, err, errdesc }: Ack): string {
  return `${headers['content-type'].split(';')[0]}, err ${err}: ${errdesc}`;
}

const CHARSET_SOURCES = {
  bom: 'from its byte order mark',
  'content-type': 'from the Content-Type',
  declaration: 'from the XML declaration',
  bytes: 'from its bytes',
  guess: 'a guess from its bytes',
  default: 'the default',
} as const;

function charsetText({ charset }: Inspection): string {
  return charset === null ? 'unknown' : `${charset.name}, ${CHARSET_SOURCES[charset.source]}`;
}

const CLOCKS: Record<Clock, string> = {
  Israel: "Israel's wall clock, as Voicenter sends it",
  UTC: 'true UTC: it lies hours before the clock in the id',
  offset: 'from its own offset',
  option: 'in the zone of --time-zone',
};

function clockText({ raw }: Cdr, clock: Clock | null): string {
  const sent = printable(String(sentAs(raw, 'time')?.value));
  return clock === null ? sent : `${sent} is ${CLOCKS[clock]}`;
}
