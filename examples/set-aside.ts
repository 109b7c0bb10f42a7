import { appendFile } from 'node:fs/promises';
import type { CdrRequest, Receiver } from 'voicenter-cdr';

/** A `setAside` that appends each request to a capture file. */
export function setAsideIn(file: string): NonNullable<Receiver['setAside']> {
  return (request) => appendFile(file, captureOf(request), { flush: true });
}

/**
 * A request as one line of a capture file, which `npx voicenter-cdr inspect` and `send` read:
 * `{ contentType, body }`, or `{ contentType, base64 }` for bytes that are not UTF-8.
 */
export function captureOf({ body, contentType }: CdrRequest): string {
  const bytes = bytesOf(body);
  const text = bytes.toString();
  const isText = Buffer.from(text).equals(bytes);
  const content = isText ? { body: text } : { base64: bytes.toString('base64') };
  return `${JSON.stringify({ contentType, ...content })}\n`;
}

/** The bytes of a body. An object from a body parser is serialized as a form or as JSON. */
export function bytesOf(body: CdrRequest['body']): Buffer {
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof ArrayBuffer) return Buffer.from(body);
  if (ArrayBuffer.isView(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (body instanceof URLSearchParams || body instanceof FormData) {
    const pairs = Array.from(body, ([key, value]) => [key, String(value)]);
    return Buffer.from(new URLSearchParams(pairs).toString()); // its JSON is {}
  }
  return Buffer.from(JSON.stringify(body));
}
