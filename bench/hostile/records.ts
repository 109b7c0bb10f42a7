/** Hostile bodies with very many records. */
import { fill } from '../growing.js';
import { type HostileShape, list } from './shape.js';

const record = (inner: string) => `{"ivruniqueid":"a","type":"x","status":"y","time":1${inner}}`;

/** A list of one record repeated up to the size, or up to the limit on records. */
const records = (size: number, one: string) => list(Math.min(size, 9_990 * (one.length + 1)), one);

/** A list of one record repeated up to the size, and in any case beyond the limit on records. */
const tooMany = (size: number, one: string) => list(Math.max(size, 10_100 * (one.length + 1)), one);

const WRONG = ['did', 'price', 'caller', 'target', 'isAnswer', 'record', 'dialtime', 'queueid']
  .map((key) => `,"${key}":[{}]`)
  .join('');

const wrongLayers = (count: number, layer: string) =>
  `,"IVR":[${Array(count).fill(layer).join(',')}]`;

export const RECORD_SHAPES: HostileShape[] = [
  { what: 'json, records with many issues', make: (n) => records(n, record(WRONG)) },
  {
    what: 'json, records with wrong layers',
    make: (n) => records(n, record(wrongLayers(20, '1'))),
  },
  {
    what: 'json, records with very many wrong layers',
    make: (n) => records(n, record(wrongLayers(110, '1'))),
  },
  {
    what: 'json, records with layers of broken JSON text',
    expected: 'read',
    make: (n) => records(n, record(wrongLayers(20, '"{"'))),
  },
  { what: 'json, small records', make: (n) => records(n, record('')) },
  { what: 'json, large records', make: (n) => records(n, record(`,"x":"${'x'.repeat(900)}"`)) },
  {
    what: 'json, records that are JSON text',
    make: (n) => records(n, JSON.stringify(record(''))),
  },
  { what: 'json, records that are none', expected: 'not_one_record', make: (n) => records(n, '0') },
  { what: 'json, too many records', expected: 'too_large', make: (n) => tooMany(n, record('')) },
  { what: 'json, too many empty records', expected: 'too_large', make: (n) => tooMany(n, '{}') },
  {
    what: 'json, too many records of broken JSON text',
    expected: 'too_large',
    make: (n) => tooMany(n, '"{"'),
  },
  {
    what: 'json, too many records in a structure of indexes',
    expected: 'too_large',
    make: (n) => `{${fill(Math.max(n, 120_000), (i) => `"${i}":1`, ',')}}`,
  },
];
