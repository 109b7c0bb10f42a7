import { createServer, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { buildAck, detectFormat, safeParseCdr } from 'voicenter-cdr';
import type { Store } from './store.js';

/**
 * A receiver that loses nothing: it acknowledges only what is stored or set aside. Whatever goes
 * wrong before, the end of the process included, leaves the record unacknowledged, and it comes
 * again; whatever goes wrong after is a copy, which is stored over the first.
 */
export function createDurableReceiver(store: Pick<Store, 'save' | 'setAside'>): Server {
  return createServer(async (request, response) => {
    const body = await buffer(request).catch(() => null);
    if (body === null) return; // the sender hung up: what came is not the whole, and it comes again
    const contentType = request.headers['content-type'];
    let err: unknown = 0;
    try {
      const result = safeParseCdr(body, contentType);
      if (result.success) await store.save(result.data, { body, contentType });
      else await store.setAside({ body, contentType }, result.error.message);
    } catch (error) {
      err = error; // err 2, not stored: comes again
      console.error(String(error));
    }
    const ack = buildAck(err, detectFormat(body, contentType));
    response.writeHead(ack.status, ack.headers).end(ack.body);
  });
}
