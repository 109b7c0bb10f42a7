import { buildAck, detectFormat, parseCdr } from 'voicenter-cdr';
import { save } from '../../../save.js';

export async function POST(request: Request): Promise<Response> {
  const body = await request.arrayBuffer();
  const contentType = request.headers.get('content-type');
  let err: unknown = 0;
  try {
    await save(parseCdr(body, contentType));
  } catch (error) {
    err = error; // err 1, unreadable: comes again for ever; err 2, not saved: comes again
    console.error(String(error));
  }
  const ack = buildAck(err, detectFormat(body, contentType));
  return new Response(ack.body, ack);
}
