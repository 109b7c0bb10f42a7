import { parseJson } from '../json-text.js';
import type { Codec } from './codec.js';

/** JSON: the body is the record, or the acknowledgement, itself. */
export const json: Codec = {
  contentType: 'application/json; charset=utf-8',
  decode: parseJson,
  encode: (record) => JSON.stringify(record),
};
