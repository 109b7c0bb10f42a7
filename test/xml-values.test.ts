import { describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { ENCODERS, minimal } from './records.js';

describe('an XML-RPC record', () => {
  const around = ['', '<!-- -->'];
  const callers = (caller: string) =>
    around.map((comment) =>
      ENCODERS['xml-rpc'](minimal({ caller: 'CALLER' }))
        .replace('CALLER', caller)
        .replace('<struct>', `<struct>${comment}`),
    );

  it.each(['\ud83d', '\uffff', '\ufffe', '&#xD83D;', '&#xFFFF;'])(
    'has U+FFFD for anything that is not a character: %j',
    (sent) => {
      for (const body of callers(`a${sent}b`)) expect(parseCdr(body).caller).toBe('a\uFFFDb');
    },
  );

  it.each([
    ['\u0000', '\u0000'],
    ['\u001b', '\u001b'],
    ['&#0;', '\u0000'],
    ['&#27;&#x1;', '\u001b\u0001'],
    ['<![CDATA[\u001b]]>', '\u001b'],
  ])('keeps control characters as in JSON, though XML forbids them: %j', (sent, raw) => {
    for (const body of callers(`a${sent}b`)) {
      const cdr = parseCdr(body);
      expect([cdr.caller, cdr.raw['caller']]).toEqual(['a b', `a${raw}b`]);
      expect(cdr.issues).toMatchObject([{ path: ['caller'], code: 'invalid_field' }]);
    }
  });

  it('keeps every other character', () => {
    const body = ENCODERS['xml-rpc'](minimal({ caller: 'CALLER' }));
    expect(parseCdr(body.replace('CALLER', '😀\t\u0085&#x1F600;')).raw['caller']).toBe(
      '😀\t\u0085😀',
    );
  });

  it('keeps entities that XML does not define', () => {
    const body = ENCODERS['xml-rpc'](minimal({ caller: 'CALLER' })).replace(
      'CALLER',
      '&nbsp;&AMP;&#X41;a & b&#x5d0;&#1488;&#xD800;&#x110000;&lt;&gt;&amp;&quot;&apos;',
    );
    expect(parseCdr(body).caller).toBe('&nbsp;&AMP;&#X41;a & bאא\uFFFD\uFFFD<>&"\'');
  });

  it('has base64 in a charset that nothing declares', () => {
    const { caller, issues } = parseCdr(
      ENCODERS['xml-rpc'](minimal({ caller: 'CALLER' })).replace(
        '<string>CALLER</string>',
        '<base64>+Q==</base64>',
      ),
    );
    expect([caller, issues.map(({ code }) => code)]).toEqual(['ש', ['guessed_charset']]);
  });

  it('has types that only some senders write', () => {
    const member = (name: string, value: string) =>
      `<member><name>${name}</name><value>${value}</value></member>`;
    const body = ENCODERS['xml-rpc'](minimal()).replace(
      '<struct>',
      `<struct>${member('isAnswer', '<boolean>1</boolean>')}${member('price', '<double>1.50</double>')}${member('dialtime', '<double>soon</double>')}${member('representative_name', '<base64>16DXpteZ15I=</base64>')}${member('queuename', '<base64>***</base64>')}${member('caller_country', '<ex:bigdecimal>7</ex:bigdecimal>')}${member('CustomData', '<struct><member><name>vip</name><value><boolean>0</boolean></value></member></struct>')}`,
    );
    const cdr = parseCdr(body);
    expect(cdr.answered).toBe(true);
    expect(cdr.priceAgorot).toBe(1.5);
    expect(cdr.representative?.name).toBe('נציג');
    expect(cdr.callerCountry).toBe('7');
    expect(cdr.customData).toEqual({ vip: 'false' });
    expect(cdr.ringSeconds).toBeNull();
    expect(cdr.queue?.name).toBe('***');
    expect(cdr.issues.map(({ code }) => code)).toEqual(['invalid_field', 'invalid_field']);
  });

  it('has the same numbers in AI answers as the other formats', () => {
    const questions = [{ data_type: 'json array', answer: [1, -2, 0.5, { a: 3 }] }];
    const record = minimal({ aiData: { insights: { questions } } });
    for (const encode of Object.values(ENCODERS)) {
      expect(parseCdr(encode(record)).ai?.questions[0]?.answer).toEqual([1, -2, 0.5, { a: 3 }]);
    }
  });
});
