import type {
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  APIGatewayProxyResult,
} from 'aws-lambda';
import { type Receiver, receiveCdr } from 'voicenter-cdr';

/** The fields that both kinds of API Gateway send: REST (format 1.0) and HTTP (format 2.0). */
type HttpEvent = Pick<
  APIGatewayProxyEvent | APIGatewayProxyEventV2,
  'body' | 'headers' | 'isBase64Encoded'
>;

/** A Lambda function for POST on one path, which should contain a secret. */
export function createHandler(receiver: Receiver) {
  return async (event: HttpEvent): Promise<APIGatewayProxyResult> => {
    const text = event.body ?? '';
    const body = event.isBase64Encoded ? Buffer.from(text, 'base64') : text;
    const options = { onError: console.error, ...receiver };
    const ack = await receiveCdr(body, headerOf(event, 'content-type'), options);
    return { statusCode: ack.status, headers: ack.headers, body: ack.body };
  };
}

/** Ignores case: a REST API passes header names on in the case in which they were sent. */
function headerOf({ headers }: HttpEvent, name: string): string | undefined {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}
