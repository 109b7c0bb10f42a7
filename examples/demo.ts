/**
 * Starts a receiver on a free loopback port, sends it bodies of fixtures/ and sample calls over HTTP
 * in all three formats, and shows what arrived and what was answered. Ends with 1 if anything was not
 * as the fixture says, or not as the call was made.
 */
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import type { Cdr, CdrFormat } from 'voicenter-cdr';
import { encodeCdr, sampleCdr } from 'voicenter-cdr/testing';
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

const rows: Record<string, unknown>[] = [];
for (const file of BODIES) {
  const { contentType, cdr } = await expectationOf(file);
  const isRight = (arrived: Cdr | undefined) => isDeepStrictEqual(written(arrived), cdr);
  rows.push(await send(file, await readFile(new URL(file, fixtures)), contentType, isRight));
}
for (const [type, status, format] of CALLS) {
  const { body, contentType } = encodeCdr(sampleCdr(type, status), format);
  const isRight = (arrived: Cdr | undefined) =>
    arrived?.typeName === type && arrived.statusName === status && arrived.format === format;
  rows.push(await send(`${type}, ${status}`, body, contentType, isRight));
}
server.close();

console.table(rows);
const wrong = rows.filter((row) => row['as expected'] !== 'yes').length;
console.log(`${rows.length} sent, ${arrived.length} arrived, ${wrong} not as expected`);
process.exitCode = wrong === 0 ? 0 : 1;

async function send(
  what: string,
  body: string | Buffer<ArrayBuffer>,
  contentType: string | null,
  isRight: (arrived: Cdr | undefined) => boolean,
): Promise<Record<string, unknown>> {
  const arrivedBefore = arrived.length;
  const response = await fetch(url, {
    method: 'POST',
    headers: contentType ? { 'content-type': contentType } : {},
    body,
  });
  const answer = await response.text();
  const cdr = arrived[arrivedBefore];
  const err = Number(/(?:"err":|err=|<i4>)(\d)/.exec(answer)?.[1]);
  const right = response.status === 200 && err === (cdr ? 0 : 1) && isRight(cdr);
  return {
    body: what,
    call: cdr?.callId ?? '',
    type: cdr?.type ?? '',
    outcome: cdr?.outcome ?? '',
    customer: cdr?.customerPhone ?? '',
    'queue or leg': (cdr?.leg ? `leg ${cdr.leg}` : cdr?.queue?.name) ?? '',
    start: cdr?.startedAt.toISOString().slice(0, 19) ?? '',
    seconds: cdr?.durationSeconds ?? '',
    answer: `${response.headers.get('content-type')?.split(';')[0]} err ${err}`,
    'as expected': right ? 'yes' : 'NO',
  };
}

async function expectationOf(file: string): Promise<Expected> {
  const beside = file.replace(/\.\w+$/, '.expected.json');
  return JSON.parse(await readFile(new URL(beside, fixtures), 'utf8'));
}

/** A Cdr as the expectation writes it: without `raw`, and of issues where and what. */
function written(cdr: Cdr | undefined): unknown {
  if (!cdr) return undefined;
  const { raw, ...fields } = cdr;
  const issues = cdr.issues.map(({ path, code }) => ({ path, code }));
  return JSON.parse(JSON.stringify({ ...fields, issues }));
}
