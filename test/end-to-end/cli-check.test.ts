import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  buildAck,
  type Cdr,
  cdrKey,
  detectFormat,
  type SafeParseResult,
  safeParseCdr,
} from 'voicenter-cdr';
import { openPGlite } from '../../examples/durable/pglite.js';
import { openStore } from '../../examples/durable/store.js';
import { createReceiver } from '../../examples/node-http.js';
import { type Answer, command, failedChecks, listen, type ReceivedRequest } from '../command.js';

/** A request and what it carries. */
interface Received extends ReceivedRequest {
  result: SafeParseResult;
  /** The record, if the body is one. */
  cdr: Cdr | undefined;
}

const PATH = '/cdr';

/** A receiver that does everything right. */
function right({ method, path, contentType, body, result }: Received): Answer {
  if (method !== 'POST' || path !== PATH) return { status: 404, body: 'Not found' };
  return acknowledge(result.success ? 0 : result.error, contentType, body);
}

function acknowledge(err: unknown, contentType: string | undefined, body: Buffer): Answer {
  const ack = buildAck(err, detectFormat(body, contentType));
  return { contentType: ack.headers['content-type'], body: ack.body };
}

/** Answers err 2 if a condition holds, like an application that fails on such a record. */
function failing(isTooMuch: (received: Received) => boolean) {
  return (received: Received): Answer | undefined =>
    isTooMuch(received) ? acknowledge(2, received.contentType, received.body) : undefined;
}

/** The answer of a wrong receiver; undefined to answer like the right one. */
type OwnAnswer = (received: Received) => Answer | undefined | Promise<Answer | undefined>;

const OK = '{"err":0,"errdesc":"OK"}';

const ALL_TYPES = ['JSON', 'XML-RPC', 'form'].map((format) => `All types and statuses, ${format}`);
const hasHebrew = ({ cdr }: Received) => /[א-ת]/.test(JSON.stringify(cdr ?? ''));

/** What is wrong with a receiver, and the checks that detect it. */
const WRONG: {
  name: string;
  answer: () => OwnAnswer;
  fails?: string[];
  warns?: string[];
}[] = [
  {
    name: 'does not know a type in one format',
    answer: () => failing(({ cdr }) => cdr?.type === 'FaxCdr' && cdr.format === 'form'),
    fails: ['All types and statuses, form'],
  },
  {
    name: 'answers in JSON, whatever was sent',
    answer:
      () =>
      ({ method, path }) =>
        method === 'POST' && path === PATH ? { body: OK } : undefined,
    fails: [
      ...ALL_TYPES.slice(1),
      'A resent record',
      'The second leg before the first',
      'A transfer before its original',
      'Hebrew in utf-8',
      'Hebrew in windows-1255',
      'Hebrew in iso-8859-8',
      'Keys in another spelling',
      'Unknown types, statuses, keys',
      'Menus in every shape',
      'Custom data in every shape',
      'A transcript of 300 KB',
      'A transcript of 2 MB',
      'Two requests at once',
      'A body that cannot be read',
      'An empty body',
    ],
  },
  {
    name: 'inserts and does not upsert',
    answer: () => {
      const keys = new Set<string>();
      return failing(({ cdr }) => {
        if (!cdr) return false;
        const size = keys.size;
        return keys.add(cdrKey(cdr)).size === size;
      });
    },
    fails: ['A resent record', 'Two requests at once'],
  },
  {
    name: 'wants the first leg first',
    answer: () => {
      const ids = new Set<string>();
      return failing(({ cdr }) => {
        if (cdr?.leg === 1) ids.add(cdr.callId);
        return cdr?.leg === 2 && !ids.has(cdr.callId);
      });
    },
    fails: [...ALL_TYPES, 'The second leg before the first'],
  },
  {
    name: 'wants the original of a transfer',
    answer: () =>
      failing(({ cdr }) => cdr?.type === 'XferCDR' && /vcdr/.test(cdr.originalCallId ?? '')),
    fails: ['A transfer before its original'],
  },
  {
    name: 'stores no Hebrew',
    answer: () => failing(hasHebrew),
    fails: [
      'Hebrew in utf-8',
      'Hebrew in windows-1255',
      'Hebrew in iso-8859-8',
      'Menus in every shape',
      'Custom data in every shape',
      'A transcript of 300 KB',
      'A transcript of 2 MB',
    ],
  },
  ...['windows-1255', 'iso-8859-8'].map((charset) => ({
    name: `does not take ${charset}`,
    answer:
      () =>
      ({ contentType }: Received) =>
        contentType?.endsWith(charset) ? { status: 415, body: '' } : undefined,
    fails: [`Hebrew in ${charset}`],
  })),
  {
    name: 'reads keys in one spelling',
    answer: () => failing(({ cdr }) => cdr?.raw['IVRUNIQUEID'] !== undefined),
    fails: ['Keys in another spelling'],
  },
  {
    name: 'stores only what it knows',
    answer: () => failing(({ cdr }) => cdr?.type === 'unknown' || cdr?.status === 'unknown'),
    fails: ['Unknown types, statuses, keys'],
  },
  {
    name: 'has a column for each key',
    answer: () => failing(({ cdr }) => cdr?.raw['KeyOfTomorrow'] !== undefined),
    fails: ['Unknown types, statuses, keys'],
  },
  {
    name: 'wants menus as a list',
    answer: () =>
      failing(({ cdr }) => typeof cdr?.raw['IVR'] === 'string' && cdr.format === 'json'),
    fails: ['Menus in every shape'],
  },
  {
    name: 'wants custom data as text',
    answer: () =>
      failing(({ cdr }) => typeof cdr?.raw['CustomData'] === 'object' && cdr.format === 'json'),
    fails: ['Custom data in every shape'],
  },
  {
    name: 'takes a megabyte and a half',
    answer:
      () =>
      ({ body }) =>
        body.length > 1_500_000 ? { status: 413, body: '' } : undefined,
    fails: ['A transcript of 2 MB'],
  },
  {
    name: 'takes a hundred kilobytes, as Express does',
    answer:
      () =>
      ({ body }) =>
        body.length > 100_000 ? { status: 413, body: '' } : undefined,
    fails: ['A transcript of 300 KB', 'A transcript of 2 MB'],
  },
  {
    name: 'takes one request at a time',
    answer: () => {
      let busy = false;
      return async () => {
        if (busy) return { status: 503, body: '' };
        busy = true;
        await new Promise((later) => setTimeout(later, 5));
        busy = false;
        return undefined;
      };
    },
    fails: ['Two requests at once'],
  },
  {
    name: 'answers 400 to what it cannot read',
    answer:
      () =>
      ({ cdr, method }) =>
        cdr || method === 'GET' ? undefined : { status: 400, body: 'Bad request' },
    fails: ['A body that cannot be read', 'An empty body'],
  },
  {
    name: 'hangs up on an empty body',
    answer:
      () =>
      ({ body, method }) =>
        body.length === 0 && method === 'POST' ? { body: '' } : undefined,
    fails: ['An empty body'],
  },
  {
    name: 'acknowledges a GET',
    answer:
      () =>
      ({ method }) =>
        method === 'GET' ? { body: OK } : undefined,
    warns: ['GET'],
  },
  {
    name: 'answers every path',
    answer: () => (received) =>
      received.method === 'POST' ? right({ ...received, path: PATH }) : undefined,
    warns: ['A wrong path'],
  },
];

let receiver: Awaited<ReturnType<typeof listen>> | undefined;
afterEach(() => receiver?.close());

async function start(answer: OwnAnswer): Promise<string> {
  return (await listening(answer)).url;
}

async function listening(answer: OwnAnswer) {
  receiver = await listen(async (request) => {
    const result = safeParseCdr(request.body, request.contentType);
    const received = { ...request, result, cdr: result.success ? result.data : undefined };
    const own = await answer(received);
    return own === undefined ? right(received) : own;
  });
  return receiver;
}

describe('check', () => {
  it('passes the durable receiver, and says how many records it has', {
    timeout: 60_000,
  }, async () => {
    const store = await openStore(await openPGlite('memory://'));
    const { save, setAside } = store;
    const server = createReceiver(PATH, { save, setAside }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { failures, records } = await failedChecks(`http://127.0.0.1:${port}${PATH}`);
    expect(failures).toEqual([]);
    const stored = (await store.cdrs()).cdrs.length;
    server.close();
    await store.close();
    expect(records).toBe(stored);
  });

  it('passes a correct receiver', { timeout: 60_000 }, async () => {
    const { code, out, err } = await command(['check', await start(() => undefined)]);
    expect(err).toBe('');
    expect(out).toMatch(/\n21 passed, 0 warnings, 0 failed\n$/);
    expect(code).toBe(0);
  });

  it('announces what it will do, and what to look up afterwards', {
    timeout: 60_000,
  }, async () => {
    const { url, requests } = await listening(() => undefined);
    const { out } = await command(['check', url]);
    const [prefix = ''] = /vcdr-check-\w+-/.exec(out) ?? [];
    const [, records = ''] = /there\sshould\sbe\s([\d,]+)\srecords/.exec(out) ?? [];
    expect(out).toMatch(/^Sends 1,\d+ requests to http/);
    const keys = new Set<string>();
    for (const { body, contentType, path } of requests) {
      const result = safeParseCdr(body, contentType);
      if (!result.success) continue;
      expect(result.data.callId.startsWith(prefix)).toBe(true);
      expect(result.data.department?.name).toBe('voicenter-cdr check');
      if (path === PATH) keys.add(cdrKey(result.data));
    }
    expect(records.replace(',', '')).toBe(String(keys.size));
  });

  it('says what a failure means, and exits with 1', { timeout: 60_000 }, async () => {
    const { code, out } = await command(['check', await start(WRONG[2]?.answer() ?? right)]);
    expect(out).toContain('5 of 8: err 2: Application');
    expect(out).toMatch(/\n✘ A resent record\n {4}Voicenter resends records/);
    expect(out).toMatch(/\n19 passed, 0 warnings, 2 failed\n$/);
    expect(code).toBe(1);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('prints only JSON to standard output with --json', { timeout: 60_000 }, async () => {
    const url = await start(({ method }) => (method === 'GET' ? { body: OK } : undefined));
    const { code, out, err } = await command(['check', url, '--json']);
    const { passed, checks } = JSON.parse(out);
    expect({ code, passed }).toEqual({ code: 0, passed: true });
    expect(checks).toHaveLength(21);
    expect(checks).toContainEqual({
      name: 'GET',
      passed: false,
      warning: true,
      expected: 'no err 0',
      received: 'err 0: OK',
      meaning: expect.stringContaining('accept only POST'),
    });
    expect(err).toMatch(/^Sends 1,\d+ requests/);
  });

  it.each(WRONG)(
    'detects a receiver that $name',
    { timeout: 60_000 },
    async ({ answer, fails = [], warns = [] }) => {
      expect(await failedChecks(await start(answer()))).toMatchObject({
        failures: fails,
        warnings: warns,
      });
    },
  );

  it('names one cause if every request gets the same wrong answer', {
    timeout: 60_000,
  }, async () => {
    const url = await start(() => ({ status: 500, body: 'Internal Server Error' }));
    const { code, out } = await command(['check', url]);
    expect(out).toContain('\nEvery answer was the same: status 500. Check the path, and what the');
    expect(out).not.toContain('Hebrew names are lost');
    expect(code).toBe(1);
  });

  it('counts the failures of a check by cause', { timeout: 60_000 }, async () => {
    let answers = 0;
    const url = await start(({ method }) => {
      answers++;
      if (method === 'POST' && answers <= 3) return { status: answers < 3 ? 500 : 503, body: '' };
      return undefined;
    });
    const { out } = await command(['check', url]);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('3 of 342: 2 × status 500, 1 × status 503');
  });

  it('detects a slow receiver', { timeout: 60_000 }, async () => {
    const url = await start(({ body }) => (body.length === 0 ? null : undefined));
    const { failures } = await failedChecks(url, 2);
    expect(failures).toContain('An empty body');
    expect(failures).toContain('Answers in time');
  });
});
