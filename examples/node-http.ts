import { createServer, type IncomingMessage, type Server } from 'node:http';
import { buildAck, type Cdr, detectFormat, parseCdr } from 'voicenter-cdr';

/** A receiver on node:http alone: it hands each record to `save`, and answers. */
export function createReceiver(save: (cdr: Cdr) => void | Promise<void>): Server {
  return createServer(async (request, response) => {
    const body = await read(request);
    const contentType = request.headers['content-type'];
    let err: unknown = 0;
    try {
      await save(parseCdr(body, contentType));
    } catch (error) {
      err = error; // a CdrParseError becomes err 1, anything else err 2
    }
    const ack = buildAck(err, detectFormat(body, contentType));
    response.writeHead(ack.status, ack.headers).end(ack.body);
  });
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
