import type { CdrFormat } from '../errors.js';
import type { Codec } from './codec.js';
import { form } from './form.js';
import { json } from './json.js';
import { xmlRpc } from './xml-rpc.js';

/** The codec of each format. */
export const CODECS: Record<CdrFormat, Codec> = { json, 'xml-rpc': xmlRpc, form };
