// Not `{ z }`: bundlers cannot tree-shake that object, and it has messages in every language.
import * as z from 'zod';
import type { CdrIssueCode } from '../errors.js';
import { isRecord, withoutInheritance } from '../record.js';
import type { AiData } from './ai.js';
import {
  CALL_TYPES,
  type CallType,
  callTypeOf,
  DIRECTIONS,
  factsOfType,
  LEG_FAMILIES,
} from './call-types.js';
import type { Cdr, CdrFields } from './cdr.js';
import { LAYER } from './ivr.js';
import type { Table } from './kind.js';
import { AI_TABLES, DATA_TYPES } from './read-ai.js';
import {
  CALL_STATUSES,
  type CallStatus,
  callStatusOf,
  OUTCOMES,
  type Outcome,
  outcomeOf,
} from './statuses.js';
import { rowsOf } from './structure.js';
import { WIRE } from './wire.js';

/**
 * The zod schema (and Standard Schema) of a {@link Cdr}, for records read back from a queue or a
 * database. `startedAt` may be a Date or the ISO text that JSON turns it into.
 *
 * It reads records stored by any version of this package. Fields that did not exist yet are null or
 * empty; fields that this version does not know are dropped. An unknown type, status or type of an
 * AI answer becomes `'unknown'`, and the fields that follow from it are adjusted. An unknown
 * outcome or direction is replaced by the one that follows from the status or type. Records whose
 * fields contradict their type or status are refused.
 *
 * @example
 * ```ts
 * import type { Cdr } from 'voicenter-cdr';
 * import { cdrSchema } from 'voicenter-cdr/schema';
 *
 * const fromQueue = (message: string): Cdr => cdrSchema.parse(JSON.parse(message));
 * ```
 */
export const cdrSchema: z.ZodType<Cdr> = /* @__PURE__ */ makeSchema();

function makeSchema(): z.ZodType<Cdr> {
  const text = z.string().nullable().default(null);
  const number = z.number().nullable().default(null);
  const flag = z.boolean().nullable().default(null);
  const callType = z.enum(namesOf<CallType>(CALL_TYPES));
  const callStatus = z.enum(namesOf<CallStatus>(CALL_STATUSES));
  const legStatus = optional(z.preprocess(knownStatus, callStatus));

  /** The schema of each kind of field that is not text. */
  const kinds: Readonly<Record<string, z.ZodType>> = {
    number,
    seconds: number,
    flag,
    texts: z.array(z.string()).default([]),
  };
  function objectOf<T extends object>(table: Table<T>): z.ZodType<T> {
    const shape = rowsOf(table).map(([field, [, { name }]]) => [field, kinds[name] ?? text]);
    // The compiler cannot see that the fields are those of the table.
    return z.object(Object.fromEntries(shape)) as z.ZodType<T>;
  }
  function optional<T>(schema: z.ZodType<T>): z.ZodType<T | null> {
    return schema.nullable().default(null);
  }
  function listOf<T>(schema: z.ZodType<T>): z.ZodType<T[]> {
    return z.array(schema).default([]);
  }

  const answer = z.discriminatedUnion('dataType', [
    z.object({ dataType: z.literal('boolean'), answer: flag }),
    z.object({ dataType: z.literal('string'), answer: text }),
    z.object({ dataType: z.literal('number'), answer: number }),
    z.object({
      dataType: z.enum(['json array', 'json object list']),
      answer: optional(z.array(z.unknown())),
    }),
    z.object({
      dataType: z.literal('json object'),
      // Not z.record, which drops the key `__proto__`.
      answer: optional(
        z
          .custom<Record<string, unknown>>(isRecord)
          .meta({ type: 'object', additionalProperties: {} }),
      ),
    }),
    z.object({ dataType: z.literal('unknown'), answer: z.unknown() }),
  ]);
  const question = z.object({ key: text, question: text }).and(z.preprocess(knownAnswer, answer));
  const participant = optional(objectOf(AI_TABLES.PARTICIPANT));
  const participants = z.object({ caller: participant, callee: participant });
  const emotions = z.object({
    questions: listOf(question),
    sentences: listOf(objectOf(AI_TABLES.EMOTION)),
  });
  const analysis: z.ZodType<AiData> = z.object({
    summary: text,
    questions: listOf(question),
    participants: participants.default(() => ({ caller: null, callee: null })),
    emotions: emotions.default(() => ({ questions: [], sentences: [] })),
    transcript: listOf(objectOf(AI_TABLES.SENTENCE)),
  });

  const fields = z.object({
    callId: z.string().min(1),
    type: callType,
    status: callStatus,
    typeName: z.string(),
    statusName: z.string(),
    outcome: z.enum(Object.keys(OUTCOMES) as Outcome[]),
    answered: flag,
    leg: optional(z.literal([1, 2])),
    legFamily: optional(z.enum(LEG_FAMILIES)),
    legStatus: optional(z.object({ leg1: legStatus, leg2: legStatus })),
    direction: optional(z.enum(DIRECTIONS)),
    startedAt: z.union([
      z.date(),
      z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
    ]),
    durationSeconds: z.number(),
    talkSeconds: number,
    ringSeconds: number,
    caller: text,
    target: text,
    did: text,
    customerPhone: text,
    businessPhone: text,
    agentExtension: text,
    callerExtension: optional(objectOf(WIRE.callerExtension)),
    targetExtension: optional(objectOf(WIRE.targetExtension)),
    representative: optional(objectOf(WIRE.representative)),
    callerCountry: text,
    targetCountry: text,
    queue: optional(objectOf(WIRE.queue)),
    ivr: listOf(objectOf(LAYER)),
    recordingUrl: optional(
      // No `i` flag: the JSON Schema has the same pattern, and no flags.
      z.string().regex(/^[Hh][Tt][Tt][Pp][Ss]?:/),
    ),
    priceAgorot: number,
    originalCallId: text,
    department: optional(objectOf(WIRE.department)),
    topDepartment: optional(objectOf(WIRE.topDepartment)),
    customData: bagOf<string>(isText, { type: 'string' }),
    dialer: optional(objectOf(WIRE.dialer)),
    doNotCall: optional(objectOf(WIRE.doNotCall)),
    ai: optional(analysis),
    format: z.enum(['json', 'xml-rpc', 'form']),
    issues: listOf(
      z.object({
        path: z.array(z.union([z.string(), z.number()])),
        code: z.custom<CdrIssueCode>(isText).meta({ type: 'string' }), // later versions add codes
        message: z.string(),
        received: z.string().exactOptional(),
      }),
    ),
    raw: bagOf<unknown>(() => true, {}),
  }) satisfies z.ZodType<CdrFields>;

  return z.preprocess(withKnownNames, fields).superRefine((cdr, context) => {
    for (const name of contradictions(cdr)) {
      context.addIssue({
        code: 'custom',
        path: [name],
        message: `${name} does not follow from the type ${cdr.type} and the status ${cdr.status}`,
      });
    }
  }) as z.ZodType<Cdr>;
}

/** The names of a table, and `unknown`. */
function namesOf<K extends string>(table: Record<Exclude<K, 'unknown'>, unknown>): K[] {
  return [...Object.keys(table), 'unknown'] as K[];
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** A record of any keys, without a prototype. Not z.record, which drops the key `__proto__`. */
function bagOf<T>(
  isValue: (value: unknown) => boolean,
  valueSchema: object,
): z.ZodType<Record<string, T>> {
  return z
    .custom<Record<string, T>>(isRecord)
    .meta({ type: 'object', additionalProperties: valueSchema })
    .superRefine((bag, { addIssue }) => {
      for (const [key, value] of Object.entries(bag)) {
        if (!isValue(value)) addIssue({ code: 'custom', path: [key], message: 'Invalid input' });
      }
    })
    .overwrite((bag) => withoutInheritance({ ...bag }))
    .default({});
}

/** A name in a stored record; empty if it is not text. */
function nameIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Replaces the names that a later version added, along with the fields that follow from them. */
function withKnownNames(stored: unknown): unknown {
  if (!isRecord(stored)) return stored;
  const { type, status, outcome, direction } = stored;
  return {
    ...stored,
    ...(isNewName(outcome, Object.keys(OUTCOMES)) && {
      outcome: outcomeOf(callStatusOf(nameIn(status))),
    }),
    ...(isNewName(direction, DIRECTIONS) && {
      direction: factsOfType(callTypeOf(nameIn(type))).direction,
    }),
    ...(isNewName(type, Object.keys(CALL_TYPES)) && {
      type: 'unknown',
      leg: null,
      legFamily: null,
      legStatus: null,
    }),
    ...(isNewName(status, Object.keys(CALL_STATUSES)) && { status: 'unknown', outcome: 'unknown' }),
  };
}

function knownStatus(status: unknown): unknown {
  return isNewName(status, Object.keys(CALL_STATUSES)) ? 'unknown' : status;
}

/** An answer whose type was added by a later version becomes one of unknown type. */
function knownAnswer(answer: unknown): unknown {
  const isNew = isRecord(answer) && isNewName(answer['dataType'], DATA_TYPES);
  return isNew ? { ...answer, dataType: 'unknown' } : answer;
}

function isNewName(name: unknown, known: readonly string[]): boolean {
  return typeof name === 'string' && name !== 'unknown' && !known.includes(name);
}

/** The fields that do not fit the type and status of their record. */
function contradictions(cdr: CdrFields): (keyof CdrFields)[] {
  const facts = factsOfType(cdr.type);
  const outcome = outcomeOf(cdr.status);
  const { answered } = OUTCOMES[outcome];
  const fits: Partial<Record<keyof CdrFields, boolean>> = {
    outcome: cdr.outcome === outcome,
    answered: cdr.status === 'unknown' || cdr.answered === answered,
    leg: cdr.leg === facts.leg,
    legFamily: cdr.legFamily === facts.family,
    legStatus:
      facts.leg === null ? cdr.legStatus === null : cdr.legStatus?.[`leg${facts.leg}`] != null,
    direction: facts.direction === null || cdr.direction !== null,
    queue: !facts.queue || cdr.queue !== null,
  };
  return (Object.keys(fits) as (keyof CdrFields)[]).filter((name) => !fits[name]);
}
