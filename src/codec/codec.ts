import type { CdrFormat, CdrIssue } from '../errors.js';
import type { LimitsInForce } from '../limits.js';
import type { WireRecord } from '../record.js';

/** What a codec may need besides the text. */
export interface DecodeContext {
  /** Bounds on the work. */
  limits: LimitsInForce;
  /** The charset of bytes inside the text: the percent-encoded ones of a form. */
  charset: string;
  /** Where a codec notes what it had to mend. */
  issues: CdrIssue[];
}

/** One of the three formats: text to a wire record and back. A codec knows nothing of calls. */
export interface Codec {
  /** The format that it reads and writes. */
  format: CdrFormat;
  /** The media type of what it writes. */
  contentType: string;
  /** The value that the text holds; throws a CdrParseError when the text is not of this format. */
  decode(text: string, context: DecodeContext): unknown;
  /** A record as Voicenter waits for it: the acknowledgement, a number and a text. */
  encode(record: WireRecord): string;
}
