import type { CdrFormat } from '../index.js';

export const FORMATS = ['json', 'xml-rpc', 'form'] as const satisfies CdrFormat[];

/** The formats as they are printed. */
export const FORMAT_NAMES: Record<CdrFormat, string> = {
  json: 'JSON',
  'xml-rpc': 'XML-RPC',
  form: 'form',
};
