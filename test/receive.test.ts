import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type CdrBody,
  type CdrFormat,
  CdrParseError,
  parseCdr,
  type Receiver,
  receiveCdr,
} from 'voicenter-cdr';
import { READERS } from './foreign-clients.js';
import { CONTENT_TYPES, ENCODERS, minimal } from './records.js';

const FORMATS = ['json', 'form', 'xml-rpc'] as const satisfies CdrFormat[];
const GOOD = minimal({ ivruniqueid: 'good' });
const BAD = { ivruniqueid: 'bad' };
const json = (value: unknown) => JSON.stringify(value);

const unhandled = vi.fn();
beforeEach(() => void process.on('unhandledRejection', unhandled));
afterEach(async () => {
  await new Promise((settled) => setImmediate(settled));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

describe.each(FORMATS)('receiveCdr in %s', (format) => {
  const contentType = CONTENT_TYPES[format];

  it.each([
    ['saves a record', ENCODERS[format](GOOD), 0],
    ['reports a record that cannot be read', ENCODERS[format](BAD), 1],
  ])('%s, and answers in that format', async (_, body, err) => {
    const save = vi.fn();
    const ack = await receiveCdr(body, contentType, { save });
    expect(ack.headers['content-type']).toContain(contentType);
    expect(await READERS[format](ack.body)).toMatchObject({ err });
    const request = { body, contentType };
    expect(save.mock.calls).toEqual(err === 0 ? [[parseCdr(body, contentType), request]] : []);
  });

  it('answers in that format if there is no body', async () => {
    for (const body of [null, undefined, '', new Uint8Array()]) {
      const ack = await receiveCdr(body, contentType, { save: () => {} });
      expect(await READERS[format](ack.body)).toMatchObject({ err: 1 });
    }
  });
});

type Behaviour = 'works' | 'throws' | 'rejects' | 'is missing';
interface Case {
  body: unknown;
  save?: Behaviour;
  setAside?: Behaviour;
  /** The answer, and how often each callback is called. */
  expected: { err: 0 | 1 | 2; saved: number; aside: number; errors: unknown[] };
}

const saveError = new Error('save');
const asideError = new Error('setAside');
const PARSE_ERROR = expect.any(CdrParseError);

// Every combination of body, save and setAside, with the answer.
const CASES: Case[] = [
  { body: GOOD, expected: { err: 0, saved: 1, aside: 0, errors: [] } },
  { body: GOOD, save: 'throws', expected: { err: 2, saved: 1, aside: 0, errors: [saveError] } },
  { body: GOOD, save: 'rejects', expected: { err: 2, saved: 1, aside: 0, errors: [saveError] } },
  { body: GOOD, setAside: 'works', expected: { err: 0, saved: 1, aside: 0, errors: [] } },
  { body: BAD, expected: { err: 1, saved: 0, aside: 0, errors: [PARSE_ERROR] } },
  { body: BAD, setAside: 'works', expected: { err: 0, saved: 0, aside: 1, errors: [] } },
  { body: BAD, setAside: 'throws', expected: { err: 2, saved: 0, aside: 1, errors: [asideError] } },
  {
    body: BAD,
    setAside: 'rejects',
    expected: { err: 2, saved: 0, aside: 1, errors: [asideError] },
  },
  { body: [], expected: { err: 1, saved: 0, aside: 0, errors: [PARSE_ERROR] } },
  { body: [], setAside: 'works', expected: { err: 0, saved: 0, aside: 1, errors: [] } },
  { body: [GOOD, GOOD], expected: { err: 0, saved: 2, aside: 0, errors: [] } },
  {
    body: [GOOD, GOOD],
    save: 'throws',
    expected: { err: 2, saved: 2, aside: 0, errors: [saveError, saveError] },
  },
  { body: [BAD, GOOD, BAD], expected: { err: 1, saved: 1, aside: 0, errors: [PARSE_ERROR] } },
  {
    body: [BAD, GOOD, BAD],
    setAside: 'works',
    expected: { err: 0, saved: 1, aside: 1, errors: [] },
  },
  {
    body: [BAD, GOOD],
    save: 'throws',
    expected: { err: 2, saved: 1, aside: 0, errors: [saveError, PARSE_ERROR] },
  },
  {
    body: [BAD, GOOD],
    save: 'throws',
    setAside: 'works',
    expected: { err: 2, saved: 1, aside: 1, errors: [saveError] },
  },
  {
    body: [BAD, GOOD],
    save: 'throws',
    setAside: 'throws',
    expected: { err: 2, saved: 1, aside: 1, errors: [saveError, asideError] },
  },
];

function callback(behaviour: Behaviour, error: Error) {
  const mock = vi.fn();
  if (behaviour === 'rejects') mock.mockRejectedValue(error);
  if (behaviour === 'throws') {
    mock.mockImplementation(() => {
      throw error;
    });
  }
  return mock;
}

describe('receiveCdr', () => {
  it.each(
    CASES.map((one) => ({
      name: `${json(one.body).replaceAll(json(GOOD), 'good').replaceAll(json(BAD), 'bad')}, save ${one.save ?? 'works'}, setAside ${one.setAside ?? 'is missing'}: err ${one.expected.err}`,
      ...one,
    })),
  )('$name', async ({ body, save = 'works', setAside = 'is missing', expected }) => {
    const saved = callback(save, saveError);
    const aside = callback(setAside, asideError);
    const onError = vi.fn();
    const receiver = { save: saved, onError };
    const ack = await receiveCdr(
      json(body),
      null,
      setAside === 'is missing' ? receiver : { ...receiver, setAside: aside },
    );
    expect(ack.err).toBe(expected.err);
    expect(saved).toHaveBeenCalledTimes(expected.saved);
    expect(aside).toHaveBeenCalledTimes(expected.aside);
    expect(onError.mock.calls).toEqual(expected.errors.map((error) => [error]));
  });

  it('saves records in order, one at a time, and continues after a failure', async () => {
    const events: string[] = [];
    const save: Receiver['save'] = async ({ callId }) => {
      events.push(`begin ${callId}`);
      await new Promise((settled) => setImmediate(settled));
      events.push(`end ${callId}`);
      if (callId === 'b') throw saveError;
    };
    const records = ['b', 'c', 'a'].map((ivruniqueid) => minimal({ ivruniqueid }));
    expect(await receiveCdr(json(records), null, { save })).toMatchObject({ err: 2 });
    expect(events).toEqual(['b', 'c', 'a'].flatMap((id) => [`begin ${id}`, `end ${id}`]));
  });

  it('waits for setAside before answering', async () => {
    let done = false;
    const setAside = async () => {
      await new Promise((settled) => setImmediate(settled));
      done = true;
    };
    await receiveCdr('{', null, { save: () => {}, setAside });
    expect(done).toBe(true);
  });

  it('does not wait for onError', async () => {
    const onError = () => new Promise<void>(() => {});
    expect(await receiveCdr('{', null, { save: () => {}, onError })).toMatchObject({ err: 1 });
  });

  it('passes to setAside the request as received and the first error', async () => {
    const setAside = vi.fn();
    const body = Buffer.from(json([GOOD, BAD, { ...GOOD, time: 'noon' }]));
    await receiveCdr(body, 'text/json', { save: () => {}, setAside });
    const [request, error] = setAside.mock.calls[0] ?? [];
    expect(request).toEqual({ body, contentType: 'text/json' });
    expect(request.body).toBe(body);
    expect(error.code).toBe('missing_field');
  });

  it.each([null, undefined, ''])('passes a missing body (%o) as an empty text', async (body) => {
    const setAside = vi.fn();
    await receiveCdr(body, undefined, { save: () => {}, setAside });
    expect(setAside.mock.calls).toEqual([[{ body: '', contentType: null }, PARSE_ERROR]]);
  });

  it.each([null, undefined])('reports a body that nothing has read (%o)', async (body) => {
    const setAside = vi.fn();
    const onError = vi.fn();
    await receiveCdr(body, 'text/xml', { save: () => {}, setAside, onError });
    const error = setAside.mock.calls[0]?.[1];
    expect(error.message).toMatch('There is no body, or nothing has read it');
    expect(onError.mock.calls).toEqual([[error]]);
  });

  it('answers why a record cannot be read, and never what a callback threw', async () => {
    expect((await receiveCdr('{', null, { save: () => {} })).errdesc).toBe(
      'The body is not valid JSON',
    );
    const save = () => Promise.reject(new Error('password rejected'));
    expect((await receiveCdr(json(GOOD), null, { save })).errdesc).toBe('Application error');
  });

  it('answers err 2 for a failed save, even if it threw a parse error', async () => {
    const save = () => void parseCdr('{');
    expect(await receiveCdr(json(GOOD), null, { save })).toMatchObject({ err: 2 });
  });

  it('spells the keys as requested', async () => {
    const { body } = await receiveCdr(json(GOOD), null, { save: () => {}, keys: 'pascal' });
    expect(body).toBe('{"Err":0,"Errdesc":"OK"}');
  });

  it('parses with the given options', async () => {
    const save = vi.fn();
    await receiveCdr(json(GOOD), null, { save, timeZone: 'UTC' });
    await receiveCdr(json(GOOD), null, { save, timeZone: 'Asia/Jerusalem' });
    expect(save.mock.calls.map(([{ startedAt }]) => startedAt.getUTCHours())).toEqual([18, 15]);
    const limits = { maxBytes: 5 };
    expect(await receiveCdr(json(GOOD), null, { save, limits })).toMatchObject({ err: 1 });
    const unknown = json({ ...GOOD, type: 'Hologram' });
    expect(await receiveCdr(unknown, null, { save, strict: true })).toMatchObject({ err: 1 });
  });

  it('calls the callbacks as methods of the receiver', async () => {
    const seen: unknown[] = [];
    const receiver: Receiver = {
      save() {
        seen.push(this);
        throw saveError;
      },
      setAside() {
        seen.push(this);
      },
      onError() {
        seen.push(this);
      },
    };
    await receiveCdr(json([GOOD, BAD]), null, receiver);
    expect(seen).toEqual([receiver, receiver, receiver]);
  });

  it('answers in the format of the body even if its bytes are reused during save', async () => {
    const body = Buffer.from(ENCODERS['xml-rpc'](GOOD));
    const ack = await receiveCdr(body, null, { save: () => void body.fill(0) });
    expect(ack.headers['content-type']).toContain('xml');
  });
});

const thenable = (then: PropertyDescriptor) => Object.defineProperty({}, 'then', then);
const throwing = thenable({
  get() {
    throw saveError;
  },
});
const rejecting = thenable({ value: (_: unknown, reject: () => void) => reject() });
/** What a callback can throw, or return so that awaiting it fails. */
const HOSTILE: [what: string, callback: () => unknown][] = [
  ...[undefined, null, 0, '', Symbol('x'), 1n, {}, Object.create(null), throwing].map(
    (thrown): [string, () => unknown] => [
      `throws ${typeof thrown}`,
      () => {
        throw thrown;
      },
    ],
  ),
  ['rejects with undefined', () => Promise.reject(undefined)],
  ['rejects with a promise', () => Promise.reject(Promise.resolve(0))],
  ['returns a thenable that rejects', () => rejecting],
  ['returns a thenable that throws', () => throwing],
  [
    'returns a revoked proxy',
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    },
  ],
  [
    'throws a revoked proxy',
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      throw proxy;
    },
  ],
];

describe.each(HOSTILE)('a callback that %s', (_, hostile) => {
  it('gives err 2 as save', async () => {
    const receiver = { save: hostile, onError: hostile };
    expect(await receiveCdr(json(GOOD), null, receiver)).toMatchObject({ err: 2 });
  });
  it('gives err 2 as setAside', async () => {
    const receiver = { save: () => {}, setAside: hostile, onError: hostile };
    expect(await receiveCdr('{', null, receiver)).toMatchObject({ err: 2 });
  });
  it('changes nothing as onError', async () => {
    const receiver = { save: () => {}, onError: hostile };
    expect(await receiveCdr('{', null, receiver)).toMatchObject({ err: 1 });
  });
});

const revoked = Proxy.revocable({}, {});
revoked.revoke();
const unreadableBodies: unknown[] = [
  7,
  true,
  Symbol('x'),
  () => {},
  {},
  [null],
  new Date(Number.NaN),
  Promise.resolve(''),
  new Response('x'),
  revoked.proxy,
  throwing,
  { length: 2 ** 32 },
  new Proxy({}, { ownKeys: () => ['x'] }),
  '<!DOCTYPE a>',
  Uint8Array.of(0xff, 0xfe, 0),
  '['.repeat(100_000),
];

describe('a missing body', () => {
  it.each(unreadableBodies.map((body, index) => ({ index, body })))(
    'is answered with err 1, or set aside ($index)',
    async ({ body }) => {
      const receiver = { save: () => {} };
      for (const contentType of [null, 'text/xml', 'x; charset="', '\0']) {
        const receive = (receiver: Receiver) =>
          receiveCdr(body as CdrBody, contentType, receiver).then(({ err }) => err);
        expect(await receive(receiver)).toBe(1);
        expect(await receive({ ...receiver, setAside: () => {} })).toBe(0);
      }
    },
  );
});

describe('wrong options', () => {
  const save = () => {};
  it.each<[what: string, receiver: unknown, error: typeof TypeError | typeof RangeError]>([
    ['nothing', undefined, TypeError],
    ['null', null, TypeError],
    ['no save', {}, TypeError],
    ['a save that is not a function', { save: 'cdrs' }, TypeError],
    ['a setAside that is not a function', { save, setAside: true }, TypeError],
    ['an onError that is not a function', { save, onError: console }, TypeError],
    ['an unknown name', { save, timezone: 'UTC' }, TypeError],
    ['an unknown zone', { save, timeZone: 'Mars/Olympus' }, RangeError],
  ])('(%s) reject before the body is read', async (_, receiver, error) => {
    const read = vi.fn();
    const body = new Proxy({}, { get: read, has: read, ownKeys: read, getPrototypeOf: read });
    await expect(receiveCdr(body, null, receiver as Receiver)).rejects.toBeInstanceOf(error);
    expect(read).not.toHaveBeenCalled();
  });

  it('do not include null for an optional callback or option', async () => {
    const receiver: unknown = { save, setAside: null, onError: null, timeZone: null, limits: null };
    expect(await receiveCdr('', null, receiver as Receiver)).toMatchObject({ err: 1 });
  });

  it('are named in the error', async () => {
    await expect(receiveCdr('', null, {} as Receiver)).rejects.toThrow(
      'save: expected a function, received undefined',
    );
    const receiver: unknown = { save, onErorr: console.error };
    await expect(receiveCdr('', null, receiver as Receiver)).rejects.toThrow(
      'Unknown option "onErorr": expected save, setAside, onError, keys, timeZone, strict, limits',
    );
    const limits: unknown = { save, limits: { maxbytes: 1 } };
    await expect(receiveCdr('', null, limits as Receiver)).rejects.toThrow(
      'Unknown limit "maxbytes": expected maxBytes, maxDepth, maxNodes',
    );
    const callback: unknown = save;
    await expect(receiveCdr('', null, callback as Receiver)).rejects.toThrow(
      'Expected a receiver with a save, received function',
    );
  });
});
