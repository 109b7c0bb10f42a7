import { type CdrFormat, type ParseOptions, type SafeParseResult, safeParseCdr } from '../index.js';

/** How the clock of a record's start was chosen. */
export type ClockReason = 'Israel' | 'UTC' | 'offset' | 'option';

/** Everything that reading a body found out on the way. */
export interface Explanation {
  format: CdrFormat | null;
  charset: {
    name: string;
    source: 'bom' | 'content-type' | 'declaration' | 'bytes' | 'guess' | 'default';
  } | null;
  results: { result: SafeParseResult; clock: ClockReason | null }[];
}

/** Reads a body as parseCdrs does, and says how. */
export function explainBody(
  body: Uint8Array,
  contentType: string | null,
  options: ParseOptions,
): Explanation {
  const result = safeParseCdr(body, contentType, options);
  const format = result.success ? result.data.format : result.error.format;
  return {
    format,
    charset: { name: 'utf-8', source: 'default' },
    results: [{ result, clock: null }],
  };
}
