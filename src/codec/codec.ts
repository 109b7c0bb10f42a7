import type { ParseContext } from '../context.js';
import type { WireRecord } from '../record.js';

/** One of the three formats: text to a wire record and back. A codec knows nothing of calls. */
export interface Codec {
  /** The media type of what it writes. */
  contentType: string;
  /**
   * The value that a text holds. What is given more than once in a form or in XML-RPC is a list of
   * all that was given: the model decides which one counts.
   *
   * @throws CdrParseError `malformed`, `too_large` or `not_one_record`
   */
  decode(text: string, context: ParseContext): unknown;
  /** A record of numbers and texts, as an acknowledgement is. */
  encode(record: WireRecord): string;
}
