import { describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { expectGiven } from './expectations.js';
import { CONTENT_TYPES, ENCODERS, errorOf, minimal, QUEUE, type Wire, xmlCall } from './records.js';

const FORMATS = ['json', 'form', 'xml-rpc'] as const;

/** Expects values of a record in every format, with its structures as such and as JSON text. */
function expectEverywhere(sent: Wire, expected: Record<string, unknown>): void {
  const asText = Object.entries(sent).map(([key, value]) => [
    key,
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
  ]);
  for (const format of FORMATS) {
    for (const record of [minimal(sent), minimal(Object.fromEntries(asText))]) {
      const body = ENCODERS[format](record);
      expectGiven({ body, contentType: CONTENT_TYPES[format] }, expected);
    }
  }
}

describe('the original call', () => {
  it.each<[what: string, sent: Wire, original: string | null]>([
    ['in CustomData', { CustomData: { OriginalIvrUniqueID: 'a1' } }, 'a1'],
    ['in CUSTOM_DATA', { CUSTOM_DATA: { OriginalIvrUniqueID: 'a1' } }, 'a1'],
    ['in another spelling', { CustomData: { original_ivr_unique_id: 'a1' } }, 'a1'],
    [
      'at the top first',
      { OriginalIvrUniqueID: 'a1', CustomData: { OriginalIvrUniqueID: 'a2' } },
      'a1',
    ],
    [
      'where the top has none',
      { OriginalIvrUniqueID: '', CustomData: { OriginalIvrUniqueID: 'a2' } },
      'a2',
    ],
    [
      'where the top has 0',
      { OriginalIvrUniqueID: 0, CustomData: { OriginalIvrUniqueID: 'a2' } },
      'a2',
    ],
    ['as null from 0', { CustomData: { OriginalIvrUniqueID: 0 } }, null],
    ['as null from the text null', { CustomData: { OriginalIvrUniqueID: 'null' } }, null],
    ['in a list of one', { CustomData: { OriginalIvrUniqueID: ['a1'] } }, 'a1'],
    ['in a list, beside nothing', { CustomData: { OriginalIvrUniqueID: ['', 'a1', null] } }, 'a1'],
  ])('is read %s', (_, sent, original) => {
    expectEverywhere(sent, { originalCallId: original, 'issues.length': 0 });
  });
});

describe('the do-not-call keys', () => {
  const CustomData = {
    IsDoNotCallMe: '1',
    DoNotCallMeStatus: 'Listed',
    DoNotCallMeStatusCode: 'RESPONSE_FROM_API_VALID',
    DoNotCallMetransactionId: 'x1',
    DoNotCallMeTokenName: 'main',
  };

  it('are read in CustomData', () => {
    const doNotCall = {
      listed: true,
      status: 'Listed',
      statusCode: 'RESPONSE_FROM_API_VALID',
      transactionId: 'x1',
      tokenName: 'main',
    };
    expectEverywhere({ CustomData }, { doNotCall, 'issues.length': 0 });
  });

  it('are each read from the top level first', () => {
    const sent = {
      IsDoNotCallMe: 0,
      DoNotCallMeStatus: '',
      DoNotCallMetransactionId: 0,
      CustomData,
    };
    expectEverywhere(sent, {
      'doNotCall.listed': false,
      'doNotCall.status': 'Listed',
      'doNotCall.transactionId': 'x1',
    });
  });

  it('are read in lists of one', () => {
    const lists = Object.fromEntries(
      Object.entries(CustomData).map(([key, sent]) => [key, [sent]]),
    );
    const { doNotCall } = parseCdr(minimal({ CustomData }));
    expectEverywhere({ CustomData: lists }, { doNotCall, 'issues.length': 0 });
  });

  it.each(['CustomData', 'CUSTOM_DATA', 'customdata'])(
    'have issues under %s, as spelled',
    (key) => {
      const sent = { IsDoNotCallMe: 'maybe', OriginalIvrUniqueID: { a: 1 } };
      const expected = { doNotCall: null, originalCallId: null, 'issues.length': 2 };
      expectEverywhere(
        { [key]: sent },
        {
          ...expected,
          ...{ 'issues.0.path': [key, 'IsDoNotCallMe'] },
          ...{ 'issues.1.path': [key, 'OriginalIvrUniqueID'] },
        },
      );
    },
  );

  it.each(['dialerData', 'DialerData', 'dialer_data'])(
    'like those of the dialer have issues under %s',
    (key) => {
      const expected = { 'dialer.retryNumber': null, 'issues.0.path': [key, 'RetryNum'] };
      expectEverywhere({ [key]: { RetryNum: 'many', campaignID: 5 } }, expected);
    },
  );

  it('stay apart from other values, which remain in customData', () => {
    expectEverywhere({ CustomData: { ...CustomData, order: '17' } }, { 'customData.order': '17' });
  });
});

describe('the analysis', () => {
  it.each<[what: string, aiData: Wire, summary: string | null]>([
    ['beside insights that are missing', { summary: 'x' }, 'x'],
    ['beside insights that are null', { summary: 'x', insights: null }, 'x'],
    ['beside insights without one', { summary: 'x', insights: { summary: '' } }, 'x'],
    ['in insights', { insights: { summary: 'x' } }, 'x'],
    ['nowhere', { insights: {} }, null],
  ])('has its summary %s', (_, aiData, summary) => {
    expectEverywhere({ aiData }, { 'ai.summary': summary, 'issues.length': 0 });
  });

  it('can be a transcript in plain text', () => {
    const transcript = 'שלום, במה אפשר לעזור?\nאני רוצה לחדש את המנוי.';
    for (const format of FORMATS) {
      const body = ENCODERS[format](minimal({ aiData: { transcript } }));
      const { ai, issues } = parseCdr(body, CONTENT_TYPES[format]);
      expect(JSON.stringify(ai)).toContain('במה אפשר לעזור?');
      expect(issues).toEqual([]);
    }
  });
});

describe('the error for an incomplete record', () => {
  const words = (sent: Wire) => errorOf(sent, CONTENT_TYPES.json).message;

  it('names up to five of its keys', () => {
    expect(words({ alpha: 1, beta: 2 })).toMatch(/alpha.*beta/);
    const keys = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta_', 'theta'];
    const message = words(Object.fromEntries(keys.map((key) => [key, 1])));
    const named = keys.filter((key) => new RegExp(`\\b${key}\\b`).test(message));
    expect(named).toEqual(keys.slice(0, 5));
  });

  it('is a single line, whatever the keys', () => {
    const message = words({ [`a\n\u001b[31m${'x'.repeat(1000)}`]: 1, 'b\u202e\u2028': 2 });
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u);
    expect(message.length).toBeLessThanOrEqual(300);
  });

  const { ivruniqueid, type, status, time, ...rest } = QUEUE;
  it.each<[what: string, sent: Wire, says: RegExp]>([
    [
      'of the Call Log',
      { CallID: 'a1', DialStatus: 'ANSWER', Date: '2024-06-10T09:04:58Z' },
      /voicenter-cdr\/call-log/,
    ],
    [
      'of the Call Log in lower case',
      { callid: 'a1', dialstatus: 'ANSWER' },
      /voicenter-cdr\/call-log/,
    ],
    [
      'in an answer of the Call Log',
      { ERROR_NUMBER: 0, CDR_LIST: [{ CallID: 'a1' }] },
      /an answer of the Call Log: use voicenter-cdr\/call-log/,
    ],
    ['that is a Cdr', JSON.parse(JSON.stringify(parseCdr(QUEUE))), /cdrSchema/],
    ['in an envelope', { event: 'call', data: QUEUE }, /envelope/i],
    ['in an envelope', { cdr: QUEUE }, /envelope/i],
  ])('says how to read a record %s', (_, sent, says) => {
    expect(errorOf(sent, CONTENT_TYPES.json).code).toBe('missing_field');
    expect(words(sent)).toMatch(says);
  });

  it('gives no such advice for a plain incomplete record', () => {
    expect(words({ ...rest, type, status, time })).not.toMatch(/call-log|cdrSchema|envelope/i);
  });
});

describe('control characters and line breaks', () => {
  const CONTROLS = ['\n', '\r\n', '\t', '\u001b', '\u0085', '\u2028', '\u2029', '\u0007\u009b'];
  const fields: [key: string, path: string][] = [
    ['ivruniqueid', 'callId'],
    ['caller', 'caller'],
    ['did', 'did'],
    ['queuename', 'queue.name'],
    ['representative_name', 'representative.name'],
    ['representative_code', 'representative.code'],
    ['targetextension_name', 'targetExtension.name'],
    ['DepartmentName', 'department.name'],
    ['OriginalIvrUniqueID', 'originalCallId'],
    ['campaignName', 'dialer.campaignName'],
    ['caller_country', 'callerCountry'],
  ];

  it.each(fields)('become one space in %s, with an issue', (key, path) => {
    for (const control of CONTROLS) {
      const body = JSON.stringify(minimal({ [key]: `a1${control}b2` }));
      const issue = {
        'issues.length': 1,
        'issues.0.code': 'invalid_field',
        'issues.0.path': [key],
      };
      const expected = { [path]: 'a1 b2', [`raw.${key}`]: `a1${control}b2`, ...issue };
      expectGiven({ body, contentType: CONTENT_TYPES.json }, expected);
    }
  });

  it('become one space in every format', () => {
    const expected = { 'queue.name': 'a b', 'issues.0.code': 'invalid_field' };
    const form = ENCODERS.form(minimal({ queuename: 'a\r\n\u001bb' }));
    expectGiven({ body: form, contentType: CONTENT_TYPES.form }, expected);
    const required = { ivruniqueid: 'a1', type: 'Queue', status: 'ANSWER', time: '1595333610' };
    const xml = xmlCall({ ...required, queuename: 'a&#10;&#13;b' });
    expectGiven({ body: xml, contentType: 'text/xml' }, expected);
  });

  it('become one space in the name of a menu', () => {
    const { ivr, issues } = parseCdr(minimal({ IVR: [{ layer_name: 'a\n\nb' }] }));
    expect(ivr[0]?.layerName).toBe('a b');
    expect(issues).toMatchObject([{ path: ['IVR', 0, 'layer_name'], code: 'invalid_field' }]);
  });

  it('are trimmed from the ends of a name, without an issue', () => {
    const { queue, issues } = parseCdr(minimal({ queuename: '\r\n Sales\t' }));
    expect([queue?.name, issues]).toEqual(['Sales', []]);
  });

  it('are kept in free text', () => {
    const CustomData = { note: 'a\nb' };
    const aiData = { insights: { summary: 'a\nb' }, transcript: [{ text: 'a\nb' }] };
    const { customData, ai, issues } = parseCdr(minimal({ CustomData, aiData }));
    expect([customData['note'], ai?.summary, ai?.transcript[0]?.text]).toEqual(
      Array(3).fill('a\nb'),
    );
    expect(issues).toEqual([]);
  });
});

describe('an id', () => {
  it('can have 128 characters', () => {
    const longest = 'a'.repeat(128);
    const cdr = parseCdr(minimal({ ivruniqueid: longest, OriginalIvrUniqueID: longest }));
    expect(cdr).toMatchObject({ callId: longest, originalCallId: longest, issues: [] });
  });

  it('with more characters is refused', () => {
    for (const format of FORMATS) {
      const body = ENCODERS[format](minimal({ ivruniqueid: 'a'.repeat(129) }));
      const expected = { error: 'invalid_field', format, 'issues.0.path': ['ivruniqueid'] };
      expectGiven({ body, contentType: CONTENT_TYPES[format] }, expected);
    }
  });

  it('with more characters is not an original call', () => {
    const { originalCallId, issues } = parseCdr(minimal({ OriginalIvrUniqueID: 'a'.repeat(129) }));
    expect(originalCallId).toBeNull();
    expect(issues).toMatchObject([{ path: ['OriginalIvrUniqueID'], code: 'invalid_field' }]);
  });
});
