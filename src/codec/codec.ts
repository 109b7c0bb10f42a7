import type { ParseContext } from '../context.js';
import type { WireRecord } from '../record.js';

/** Converts one of the three formats to a wire record and back. Knows nothing about calls. */
export interface Codec {
  /** The Content-Type of what `encode` writes. */
  contentType: string;
  /**
   * Decodes a text. A key that is repeated in a form or in XML-RPC gets a list of its values; the
   * model decides which one counts.
   *
   * @throws CdrParseError `malformed`, `too_large` or `not_one_record`
   */
  decode(text: string, context: ParseContext): unknown;
  /** Encodes a record of numbers and texts, such as an acknowledgement. */
  encode(record: WireRecord): string;
}
