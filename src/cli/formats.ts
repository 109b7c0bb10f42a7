import type { CdrFormat } from '../index.js';

export const FORMATS = ['json', 'xml-rpc', 'form'] as const satisfies CdrFormat[];

/** The names of the formats in the output. */
export const FORMAT_NAMES: Record<CdrFormat, string> = {
  json: 'JSON',
  'xml-rpc': 'XML-RPC',
  form: 'form',
};
