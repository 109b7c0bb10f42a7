import type {
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  APIGatewayProxyResult,
} from 'aws-lambda';
import { buildAck, type Cdr, detectFormat, parseCdr } from 'voicenter-cdr';

/** What both kinds of API Gateway send, REST (format 1.0) and HTTP (format 2.0). */
type HttpEvent = Pick<
  APIGatewayProxyEvent | APIGatewayProxyEventV2,
  'body' | 'headers' | 'isBase64Encoded'
>;

/** A Lambda function that hands each record to `save`, and answers. */
export function createHandler(save: (cdr: Cdr) => void | Promise<void>) {
  return async (event: HttpEvent): Promise<APIGatewayProxyResult> => {
    const text = event.body ?? '';
    const body = event.isBase64Encoded ? Buffer.from(text, 'base64') : text;
    const contentType = headerOf(event, 'content-type');
    let err: unknown = 0;
    try {
      await save(parseCdr(body, contentType));
    } catch (error) {
      err = error; // err 1, unreadable: comes again for ever; err 2, not saved: comes again
      console.error(String(error));
    }
    const ack = buildAck(err, detectFormat(body, contentType));
    return { statusCode: ack.status, headers: ack.headers, body: ack.body };
  };
}

/** A REST API keeps the case in which a header's name was sent. */
function headerOf({ headers }: HttpEvent, name: string): string | undefined {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}
