import { printable } from '../errors.js';
import type { AiData, Cdr, CdrFields, IvrLayer } from '../index.js';
import { type FieldKeys, wireKeysOf } from './field-keys.js';
import { decidingKey } from './sent-as.js';
import { count } from './terminal.js';
import { whyNull } from './why-null.js';

/** A line about a field: its name, its wire key, and its value or the reason why it is null. */
export type FieldRow = [field: string, key: string, value: string];

/** The fields of a record that have a value, and those that are null or empty. */
export function fieldRows(cdr: Cdr): { values: FieldRow[]; nulls: FieldRow[] } {
  const values: FieldRow[] = [];
  const nulls = new Map<string, FieldRow>();
  for (const entry of (Object.keys(cdr) as (keyof CdrFields)[]).flatMap(wireKeysOf)) {
    const value: unknown = cdr[entry.field];
    const isWhole = entry.part === null || value === null;
    const name = isWhole ? entry.field : `${entry.field}.${entry.part}`;
    const shown: unknown = isWhole ? value : Reflect.get(Object(value), `${entry.part}`);
    const key = printable(decidingKey(cdr.raw, entry.keys, shown));
    const texts = textsOf(entry.field, shown, cdr);
    for (const text of texts) values.push([name, key, printable(text)]);
    // A null structure takes one line, under the first of its keys.
    if (texts.length === 0 && !nulls.has(name)) {
      nulls.set(name, [name, key, printable(whyNull(isWhole ? wholeOf(entry) : entry, cdr))]);
    }
  }
  return { values, nulls: [...nulls.values()] };
}

/** A field with the keys of all its parts. */
function wholeOf({ field }: FieldKeys): FieldKeys {
  const keys = wireKeysOf(field).flatMap((entry) => entry.keys);
  return { field, part: null, keys };
}

/** A value as one or more texts; an empty list for null. */
function textsOf(field: keyof CdrFields, value: unknown, cdr: Cdr): string[] {
  switch (field) {
    case 'startedAt':
      return [cdr.startedAt.toISOString()];
    case 'ivr':
      return cdr.ivr.map(layerText);
    case 'customData':
      return Object.entries(cdr.customData).map(([key, text]) => `${key}=${text}`);
    case 'ai':
      return cdr.ai === null ? [] : aiTexts(cdr.ai);
    default:
      return value === null ? [] : [String(value)];
  }
}

/** The name comes last because it can be Hebrew. */
function layerText({ layerId, layerNumber, digits, layerName }: IvrLayer): string {
  const pressed = digits === null ? 'nothing pressed' : `pressed ${digits}`;
  return `${layerNumber ?? layerId ?? '?'}, ${pressed}: ${layerName ?? ''}`;
}

function aiTexts({ summary, questions, emotions, transcript }: AiData): string[] {
  return [
    `${count(questions.length, 'answer')}, ${count(emotions.sentences.length, 'emotion')}`,
    count(transcript.length, 'sentence'),
    ...(summary === null ? [] : [summary]),
  ];
}
