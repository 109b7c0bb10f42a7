import { isRecord } from '../record.js';
import type { WireCdr } from '../testing.js';
import type { EncodedRequest } from './request.js';

/** Ways to spell a key. */
export const SPELLINGS: Record<string, (key: string) => string> = {
  'lower case without underscores': (key) => key.toLowerCase().replaceAll('_', ''),
  capitals: (key) => key.toUpperCase(),
};

/** Changes the spelling of a record's keys, at every level. */
export function respell(record: WireCdr, spell: (key: string) => string): WireCdr {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [spell(key), respellValue(value, spell)]),
  );
}

function respellValue(value: unknown, spell: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => respellValue(item, spell));
  return isRecord(value) ? respell(value, spell) : value;
}

/** Encodes a record as a form, with structures in bracketed keys: `IVR[0][layer_id]=1234`. */
export function withBrackets(record: WireCdr): EncodedRequest {
  const body = new URLSearchParams(bracketed(record, ''));
  return {
    body: Buffer.from(body.toString()),
    contentType: 'application/x-www-form-urlencoded; charset=utf-8',
  };
}

function bracketed(structure: object, within: string): [string, string][] {
  return Object.entries(structure).flatMap(([key, value]): [string, string][] => {
    const name = within === '' ? key : `${within}[${key}]`;
    const isStructure = typeof value === 'object' && value !== null;
    return isStructure ? bracketed(value, name) : [[name, String(value ?? '')]];
  });
}
