/**
 * Starts a receiver on a free loopback port, sends it bodies from fixtures/ and sample calls over
 * HTTP in all three formats, and prints what arrived and what was answered. Exits with 1 if a
 * result differs from the fixture's expectation or from the sample call.
 */
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { type Cdr, type CdrFormat, detectFormat } from 'voicenter-cdr';
import { encodeCdr, type ParsedAck, parseAck, sampleCdr } from 'voicenter-cdr/testing';
import { type Cell, processTerminal, table } from '../src/cli/terminal.js';
import { createReceiver } from './node-http.js';

const BODIES = [
  'vendor/extension-outgoing-json.json',
  'vendor/queue-json.json',
  'vendor/queue-form-brackets.form',
  'vendor/queue-xml-rpc.xml',
  'charsets/json-utf-8.json',
  'charsets/form-windows-1255.form',
  'charsets/xml-rpc-windows-1255.xml',
  'broken/usable-negative-duration-form.form',
  'broken/json-cut-off.json',
  'broken/missing-type.form',
  'broken/xml-mismatched-tags.xml',
];

const CALLS: [type: string, status: string, format: CdrFormat][] = [
  ['Click2Call leg1', 'ANSWER', 'xml-rpc'],
  ['Click2Call leg2', 'BUSY', 'form'],
  ['VoiceMail', 'ANSWER', 'json'],
  ['Queue', 'ABANDONE', 'xml-rpc'],
  ['Queue', 'TIMEOUT', 'form'],
  ['Incoming Call', 'VOEND', 'json'],
  ['Hologram', 'ANSWER', 'xml-rpc'], // a type that the vendor has yet to add
];

interface Expected {
  contentType: string | null;
  cdr?: Record<string, unknown>;
}

const fixtures = new URL('../fixtures/', import.meta.url);
const arrived: Cdr[] = [];
const path = '/voicenter/0f1e2d3c4b5a6978';
const server = createReceiver(path, {
  save: (cdr) => arrived.push(cdr),
  onError: () => {}, // the table shows what was answered
}).listen(0, '127.0.0.1');
await new Promise((listening) => server.once('listening', listening));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

const sent: Sent[] = [];
for (const file of BODIES) {
  const { contentType, cdr } = await expectationOf(file);
  const isRight = (arrived: Cdr | undefined) => isDeepStrictEqual(written(arrived), cdr);
  sent.push(await send(file, await readFile(new URL(file, fixtures)), contentType, isRight));
}
for (const [type, status, format] of CALLS) {
  const { body, contentType } = encodeCdr(sampleCdr(type, status), format);
  const isRight = (arrived: Cdr | undefined) =>
    arrived?.typeName === type && arrived.statusName === status && arrived.format === format;
  sent.push(await send(`${type}, ${status}, ${format}`, body, contentType, isRight));
}
server.close();

const terminal = { ...processTerminal(process), columns: 100 };
const heading = ['', 'BODY', 'START, UTC', 'CUSTOMER', 'OUTCOME', 'ANSWER'];
const rows = sent.map(({ isRight, what, cdr, answer }): Cell[] => [
  isRight ? { text: '✔', style: 'good' } : { text: '✘', style: 'bad' },
  what,
  cdr?.startedAt.toISOString().slice(0, 16).replace('T', ' ') ?? '',
  cdr?.customerPhone ?? '',
  cdr?.outcome ?? '',
  `err ${answer.err}`,
]);
const headings = heading.map((text): Cell => ({ text, style: 'heading' }));
for (const line of table([headings, ...rows], terminal)) terminal.print(line);

const wrong = sent.filter(({ isRight }) => !isRight).length;
const refused = sent.length - arrived.length;
terminal.print(
  wrong === 0
    ? `\n${arrived.length} accepted, ${refused} refused as expected`
    : `\n${wrong} of ${sent.length} NOT as expected`,
);
process.exitCode = wrong === 0 ? 0 : 1;

/** A body that was sent, the record that arrived, and the answer. */
interface Sent {
  what: string;
  cdr: Cdr | undefined;
  answer: ParsedAck;
  /** Whether both are as expected. */
  isRight: boolean;
}

async function send(
  what: string,
  body: string | Buffer<ArrayBuffer>,
  contentType: string | null,
  isExpected: (arrived: Cdr | undefined) => boolean,
): Promise<Sent> {
  const arrivedBefore = arrived.length;
  const headers = contentType ? { 'content-type': contentType } : {};
  const response = await fetch(url, { method: 'POST', headers, body });
  const answer = parseAck(await response.text(), response.headers.get('content-type'));
  const cdr = arrived[arrivedBefore];
  const isAnswered = response.status === 200 && answer.format === detectFormat(body, contentType);
  const isRight = isAnswered && answer.err === (cdr ? 0 : 1) && isExpected(cdr);
  return { what, cdr, answer, isRight };
}

async function expectationOf(file: string): Promise<Expected> {
  const beside = file.replace(/\.\w+$/, '.expected.json');
  return JSON.parse(await readFile(new URL(beside, fixtures), 'utf8'));
}

/** A Cdr as in the expectation files: without `raw`, and only path and code of each issue. */
function written(cdr: Cdr | undefined): unknown {
  if (!cdr) return undefined;
  const { raw, ...fields } = cdr;
  const issues = cdr.issues.map(({ path, code }) => ({ path, code }));
  return JSON.parse(JSON.stringify({ ...fields, issues }));
}
