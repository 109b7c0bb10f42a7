import { parseJson } from '../json-text.js';
import type { Codec } from './codec.js';

/** JSON: the record is the body, and so is the acknowledgement. */
export const json: Codec = {
  contentType: 'application/json; charset=utf-8',
  decode: parseJson,
  encode: (record) => JSON.stringify(record),
};
