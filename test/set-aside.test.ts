import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveCdr } from 'voicenter-cdr';
import { bytesOf, captureOf, setAsideIn } from '../examples/set-aside.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'captures-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The bytes in a capture, and their content type. */
function read(line: string): [Buffer, string | null] {
  const { contentType, body, base64 } = JSON.parse(line);
  return [base64 === undefined ? Buffer.from(body) : Buffer.from(base64, 'base64'), contentType];
}

describe('setAsideIn', () => {
  it('appends each unreadable body as a line, and reports success', async () => {
    const file = join(folder, 'captures.jsonl');
    const receiver = { save: () => {}, setAside: setAsideIn(file) };
    const bodies = ['{"line":\n1', Uint8Array.of(0xf9, 0xec, 0x0a), ''];
    for (const body of bodies) {
      expect(await receiveCdr(body, 'text/xml', receiver)).toMatchObject({ err: 0 });
    }
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map(read)).toEqual(bodies.map((body) => [Buffer.from(body), 'text/xml']));
  });

  it('makes the answer err 2 if the file cannot be written', async () => {
    const receiver = { save: () => {}, setAside: setAsideIn(folder) };
    expect(await receiveCdr('{', null, receiver)).toMatchObject({ err: 2 });
  });
});

function formData(...pairs: [key: string, value: string][]): FormData {
  const form = new FormData();
  for (const [key, value] of pairs) form.append(key, value);
  return form;
}

describe('captureOf', () => {
  it.each<[what: string, body: string | Uint8Array | ArrayBuffer | object, capture: object]>([
    ['text', 'שלום\n', { body: 'שלום\n' }],
    ['bytes of UTF-8', Buffer.from('שלום'), { body: 'שלום' }],
    ['a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b), { body: '\uFEFF{' }],
    ['bytes of another charset', Uint8Array.of(0xf9, 0xec), { base64: '+ew=' }],
    ['a part of a buffer', new Uint8Array([1, 65, 66]).subarray(1), { body: 'AB' }],
    ['an ArrayBuffer', new Uint8Array([65]).buffer, { body: 'A' }],
    ['the object that a body parser made', { a: 'b' }, { body: '{"a":"b"}' }],
    ['URLSearchParams', new URLSearchParams('a=b&a=%D7%A9'), { body: 'a=b&a=%D7%A9' }],
    ['FormData', formData(['a', 'b+c'], ['a', 'd']), { body: 'a=b%2Bc&a=d' }],
  ])('writes %s', (_, body, capture) => {
    const line = captureOf({ body, contentType: null });
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(JSON.parse(line)).toEqual({ contentType: null, ...capture });
    expect(read(line)[0]).toEqual(bytesOf(body));
  });
});
