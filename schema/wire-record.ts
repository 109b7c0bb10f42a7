import ts from 'typescript';
import { CALL_TYPES } from '../src/model/call-types.js';
import { MAX_SECONDS, NUMBER } from '../src/model/read.js';
import { CALL_STATUSES } from '../src/model/statuses.js';
import { REQUIRED_KEYS, WIRE_KEYS } from '../src/model/wire.js';
import { DIALECT, type JsonSchema } from './cdr.js';
import { exportedType, fieldNames, fieldOf } from './comments.js';

/** The schema of a record as Voicenter sends it, under the vendor's spelling of each key. */
export function wireRecordJsonSchema(): JsonSchema {
  const { type } = exportedType('CdrFields');
  const fields = fieldsOf(type).filter(({ path }) => !/^(?:ivr|ai)\./.test(path)); // have own keys
  const required = new Set(REQUIRED_KEYS);
  const properties = Object.entries(WIRE_KEYS).map(([key, kind]) => [
    key,
    {
      description: described(key, fields),
      ...KINDS[kind],
      ...(required.has(key) ? { not: { enum: ['', null] } } : {}),
      ...NAMES[key],
    },
  ]);
  return {
    $schema: DIALECT,
    title: 'WireRecord',
    description:
      'One call as Voicenter sends it. "", null and an absent key mean the same: nothing. Keys that are equal in lower case and without underscores are the same key; only one spelling of each is listed here. Other keys may come, and new names of types and statuses.',
    type: 'object',
    required: [...REQUIRED_KEYS],
    properties: Object.fromEntries(properties),
  };
}

/** The known names of types and statuses, as examples because new ones are not an error. */
const NAMES: Partial<Record<string, JsonSchema>> = {
  type: { examples: Object.keys(CALL_TYPES) },
  status: { examples: Object.keys(CALL_STATUSES) },
};

/** A field of a Cdr: its path, its comment, and the wire keys that are read into it. */
interface FieldOfKey {
  path: string;
  comment: string;
  wireKeys: string[];
}

/** Every field, including nested ones, with the wire keys that its comment names. */
function fieldsOf(type: ts.Type, within = ''): FieldOfKey[] {
  return fieldNames(type).flatMap((name) => {
    const { comment, type: part } = fieldOf(type, name);
    const [, ...named] = comment.split(/\bwire keys? /i);
    const wireKeys = [...named.join().matchAll(/`(\w+)`/g)].map(([, key = '']) => key);
    const path = `${within}${name}`;
    return [{ path, comment, wireKeys }, ...fieldsOf(part, `${path}.`)];
  });
}

/** The comment of the field that a key is read into: the one that names the fewest keys. */
function described(key: string, fields: FieldOfKey[]): string {
  const [field] = fields
    .filter(({ wireKeys }) => wireKeys.includes(key))
    .sort((a, b) => a.wireKeys.length - b.wireKeys.length);
  if (!field) throw new Error(`no comment of a field names the wire key ${key}`);
  return `Read into \`${field.path}\`: ${field.comment}`;
}

const NUMBER_TEXT = `^\\s*(?:${NUMBER.source.slice(1, -1)})?\\s*$`;
const number: JsonSchema = { type: ['number', 'string', 'null'], pattern: NUMBER_TEXT };
const text: JsonSchema = { type: ['string', 'number', 'boolean', 'null'] };
const structure: JsonSchema = { type: ['object', 'string', 'null'] };

/** The schema of each kind of value. A number can be sent as text, a structure as JSON text. */
const KINDS: Readonly<Record<string, JsonSchema>> = {
  text,
  number,
  seconds: { ...number, minimum: 0, maximum: MAX_SECONDS },
  flag: { enum: [1, 0, true, false, '1', '0', 'true', 'false', 'yes', 'no', '', null] },
  url: { type: ['string', 'null'] },
  time: { type: ['number', 'string'] },
  layers: { anyOf: [{ type: 'array', items: layer() }, structure] },
  bag: structure,
  ai: structure,
  structure,
};

/** The schema of a menu layer, described by the fields that it is read into. */
function layer(): JsonSchema {
  const { type } = exportedType('IvrLayer');
  const fields = fieldsOf(type);
  const properties = fields.map(({ path, wireKeys: [key = ''] }) => [
    key,
    {
      description: described(key, fields),
      ...(fieldOf(type, path).type.flags & ts.TypeFlags.Number ? number : text),
    },
  ]);
  return { type: 'object', properties: Object.fromEntries(properties) };
}
