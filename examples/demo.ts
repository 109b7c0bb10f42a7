/**
 * Starts a receiver on a free loopback port, sends it bodies of fixtures/ over HTTP in all three
 * formats, and shows what arrived and what was answered. Ends with 1 if anything was not as the
 * fixture says.
 */
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import type { Cdr } from 'voicenter-cdr';
import { createReceiver } from './node-http.js';

const BODIES = [
  'vendor/extension-outgoing-json.json',
  'vendor/queue-json.json',
  'vendor/queue-form-brackets.form',
  'vendor/queue-xml-rpc.xml',
  'types/click2call-leg1.xml',
  'types/click2call-leg2.form',
  'types/voicemail.json',
  'statuses/abandone.xml',
  'statuses/timeout.form',
  'statuses/voend.xml',
  'types/unknown.json',
  'charsets/json-utf-8.json',
  'charsets/form-windows-1255.form',
  'charsets/xml-rpc-windows-1255.xml',
  'broken/usable-negative-duration-form.form',
  'broken/json-cut-off.json',
  'broken/missing-type.form',
  'broken/xml-mismatched-tags.xml',
];

interface Expected {
  contentType: string | null;
  cdr?: Record<string, unknown>;
}

const fixtures = new URL('../fixtures/', import.meta.url);
const arrived: Cdr[] = [];
const server = createReceiver((cdr) => void arrived.push(cdr)).listen(0, '127.0.0.1');
await new Promise((listening) => server.once('listening', listening));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/voicenter/cdr`;

const rows: Record<string, unknown>[] = [];
for (const file of BODIES) rows.push(await send(file));
server.close();

console.table(rows);
const wrong = rows.filter((row) => row['as expected'] !== 'yes').length;
console.log(`${rows.length} sent, ${arrived.length} arrived, ${wrong} not as expected`);
process.exitCode = wrong === 0 ? 0 : 1;

async function send(file: string): Promise<Record<string, unknown>> {
  const expected = await expectationOf(file);
  const arrivedBefore = arrived.length;
  const response = await fetch(url, {
    method: 'POST',
    headers: expected.contentType ? { 'content-type': expected.contentType } : {},
    body: await readFile(new URL(file, fixtures)),
  });
  const answer = await response.text();
  const cdr = arrived[arrivedBefore];
  const err = Number(/(?:"err":|err=|<i4>)(\d)/.exec(answer)?.[1]);
  const right =
    response.status === 200 &&
    err === (expected.cdr ? 0 : 1) &&
    isDeepStrictEqual(written(cdr), expected.cdr);
  return {
    body: file,
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
