import { Hono } from 'hono';
import { buildAck, type Cdr, detectFormat, parseCdr } from 'voicenter-cdr';

/** A Hono app that hands each record to `save`, and answers. */
export function createApp(save: (cdr: Cdr) => void | Promise<void>): Hono {
  const app = new Hono();
  app.post('/voicenter/cdr', async (c) => {
    const body = await c.req.arrayBuffer();
    const contentType = c.req.header('content-type');
    let err: unknown = 0;
    try {
      await save(parseCdr(body, contentType));
    } catch (error) {
      err = error; // err 1, unreadable: comes again for ever; err 2, not saved: comes again
      console.error(String(error));
    }
    const ack = buildAck(err, detectFormat(body, contentType));
    return c.body(ack.body, ack.status, ack.headers);
  });
  return app;
}
