import type { Wire } from '../records.js';
import { ALL, isLayers, JSON_AND_XML, type Mistake } from './mistake.js';

const TEXTS = ['target', 'did', 'queuename', 'representative_name', 'target_country', 'direction'];
const QUANTITIES = ['price', 'dialtime', 'seconds_waiting_in_queue', 'isAnswer', 'RetryNum'];
const STRUCTURES = ['IVR', 'CustomData', 'dialerData', 'aiData'];
const PHONES = ['caller', 'target', 'did', 'callerPhone'];
const IDS = [
  ...['queueid', 'OriginalIvrUniqueID', 'DepartmentID', 'TopDepartmentID', 'campaignID', 'CallID'],
  ...['DoNotCallMetransactionId', 'callerextension', 'targetextension', 'extenUser', 'callerPhone'],
];
const WORDS = ['null', 'undefined', 'None'];

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/** Gives empty keys a value that means nothing. */
function withNothing(record: Wire, keys: readonly string[], nothing: unknown): Wire {
  const empty = keys.filter((key) => isEmpty(record[key])).map((key) => [key, nothing]);
  return { ...record, ...Object.fromEntries(empty) };
}

/** Changes the values of some keys. */
function withChanged(record: Wire, keys: readonly string[], change: (value: unknown) => unknown) {
  const there = keys.filter((key) => !isEmpty(record[key]));
  return { ...record, ...Object.fromEntries(there.map((key) => [key, change(record[key])])) };
}

function eachScalar(record: Wire, change: (value: unknown) => unknown): Wire {
  const entries = Object.entries(record).map(([key, value]) => {
    const inner =
      key === 'IVR' && isLayers(value) ? value.map((layer) => eachScalar(layer, change)) : value;
    return [key, typeof inner === 'object' ? inner : change(inner)];
  });
  return Object.fromEntries(entries);
}

function withMenus(record: Wire, change: (layers: Wire[]) => unknown): Wire {
  const { IVR } = record;
  return isLayers(IVR) && IVR.length > 0 ? { ...record, IVR: change(IVR) } : record;
}

function columnsOf(layers: Wire[]): Wire {
  const keys = Object.keys(layers[0] ?? {});
  return Object.fromEntries(keys.map((key) => [key, layers.map((layer) => layer[key])]));
}

/** Another spelling of each key, with an empty value. */
function emptySpellings(record: Wire): Wire {
  const keys = Object.keys(record).filter((key) => !isEmpty(record[key]));
  return Object.fromEntries(keys.map((key) => [`${key}_`.toUpperCase(), '']));
}

const asJsonText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Mistakes in a record before it is written, in the order in which they are applied. */
export const MISTAKES_IN_RECORDS: readonly Mistake[] = [
  {
    name: 'menus as columns',
    formats: ALL,
    change: (record) => withMenus(record, columnsOf),
  },
  {
    name: 'menus as an object of indexes',
    formats: ALL,
    change: (record) => withMenus(record, (layers) => ({ ...layers })),
  },
  {
    name: 'one menu without a list',
    formats: ALL,
    change: (record) => withMenus(record, (layers) => (layers.length === 1 ? layers[0] : layers)),
  },
  {
    name: 'menus as a list of JSON texts',
    formats: ALL,
    change: (record) => withMenus(record, (layers) => layers.map((layer) => JSON.stringify(layer))),
  },
  {
    name: 'the start as a date with a comma',
    formats: ALL,
    change: (record) => ({
      ...record,
      time: new Date(Number(record['time']) * 1000)
        .toISOString()
        .replace('T', ' ')
        .replace('.000Z', ',000'),
    }),
  },
  {
    name: 'marks of direction around numbers',
    formats: ALL,
    change: (record) => withChanged(record, PHONES, (value) => `\u200e${value}\u200f`),
  },
  {
    name: 'numbers as text',
    formats: ALL,
    change: (record) =>
      eachScalar(record, (value) => (typeof value === 'number' ? String(value) : value)),
  },
  {
    name: 'a second spelling that is empty',
    formats: ALL,
    change: (record) => ({ ...record, ...emptySpellings(record) }),
  },
  {
    name: 'a first spelling that is empty',
    formats: ALL,
    change: (record) => ({ ...emptySpellings(record), ...record }),
  },
  {
    name: 'false for an empty text',
    formats: ALL,
    change: (record) => withNothing(record, TEXTS, false),
  },
  {
    name: '0 for an id that there is not',
    formats: ALL,
    change: (record) => withNothing(record, IDS, 0),
  },
  {
    name: 'an empty list for an empty structure',
    formats: ALL,
    change: (record) => withNothing(record, STRUCTURES, []),
  },
  ...WORDS.map((word) => ({
    name: `${word} for nothing`,
    formats: ALL,
    change: (record: Wire) =>
      withNothing(
        record,
        [...Object.keys(record), ...TEXTS, ...IDS, ...QUANTITIES, ...STRUCTURES],
        word,
      ),
  })),
  {
    name: 'structures as JSON text',
    formats: JSON_AND_XML,
    change: (record) => withChanged(record, STRUCTURES, asJsonText),
  },
  {
    name: 'structures as JSON text of JSON text',
    formats: ALL,
    change: (record) =>
      withChanged(record, STRUCTURES, (value) => JSON.stringify(asJsonText(value))),
  },
  {
    name: 'every value in a list of one',
    formats: JSON_AND_XML,
    change: (record) => eachScalar(record, (value) => [value]),
  },
];
