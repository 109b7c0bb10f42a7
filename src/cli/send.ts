import { printable } from '../errors.js';
import { detectFormat } from '../index.js';
import { callTypeOf } from '../model/call-types.js';
import { callStatusOf } from '../model/statuses.js';
import { withOverrides } from '../testing/sample.js';
import { encodeCdr, sampleCdr, type WireCdr } from '../testing.js';
import {
  type Arguments,
  oneOf,
  positiveInteger,
  positiveNumber,
  receiverUrl,
  UsageError,
} from './arguments.js';
import { readBodies } from './capture.js';
import { FORMATS } from './formats.js';
import { DEFAULT_TIMEOUT, type Delivery, deliver, type NamedRequest } from './request.js';
import { sentAs } from './sent-as.js';
import { paint, type Terminal, table } from './terminal.js';
import { CHARSETS, callNumberer } from './test-call.js';

/** Sends samples or captured bodies. Returns whether Voicenter would accept every answer. */
export async function send(
  { values, positionals }: Arguments<'send'>,
  terminal: Terminal,
): Promise<boolean> {
  const [address, ...files] = positionals;
  const url = receiverUrl('send', address);
  const timeout = positiveNumber('timeout', values.timeout ?? DEFAULT_TIMEOUT);
  const hasFiles = files.length > 0;
  const unused = (hasFiles ? SAMPLE_OPTIONS : FILE_OPTIONS).find(
    (option) => values[option] !== undefined,
  );
  if (unused) {
    const reason = hasFiles
      ? 'is for samples: leave it out, or the files'
      : 'is for files: leave it out, or name a file';
    throw new UsageError(`--${unused} ${reason}`);
  }
  const requests = hasFiles ? readBodies(files, values, terminal) : samples(values, terminal);
  let sent = 0;
  let accepted = 0;
  for await (const request of requests) {
    const delivery = await deliver(url, request, timeout);
    sent++;
    if (delivery.accepted) accepted++;
    for (const line of report(request, delivery, terminal)) terminal.print(line);
  }
  if (sent > 1) {
    terminal.print(`${sent} sent: ${accepted} accepted, ${sent - accepted} not accepted`);
  }
  return accepted === sent;
}

/** The options for samples only: captured bodies are sent unchanged. */
const SAMPLE_OPTIONS = ['type', 'status', 'format', 'charset', 'set', 'count'] as const;

/** The options for files only: the format and charset of a sample determine its content type. */
const FILE_OPTIONS = ['content-type', 'lines'] as const;

/** Sample calls that begin now, each with its own id. */
function* samples(
  values: Arguments<'send'>['values'],
  terminal: Terminal,
): Generator<NamedRequest> {
  const format = oneOf('format', values.format ?? 'json', FORMATS);
  const charset = oneOf('charset', values.charset ?? 'utf-8', CHARSETS);
  const calls = positiveInteger('count', values.count ?? '1');
  const overrides = overridesOf(values.set ?? []);
  const now = Date.now();
  const nextCall = callNumberer(`vcdr-send-${now.toString(36)}-`, now);
  for (let number = 1; number <= calls; number++) {
    const record = sampleCdr(
      values.type ?? 'Queue',
      values.status ?? 'ANSWER',
      withOverrides(nextCall(), overrides),
    );
    const type = String(sentAs(record, 'type')?.value);
    const status = String(sentAs(record, 'status')?.value);
    const name = `${type}, ${status}`;
    if (number === 1) reportUnknown(type, status, terminal);
    yield { name, ...encodeCdr(record, format, { charset }) };
  }
}

/** Unknown names are sent, because Voicenter adds new ones, but reported in case of a typo. */
function reportUnknown(type: string, status: string, terminal: Terminal): void {
  const unknown = [
    callTypeOf(type) === 'unknown' && `type "${type}"`,
    callStatusOf(status) === 'unknown' && `status "${status}"`,
  ];
  for (const what of unknown) if (what) terminal.report(`Sending the unknown ${printable(what)}\n`);
}

/** Parses `key=value`; the value is text, as in a form. */
function overridesOf(settings: string[]): WireCdr {
  return Object.fromEntries(
    settings.map((setting) => {
      const equals = setting.indexOf('=');
      if (equals < 1) throw new UsageError(`--set: expected key=value, received "${setting}"`);
      return [setting.slice(0, equals), setting.slice(equals + 1)];
    }),
  );
}

function report(request: NamedRequest, delivery: Delivery, terminal: Terminal): string[] {
  const { accepted, received, milliseconds } = delivery;
  const format = detectFormat(request.body, request.contentType);
  const mark = accepted
    ? ({ text: '✔ accepted', style: 'good' } as const)
    : ({ text: '✘ would be resent', style: 'bad' } as const);
  const name = printable(request.name);
  const row = [mark, `${milliseconds} ms`, format ?? 'no format', received];
  return [paint({ text: name, style: 'heading' }, terminal), ...table([row], terminal)];
}
