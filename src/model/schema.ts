// A bundler cannot shake zod's object `z`: its messages in every language would come along.
import * as z from 'zod';
import { withoutInheritance } from '../record.js';
import { CALL_TYPES, type CallType, factsOfType } from './call-types.js';
import type { Cdr, CdrFields } from './cdr.js';
import { CALL_STATUSES, type CallStatus, OUTCOMES, type Outcome, outcomeOf } from './statuses.js';

/**
 * The schema of a {@link Cdr}, for a record that comes back from a queue or a database: a zod
 * schema, and with it a Standard Schema. `startedAt` may be the ISO text that JSON made of it.
 *
 * What follows from the type and the status has to follow from them: a record whose `outcome`
 * does not fit its `status` is refused.
 *
 * @example
 * ```ts
 * import { type Cdr, cdrSchema } from 'voicenter-cdr';
 *
 * const fromQueue = (message: string): Cdr => cdrSchema.parse(JSON.parse(message));
 * ```
 */
export const cdrSchema: z.ZodType<Cdr> = /* @__PURE__ */ makeSchema();

function makeSchema(): z.ZodType<Cdr> {
  const text = z.string().nullable();
  const number = z.number().nullable();
  const flag = z.boolean().nullable();
  const callType = z.enum(namesOf<CallType>(CALL_TYPES));
  const callStatus = z.enum(namesOf<CallStatus>(CALL_STATUSES));
  const extension = z.object({ code: text, name: text }).nullable();
  const department = z.object({ id: text, name: text }).nullable();
  const question = z.object({ key: text, question: text }).and(
    z.discriminatedUnion('dataType', [
      z.object({ dataType: z.literal('boolean'), answer: flag }),
      z.object({ dataType: z.literal('string'), answer: text }),
      z.object({ dataType: z.literal('number'), answer: number }),
      z.object({
        dataType: z.enum(['json array', 'json object list']),
        answer: z.array(z.unknown()).nullable(),
      }),
      z.object({
        dataType: z.literal('json object'),
        answer: z.record(z.string(), z.unknown()).nullable(),
      }),
      z.object({ dataType: z.literal('unknown'), answer: z.unknown() }),
    ]),
  );
  const participant = z.object({ name: text, personalityTraits: z.array(z.string()) }).nullable();

  const fields = z.object({
    callId: z.string().min(1),
    type: callType,
    status: callStatus,
    typeName: z.string(),
    statusName: z.string(),
    outcome: z.enum(Object.keys(OUTCOMES) as Outcome[]),
    answered: flag,
    leg: z.literal([1, 2]).nullable(),
    legFamily: z
      .enum(['click-to-call', 'agent-dialer', 'smart-dialer', 'attended-transfer'])
      .nullable(),
    legStatus: z.object({ leg1: callStatus.nullable(), leg2: callStatus.nullable() }).nullable(),
    direction: z.enum(['incoming', 'outgoing', 'internal']).nullable(),
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
    callerExtension: extension,
    targetExtension: extension,
    representative: z.object({ name: text, code: text }).nullable(),
    callerCountry: text,
    targetCountry: text,
    queue: z.object({ id: text, name: text, waitSeconds: number }).nullable(),
    ivr: z.array(
      z.object({
        layerId: text,
        layerName: text,
        layerNumber: number,
        digits: text,
        order: number,
      }),
    ),
    recordingUrl: z
      .string()
      // Without a flag: the pattern is also that of the JSON Schema, which knows none.
      .regex(/^[Hh][Tt][Tt][Pp][Ss]?:/)
      .nullable(),
    priceAgorot: number,
    originalCallId: text,
    department,
    topDepartment: department,
    customData: z.record(z.string(), z.string()).transform(withoutInheritance),
    dialer: z
      .object({
        campaignId: text,
        campaignName: text,
        campaignCode: text,
        campaignTypeId: text,
        campaignTypeName: text,
        callId: text,
        statusName: text,
        phone: text,
        callInserted: text,
        retryNumber: number,
        retryAmount: number,
      })
      .nullable(),
    doNotCall: z
      .object({
        listed: flag,
        status: text,
        statusCode: text,
        transactionId: text,
        tokenName: text,
      })
      .nullable(),
    ai: z
      .object({
        summary: text,
        questions: z.array(question),
        participants: z.object({ caller: participant, callee: participant }),
        emotions: z.object({
          questions: z.array(question),
          sentences: z.array(
            z.object({
              sentenceId: text,
              emotion: text,
              emotionDirection: number,
              emotionConfidence: number,
              emotionIntensity: number,
              personalityTrait: text,
              traitConfidence: number,
            }),
          ),
        }),
        transcript: z.array(
          z.object({
            speaker: text,
            text,
            startSeconds: number,
            endSeconds: number,
            sentenceId: text,
          }),
        ),
      })
      .nullable(),
    format: z.enum(['json', 'xml-rpc', 'form']),
    issues: z.array(
      z.object({
        path: z.array(z.union([z.string(), z.number()])),
        code: z.string(),
        message: z.string(),
        received: z.string().exactOptional(),
      }),
    ),
    raw: z.record(z.string(), z.unknown()).transform(withoutInheritance),
  }) satisfies z.ZodType<CdrFields>;

  return fields.superRefine((cdr, context) => {
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
