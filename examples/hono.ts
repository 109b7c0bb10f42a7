import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type Receiver, receiveCdr } from 'voicenter-cdr';

/** A Hono app with the receiver's route. The path should contain a secret. */
export function createApp(path: string, receiver: Receiver): Hono {
  const app = new Hono();
  app.post(path, bodyLimit({ maxSize: 10 * 1024 * 1024 }), async (c) => {
    const body = await c.req.arrayBuffer();
    const options = { onError: console.error, ...receiver };
    const ack = await receiveCdr(body, c.req.header('content-type'), options);
    return c.body(ack.body, ack.status, ack.headers);
  });
  return app;
}
