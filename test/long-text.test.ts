import { describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { ENCODERS, minimal } from './records.js';

/** Enough repeats to make the text so long that it is built from pieces. */
const TIMES = 30_000;

describe('a long text of replaced characters only', () => {
  const callerIn = (format: 'form' | 'xml-rpc', sent: string) =>
    parseCdr(ENCODERS[format](minimal({ caller: 'CALLER' })).replace('CALLER', sent)).raw['caller'];

  it.each<[what: string, format: 'form' | 'xml-rpc', sent: string, read: string]>([
    ['references', 'xml-rpc', '&amp;a&#1488;', '&aא'],
    ['line ends', 'xml-rpc', 'a\r\n\rb', 'a\n\nb'],
    ['what is no character', 'xml-rpc', '\uffffa\ud83d', '\uFFFDa\uFFFD'],
    ['bytes that are not UTF-8', 'form', '%41%ffb', 'A\uFFFDb'],
  ])('is read like a short one: %s', (_, format, sent, read) => {
    expect(callerIn(format, sent)).toBe(read);
    expect(callerIn(format, sent.repeat(TIMES))).toBe(read.repeat(TIMES));
  });

  it('is recognized as a type too', () => {
    const spaced = (times: number) => parseCdr(minimal({ type: `Queue${' _'.repeat(times)}` }));
    expect([spaced(1), spaced(TIMES)].map(({ type }) => type)).toEqual(['Queue', 'Queue']);
  });
});
