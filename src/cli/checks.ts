import { FORMAT_NAMES, FORMATS } from './formats.js';
import type { Delivery } from './request.js';
import { CHARSETS } from './test-call.js';
import {
  type CheckRequest,
  CUSTOM_DATA,
  copies,
  empty,
  everyTypeAndStatus,
  GET,
  hebrew,
  inEachFormat,
  legsReversed,
  MENUS,
  otherSpellings,
  shapes,
  simultaneous,
  type TestCalls,
  transcript,
  transferFirst,
  unknowns,
  unreadable,
  wrongPath,
} from './test-requests.js';

/** What a check expects of the answers to its requests. */
export const EXPECTATIONS = {
  accepted: { text: 'err 0', isMet: ({ accepted }: Delivery) => accepted },
  answered: { text: 'any err', isMet: ({ err }: Delivery) => err !== null },
  ignored: { text: 'no err 0', isMet: ({ accepted }: Delivery) => !accepted },
} as const;

/** A check of something that a receiver has to handle. */
export interface Check {
  name: string;
  /** What a failure means for the user. */
  meaning: string;
  expects: keyof typeof EXPECTATIONS;
  /** Whether a failure is only a warning. */
  warning?: true;
  /** How many requests are sent at a time; default 1. */
  atOnce?: number;
  requests: CheckRequest[];
}

const TRANSCRIPTS = { '300 KB': 300_000, '2 MB': 2_000_000 };

/** Every check, with its requests. */
export function planChecks(calls: TestCalls): Check[] {
  return [
    ...FORMATS.map(
      (format): Check => ({
        name: `All types and statuses, ${FORMAT_NAMES[format]}`,
        meaning:
          'Refused calls are resent and never stored. If a whole format is refused, another body parser probably reads the request first: give the receiver the bytes.',
        expects: 'accepted',
        requests: everyTypeAndStatus(calls, format),
      }),
    ),
    {
      name: 'A resent record',
      meaning:
        'Voicenter resends records, sometimes with a recording that was missing before. Upsert: a copy that is refused is resent again and again.',
      expects: 'accepted',
      requests: inEachFormat((format) => copies(calls, format)),
    },
    {
      name: 'The second leg before the first',
      meaning: 'Records come in any order: store a leg even if the other one has not arrived.',
      expects: 'accepted',
      requests: inEachFormat((format) => legsReversed(calls, format)),
    },
    {
      name: 'A transfer before its original',
      meaning: 'A record can name a call that has not arrived: store it without that call.',
      expects: 'accepted',
      requests: inEachFormat((format) => transferFirst(calls, format)),
    },
    ...CHARSETS.map(
      (charset): Check => ({
        name: `Hebrew in ${charset}`,
        meaning: `Calls with Hebrew names are lost when they are sent in ${charset}.`,
        expects: 'accepted',
        requests: hebrew(calls, charset),
      }),
    ),
    {
      name: 'Keys in another spelling',
      meaning:
        'Voicenter spells keys differently in each format: compare them without case and underscores.',
      expects: 'accepted',
      requests: inEachFormat((format) => otherSpellings(calls, format)),
    },
    {
      name: 'Unknown types, statuses, keys',
      meaning: 'Voicenter adds new ones over time: store them as sent, or those calls are lost.',
      expects: 'accepted',
      requests: inEachFormat((format) => unknowns(calls, format)),
    },
    {
      name: 'Menus in every shape',
      meaning:
        'Calls that passed a menu are lost if their menus are in a shape that the receiver refuses.',
      expects: 'accepted',
      requests: shapes(calls, 'IVR', MENUS),
    },
    {
      name: 'Custom data in every shape',
      meaning: 'Calls with custom data are lost if it is in a shape that the receiver refuses.',
      expects: 'accepted',
      requests: shapes(calls, 'CustomData', CUSTOM_DATA),
    },
    ...Object.entries(TRANSCRIPTS).map(
      ([size, bytes]): Check => ({
        name: `A transcript of ${size}`,
        meaning: 'Long calls with AI analysis are lost: raise the limit on the body size.',
        expects: 'accepted',
        requests: transcript(calls, bytes),
      }),
    ),
    {
      name: 'Two requests at once',
      meaning:
        'The next record, or another copy, can arrive before the last one has been answered.',
      expects: 'accepted',
      atOnce: 2,
      requests: inEachFormat((format) => simultaneous(calls, format)),
    },
    {
      name: 'A body that cannot be read',
      meaning:
        'Answer it with status 200 and an err in the format of the request. Store the raw body and answer 0, so that it is not resent.',
      expects: 'answered',
      requests: inEachFormat((format) => unreadable(calls, format)),
    },
    {
      name: 'An empty body',
      meaning: 'Answer it with status 200 and an err, like any body that cannot be read.',
      expects: 'answered',
      requests: inEachFormat(empty),
    },
    {
      name: 'GET',
      meaning: 'A visit by a browser or a monitor is acknowledged like a record: accept only POST.',
      expects: 'ignored',
      warning: true,
      requests: [GET],
    },
    {
      name: 'A wrong path',
      meaning:
        'Every path is answered, so the path is not a secret: anyone who knows the host can send records.',
      expects: 'ignored',
      warning: true,
      requests: [wrongPath(calls)],
    },
  ];
}
