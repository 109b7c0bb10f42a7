import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReceiver } from '../examples/node-http.js';
import { READERS } from './foreign-clients.js';
import { CONTENT_TYPES, ENCODERS, minimal } from './records.js';

const MEGABYTE = 1024 * 1024;
const PATH = '/voicenter/0f1e2d3c4b5a6978';

const save = vi.fn();
const setAside = vi.fn();
const onError = vi.fn();
const server = createReceiver(PATH, { save, setAside, onError });
let url = '';

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
});
afterAll(() => server.close());
beforeEach(() => {
  for (const mock of [save, setAside, onError]) mock.mockReset();
});

describe('the node:http receiver and its limit of 10 MB', () => {
  it.each(['json', 'form', 'xml-rpc'] as const)(
    'answers err 1 to a longer body in %s',
    async (format) => {
      const body = ENCODERS[format](minimal({ target: 'x'.repeat(11 * MEGABYTE) }));
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': CONTENT_TYPES[format] },
        body,
      });
      expect(await READERS[format](await answer.text())).toMatchObject({ err: 1 });
      expect(onError.mock.calls).toEqual([
        [new Error(`Refused a body of ${body.length} bytes, the limit is ${10 * MEGABYTE}`)],
      ]);
      expect(save).not.toHaveBeenCalled();
      expect(setAside).not.toHaveBeenCalled();
    },
  );

  it.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
  ])('answers err 1 to a longer body even if onError %s', async (_, hostile) => {
    onError.mockImplementation(hostile);
    const answer = await fetch(url, { method: 'POST', body: ' '.repeat(11 * MEGABYTE) });
    expect(await answer.json()).toMatchObject({ err: 1 });
  });

  it('answers an endless sender, and then closes the connection', async () => {
    const sent = request(url, { method: 'POST' });
    const chunk = Buffer.alloc(MEGABYTE, 'x');
    const write = () => void sent.write(chunk, (error) => error ?? setImmediate(write));
    write();
    sent.on('error', () => {}); // the receiver hangs up
    const hungUp = new Promise((closed) => sent.once('close', closed));
    const [response] = await once(sent, 'response');
    expect(await READERS.json(await text(response))).toMatchObject({ err: 1 });
    await hungUp;
    expect(onError.mock.calls).toEqual([
      [
        new Error(
          `Refused a body of more than ${10 * MEGABYTE} bytes, the limit is ${10 * MEGABYTE}`,
        ),
      ],
    ]);
  });

  it('accepts a body of exactly the limit', async () => {
    const record = JSON.stringify(minimal());
    const body = record.padEnd(10 * MEGABYTE);
    const answer = await fetch(url, { method: 'POST', body });
    expect(await answer.json()).toEqual({ err: 0, errdesc: 'OK' });
    expect(save).toHaveBeenCalledTimes(1);
  });
});
