import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Cdr, cdrKey, parseCdr } from 'voicenter-cdr';
import { type Answer, command, listen, type ReceivedRequest } from './command.js';

const OK = '{"err":0,"errdesc":"OK"}';

let receiver: Awaited<ReturnType<typeof listen>> | undefined;
afterEach(() => {
  vi.useRealTimers();
  return receiver?.close();
});

async function start(answer: (request: ReceivedRequest) => Answer = () => ({ body: OK })) {
  receiver = await listen(answer);
  return receiver;
}

const cdrsOf = (requests: ReceivedRequest[]): Cdr[] =>
  requests.map(({ body, contentType }) => parseCdr(body, contentType));

/** What was printed, with all durations as 1 ms. */
const printed = (out: string) => out.replace(/\d+ ms/g, '1 ms');

describe('send', () => {
  it('sends a sample and says that the answer was accepted', async () => {
    const { url, requests } = await start();
    const { code, out } = await command(['send', url]);
    expect(printed(out)).toBe('Queue, ANSWER\n  ✔ accepted  1 ms  json  err 0: OK\n');
    expect(code).toBe(0);
    expect(requests).toMatchObject([
      { method: 'POST', contentType: 'application/json; charset=utf-8' },
    ]);
    expect(cdrsOf(requests)).toMatchObject([{ type: 'Queue', status: 'ANSWER', issues: [] }]);
  });

  it('sends the requested type, status, format, charset and values', async () => {
    const { url, requests } = await start(() => ({ body: 'err=0&errdesc=OK' }));
    const { code } = await command([
      ...['send', url, '--type', 'Click2Call leg2', '--status', 'BUSY', '--format', 'form'],
      ...['--charset', 'windows-1255', '--set', 'queuename=תור=1', '--set', 'Caller=0501234567'],
    ]);
    expect(code).toBe(0);
    expect(requests[0]?.contentType).toBe(
      'application/x-www-form-urlencoded; charset=windows-1255',
    );
    expect(requests[0]?.body.toString()).toContain('queuename=%FA%E5%F8');
    expect(cdrsOf(requests)).toMatchObject([
      { type: 'Click2Call leg2', status: 'BUSY', caller: '0501234567', queue: { name: 'תור=1' } },
    ]);
  });

  it('sends each value once, whatever the spelling of its key', async () => {
    const { url, requests } = await start();
    const { out, err } = await command([
      ...['send', url, '--set', 'IvrUniqueId=a', '--set', 'Time=1595333610', '--set', 'Type=CC'],
    ]);
    expect(out).toContain('CC, ANSWER\n');
    expect(err).toBe('');
    expect(cdrsOf(requests)).toMatchObject([{ callId: 'a', type: 'CC', issues: [] }]);
  });

  it('sends unknown types and statuses, and reports them as unknown', async () => {
    const { url, requests } = await start();
    const { code, err } = await command([
      ...['send', url, '--type', 'Queue', '--status', 'ABANDON', '--count', '2'],
    ]);
    expect(code).toBe(0);
    expect(err).toBe('Sending the unknown status "ABANDON"\n');
    expect(cdrsOf(requests).map(({ statusName }) => statusName)).toEqual(['ABANDON', 'ABANDON']);
  });

  it('sends distinct calls that begin now', async () => {
    const { url, requests } = await start();
    vi.useFakeTimers({ now: new Date('2026-03-01T10:20:30Z'), toFake: ['Date'] });
    const { out } = await command(['send', url, '--count', '3']);
    expect(new Set(cdrsOf(requests).map(cdrKey)).size).toBe(3);
    expect(out).toMatch(/\n3 sent: 3 accepted, 0 not accepted\n$/);
    for (const { startedAt } of cdrsOf(requests)) {
      expect(startedAt).toEqual(new Date('2026-03-01T10:20:30Z'));
    }
  });

  it.each<[what: string, answer: Answer, shown: string]>([
    ['err 2', { body: '{"err":2,"errdesc":"Database down"}' }, 'err 2: Database down'],
    ['err without words', { body: '{"err":1,"errdesc":""}' }, 'err 1'],
    ['another format', { body: 'err=0&errdesc=OK' }, 'err 0 in form, not in JSON'],
    ['another status', { status: 500, body: OK }, 'status 500'],
    ['a redirect', { status: 308, body: OK }, 'status 308'],
    ['a page', { contentType: 'text/html', body: '<html>' }, 'no valid answer: expected'],
    ['nothing', { body: '' }, 'no valid answer: expected'],
    ['orders to a terminal', { body: '{"err":2,"errdesc":"\\u001b[2J"}' }, 'err 2: \uFFFD[2J'],
  ])('says that Voicenter would resend the record after %s', async (_, answer, shown) => {
    const { url } = await start(() => answer);
    const { code, out } = await command(['send', url]);
    expect(printed(out)).toContain(`  ✘ would be resent  1 ms  json  ${shown}`);
    expect(code).toBe(1);
  });

  it('stops waiting when Voicenter would', async () => {
    const { url } = await start(() => null);
    const { code, out } = await command(['send', url, '--timeout', '0.05']);
    expect(out).toContain('no answer within 0.05 s');
    expect(code).toBe(1);
  });

  it.each(['1.2345', '0.9999', '9999999'])(
    'waits as long as --timeout says: %s s',
    async (timeout) => {
      const { url } = await start();
      expect((await command(['send', url, '--timeout', timeout])).code).toBe(0);
    },
  );

  it('says if the connection is refused', async () => {
    const { url, close } = await start();
    await close();
    receiver = undefined;
    const { code, out } = await command(['send', url]);
    expect(out).toContain('connection refused');
    expect(code).toBe(1);
  });

  it('says if the receiver hangs up', async () => {
    const { url, close } = await start(() => {
      void close();
      return null;
    });
    receiver = undefined;
    expect((await command(['send', url])).out).toContain('the receiver hung up');
  });
});

describe('send, with files', () => {
  let folder = '';
  const file = (name: string) => join(folder, name);
  const bytes = Buffer.from('ivruniqueid=1&queuename=%FA%E5%F8', 'latin1');
  const capture = [
    { contentType: 'application/json', body: '{"ivruniqueid":"1","queuename":"תור"}' },
    { contentType: 'text/xml', base64: Buffer.from([0x3c, 0xfa]).toString('base64') },
    { contentType: null, body: 'a=1', why: 'no id' },
  ];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'voicenter-cdr-'));
    writeFileSync(file('body.form'), bytes);
    writeFileSync(file('lines.txt'), '{"a":1}\r\n\n{"a":2}');
    writeFileSync(file('capture.jsonl'), capture.map((line) => JSON.stringify(line)).join('\n'));
    writeFileSync(file('broken.jsonl'), `${JSON.stringify(capture[0])}\n{"a":1}\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('sends a bare body unchanged', async () => {
    const { url, requests } = await start();
    await command(['send', url, file('body.form'), '--content-type', 'text/plain']);
    expect(requests).toMatchObject([{ body: bytes, contentType: 'text/plain' }]);
    await command(['send', url, file('body.form')]);
    expect(requests[1]).toMatchObject({ body: bytes, contentType: undefined });
  });

  it('sends the requests of a capture unchanged, with their content types', async () => {
    const { url, requests } = await start();
    const { out } = await command(['send', url, file('capture.jsonl')]);
    expect(requests).toMatchObject([
      { body: Buffer.from(capture[0]?.body ?? ''), contentType: 'application/json' },
      { body: Buffer.from([0x3c, 0xfa]), contentType: 'text/xml' },
      { body: Buffer.from('a=1'), contentType: undefined },
    ]);
    expect(out).toContain(`${file('capture.jsonl')}:2\n`);
  });

  it('reads a capture with a byte order mark, which editors on Windows write', async () => {
    const { url, requests } = await start();
    writeFileSync(file('bom.jsonl'), `\uFEFF${JSON.stringify(capture[0])}\n`);
    await command(['send', url, file('bom.jsonl')]);
    expect(requests).toMatchObject([{ body: Buffer.from(capture[0]?.body ?? '') }]);
  });

  it('sends each line of a file', async () => {
    const { url, requests } = await start();
    const { out } = await command(['send', url, '--lines', file('lines.txt')]);
    expect(requests.map(({ body }) => body.toString())).toEqual(['{"a":1}', '{"a":2}']);
    expect(out).toContain(`${file('lines.txt')}:3\n`);
  });

  it('sends standard input', async () => {
    const { url, requests } = await start();
    await command(['send', url, '-'], { input: bytes });
    expect(requests).toMatchObject([{ body: bytes }]);
  });

  it('names the line that is not a capture', async () => {
    const { url, requests } = await start();
    const { code, err } = await command(['send', url, file('broken.jsonl')]);
    expect(err).toMatch(/broken\.jsonl:2: expected a line with \{ "contentType", "body" \}.*\n$/);
    expect(code).toBe(1);
    expect(requests).toHaveLength(1);
  });

  it('names the file that cannot be read', async () => {
    const missing = file('missing');
    const { code, err } = await command(['send', 'http://localhost', missing]);
    expect(err).toBe(`voicenter-cdr: Cannot read ${missing}: there is no such file\n`);
    expect(code).toBe(1);
    expect((await command(['inspect', folder])).err).toContain('it is a folder');
  });
});
