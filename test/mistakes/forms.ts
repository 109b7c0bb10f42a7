import { CONTENT_TYPES, ENCODERS, type Wire } from '../records.js';
import { codesOf, isLayers, limitTexts, type Mistake } from './mistake.js';

type Pair = [key: string, value: unknown];

/** A form with these pairs, percent-encoded by `encode`. */
function formOf(pairs: Pair[], encode: (text: string) => string = encodeURIComponent) {
  return pairs.map(([key, value]) => `${encode(key)}=${encode(formText(value))}`).join('&');
}

function formText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

/** A form whose menus are written by `pairsOf` if they are a list of structures. */
function formWithMenus(record: Wire, pairsOf: (layers: Wire[]) => Pair[]): string {
  const { IVR, ...rest } = record;
  return isLayers(IVR) ? formOf([...Object.entries(rest), ...pairsOf(IVR)]) : ENCODERS.form(record);
}

function parsedForm(text: string): Record<string, string | string[]> {
  const fields = new URLSearchParams(text);
  const entries = [...fields.keys()].map((key) => [key, fields.getAll(key)] as const);
  return Object.fromEntries(
    entries.map(([key, all]) => [key, all.length > 1 ? all : (all[0] ?? '')]),
  );
}

/** Encodes as JavaScript's `escape` does: ASCII percent-encoded, other characters as %uXXXX. */
function escapedText(text: string): string {
  return codesOf(text)
    .map((code) =>
      code < 0x80
        ? encodeURIComponent(String.fromCharCode(code))
        : `%u${code.toString(16).toUpperCase().padStart(4, '0')}`,
    )
    .join('');
}

/** Mistakes that only exist in the text of a form, before a parser reads it. */
const ONLY_IN_TEXT = [
  '&amp; between the fields',
  '%u for other characters',
  'two byte order marks',
  'white space around the body',
];

/** Mistakes in forms. */
export const MISTAKES_IN_FORMS: readonly Mistake[] = [
  {
    name: 'JSON text in the only field',
    formats: ['form'],
    write: (record) => formOf([['payload', record]]),
    without: ['a field again, empty'],
  },
  {
    name: 'JSON text as the only key',
    formats: ['form'],
    write: (record) => `${encodeURIComponent(JSON.stringify(record))}=`,
    without: ['a field again, empty', 'every field with [] after its key'],
  },
  {
    name: 'a list of one in a form',
    formats: ['form'],
    write: (record) => formOf(Object.entries(record).map(([key, value]) => [`0[${key}]`, value])),
    without: ['a field again, empty'],
  },
  {
    name: 'every field with [] after its key',
    formats: ['form'],
    write: (record) => formOf(Object.entries(record).map(([key, value]) => [`${key}[]`, value])),
    without: ['a field again, empty'],
  },
  {
    name: 'menus with dots',
    formats: ['form'],
    write: (record) =>
      formWithMenus(record, (layers) =>
        layers.flatMap((layer, index) =>
          Object.entries(layer).map(([key, value]): Pair => [`IVR[${index}].${key}`, value]),
        ),
      ),
  },
  {
    name: 'menus by repeated keys',
    formats: ['form'],
    write: (record) =>
      formWithMenus(record, (layers) =>
        layers.flatMap((layer) =>
          Object.entries(layer).map(([key, value]): Pair => [`IVR[${key}]`, value]),
        ),
      ),
  },
  {
    name: 'menus as JSON text each',
    formats: ['form'],
    write: (record) =>
      formWithMenus(record, (layers) => layers.map((layer) => ['IVR', JSON.stringify(layer)])),
  },
  {
    name: '%u for other characters',
    formats: ['form'],
    limit: (record) => limitTexts(record, (text) => text.replace(/[\u0080-\u00ff]/g, 'ש')),
    write: (record) => formOf(Object.entries(record), escapedText),
  },
  {
    name: '&amp; between the fields',
    formats: ['form'],
    edit: (text) => text.replaceAll('&', '&amp;'),
  },
  {
    name: 'a field again, empty',
    formats: ['form'],
    edit: (text) => `${text}&status=&caller=&queuename=&CustomData=&IVR=`,
    without: ['menus by repeated keys', 'menus with dots'],
  },
  {
    name: 'a form behind a parser',
    formats: ['form'],
    send: (text) => ({ body: parsedForm(text), contentType: CONTENT_TYPES.form }),
    without: ONLY_IN_TEXT,
  },
  {
    name: 'a form behind a parser that makes lists',
    formats: ['form'],
    send: (text) => {
      const lists = Object.entries(parsedForm(text)).map(([key, value]) => [key, [value].flat()]);
      return { body: Object.fromEntries(lists), contentType: CONTENT_TYPES.form };
    },
    without: ONLY_IN_TEXT,
  },
];
