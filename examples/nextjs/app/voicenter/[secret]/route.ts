import { receiveCdr } from 'voicenter-cdr';
import { save } from '../../../save.js';

interface Context {
  params: Promise<{ secret: string }>;
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { secret } = await params;
  if (secret !== process.env['VOICENTER_SECRET']) return new Response(null, { status: 404 });
  const body = await request.arrayBuffer();
  const options = { save, onError: console.error };
  const ack = await receiveCdr(body, request.headers.get('content-type'), options);
  return new Response(ack.body, ack);
}
