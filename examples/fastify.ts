import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Receiver, receiveCdr } from 'voicenter-cdr';

/** A Fastify app with the receiver's route. The path should contain a secret. */
export function createApp(path: string, receiver: Receiver): FastifyInstance {
  const app = Fastify();
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer' },
      async (_: unknown, body: Buffer) => body,
    );
    // Fastify answers an empty or malformed content type with 415, so hide the header from it.
    scope.addHook('onRequest', async (request) => {
      request.headers = { 'content-type': undefined };
    });
    scope.post(path, { bodyLimit: 10 * 1024 * 1024 }, createHandler(receiver));
  });
  return app;
}

/** The handler of the route. */
export function createHandler(receiver: Receiver) {
  return async ({ body, raw }: FastifyRequest<{ Body: Buffer }>, reply: FastifyReply) => {
    const options = { onError: console.error, ...receiver };
    const ack = await receiveCdr(body, raw.headers['content-type'], options);
    return reply.code(ack.status).headers(ack.headers).send(ack.body);
  };
}
