import { describe, expect, it } from 'vitest';
import {
  CALL_STATUSES,
  CALL_TYPES,
  type CallStatus,
  type CallType,
  type Direction,
  isMissed,
  type LegFamily,
  type Outcome,
  parseCdr,
} from 'voicenter-cdr';
import { minimal, type Wire } from './records.js';

type Party = 'caller' | 'target' | null;

/** Written from the vendor's documents, not from the tables under test. */
// biome-ignore format: a table reads best with a row a line
const TYPES: [type: CallType, direction: Direction | null, customer: Party, agent: Party, leg: 1 | 2 | null, family: LegFamily | null, queue: boolean][] = [
  ['Incoming Call', 'incoming', 'caller', 'target', null, null, false],
  ['CC', null, null, null, null, null, false],
  ['Extension Outgoing', 'outgoing', 'target', 'caller', null, null, false],
  ['Queue', 'incoming', 'caller', 'target', null, null, true],
  ['Click2Call leg1', null, null, 'target', 1, 'click-to-call', false],
  ['Click2Call leg2', 'outgoing', 'target', 'caller', 2, 'click-to-call', false],
  ['VoiceMail', null, 'caller', null, null, null, false],
  ['Callference', null, null, null, null, null, false],
  ['XferCDR', null, null, null, null, null, false],
  ['ProductiveCallLeg1', null, null, 'target', 1, 'agent-dialer', false],
  ['ProductiveCallLeg2', 'outgoing', 'target', 'caller', 2, 'agent-dialer', false],
  ['Scrubber', null, null, null, null, null, false],
  ['Click 2 IVR', 'outgoing', 'target', null, 1, 'smart-dialer', false],
  ['Click 2 IVR Incoming', null, 'caller', null, 2, 'smart-dialer', false],
  ['Click 2 Queue Incoming', null, 'caller', 'target', 2, 'smart-dialer', true],
  ['FaxCdr', null, null, null, null, null, false],
  ['Attended CDR leg1', null, null, null, 1, 'attended-transfer', false],
  ['Attended CDR leg2', null, null, null, 2, 'attended-transfer', false],
  ['Auto forward', null, null, null, null, null, false],
  ['unknown', null, null, null, null, null, false],
];

const STATUSES: [status: CallStatus, outcome: Outcome, answered: boolean | null][] = [
  ['ANSWER', 'answered', true],
  ['ABANDONE', 'abandoned', false],
  ['TIMEOUT', 'abandoned', false],
  ['EXIT', 'abandoned', false],
  ['FULL', 'unanswered', false],
  ['JOINEMPTY', 'unanswered', false],
  ['NOANSWER', 'unanswered', false],
  ['BUSY', 'busy', false],
  ['CANCEL', 'cancelled', false],
  ['VOICEMAIL', 'voicemail', false],
  ['VOEND', 'ended-in-ivr', false],
  ['TE', 'ended-in-ivr', false],
  ['NOTDIALED', 'not-dialed', false],
  ['NOTCALLED', 'not-dialed', false],
  ['SSWPREAUTH', 'not-dialed', false],
  ['CONGESTION', 'failed', false],
  ['CHANUNAVAIL', 'failed', false],
  ['INVALIDARGS', 'failed', false],
  ['unknown', 'unknown', null],
];

/** The types whose calls are incoming if the record has no direction. */
const INCOMING: CallType[] = ['Incoming Call', 'Queue', 'VoiceMail'];

const NUMBERS: Wire = { caller: '0501234567', target: '0501234568' };
const EXTENSIONS: Wire = { callerextension: 'SIP201', targetextension: 'SIP202' };
const sent = (name: CallType | CallStatus) => (name === 'unknown' ? 'Hologram' : name);
const cdrOf = (type: CallType, status: CallStatus, more: Wire = {}) =>
  parseCdr(minimal({ ...NUMBERS, type: sent(type), status: sent(status), ...more }));

it('the table has every type and every status', () => {
  const [types, statuses] = [TYPES.map(([type]) => type), STATUSES.map(([status]) => status)];
  expect(types).toEqual([...Object.keys(CALL_TYPES), 'unknown']);
  expect(statuses).toEqual([...Object.keys(CALL_STATUSES), 'unknown']);
});

describe.each(TYPES)('%s', (type, direction, customer, agent, leg, legFamily, queue) => {
  it.each(STATUSES)(
    'with the status %s has the outcome %s and answered %s',
    (status, outcome, answered) => {
      const cdr = cdrOf(type, status);
      expect(cdr).toMatchObject({ type, status, outcome, answered, direction, leg, legFamily });
      expect(cdr.customerPhone).toBe(customer && NUMBERS[customer]);
      expect(cdrOf(type, status, EXTENSIONS).agentExtension).toBe(
        agent && EXTENSIONS[`${agent}extension`],
      );
      expect(cdr.queue !== null).toBe(queue);
      expect(cdr.legStatus?.[`leg${leg ?? 1}`]).toBe(leg === null ? undefined : status);
    },
  );

  it.each(STATUSES)('with the status %s is missed only if incoming, as %s', (status) => {
    const isVoicemail = type === 'VoiceMail';
    const isUnanswered = isVoicemail || (status !== 'ANSWER' && status !== 'unknown');
    expect(isMissed(cdrOf(type, status))).toBe(INCOMING.includes(type) && isUnanswered);
    expect(isMissed(cdrOf(type, status, { direction: 'incoming' }))).toBe(isUnanswered);
    expect(isMissed(cdrOf(type, status, { direction: 'outgoing' }))).toBe(false);
    expect(isMissed(cdrOf(type, status, { direction: 'internal' }))).toBe(false);
  });

  it.each([0, 1])('with an unknown status follows isAnswer %i', (isAnswer) => {
    const cdr = cdrOf(type, 'unknown', { direction: 'incoming', isAnswer });
    expect(cdr.answered).toBe(isAnswer === 1);
    expect(isMissed(cdr)).toBe(type === 'VoiceMail' || isAnswer === 0);
  });
});
