import { createServer, type IncomingMessage, type Server } from 'node:http';
import { buildAck, detectFormat, type Receiver, receiveCdr } from 'voicenter-cdr';

/** Far above any real body: one with a long transcript has a few hundred kilobytes. */
const MAX_BYTES = 10 * 1024 * 1024;

/** How long the sender of a larger body has to read the answer, in milliseconds. */
const LINGER = 1_000;

/** A receiver on plain node:http. It accepts POST on one path, which should contain a secret. */
export function createReceiver(path: string, receiver: Receiver): Server {
  const options: Receiver = { onError: console.error, ...receiver };
  return createServer(async (request, response) => {
    if (request.url?.split('?')[0] !== path) return response.writeHead(404).end();
    if (request.method !== 'POST') return response.writeHead(405, { allow: 'POST' }).end();

    const body = await read(request).catch(() => null);
    if (body === null) return; // the sender hung up and will resend
    const contentType = request.headers['content-type'];
    if (body.length <= MAX_BYTES) {
      const ack = await receiveCdr(body, contentType, options);
      return response.writeHead(ack.status, ack.headers).end(ack.body);
    }

    const size = request.headers['content-length'] ?? `more than ${MAX_BYTES}`;
    const error = new Error(`Refused a body of ${size} bytes, the limit is ${MAX_BYTES}`);
    Promise.resolve(error)
      .then(options.onError)
      .catch(() => {}); // an error of onError must not end the process
    const errdesc = `The body is over the limit of ${MAX_BYTES} bytes`;
    const ack = buildAck(1, detectFormat(body, contentType), { errdesc, keys: options.keys });
    request.resume(); // discards the rest of the body
    setTimeout(() => request.destroy(), LINGER).unref();
    return response.writeHead(ack.status, ack.headers).end(ack.body);
  });
}

/** Reads a body, and stops once it is over the limit. */
async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BYTES) break;
  }
  return Buffer.concat(chunks);
}
