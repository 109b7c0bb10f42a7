import { type Receiver, receiveCdr } from 'voicenter-cdr';

/**
 * The default export of a module for Cloudflare Workers, Bun or `deno serve`. It accepts POST on
 * one path, which should contain a secret.
 */
export function createWorker(path: string, receiver: Receiver) {
  return {
    async fetch(request: Request): Promise<Response> {
      if (new URL(request.url).pathname !== path) return new Response(null, { status: 404 });
      if (request.method !== 'POST') {
        return new Response(null, { status: 405, headers: { allow: 'POST' } });
      }
      const body = await request.arrayBuffer();
      const options = { onError: console.error, ...receiver };
      const ack = await receiveCdr(body, request.headers.get('content-type'), options);
      return new Response(ack.body, ack);
    },
  };
}
