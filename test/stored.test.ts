import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { cdrSchema } from 'voicenter-cdr/schema';
import { FULL_RECORD } from './full-record.js';
import { QUEUE } from './records.js';

const folder = fileURLToPath(new URL('../fixtures/stored/', import.meta.url));
const rows = readdirSync(folder).flatMap((file) =>
  readFileSync(folder + file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line, index) => ({ row: `line ${index + 1} of ${file}`, line })),
);

/** A record as this version stores it. */
const stored = (record: object = QUEUE) => JSON.parse(JSON.stringify(parseCdr(record)));
const fields = Object.keys(parseCdr(QUEUE)).sort();

describe('a record that an earlier version stored', () => {
  it.each(rows)('is read unchanged: $row', ({ line }) => {
    const cdr = cdrSchema.parse(JSON.parse(line));
    expect(cdr.startedAt).toBeInstanceOf(Date);
    expect(Object.keys(cdr).sort()).toEqual(fields);
    expect(JSON.parse(JSON.stringify(cdr))).toMatchObject(JSON.parse(line));
  });

  it('has null or empty values for fields that did not exist yet', () => {
    const { businessPhone, ai, doNotCall, customData, ...earlier } = stored(FULL_RECORD);
    const { tokenName, ...earlierDoNotCall } = doNotCall;
    const { transcript, ...earlierAi } = ai;
    const row = { ...earlier, ai: earlierAi, doNotCall: earlierDoNotCall };
    expect(cdrSchema.parse(row)).toEqual({
      ...cdrSchema.parse(stored(FULL_RECORD)),
      businessPhone: null,
      customData: {},
      doNotCall: { ...doNotCall, tokenName: null },
      ai: { ...ai, transcript: [] },
    });
  });

  it('has null or empty values for missing parts of the AI analysis', () => {
    const row = stored(FULL_RECORD);
    expect(cdrSchema.parse({ ...row, ai: {} }).ai).toEqual({
      summary: null,
      questions: [],
      participants: { caller: null, callee: null },
      emotions: { questions: [], sentences: [] },
      transcript: [],
    });
    const questions = row.ai.questions.map(({ answer, ...rest }: { answer: unknown }) => rest);
    for (const question of cdrSchema.parse({ ...row, ai: { questions } }).ai?.questions ?? []) {
      expect(question.answer ?? null).toBeNull();
    }
  });

  it('keeps a key named __proto__', () => {
    const line = rows.map((row) => row.line).find((line) => line.includes('__proto__')) ?? '{}';
    const { customData, raw } = cdrSchema.parse(JSON.parse(line));
    expect(Object.entries(customData)).toContainEqual(['__proto__', 'x']);
    expect(Object.entries(raw)).toContainEqual(['__proto__', 'z']);
  });
});

describe('a record that a later version stored', () => {
  it('loses fields that this version does not know, at any depth', () => {
    const row = stored();
    const later = {
      ...row,
      mood: 'calm',
      queue: { ...row.queue, color: 'red' },
      ivr: row.ivr.map((layer: object) => ({ ...layer, pressedAt: 1 })),
    };
    expect(cdrSchema.parse(later)).toEqual(cdrSchema.parse(row));
  });

  it('with an unknown type becomes unknown, along with the fields that follow from the type', () => {
    const row = stored({ ...QUEUE, type: 'Click2Call leg1' });
    const type = 'Hologram leg1';
    const later = { ...row, type, typeName: type, legFamily: 'hologram' };
    expect(cdrSchema.parse(later)).toMatchObject({
      type: 'unknown',
      typeName: type,
      leg: null,
      legFamily: null,
      legStatus: null,
    });
  });

  it('with an unknown status becomes unknown, along with the fields that follow from the status', () => {
    const status = 'PONDERING';
    const later = { ...stored(), status, statusName: status, outcome: 'pondering', answered: true };
    expect(cdrSchema.parse(later)).toMatchObject({
      status: 'unknown',
      statusName: status,
      outcome: 'unknown',
      answered: true,
    });
  });

  it('with an unknown outcome or direction gets the one that follows from its status or type', () => {
    const later = { ...stored(), outcome: 'pondered', direction: 'sideways' };
    expect(cdrSchema.parse(later)).toEqual(cdrSchema.parse(stored()));
    const forwarded = stored({ ...QUEUE, type: 'Auto forward' });
    expect(cdrSchema.parse({ ...forwarded, direction: 'sideways' }).direction).toBeNull();
  });

  it('with an AI answer of unknown type keeps it as one of type unknown', () => {
    const row = stored(FULL_RECORD);
    const question = { key: '1', question: 'Which?', dataType: 'json map', answer: { a: 1 } };
    const { ai } = cdrSchema.parse({ ...row, ai: { ...row.ai, questions: [question] } });
    expect(ai?.questions).toEqual([{ ...question, dataType: 'unknown' }]);
  });

  it('with an unknown leg status gets unknown', () => {
    const row = stored({ ...QUEUE, type: 'Click2Call leg2', leg1DialStatusName: 'BUSY' });
    const later = { ...row, legStatus: { ...row.legStatus, leg1: 'PONDERING' } };
    expect(cdrSchema.parse(later).legStatus).toEqual({ leg1: 'unknown', leg2: 'ANSWER' });
  });
});
