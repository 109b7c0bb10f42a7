import fc from 'fast-check';
import { CALL_STATUSES, CALL_TYPES } from 'voicenter-cdr';
import type { Wire } from './records.js';

/**
 * Text that every format carries unchanged: no controls, no surrounding white space, no lone
 * surrogates, and no `]]>`, which npm's xmlrpc writes wrongly if it occurs twice.
 */
const text = fc
  .string({
    unit: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...'abcXYZ0189אבגדתשם') },
      { weight: 2, arbitrary: fc.constantFrom(...' "\'<>&=+%;:,.[]{}()#*/\\@$!?-_|~^`') },
      { weight: 1, arbitrary: fc.constantFrom('😀', '𝒳', 'é', '\u2028', '&amp;', '&#65;', ']]') },
    ),
    maxLength: 24,
  })
  .map((sent) => sent.trim())
  .filter((sent) => !/^[{[]|]]>/.test(sent));

/** Digits that may start with zeros: phone numbers, codes, ids. */
const digits = fc.string({
  unit: fc.constantFrom(...'0123456789'),
  minLength: 1,
  maxLength: 14,
});

const integer = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const seconds = fc.integer({ min: 0, max: 100_000 });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });

const layer = fc.record({
  layer_id: integer,
  layer_name: text,
  layer_number: fc.integer({ min: 0, max: 99 }),
  Dtmf: fc.oneof(fc.constant(0), digits),
  dtmf_order: fc.integer({ min: 1, max: 9 }),
});

const campaign = {
  campaignID: optional(integer),
  campaignName: optional(text),
  CallID: optional(digits),
  Phone: optional(digits),
  RetryNum: optional(fc.integer({ min: 0, max: 9 })),
};

const customData = fc.dictionary(
  fc.oneof(
    { weight: 4, arbitrary: fc.stringMatching(/^[a-z]{1,8}$/) },
    // Keys that look like list indexes or that mean something to JavaScript.
    fc.constantFrom('0', '1', '7', 'constructor', 'prototype', 'toString', 'valueOf'),
  ),
  text,
  { maxKeys: 4 },
);

/** What a JSON answer can hold: its numbers must be numbers in every format. */
const answerItem = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -9, max: 9 }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
  digits,
  fc.boolean(),
  fc.record({ layer: fc.integer(), name: text }),
);

const answer = fc.oneof(
  fc.record({ data_type: fc.constantFrom('string', 2, '2'), answer: text }),
  fc.record({ data_type: fc.constantFrom('number', 3), answer: fc.maxSafeInteger() }),
  fc.record({ data_type: fc.constantFrom('boolean', '1'), answer: fc.constantFrom(0, 1) }),
  fc.record({
    data_type: fc.constantFrom('json array', 4),
    answer: fc.array(answerItem, { maxLength: 4 }),
  }),
);

const aiData = fc.record({
  insights: fc.record({
    summary: text,
    questions: fc.array(
      fc
        .tuple(fc.record({ key: digits, question: text }), answer)
        .map(([question, answered]) => ({ ...question, ...answered })),
      { maxLength: 2 },
    ),
  }),
  transcript: fc.array(
    fc.record({
      speaker: fc.constantFrom('Speaker0', 'Speaker1', 'Speaker2'),
      text,
      startTime: seconds,
      endTime: fc.option(seconds),
      sentence_id: integer,
    }),
    { maxLength: 3 },
  ),
});

/** A wire record such as Voicenter sends: the required keys, and any of the others. */
export const wireRecord: fc.Arbitrary<Wire> = fc
  .record({
    ivruniqueid: fc.stringMatching(/^\d{8}[0-9a-zA-Z]{1,12}$/),
    type: fc.constantFrom(...Object.keys(CALL_TYPES), 'Click2Callleg1', 'Hologram'),
    status: fc.constantFrom(...Object.keys(CALL_STATUSES), 'PONDERING'),
    // From the second day on, so that no time zone puts the start before 1970.
    time: fc.integer({ min: 86_400, max: 2 ** 31 - 1 }),
    duration: seconds,
    caller: optional(digits),
    target: optional(digits),
    did: optional(digits),
    leg1DialStatusName: optional(fc.constantFrom(...Object.keys(CALL_STATUSES), 'PONDERING')),
    targetextension: optional(text),
    targetextension_name: optional(text),
    callerextension: optional(text),
    queueid: optional(fc.oneof(fc.constant(0), integer)),
    queuename: optional(text),
    seconds_waiting_in_queue: optional(seconds),
    record: optional(fc.constant('https://cpanel.voicenter.co.il/PlayRecord/a-aws.mp3?x=1&y=2')),
    price: optional(integer),
    dialtime: optional(seconds),
    representative_name: optional(text),
    representative_code: optional(digits),
    caller_country: optional(text),
    OriginalIvrUniqueID: optional(digits),
    DepartmentID: optional(integer),
    DepartmentName: optional(text),
    direction: optional(fc.constantFrom('incoming', 'outgoing', 'internal')),
    extenUser: optional(text),
    callerPhone: optional(digits),
    isAnswer: optional(fc.constantFrom(0, 1)),
    actualCallDuration: optional(seconds),
    IsDoNotCallMe: optional(fc.constantFrom(0, 1)),
    DoNotCallMeStatus: optional(text),
    IVR: optional(fc.array(layer, { maxLength: 4 })),
    CustomData: optional(customData),
    dialerData: optional(fc.record(campaign)),
    aiData: optional(aiData),
    ...campaign,
  })
  // An optional key is sent empty or not at all, which means the same.
  .chain((record) =>
    fc
      .subarray(Object.keys(record).filter((key) => record[key as 'caller'] === undefined))
      .map((empty) =>
        JSON.parse(
          JSON.stringify({ ...record, ...Object.fromEntries(empty.map((key) => [key, ''])) }),
        ),
      ),
  );
