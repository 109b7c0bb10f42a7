import type { CdrFormat } from 'voicenter-cdr';
import type { Written } from '../expectations.js';
import { CONTENT_TYPES, ENCODERS, type Wire } from '../records.js';

/** One mistake of real senders, made in one or more of four steps. */
export interface Mistake {
  name: string;
  formats: readonly CdrFormat[];
  /** Limits a record to what is still unambiguous after this mistake. */
  limit?: (record: Wire) => Wire;
  /** Changes the record before it is written. */
  change?: (record: Wire) => Wire;
  /** Writes the record, in place of the format's usual encoder. */
  write?: (record: Wire) => string;
  /** Changes the text. */
  edit?: (text: string) => string;
  /** Makes what is sent: the bytes and the content type, or the result of a body parser. */
  send?: (text: string, format: CdrFormat) => Written;
  /** Names of the mistakes that this one cannot be combined with. */
  without?: readonly string[];
}

/** Writes a record with some mistakes, in the order of the table. */
export function writeWith(mistakes: readonly Mistake[], record: Wire, format: CdrFormat): Written {
  let changed = record;
  for (const { change } of mistakes) changed = change?.(changed) ?? changed;
  const write = mistakes.find((mistake) => mistake.write)?.write ?? ENCODERS[format];
  let text = write(changed);
  for (const { edit } of mistakes) text = edit?.(text) ?? text;
  const send = mistakes.find((mistake) => mistake.send)?.send;
  return send?.(text, format) ?? { body: text, contentType: CONTENT_TYPES[format] };
}

/** Whether two mistakes can be combined in one body. */
export function areCompatible(one: Mistake, other: Mistake): boolean {
  const steps = ['write', 'edit', 'send'] as const;
  return (
    steps.every((step) => !(one[step] && other[step])) &&
    !one.without?.includes(other.name) &&
    !other.without?.includes(one.name)
  );
}

export const ALL: CdrFormat[] = ['json', 'form', 'xml-rpc'];
export const JSON_AND_XML: CdrFormat[] = ['json', 'xml-rpc'];

/** Changes every text of a record. */
export function limitTexts(record: Wire, limit: (text: string) => string): Wire {
  return JSON.parse(JSON.stringify(record), (_, value) =>
    typeof value === 'string' ? limit(value) : value,
  );
}

/** ASCII and the letters of Hebrew, which windows-1255 and ISO-8859-8 have at the same places. */
export const inHebrew = (record: Wire) =>
  limitTexts(record, (text) => text.replace(/[^\u0020-\u007e\u05d0-\u05ea]/gu, 'ש'));

export function isLayers(value: unknown): value is Wire[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'object');
}

/** The UTF-16 code units of a text. */
export const codesOf = (text: string) =>
  Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
