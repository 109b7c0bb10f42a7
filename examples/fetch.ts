import { type Receiver, receiveCdr } from 'voicenter-cdr';

/**
 * What Cloudflare Workers, Bun and `deno serve` take as the default export of a module. It takes
 * POST on one path, which has something secret in it.
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
