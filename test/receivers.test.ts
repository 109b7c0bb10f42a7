import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Cdr, type CdrFormat, parseCdr } from 'voicenter-cdr';
import { encodeCdr } from 'voicenter-cdr/testing';
import { createApp } from '../examples/express.js';
import { createReceiver } from '../examples/node-http.js';
import { CONTENT_TYPES, QUEUE, type Wire, withoutTransport } from './wire.js';

const arrived: Cdr[] = [];
let fail = false;
const save = (cdr: Cdr) => {
  if (fail) throw new Error('password rejected');
  arrived.push(cdr);
};

describe.each<[framework: string, create: () => Server]>([
  ['node:http', () => createReceiver(save)],
  ['Express', () => createServer(createApp(save))],
])('the receiver for %s', (_, create) => {
  let server: Server;
  let url = '';

  beforeAll(async () => {
    server = create().listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/voicenter/cdr`;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    arrived.length = 0;
    fail = false;
  });

  async function post(body: string, contentType: string) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    });
    return {
      status: response.status,
      contentType: response.headers.get('content-type'),
      body: await response.text(),
    };
  }

  function send(record: Wire, format: CdrFormat) {
    const { body, contentType } = encodeCdr(record, format);
    return post(body, contentType);
  }

  const answers: [format: CdrFormat, err: RegExp][] = [
    ['json', /^{"err":(\d),/],
    ['form', /^err=(\d)&/],
    ['xml-rpc', /<name>err<\/name><value><i4>(\d)</],
  ];

  it.each(answers)('takes a record in %s and says so', async (format, err) => {
    const answer = await send(QUEUE, format);
    expect(answer).toMatchObject({
      status: 200,
      contentType: expect.stringContaining(CONTENT_TYPES[format]),
    });
    expect(err.exec(answer.body)?.[1]).toBe('0');
    expect(arrived.map(withoutTransport)).toEqual([withoutTransport(parseCdr(QUEUE))]);
  });

  it.each(answers)('says so when a body in %s cannot be read', async (format, err) => {
    const answer = await send({ type: 'Queue' }, format);
    expect(err.exec(answer.body)?.[1]).toBe('1');
    expect(arrived).toEqual([]);
  });

  it.each(answers)('says so in %s when the application fails, and no more', async (format, err) => {
    fail = true;
    const answer = await send(QUEUE, format);
    expect(err.exec(answer.body)?.[1]).toBe('2');
    expect(answer.body).not.toContain('password');
  });

  it('answers an empty body', async () => {
    const answer = await post('', 'text/xml');
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('<i4>1</i4>') });
  });
});
