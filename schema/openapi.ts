import { readFileSync } from 'node:fs';
import { type Ack, buildAck, type CdrFormat } from '../src/index.js';
import type { JsonSchema } from './cdr.js';
import { exportedType, fieldOf } from './comments.js';
import { wireRecordJsonSchema } from './wire-record.js';

/** An OpenAPI 3.1 document of the one request that Voicenter makes and of the answers to it. */
export function openApiDocument(): object {
  const { $schema: dialect, ...wireRecord } = wireRecordJsonSchema();
  return {
    openapi: '3.1.1',
    info: {
      title: 'Voicenter CDR webhook',
      version: JSON.parse(read('package.json')).version,
      description:
        'After each call Voicenter posts a record of it (CDR) to an address of yours, in the one of three formats that the account is set up for, and sends it again until it is acknowledged in the same format.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    jsonSchemaDialect: dialect,
    // The URL is the only secret: requests are not signed.
    security: [],
    tags: [{ name: 'cdr', description: 'Call detail records.' }],
    webhooks: {
      cdr: {
        post: {
          operationId: 'receiveCdr',
          tags: ['cdr'],
          summary: 'A call has ended',
          description:
            'Answer 200 at once, whatever became of the record: the answer itself says it. One that is late, missing or not 0 brings the same record again. Both legs of a call carry the same id.',
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  anyOf: [
                    { $ref: '#/components/schemas/WireRecord' },
                    {
                      type: 'array',
                      items: { $ref: '#/components/schemas/WireRecord' },
                      minItems: 1,
                      maxItems: 1,
                    },
                  ],
                },
                examples: requestExamples('json', 'json', (body) => JSON.parse(body)),
              },
              'text/xml': {
                schema: { $ref: '#/components/schemas/MethodCall' },
                examples: requestExamples('xml-rpc', 'xml', (body) => body),
              },
              'application/x-www-form-urlencoded': {
                schema: { $ref: '#/components/schemas/Form' },
                examples: requestExamples('form', 'form', fromForm),
              },
            },
          },
          responses: {
            200: {
              description: 'The acknowledgement, in the format of the request.',
              content: {
                'application/json': {
                  schema: { $ref: '#/components/schemas/Ack' },
                  examples: ackExamples('json', ({ body }) => JSON.parse(body)),
                },
                'text/xml': {
                  schema: { $ref: '#/components/schemas/MethodResponse' },
                  examples: ackExamples('xml-rpc', ({ body }) => body),
                },
                'application/x-www-form-urlencoded': {
                  schema: { $ref: '#/components/schemas/Ack' },
                  examples: ackExamples('form', ({ err, errdesc }) => ({ err, errdesc })),
                },
              },
            },
          },
        },
      },
    },
    components: { schemas: { WireRecord: wireRecord, ...SCHEMAS, Ack: ackSchema() } },
  };
}

/** XML-RPC in words: OpenAPI's XML Object cannot describe struct members, whose names are text. */
const SCHEMAS: Record<string, JsonSchema> = {
  Form: {
    description:
      'The record with each value as text: numbers in digits, lists and structures as JSON text, or spread over keys in brackets (`IVR[0][layer_id]`).',
    allOf: [{ $ref: '#/components/schemas/WireRecord' }],
    additionalProperties: { type: 'string' },
  },
  MethodCall: {
    description:
      'An XML-RPC `methodCall` of any name with one param, a struct of the members of WireRecord. A value is a `string`, `i4` or `i8`; be ready for any other type of XML-RPC, for a value without a type (a string), and for lists and structures as JSON text in a `string`.',
    type: 'string',
    contentMediaType: 'text/xml',
  },
  MethodResponse: {
    description:
      'An XML-RPC `methodResponse` with one param, a struct of the members of Ack: `err` an `i4`, `errdesc` a `string`. Never a `fault`.',
    type: 'string',
    contentMediaType: 'text/xml',
  },
};

function ackSchema(): JsonSchema {
  const { type } = exportedType('Ack');
  return {
    description:
      "The acknowledgement. The vendor's documents spell the keys in capitals too: `Err`, `Errdesc`.",
    type: 'object',
    required: ['err', 'errdesc'],
    properties: {
      err: { type: 'integer', enum: [0, 1, 2], description: fieldOf(type, 'err').comment },
      errdesc: { type: 'string', description: fieldOf(type, 'errdesc').comment },
    },
  };
}

/** The two examples of the vendor's document, in one format. */
function requestExamples(format: CdrFormat, extension: string, value: (body: string) => unknown) {
  return Object.fromEntries(
    ['queue', 'extension-outgoing'].map((name) => [
      name,
      { value: value(read(`fixtures/vendor/${name}-${format}.${extension}`)) },
    ]),
  );
}

function ackExamples(format: CdrFormat, value: (ack: Ack) => unknown) {
  return {
    received: { value: value(buildAck(0, format)) },
    unreadable: { value: value(buildAck(1, format)) },
    failed: { value: value(buildAck(2, format)) },
  };
}

/** A form as an object, as OpenAPI shows it. */
function fromForm(body: string): unknown {
  return Object.fromEntries(new URLSearchParams(body));
}

function read(file: string): string {
  return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
}
