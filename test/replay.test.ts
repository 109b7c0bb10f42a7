import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { Cdr } from 'voicenter-cdr';
import { replay } from '../examples/replay.js';
import { CONTENT_TYPES, ENCODERS, inWindows1255, minimal } from './records.js';

const folder = mkdtempSync(join(tmpdir(), 'replay-'));
const file = join(folder, 'bodies');
afterAll(() => rmSync(folder, { recursive: true }));

const logged = vi.spyOn(console, 'error').mockReturnValue();
afterEach(() => void logged.mockClear());

async function replayed(
  content: string | Uint8Array,
  options?: Parameters<typeof replay>[1],
): Promise<Cdr[]> {
  writeFileSync(file, content);
  const cdrs: Cdr[] = [];
  for await (const cdr of replay(file, options)) cdrs.push(cdr);
  return cdrs;
}
const ids = (cdrs: Cdr[]) => cdrs.map(({ callId }) => callId);
const named = (ivruniqueid: string) => minimal({ ivruniqueid });

describe('replay', () => {
  it('splits at \\n only, not at the other line separators of Unicode', async () => {
    const note = 'a\u2028b\u2029c\u0085d\u000be';
    const body = ENCODERS.json(minimal({ CustomData: { note } }));
    const cdrs = await replayed(`${body}\n${body}`);
    expect(cdrs.map(({ customData }) => customData['note'])).toEqual([note, note]);
    expect(logged).not.toHaveBeenCalled();
  });

  it.each(['\n', '\r\n', '\n\n'])('reads lines that end in %j, in every format', async (end) => {
    const bodies = [ENCODERS.json(named('a')), ENCODERS.form(named('b'))];
    const xml = ENCODERS['xml-rpc'](named('c')).replaceAll('\n', '');
    expect(ids(await replayed([...bodies, xml, ''].join(end)))).toEqual(['a', 'b', 'c']);
    const [form] = await replayed(`${ENCODERS.form({ ...named('a'), target: '7' })}${end}`);
    expect(form?.target).toBe('7');
    expect(logged).not.toHaveBeenCalled();
  });

  it('reads lines longer than its buffer', async () => {
    const long = 'שלום'.repeat(100_000);
    const lines = ['a', 'b'].map((id) => ENCODERS.json({ ...named(id), queuename: long }));
    const cdrs = await replayed(lines.join('\n'));
    expect(cdrs.map(({ callId, queue }) => [callId, queue?.name === long])).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  it('reads every record of a list in a line, and continues after unreadable lines', async () => {
    const list = JSON.stringify([named('a'), {}, named('b')]);
    expect(ids(await replayed(`${list}\n{\n${ENCODERS.json(named('c'))}`))).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(logged).toHaveBeenCalledTimes(2);
  });

  it('uses the given time zone and content type', async () => {
    const [cdr] = await replayed(ENCODERS.json(minimal()), { timeZone: 'Asia/Jerusalem' });
    expect(cdr?.startedAt.toISOString()).toBe('2020-07-28T15:19:10.000Z');
    const contentType = `${CONTENT_TYPES.json}; charset=windows-1255`;
    const body = inWindows1255(minimal({ queuename: 'שלום' }), 'json');
    expect((await replayed(body, { contentType }))[0]?.queue?.name).toBe('שלום');
  });

  it('reads part of a file', async () => {
    const [first, second] = ['a', 'b'].map((id) => `${ENCODERS.json(named(id))}\n`);
    const [content, middle] = [`${first}${second}`, String(first).length];
    expect(ids(await replayed(content, { start: middle }))).toEqual(['b']);
    expect(ids(await replayed(content, { end: middle - 1 }))).toEqual(['a']);
  });
});
