import { isDeepStrictEqual } from 'node:util';
import { type Cdr, cdrKey, pairLegs } from 'voicenter-cdr';
import { withoutTransport } from '../../../test/records.js';
import type { Store } from '../store.js';
import type { Traffic } from './traffic.js';

/** How much was expected, how much is stored, and how much of that is wrong. */
export interface Finding {
  expected: number;
  there: number;
  wrong: number;
}

/** Compares what is stored with what was sent. */
export async function verify(
  store: Store,
  { cdrs, pairs, aside }: Traffic,
): Promise<Record<string, Finding>> {
  const { cdrs: stored, unreadable } = await store.cdrs();
  const keys = stored.map(cdrKey);
  const sentKeys = new Set(cdrs.map(cdrKey));
  const byKey = new Map(stored.map((cdr) => [cdrKey(cdr), cdr]));
  const complete = pairLegs(stored).pairs.filter(({ leg1, leg2 }) => leg1 && leg2);
  const bodies: string[] = [];
  for await (const line of store.captures()) bodies.push(hex(bodyOf(line)));
  const sentAside = new Set(aside.map(hex));
  const count = <T>(list: Iterable<T>, is: (item: T) => boolean) => [...list].filter(is).length;
  return {
    'records, once each': {
      expected: cdrs.length,
      there: stored.length,
      wrong: count(sentKeys, (key) => !byKey.has(key)) + (keys.length - byKey.size),
    },
    'records that cannot be read': {
      expected: 0,
      there: unreadable.length,
      wrong: unreadable.length,
    },
    'fields as sent': {
      expected: cdrs.length,
      there: stored.length,
      wrong: count(cdrs, (cdr) => !isDeepStrictEqual(value(cdr), value(byKey.get(cdrKey(cdr))))),
    },
    'records that nobody sent': {
      expected: 0,
      there: count(keys, (key) => !sentKeys.has(key)),
      wrong: count(keys, (key) => !sentKeys.has(key)),
    },
    'calls with both legs': {
      expected: pairs,
      there: complete.length,
      wrong: Math.abs(pairs - complete.length),
    },
    'bodies set aside': {
      expected: sentAside.size,
      there: bodies.length,
      wrong:
        [...sentAside].filter((body) => !bodies.includes(body)).length +
        bodies.filter((body) => !sentAside.has(body)).length,
    },
  };
}

/** The bytes of a capture. */
export function bodyOf(line: string): Buffer {
  const { body, base64 } = JSON.parse(line);
  return base64 === undefined ? Buffer.from(body) : Buffer.from(base64, 'base64');
}

function hex(body: Uint8Array): string {
  return Buffer.from(body).toString('hex');
}

/** A record as JSON, without the fields that depend on which copy was stored. */
function value(cdr: Cdr | undefined): unknown {
  return cdr && JSON.parse(JSON.stringify(withoutTransport(cdr)));
}
