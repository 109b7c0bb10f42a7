import { cdrJsonSchema } from './cdr.js';
import { openApiDocument } from './openapi.js';
import { wireRecordJsonSchema } from './wire-record.js';

/** The schema files that the package ships, by name. */
export const FILES = {
  'cdr.json': asText(cdrJsonSchema()),
  'wire-record.json': asText(wireRecordJsonSchema()),
  'openapi.json': asText(openApiDocument()),
};

function asText(schema: object): string {
  return `${JSON.stringify(schema, null, '\t')}\n`;
}
