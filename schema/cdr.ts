import type ts from 'typescript';
import { z } from 'zod';
import { CALL_TYPES, type CallType, factsOfType } from '../src/model/call-types.js';
import { cdrSchema } from '../src/model/schema.js';
import { CALL_STATUSES, type CallStatus, OUTCOMES, outcomeOf } from '../src/model/statuses.js';
import { exportedType, fieldOf } from './comments.js';

/** A JSON Schema in the 2020-12 dialect. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;
export const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/**
 * The JSON Schema of a stored Cdr. The structure is from `cdrSchema`, names and descriptions are
 * from the types, and what follows from type and status is from their tables.
 */
export function cdrJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(cdrSchema, {
    unrepresentable: 'any', // startedAt, see below
    override: ({ jsonSchema }) => {
      // A later version may add fields, so unknown ones are not an error.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      delete jsonSchema.propertyNames; // every name is a string
    },
  });
  // In JSON a date is text.
  schema.properties = { ...schema.properties, startedAt: { type: 'string', format: 'date-time' } };

  const { comment } = exportedType('Cdr');
  const $defs: Record<string, JsonSchema> = {};
  // From CdrFields, since the members of the union Cdr narrow their fields' types.
  describe(schema, exportedType('CdrFields').type, $defs);
  return {
    $schema: DIALECT,
    title: 'Cdr',
    description: comment,
    ...schema,
    allOf: [
      ...[...keysOf(CALL_TYPES), 'unknown' as const].map(lawOfType),
      ...[...keysOf(CALL_STATUSES), 'unknown' as const].map(lawOfStatus),
    ],
    $defs,
  };
}

function lawOfType(type: CallType): JsonSchema {
  const { leg, family, direction, queue } = factsOfType(type);
  return {
    if: { properties: { type: { const: type } } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: {
      properties: {
        leg: { const: leg },
        legFamily: { const: family },
        legStatus:
          leg === null
            ? { const: null }
            : { type: 'object', properties: { [`leg${leg}`]: PRESENT } },
        ...(direction === null ? {} : { direction: PRESENT }),
        ...(queue ? { queue: PRESENT } : {}),
      },
    },
  };
}

function lawOfStatus(status: CallStatus): JsonSchema {
  const outcome = outcomeOf(status);
  return {
    if: { properties: { status: { const: status } } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: {
      properties: {
        outcome: { const: outcome },
        ...(status === 'unknown' ? {} : { answered: { const: OUTCOMES[outcome].answered } }),
      },
    },
  };
}

const PRESENT: JsonSchema = { not: { type: 'null' } };

/** Describes each property with its field's comment, and moves named types to `$defs`. */
function describe(schema: JsonSchema, type: ts.Type, $defs: Record<string, JsonSchema>): void {
  for (const part of [schema.allOf, schema.anyOf, schema.oneOf].flatMap((parts) => parts ?? [])) {
    describe(asSchema(part), type, $defs);
  }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const field = fieldOf(type, name);
    const part = partOf(asSchema(property));
    describe(part, field.type, $defs);
    if (field.typeName !== undefined) {
      $defs[field.typeName] = { description: exportedType(field.typeName).comment, ...part };
      replace(part, { $ref: `#/$defs/${field.typeName}` });
    }
    if (field.comment)
      replace(asSchema(property), { description: field.comment, ...asSchema(property) });
  }
}

/** The items of a list, or what a nullable schema is when not null. */
function partOf(schema: JsonSchema): JsonSchema {
  if (schema.items) return asSchema([schema.items].flat()[0]);
  const [part, nothing] = schema.anyOf ?? [];
  return asSchema(nothing).type === 'null' ? asSchema(part) : schema;
}

function asSchema(schema: JsonSchema | boolean | undefined): JsonSchema {
  return typeof schema === 'object' ? schema : {};
}

function replace(schema: JsonSchema, by: JsonSchema): void {
  for (const key of Object.keys(schema)) delete schema[key];
  Object.assign(schema, by);
}

function keysOf<K extends string>(table: Record<K, unknown>): K[] {
  return Object.keys(table) as K[];
}
