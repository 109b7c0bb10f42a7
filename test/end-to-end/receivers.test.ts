import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Cdr, type CdrFormat, CdrParseError, parseCdr } from 'voicenter-cdr';
import { createHandler } from '../../examples/lambda.js';
import { failedChecks } from '../command.js';
import { callFromNpm, callFromPython, python, READERS } from '../foreign-clients.js';
import { BEHIND_PARSERS, RECEIVERS, type Running, type Start } from '../receivers.js';
import {
  CONTENT_TYPES,
  ENCODERS,
  inWindows1255,
  minimal,
  type Wire,
  withoutTransport,
} from '../records.js';

const records: { name: string; record: Wire }[] = JSON.parse(
  readFileSync(new URL('../../fixtures/foreign/records.json', import.meta.url), 'utf8'),
);
const HEBREW = records.find(({ name }) => name === 'hebrew')?.record ?? {};
const EXPECTED = withoutTransport(parseCdr(HEBREW));

const FORMATS = ['json', 'form', 'xml-rpc'] as const satisfies CdrFormat[];

const arrived: Cdr[] = [];
let fail = false;
async function save(cdr: Cdr): Promise<void> {
  if (fail) throw new Error('password rejected');
  arrived.push(cdr);
}
const arrivedValues = () => arrived.map(withoutTransport);

/** What the receivers logged. Next.js runs in its own process and logs there. */
const logged = vi.spyOn(console, 'error');

beforeEach(() => {
  arrived.length = 0;
  fail = false;
  logged.mockReset().mockReturnValue();
});

/** The receivers that route requests themselves, without a framework. */
const OWN_SERVERS = ['node:http', 'Workers, Bun and Deno'];

describe.each(Object.entries(RECEIVERS))('the receiver for %s', (name, start) => {
  const receiver = running(start);

  describe.each(FORMATS)('in %s', (format) => {
    const post = (body: string | Uint8Array<ArrayBuffer>, parameters = '') =>
      receiver.post(body, CONTENT_TYPES[format] + parameters);

    it('accepts a Hebrew record in UTF-8', async () => {
      const answer = await post(ENCODERS[format](HEBREW));
      expect(answer.status).toBe(200);
      expect(answer.contentType).toContain(CONTENT_TYPES[format]);
      expect(await READERS[format](answer.body)).toEqual({ err: 0, errdesc: 'OK' });
      expect(arrivedValues()).toEqual([EXPECTED]);
    });

    it('accepts a Hebrew record in windows-1255', async () => {
      const answer = await post(inWindows1255(HEBREW, format), '; charset=windows-1255');
      expect(answer.status).toBe(200);
      expect(await READERS[format](answer.body)).toEqual({ err: 0, errdesc: 'OK' });
      expect(arrivedValues()).toEqual([EXPECTED]);
    });

    it('accepts a record in an unknown charset', async () => {
      const answer = await post(ENCODERS[format](HEBREW), '; charset=hebrew-7');
      expect(await READERS[format](answer.body)).toEqual({ err: 0, errdesc: 'OK' });
      expect(arrived).toMatchObject([{ callId: EXPECTED.callId, queue: EXPECTED.queue }]);
    });

    it.each([undefined, 'text/plain', 'application/octet-stream', 'cdr', ''])(
      'accepts a record with the content type %o',
      async (contentType) => {
        const answer = await receiver.post(ENCODERS[format](HEBREW), contentType);
        expect(await READERS[format](answer.body)).toEqual({ err: 0, errdesc: 'OK' });
        expect(arrivedValues()).toEqual([EXPECTED]);
      },
    );

    it('accepts a record of three megabytes', async () => {
      const summary = 'x'.repeat(3_000_000);
      const record = { ...HEBREW, aiData: { insights: { summary } } };
      const answer = await post(ENCODERS[format](record));
      expect(await READERS[format](answer.body)).toEqual({ err: 0, errdesc: 'OK' });
      expect(arrived.map(({ ai }) => ai?.summary === summary)).toEqual([true]);
    });

    it('answers err 1 to a truncated body', async () => {
      const answer = await post(ENCODERS[format](HEBREW).slice(0, 50));
      expect(answer.status).toBe(200);
      expect(await READERS[format](answer.body)).toMatchObject({ err: 1 });
      expect(arrived).toEqual([]);
      if (name !== 'Next.js') {
        expect(logged.mock.calls).toEqual([[expect.any(CdrParseError)]]);
      }
    });

    it('answers err 1 to an empty body', async () => {
      const answer = await post('');
      expect(answer.status).toBe(200);
      expect(await READERS[format](answer.body)).toMatchObject({ err: 1 });
    });

    it('answers err 2 if the application fails, without details', async () => {
      fail = true;
      const answer = await post(ENCODERS[format](HEBREW));
      expect(answer.status).toBe(200);
      expect(await READERS[format](answer.body)).toEqual({ err: 2, errdesc: 'Application error' });
      if (name !== 'Next.js') expect(logged.mock.calls).toEqual([[new Error('password rejected')]]);
    });
  });

  it('accepts every record of a list', async () => {
    const ids = ['a', 'b'];
    const records = ids.map((ivruniqueid) => minimal({ ivruniqueid }));
    const answer = await receiver.post(JSON.stringify(records), CONTENT_TYPES.json);
    expect(READERS.json(answer.body)).toEqual({ err: 0, errdesc: 'OK' });
    expect(arrived.map(({ callId }) => callId)).toEqual(ids);
  });

  if (OWN_SERVERS.includes(name)) {
    it.each([
      ['GET', '', 405],
      ['PUT', '', 405],
      ['POST', '/more', 404],
      ['POST', '0', 404],
      ['GET', '/more', 404],
    ])('answers %s of its path and %j with %i', async (method, more, status) => {
      const body = method === 'GET' ? null : ENCODERS.json(HEBREW);
      const answer = await fetch(receiver.url() + more, { method, body });
      expect(answer.status).toBe(status);
      expect(answer.headers.get('allow')).toBe(status === 405 ? 'POST' : null);
      expect(arrived).toEqual([]);
    });

    it('accepts a query after its path', async () => {
      const body = ENCODERS.json(HEBREW);
      const answer = await fetch(`${receiver.url()}?account=1`, { method: 'POST', body });
      expect(await answer.json()).toEqual({ err: 0, errdesc: 'OK' });
    });
  }

  if (name === 'Express 4') {
    it('leaves the existing application its parsers', async () => {
      const answer = await fetch(new URL('/old', receiver.url()), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"a":1}',
      });
      expect(await answer.json()).toEqual({ a: 1 });
    });
  }

  if (name === 'Next.js') {
    it('answers a wrong secret with 404', async () => {
      const other = receiver.url().replace(/.$/, 'x');
      expect((await fetch(other, { method: 'POST', body: '{}' })).status).toBe(404);
    });
  }

  if (['Express', 'Express 4', 'Fastify', 'Hono', 'NestJS'].includes(name)) {
    it('refuses a body of more than ten megabytes', async () => {
      const answer = await receiver.post(' '.repeat(11_000_000), 'application/json');
      expect(answer.status).toBe(413);
    });
  }

  if (name === 'Next.js') {
    it('is reached by a redirect from a URL with a trailing slash', async () => {
      const options = { method: 'POST', redirect: 'manual', body: '{}' } as const;
      expect((await fetch(`${receiver.url()}/`, options)).status).toBe(308);
    });
  }

  it('passes voicenter-cdr check', async () => {
    expect(await failedChecks(receiver.url())).toMatchObject({ failures: [] });
  }, 60_000);

  it('survives a sender that hangs up', async () => {
    const sent = request(receiver.url(), { method: 'POST', headers: { 'content-length': 1000 } });
    sent.on('error', () => {}); // hanging up is an error on this side
    await new Promise((written) => sent.write('{"ivruniqueid":', written));
    await new Promise((closed) => sent.on('close', closed).destroy());
    const answer = await receiver.post(ENCODERS.json(HEBREW), CONTENT_TYPES.json);
    expect(READERS.json(answer.body)).toEqual({ err: 0, errdesc: 'OK' });
  });

  it('is understood by the npm XML-RPC client', async () => {
    expect(await callFromNpm(receiver.url(), HEBREW)).toEqual({ err: 0, errdesc: 'OK' });
    expect(arrivedValues()).toEqual([EXPECTED]);
    expect(await callFromNpm(receiver.url(), {})).toMatchObject({ err: 1 });
  });

  it.skipIf(!python)("is understood by Python's XML-RPC client", async () => {
    expect(await callFromPython(receiver.url(), HEBREW)).toEqual({ err: 0, errdesc: 'OK' });
    expect(arrivedValues()).toEqual([EXPECTED]);
    expect(await callFromPython(receiver.url(), {})).toMatchObject({ err: 1 });
  });
});

// The recipes read bytes because of what is lost when a parser comes first.
describe.each(BEHIND_PARSERS)('a receiver behind $name', ({ start, formats, windows1255, xml }) => {
  const receiver = running(start);

  describe.each(formats)('in %s', (format) => {
    it('accepts a Hebrew record in UTF-8 as a parsed object', async () => {
      const answer = await receiver.post(ENCODERS[format](HEBREW), CONTENT_TYPES[format]);
      expect(answer.contentType).toContain(CONTENT_TYPES[format]);
      expect(await READERS[format](answer.body)).toEqual({ err: 0, errdesc: 'OK' });
      expect(arrivedValues()).toEqual([EXPECTED]);
    });

    it('answers err 1 to a record without an id', async () => {
      const answer = await receiver.post(ENCODERS[format]({ a: 1 }), CONTENT_TYPES[format]);
      expect(await READERS[format](answer.body)).toMatchObject({ err: 1 });
    });

    it('answers err 2 if the application fails, without details', async () => {
      fail = true;
      const answer = await receiver.post(ENCODERS[format](HEBREW), CONTENT_TYPES[format]);
      expect(await READERS[format](answer.body)).toEqual({ err: 2, errdesc: 'Application error' });
    });

    it('loses Hebrew in windows-1255', async () => {
      const contentType = `${CONTENT_TYPES[format]}; charset=windows-1255`;
      const answer = await receiver.post(inWindows1255(HEBREW, format), contentType);
      expect(answer.status).toBe(windows1255);
      const garbled = { queue: { name: expect.stringContaining('\uFFFD') } };
      expect(arrived).toMatchObject(windows1255 === 200 ? [garbled] : []);
    });
  });

  it('reads XML only if the route has a parser for it', async () => {
    const answer = await receiver.post(ENCODERS['xml-rpc'](HEBREW), CONTENT_TYPES['xml-rpc']);
    expect(answer.status).toBe(xml.status);
    expect(arrived).toHaveLength(xml.records);
  });

  it('rounds an id that is an unsafe integer', async () => {
    const body = ENCODERS.json(minimal()).replace('"202007281819100b1"', '20200728181910012345');
    await receiver.post(body, 'application/json');
    expect(arrived).toMatchObject([{ callId: '20200728181910010000' }]);
  });

  it('answers broken JSON before the handler, not as Voicenter expects', async () => {
    const answer = await receiver.post('{"ivruniqueid":', 'application/json');
    expect(answer.status).toBe(400);
  });
});

describe('the AWS Lambda function', () => {
  const call = createHandler({ save });
  const headers = { 'Content-Type': 'application/json; charset=windows-1255' };

  it('reads a body decoded by API Gateway, whatever charset is declared', async () => {
    const body = ENCODERS.json(HEBREW);
    expect(await call({ headers, body, isBase64Encoded: false })).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"err":0,"errdesc":"OK"}',
    });
    expect(arrivedValues()).toEqual([EXPECTED]);
  });

  it('reads a form in the charset of its percent-encoded bytes', async () => {
    const contentType = `${CONTENT_TYPES.form}; charset=windows-1255`;
    const body = Buffer.from(inWindows1255(HEBREW, 'form')).toString('latin1');
    await call({ headers: { 'Content-Type': contentType }, body, isBase64Encoded: false });
    expect(arrivedValues()).toEqual([EXPECTED]);
  });

  it('reads the bytes of a body in base64', async () => {
    const body = Buffer.from(inWindows1255(HEBREW, 'json')).toString('base64');
    await call({ headers, body, isBase64Encoded: true });
    expect(arrivedValues()).toEqual([EXPECTED]);
  });

  it.each([{}, { body: null }])('answers an event without a body: %o', async (body) => {
    const event = { headers, ...body, isBase64Encoded: false };
    const { statusCode, body: answer } = await call(event);
    expect(statusCode).toBe(200);
    expect(JSON.parse(answer)).toEqual({ err: 1, errdesc: 'The body is empty' });
  });

  it('answers an event without headers, as the AWS console sends for a test', async () => {
    const event = JSON.parse('{"headers":null,"body":null,"isBase64Encoded":false}');
    expect(await call(event)).toMatchObject({ statusCode: 200 });
  });
});

/** Starts a receiver before the tests of a block, and closes it after them. */
function running(start: Start) {
  let receiver: Running;
  beforeAll(async () => {
    receiver = await start({ save });
  }, 120_000);
  afterAll(() => receiver.close());
  return {
    url: () => receiver.url,
    async post(body: string | Uint8Array<ArrayBuffer>, contentType: string | undefined) {
      const response = await fetch(receiver.url, {
        method: 'POST',
        headers: contentType === undefined ? {} : { 'content-type': contentType },
        body: Buffer.from(body), // fetch declares a type for text
      });
      return {
        status: response.status,
        contentType: response.headers.get('content-type'),
        body: await response.text(),
      };
    },
  };
}
