import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallLogQuery, callLogRequest, splitPeriod } from 'voicenter-cdr/call-log';
import { reproducible } from './properties.js';

reproducible(2024, 300);

const DAY: CallLogQuery = {
  auth: { code: 'secret' },
  from: new Date('2024-06-10T00:00:00Z'),
  to: new Date('2024-06-11T00:00:00Z'),
};

const bodyOf = (query: Partial<CallLogQuery>) =>
  JSON.parse(callLogRequest({ ...DAY, ...query }).body);

describe('callLogRequest', () => {
  it('puts the code into the body', () => {
    const { body, ...request } = callLogRequest(DAY);
    expect(request).toEqual({
      url: 'https://api.voicenter.com/hub/cdr/',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    expect(JSON.parse(body)).toEqual({
      code: 'secret',
      search: { fromdate: '2024-06-10T00:00:00', todate: '2024-06-11T00:00:00' },
      fields: expect.arrayContaining(['CallID', 'Date', 'Type', 'CdrType', 'CustomData', 'Price']),
    });
  });

  it('puts the token into the headers only', () => {
    const { headers, body } = callLogRequest({ ...DAY, auth: { token: 'secret' } });
    expect(headers).toMatchObject({ authorization: 'Bearer secret' });
    expect(body).not.toContain('secret');
  });

  it('returns what fetch accepts', () => {
    const { url, ...init } = callLogRequest(DAY);
    expect(new Request(url, init).headers.get('content-type')).toBe('application/json');
  });

  it("asks for each of the vendor's fields once", () => {
    const { fields } = bodyOf({});
    const known =
      'CallerNumber TargetNumber Date Duration CallID Type CdrType DialStatus Targetextension Callerextension DID QueueName RecordURL Price RingTime RepresentativeName RepresentativeCode UserName UserId DTMFData CustomData DepartmentName DepartmentId TargetPrefixName';
    expect([...fields].sort()).toEqual(known.split(' ').sort());
  });

  it('writes every condition of the query', () => {
    const { search } = bodyOf({
      callId: 'a',
      types: ['Queue', 'Auto forward'],
      phones: ['0501234567'],
      extensions: ['SIP201'],
      queueIds: [1, '02'],
      campaignIds: [4711],
      scope: 'hierarchical',
    });
    expect(search).toEqual({
      fromdate: '2024-06-10T00:00:00',
      todate: '2024-06-11T00:00:00',
      callID: 'a',
      cdrTypes: [8, 23],
      phones: ['0501234567'],
      extensions: ['SIP201'],
      queueID: [1, '02'],
      campaignID: [4711],
      IdentityCriteria: 'Hierarchical',
    });
  });

  it('writes no condition for an empty list', () => {
    const { search } = bodyOf({ types: [], phones: [], extensions: [], queueIds: [] });
    expect(Object.keys(search)).toEqual(['fromdate', 'todate']);
  });

  it('rounds the period outward to whole seconds', () => {
    const from = new Date('2024-06-10T12:00:00.999Z');
    const to = new Date('2024-06-10T12:00:01.001Z');
    expect(bodyOf({ from, to }).search).toEqual({
      fromdate: '2024-06-10T12:00:00',
      todate: '2024-06-10T12:00:02',
    });
  });

  it.each([
    ['an invalid date', new Date(Number.NaN), DAY.to],
    ['an invalid end', DAY.from, new Date('noon')],
    ['a year of five digits', DAY.from, new Date('+010000-01-01T00:00:00Z')],
    ['a reversed period', DAY.to, DAY.from],
  ])('refuses %s', (_, from, to) => {
    expect(() => callLogRequest({ ...DAY, from, to })).toThrow(RangeError);
    expect(() => splitPeriod(from, to)).toThrow(RangeError);
  });

  it('refuses an unknown type, an unknown scope and missing credentials', () => {
    const given = (json: string) => () => bodyOf(JSON.parse(json));
    expect(given('{ "types": ["Hologram"] }')).toThrow(
      'Unknown type "Hologram": expected Incoming Call, CC, ',
    );
    expect(given('{ "scope": "toString" }')).toThrow(
      'Unknown scope "toString": expected account, hierarchical, department, user',
    );
    for (const auth of ['{ "code": "" }', '{}', 'null', '"secret"']) {
      expect(given(`{ "auth": ${auth} }`)).toThrow('Expected auth with a code or a token');
    }
  });

  it('refuses an unknown name, which would pull more than was meant', () => {
    expect(() => bodyOf(JSON.parse('{ "phone": ["0501234567"] }'))).toThrow(
      'Unknown option "phone": expected auth, from, to, callId, types, phones, extensions, ',
    );
  });

  it('says so if a date is text', () => {
    expect(() => bodyOf(JSON.parse('{ "from": "2024-06-10" }'))).toThrow(
      new RangeError('Expected dates from 1970 to 9999, received a value of type string'),
    );
  });
});

describe('splitPeriod', () => {
  it('returns the two halves of a period', () => {
    expect(splitPeriod(new Date('2024-06-10T00:00:00Z'), new Date('2024-06-10T00:00:05Z'))).toEqual(
      [
        [new Date('2024-06-10T00:00:00Z'), new Date('2024-06-10T00:00:03Z')],
        [new Date('2024-06-10T00:00:03Z'), new Date('2024-06-10T00:00:05Z')],
      ],
    );
  });

  it('returns an empty list for a period of a second or less', () => {
    const from = new Date('2024-06-10T00:00:00Z');
    expect(splitPeriod(from, new Date('2024-06-10T00:00:01Z'))).toEqual([]);
    expect(splitPeriod(from, from)).toEqual([]);
  });

  it('splits any longer period at a whole second inside it', () => {
    const time = fc.integer({ min: 0, max: 4_000_000_000_000 });
    const length = fc.oneof(
      fc.integer({ min: 1001, max: 5000 }),
      fc.integer({ min: 1001, max: 1e11 }),
    );
    fc.assert(
      fc.property(time, length, (start, milliseconds) => {
        const [from, to] = [new Date(start), new Date(start + milliseconds)];
        const [[first, middle] = [], [again, last] = []] = splitPeriod(from, to);
        expect([first, again, last]).toEqual([from, middle, to]);
        const at = Number(middle);
        expect(at % 1000).toBe(0);
        expect(at).toBeGreaterThan(start);
        expect(at).toBeLessThan(start + milliseconds);
      }),
    );
  });
});
