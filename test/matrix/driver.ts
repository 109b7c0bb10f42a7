import {
  type Ack,
  buildAck,
  type CdrFormat,
  cdrKey,
  detectFormat,
  type ParseOptions,
  safeParseCdr,
} from 'voicenter-cdr';
import { toE164 } from 'voicenter-cdr/phone';
import { cdrSchema } from 'voicenter-cdr/schema';
import { type EncodedCdr, encodeCdr } from 'voicenter-cdr/testing';

/** A request body that is passed to another runtime as JSON. */
export interface SentBody {
  /** The bytes, as the characters U+0000 to U+00FF. */
  bytes: string;
  contentType: string | null;
  options: ParseOptions | undefined;
}

/** The result of a body: the record or the error, and what a receiver does next. */
export interface Received {
  cdr?: Record<string, unknown>;
  /** The record as it comes back from a queue or a database. */
  stored?: Record<string, unknown>;
  key?: string;
  phone?: string | null;
  /** The record as it would be sent in each format. */
  sent?: EncodedCdr[];
  error?: { code: string; format: string | null };
  ack: Ack;
}

const FORMATS: CdrFormat[] = ['json', 'xml-rpc', 'form'];

/** Receives each body, using only what every runtime has. */
export function receiveAll(bodies: SentBody[]): Received[] {
  return bodies.map(receive);
}

function receive({ bytes, contentType, options }: SentBody): Received {
  const body = Uint8Array.from(bytes, (character) => character.charCodeAt(0));
  const result = safeParseCdr(body, contentType, options);
  if (!result.success) {
    const { code, format } = result.error;
    return { error: { code, format }, ack: buildAck(result.error) };
  }
  const cdr = result.data;
  return {
    cdr: { ...cdr },
    stored: { ...cdrSchema.parse(JSON.parse(JSON.stringify(cdr))) },
    key: cdrKey(cdr),
    phone: toE164(cdr.customerPhone),
    sent: FORMATS.map((format) => encodeCdr(cdr, format)),
    ack: buildAck(0, detectFormat(body, contentType)),
  };
}
