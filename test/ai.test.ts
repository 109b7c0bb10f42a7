import { describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { minimal } from './records.js';

describe('the AI analysis', () => {
  const question = (data_type: unknown, answer: unknown) => ({
    key: 'k',
    question: 'Q?',
    data_type,
    answer,
  });
  const answers = (...questions: object[]) =>
    parseCdr(minimal({ aiData: { insights: { questions } } })).ai?.questions.map(
      ({ dataType, answer }) => [dataType, answer],
    );

  it('has answers of the declared types, given by name or by number', () => {
    const expected = [
      ['boolean', true],
      ['string', 'yes'],
      ['number', 4.5],
      ['json array', [1, 'a']],
      ['json object list', [{ a: 1 }]],
      ['json object', { a: 1 }],
    ];
    const sent = ['true', 'yes', '4.5', '[1,"a"]', '[{"a":1}]', '{"a":1}'];
    expect(answers(...sent.map((answer, index) => question(expected[index]?.[0], answer)))).toEqual(
      expected,
    );
    expect(answers(...sent.map((answer, index) => question(index + 1, answer)))).toEqual(expected);
    expect(answers(...sent.map((answer, index) => question(String(index + 1), answer)))).toEqual(
      expected,
    );
  });

  it('keeps lists whose items would mean nothing in other fields', () => {
    const lists = [[false, false], ['null'], ['false', 'None'], [null], ['']];
    expect(answers(...lists.map((list) => question('json array', JSON.stringify(list))))).toEqual(
      lists.map((list) => ['json array', list]),
    );
    expect(answers(...lists.map((list) => question('json array', list)))).toEqual(
      lists.map((list) => ['json array', list]),
    );
  });

  it('keeps an answer of an unknown type as sent', () => {
    expect(answers(question('colour', 'red'), question(undefined, 7), question(9, ''))).toEqual([
      ['unknown', 'red'],
      ['unknown', 7],
      ['unknown', null],
    ]);
  });

  it('has null and an issue for an answer that is not of its declared type', () => {
    const cdr = parseCdr(
      minimal({
        aiData: {
          insights: {
            questions: [
              question('number', 'many'),
              question('json object', '[1]'),
              question('json array', ''),
              question('json array', 'many'),
              question('json object list', '[1'),
            ],
          },
        },
      }),
    );
    expect(cdr.ai?.questions.map(({ answer }) => answer)).toEqual([null, null, null, null, null]);
    expect(cdr.issues.map(({ path }) => path)).toEqual([
      ['aiData', 'insights', 'questions', 0, 'answer'],
      ['aiData', 'insights', 'questions', 1, 'answer'],
      ['aiData', 'insights', 'questions', 3, 'answer'],
      ['aiData', 'insights', 'questions', 4, 'answer'],
    ]);
  });

  it('has speakers by role, and times in seconds', () => {
    const transcript = [
      { speaker: 'Speaker0', text: 'שלום', startTime: 0.5, endTime: '2', sentence_id: 1 },
      { Speaker: 'Speaker1', text: 'Hello', StartTime: 2, EndTime: null, SentenceId: '2' },
      { speaker: 'Speaker2', text: '', startTime: 'x' },
      'not a sentence',
    ];
    const cdr = parseCdr(minimal({ aiData: JSON.stringify({ transcript }) }));
    expect(cdr.ai?.transcript).toEqual([
      { speaker: 'agent', text: 'שלום', startSeconds: 0.5, endSeconds: 2, sentenceId: '1' },
      { speaker: 'customer', text: 'Hello', startSeconds: 2, endSeconds: null, sentenceId: '2' },
      { speaker: 'Speaker2', text: null, startSeconds: null, endSeconds: null, sentenceId: null },
    ]);
    expect(cdr.issues.map(({ path }) => path)).toEqual([
      ['aiData', 'transcript', 2, 'startTime'],
      ['aiData', 'transcript', 3],
    ]);
  });

  it('has questions of several lines', () => {
    const questions = [{ question: 'How was it?\nAnd why?' }];
    const { ai, issues } = parseCdr(minimal({ aiData: { insights: { questions } } }));
    expect(ai?.questions[0]?.question).toBe('How was it?\nAnd why?');
    expect(issues).toEqual([]);
  });

  it('has participants with their traits as a list', () => {
    const participants = {
      caller: { name: 'Dana', personality_traits: ['calm', 'brief'] },
      callee: { name: null, personality_traits: 'patient' },
    };
    expect(parseCdr(minimal({ aiData: { insights: { participants } } })).ai?.participants).toEqual({
      caller: { name: 'Dana', personalityTraits: ['calm', 'brief'] },
      callee: { name: null, personalityTraits: ['patient'] },
    });
  });

  it('reads traits from a list in JSON text, and has none for an empty one', () => {
    const traits = (personality_traits: unknown) =>
      parseCdr(
        minimal({ aiData: { insights: { participants: { caller: { personality_traits } } } } }),
      ).ai?.participants.caller?.personalityTraits;
    expect(traits(' ["calm","brief"]')).toEqual(['calm', 'brief']);
    expect(traits(['calm', '', null, 'brief'])).toEqual(['calm', 'brief']);
    expect(traits('')).toEqual([]);
  });

  it('reports traits in truncated JSON text under their key', () => {
    const participants = { caller: { personality_traits: '["calm' } };
    const { ai, issues } = parseCdr(minimal({ aiData: { insights: { participants } } }));
    expect(ai?.participants.caller?.personalityTraits).toEqual([]);
    const path = ['aiData', 'insights', 'participants', 'caller', 'personality_traits'];
    expect(issues).toMatchObject([{ path, code: 'invalid_field' }]);
  });

  it('is empty where parts are missing, and null if everything is missing', () => {
    expect(parseCdr(minimal({ aiData: { insights: null } })).ai).toEqual({
      summary: null,
      questions: [],
      participants: { caller: null, callee: null },
      emotions: { questions: [], sentences: [] },
      transcript: [],
    });
    expect(parseCdr(minimal({ aiData: null })).ai).toBeNull();
    expect(parseCdr(minimal({ aiData: '' })).ai).toBeNull();
  });
});
