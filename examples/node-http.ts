import { createServer, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { buildAck, type Cdr, detectFormat, parseCdr } from 'voicenter-cdr';

/** A receiver on node:http alone: it hands each record to `save`, and answers. */
export function createReceiver(save: (cdr: Cdr) => void | Promise<void>): Server {
  return createServer(async (request, response) => {
    const body = await buffer(request).catch(() => ''); // the sender hung up: nobody hears the answer
    const contentType = request.headers['content-type'];
    let err: unknown = 0;
    try {
      await save(parseCdr(body, contentType));
    } catch (error) {
      err = error; // err 1, unreadable: comes again for ever; err 2, not saved: comes again
      console.error(String(error));
    }
    const ack = buildAck(err, detectFormat(body, contentType));
    response.writeHead(ack.status, ack.headers).end(ack.body);
  });
}
