import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { buildAck, type Cdr, detectFormat, parseCdr } from 'voicenter-cdr';

type Save = (cdr: Cdr) => void | Promise<void>;

/** A Fastify app that hands each record to `save`, and answers. */
export function createApp(save: Save): FastifyInstance {
  const app = Fastify();
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer' },
      async (_: unknown, body: Buffer) => body,
    );
    // An empty or malformed content type would be answered 415: here Fastify sees none.
    scope.addHook('onRequest', async (request) => {
      request.headers = { 'content-type': undefined };
    });
    scope.post('/voicenter/cdr', { bodyLimit: 10 * 1024 * 1024 }, receiveCdr(save));
  });
  return app;
}

/** The handler of the route. */
export function receiveCdr(save: Save) {
  return async ({ body, raw }: FastifyRequest<{ Body: Buffer }>, reply: FastifyReply) => {
    const contentType = raw.headers['content-type'];
    let err: unknown = 0;
    try {
      await save(parseCdr(body, contentType));
    } catch (error) {
      err = error; // err 1, unreadable: comes again for ever; err 2, not saved: comes again
      console.error(String(error));
    }
    const ack = buildAck(err, detectFormat(body, contentType));
    return reply.code(ack.status).headers(ack.headers).send(ack.body);
  };
}
