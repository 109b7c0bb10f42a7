import { describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { expectGiven } from './expectations.js';
import {
  CONTENT_TYPES,
  ENCODERS,
  minimal,
  type Wire,
  withoutTransport,
  xmlCall,
} from './records.js';

const FORMATS = ['json', 'form', 'xml-rpc'] as const;
const TEXT_KEYS = [
  ...['caller', 'target', 'did', 'targetextension', 'targetextension_name', 'callerextension'],
  ...['callerextension_name', 'queueid', 'queuename', 'representative_name', 'direction'],
  ...['representative_code', 'target_country', 'caller_country', 'OriginalIvrUniqueID'],
  ...['DepartmentName', 'DepartmentID', 'TopDepartmentName', 'TopDepartmentID', 'record'],
  ...['leg1DialStatusName', 'extenUser', 'callerPhone', 'campaignID', 'campaignName', 'CallID'],
  ...['Phone', 'StatusName', 'DoNotCallMeStatus', 'DoNotCallMetransactionId'],
];
const OTHER_KEYS = [
  ...['price', 'dialtime', 'seconds_waiting_in_queue', 'actualCallDuration', 'actualCallDialtime'],
  ...['RetryNum', 'isAnswer', 'IsDoNotCallMe', 'IVR', 'CustomData', 'dialerData', 'aiData'],
];
const ID_KEYS = [
  ...['queueid', 'OriginalIvrUniqueID', 'DepartmentID', 'TopDepartmentID', 'campaignID', 'CallID'],
  ...['DoNotCallMetransactionId', 'callerextension', 'targetextension', 'extenUser', 'callerPhone'],
];

/** Expects that a record has the same value as one without the keys, in every format. */
function expectNothing(sent: Wire, rest: Wire = {}): void {
  const record = minimal({ type: 'Click2Call leg2', ...rest });
  const without = parseCdr(record);
  for (const format of FORMATS) {
    const body = ENCODERS[format]({ ...record, ...sent });
    const cdr = parseCdr(body, CONTENT_TYPES[format]);
    expect(withoutTransport(cdr)).toEqual(withoutTransport(without));
  }
}

describe('a field without a value', () => {
  const words = ['null', 'undefined', 'None'];
  it.each(words.flatMap((word) => [...TEXT_KEYS, ...OTHER_KEYS].map((key) => [word, key])))(
    'can be sent as the word %s in %s',
    (word, key) => expectNothing({ [key]: word }),
  );

  it.each(TEXT_KEYS)('can be sent as false in %s, as a value or as text', (key) => {
    expectNothing({ [key]: false });
    expectNothing({ [key]: 'false' });
  });

  it.each(ID_KEYS)('can be sent as 0 in %s, as a number or as text', (key) => {
    expectNothing({ [key]: 0 });
    expectNothing({ [key]: '0' });
  });

  it.each(ID_KEYS)('can be sent as 0 in %s, however the number is written', (key) => {
    for (const zero of ['0.0', '-0']) {
      expectNothing({ [key]: zero });
      const record = { ivruniqueid: 'a1', type: 'Queue', status: 'ANSWER', time: '1595333610' };
      const without = parseCdr(xmlCall(record), 'text/xml');
      const withZero = parseCdr(
        xmlCall({ ...record, [key]: `<double>${zero}</double>` }),
        'text/xml',
      );
      expect(withoutTransport(withZero)).toEqual(withoutTransport(without));
      const body = JSON.stringify(record).replace('{', `{"${key}":${zero},`);
      expect(withoutTransport(parseCdr(body))).toEqual(withoutTransport(without));
    }
  });

  it.each(['0.0', '-0'])('can be sent as %s for the digits of a menu', (Dtmf) => {
    expectNothing({ IVR: [{ layer_id: 1, Dtmf }] }, { IVR: [{ layer_id: 1 }] });
  });

  it('can be sent as an empty structure in a list, or as false', () => {
    expectNothing({ IVR: [{}] });
    expectNothing({ IVR: [false, 'false', '{}'] });
    expectNothing({ aiData: { transcript: 'false' } }, { aiData: { transcript: false } });
  });

  it.each(['campaignID', 'CallID'])('can be sent as 0 in %s of dialerData', (key) => {
    expectNothing({ dialerData: { [key]: 0 } });
    expectNothing({ dialerData: { [key]: '0' } });
  });

  it('can be sent as 0 at the top level, where dialerData has the id', () => {
    expectNothing({ campaignID: 0, CallID: '0' }, { dialerData: { campaignID: 5, CallID: 7 } });
  });

  it.each(['aiData', 'dialerData', 'CustomData', 'IVR'])(
    'can be sent as an empty list in %s',
    (key) => {
      expectNothing({ [key]: [] });
      expectNothing({ [key]: '[]' });
    },
  );

  it.each(['aiData', 'dialerData', 'CustomData', 'IVR'])(
    'can be sent as an empty structure in %s',
    (key) => {
      expectNothing({ [key]: {} });
      expectNothing({ [key]: '{}' });
    },
  );

  it('can be sent as an empty structure inside the AI analysis', () => {
    const aiData = (caller: unknown) => ({ insights: { participants: { caller } } });
    expectNothing({ aiData: aiData({}) }, { aiData: aiData(null) });
    expectNothing({ aiData: aiData('{}') }, { aiData: aiData([]) });
  });

  it('can be sent as an empty list inside the AI analysis', () => {
    const nulls = { insights: { participants: { caller: null } }, emotions: null, transcript: [] };
    const lists = { insights: { participants: { caller: [] } }, emotions: [], transcript: [] };
    expectNothing({ aiData: lists }, { aiData: nulls });
    expectNothing({ aiData: { insights: [] } }, { aiData: { insights: null } });
    const people = { insights: { participants: [] } };
    expectNothing({ aiData: people }, { aiData: { insights: { participants: null } } });
  });

  it.each([...words, false, 'false'])(
    'can be sent as %s in a question of the AI analysis',
    (question) => {
      const aiData = (sent: Wire) => ({ insights: { questions: [{ key: 'k1', ...sent }] } });
      expectNothing({ aiData: aiData({ question }) }, { aiData: aiData({}) });
    },
  );

  it('can be sent as a word inside a menu', () => {
    const layer = { layer_id: 1, layer_name: 'None', Dtmf: 'null', dtmf_order: 'undefined' };
    expectNothing({ IVR: [layer] }, { IVR: [{ layer_id: 1 }] });
  });

  it.each([...words, 'false', false])('cannot be sent as %s if it is required', (word) => {
    for (const key of ['ivruniqueid', 'type', 'status', 'time']) {
      const written = { body: minimal({ [key]: word }), contentType: CONTENT_TYPES.json };
      const error =
        key === 'time' && /false/.test(String(word)) ? 'invalid_field' : 'missing_field';
      expectGiven(written, { error, 'issues.0.path': [key] });
    }
  });
});

describe('a field with a value', () => {
  it.each(['Null', 'NULL', 'none', 'NONE', 'Undefined', 'null?', 'a null', 'Nonesuch', 'nil'])(
    'can be sent as the name %s',
    (queuename) => {
      const cdr = parseCdr(minimal({ type: 'Queue', queuename }));
      expect(cdr.queue?.name).toBe(queuename);
    },
  );

  it.each<[key: string, sent: Wire, path: string, value: unknown]>([
    ['caller', { caller: 0 }, 'caller', '0'],
    ['target', { target: '0' }, 'target', '0'],
    ['did', { did: 0 }, 'did', '0'],
    ['representative_code', { representative_code: 0 }, 'representative.code', '0'],
    ['layer_id', { IVR: [{ layer_id: 0 }] }, 'ivr.0.layerId', '0'],
    ['layer_number', { IVR: [{ layer_number: 0 }] }, 'ivr.0.layerNumber', 0],
    [
      'sentence_id',
      { aiData: { transcript: [{ sentence_id: 0 }] } },
      'ai.transcript.0.sentenceId',
      '0',
    ],
    ['an id with zeros', { queueid: '00' }, 'queue.id', '00'],
    ['a department with zeros', { DepartmentID: '0012' }, 'department.id', '0012'],
    ['a price', { price: 0 }, 'priceAgorot', 0],
    ['isAnswer', { status: 'NEW', isAnswer: false }, 'answered', false],
    ['IsDoNotCallMe', { IsDoNotCallMe: 'false' }, 'doNotCall.listed', false],
  ])('can be sent as 0 or false in %s', (_, sent, path, value) => {
    for (const format of FORMATS) {
      const written = { body: ENCODERS[format](minimal(sent)), contentType: CONTENT_TYPES[format] };
      expectGiven(written, { [path]: value });
    }
  });

  it('can be sent as any word in free text', () => {
    const CustomData = { a: 'null', b: 'None', c: 'undefined', d: 'false', e: '0' };
    const question = (answer: string) => ({ data_type: 'string', answer });
    const aiData = {
      insights: { summary: 'None', questions: [question('null'), question('false')] },
      transcript: [{ text: 'undefined' }, { text: 'null' }, { text: 'false' }],
    };
    for (const format of FORMATS) {
      const body = ENCODERS[format](minimal({ CustomData, aiData }));
      const cdr = parseCdr(body, CONTENT_TYPES[format]);
      expect({ ...cdr.customData }).toEqual(CustomData);
      expect(cdr.ai?.summary).toBe('None');
      expect(cdr.ai?.questions.map(({ answer }) => answer)).toEqual(['null', 'false']);
      expect(cdr.ai?.transcript.map(({ text }) => text)).toEqual(['undefined', 'null', 'false']);
    }
  });
});

describe('an empty value overrides nothing', () => {
  it.each<[what: string, sent: Wire]>([
    ['a second spelling that is empty', { queuename: 'Sales', queueenamel: '' }],
    ['a first spelling that is empty', { queueenamel: null, queuename: 'Sales' }],
    ['spellings on both sides', { QUEUENAME: '', QueueName: 'Sales', queue_name: '  ' }],
    ['a second spelling with a word for nothing', { queuename: 'Sales', queueenamel: 'null' }],
    ['a list whose last is empty', { queuename: ['Sales', ''] }],
    ['a list whose first is empty', { queuename: ['', 'Sales'] }],
  ])('%s', (_, sent) => {
    const written = { body: minimal({ type: 'Queue', ...sent }), contentType: CONTENT_TYPES.json };
    expectGiven(written, { 'queue.name': 'Sales', 'issues.length': 0 });
  });

  const required = 'ivruniqueid=a1&type=Queue&time=1595333610&duration=9';
  it.each([
    `${required}&status=ANSWER&status=`,
    `${required}&status=&status=ANSWER`,
    `${required}&status=&status=ANSWER&status=&status=`,
    `${required}&status=ANSWER&STATUS=`,
    `${required}&status=ANSWER&status`,
  ])('in a form: %s', (body) => {
    const written = { body, contentType: CONTENT_TYPES.form };
    expectGiven(written, { status: 'ANSWER', 'issues.length': 0 });
  });

  it('in a struct', () => {
    const body = xmlCall({ ivruniqueid: 'a1', type: 'Queue', time: '9e8', duration: '9' });
    const status = '<member><name>status</name><value>ANSWER</value></member>';
    for (const empty of ['<value/>', '<value><nil/></value>', '<value><string/></value>']) {
      const second = `<member><name>status</name>${empty}</member>`;
      for (const members of [status + second, second + status]) {
        const written = { body: body.replace('<struct>', `<struct>${members}`), contentType: null };
        expectGiven(written, { status: 'ANSWER', 'issues.length': 0 });
      }
    }
  });

  it('but the last of two values counts, with an issue', () => {
    const issue = { 'issues.length': 1, 'issues.0.code': 'duplicate_field' };
    const expected = { 'queue.name': 'B', ...issue };
    const spelled = minimal({ type: 'Queue', QueueName: 'A', queuename: 'B' });
    expectGiven({ body: spelled, contentType: null }, expected);
    const body = `${ENCODERS.form(minimal({ type: 'Queue' }))}&queuename=A&queuename=&queuename=B`;
    expectGiven({ body, contentType: CONTENT_TYPES.form }, expected);
  });
});

describe('a number without digits', () => {
  it.each(['Anonymous', 'anonymous', 'Restricted', 'Unavailable', 'חסוי', '-', '+'])(
    'is not a customer to call back: %s',
    (caller) => {
      for (const format of FORMATS) {
        const body = ENCODERS[format](minimal({ caller }));
        const expected = { caller, customerPhone: null, 'issues.length': 0 };
        expectGiven({ body, contentType: CONTENT_TYPES[format] }, expected);
      }
    },
  );
});

describe('a field sent twice, the second time empty', () => {
  const body =
    'ivruniqueid=202007211213270124c&type=Queue&status=ANSWER&time=1595333610&duration=20&queueid=7&queuename=Sales';

  it.each(['status=false', 'type=false', 'ivruniqueid=false', 'queuename=false', 'queueid=0'])(
    'keeps its first value: %s',
    (second) => {
      const cdr = parseCdr(`${body}&${second}`, 'application/x-www-form-urlencoded');
      expect(cdr).toMatchObject({
        status: 'ANSWER',
        queue: { id: '7', name: 'Sales' },
        issues: [],
      });
    },
  );

  it.each(['aiData', 'dialerData', 'IVR', 'CustomData'])(
    'is empty if false follows an empty %s',
    (key) => {
      const cdr = parseCdr(`${body}&${key}=false`, 'application/x-www-form-urlencoded');
      expect(cdr).toMatchObject({ ai: null, dialer: null, ivr: [], customData: {}, issues: [] });
    },
  );

  it('can have its key escaped as in HTML, even behind a body parser', () => {
    const parsed = Object.fromEntries(new URLSearchParams(body.replaceAll('&', '&amp;')));
    expect(parseCdr(parsed, 'application/x-www-form-urlencoded').queue?.name).toBe('Sales');
  });
});
