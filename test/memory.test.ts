import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type Cdr, type CdrFormat, parseCdr } from 'voicenter-cdr';
import { encodeCdr, sampleCdr } from 'voicenter-cdr/testing';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function heldBy(keep: (cdr: Cdr) => unknown, format: CdrFormat): number {
  const summary = 'שלום '.repeat(200_000);
  const { body, contentType } = encodeCdr(
    sampleCdr('Queue', 'ANSWER', { aiData: { insights: { summary } } }),
    format,
  );
  const bytes = new TextEncoder().encode(body);
  keep(parseCdr(bytes, contentType));
  collect();
  const before = process.memoryUsage().heapUsed;
  const kept = Array.from({ length: 10 }, () => keep(parseCdr(bytes, contentType)));
  collect();
  return (process.memoryUsage().heapUsed - before) / kept.length;
}

describe('what is kept of a body of megabytes', () => {
  it.each(['json', 'form', 'xml-rpc'] as const)('is not the body, in %s', (format) => {
    expect(heldBy((cdr) => [cdr.callId, cdr.recordingUrl], format)).toBeLessThan(100_000);
    expect(heldBy((cdr) => cdr.raw, format)).toBeGreaterThan(1_000_000);
  });
});
