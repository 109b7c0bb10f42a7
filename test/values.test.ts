import { describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { minimal } from './records.js';

describe('text', () => {
  it.each([' 12', '12 ', '\t12\n', '\u00a012\u00a0', '\ufeff12', '12'])(
    'is trimmed: %j',
    (caller) => {
      expect(parseCdr(minimal({ caller })).caller).toBe('12');
    },
  );

  it('is a number as written if JavaScript cannot represent it', () => {
    const body = JSON.stringify(minimal()).slice(0, -1);
    const cdr = parseCdr(`${body},"caller":1e999,"CustomData":{"a":1e999,"b":2}}`);
    expect(cdr.caller).toBe('1e999');
    expect(cdr.customData).toEqual({ a: '1e999', b: '2' });
    expect(cdr.issues).toEqual([]);
  });

  it('is null for a number that a body parser turned into Infinity', () => {
    const lost = Number.POSITIVE_INFINITY;
    const cdr = parseCdr(minimal({ caller: lost, CustomData: { a: lost, b: 2 } }));
    expect(cdr.caller).toBeNull();
    expect(cdr.customData).toEqual({ b: '2' });
    expect(cdr.issues.map(({ path }) => path)).toEqual([['caller'], ['CustomData', 'a']]);
  });
});

describe('a quantity', () => {
  it.each<[sent: unknown, value: number | null]>([
    ['7', 7],
    ['+7', 7],
    ['-7', -7],
    ['007', 7],
    ['12.25', 12.25],
    ['1e3', 1000],
    ['1.5E+3', 1500],
    ['25e-1', 2.5],
    ['1e10', 1e10],
    [' 12 ', 12],
    ['x7', null],
    ['7x', null],
    ['7.', null],
    ['.5', null],
    ['7.x', null],
    ['1e', null],
    ['1ex', null],
    ['1e+', null],
    ['--7', null],
    ['1 000', null],
    ['1,5', null],
    ['Infinity', null],
    [2 ** 53 - 1, 2 ** 53 - 1],
    [1 - 2 ** 53, 1 - 2 ** 53],
    ['9007199254740992', null],
    ['-9007199254740992', null],
  ])('sent as %j is %j', (price, value) => {
    expect(parseCdr(minimal({ price })).priceAgorot).toBe(value);
  });

  it.each<[sent: unknown, seconds: number | null]>([
    [0, 0],
    [604_800, 604_800],
    [604_801, null],
    [-1, null],
    [0.5, 0.5],
  ])('of seconds sent as %j is %j: at most a week', (dialtime, seconds) => {
    expect(parseCdr(minimal({ dialtime })).ringSeconds).toBe(seconds);
  });
});

describe('a boolean', () => {
  it.each<[sent: unknown, value: boolean | null]>([
    [1, true],
    ['1', true],
    [true, true],
    [' Yes ', true],
    ['TRUE', true],
    [0, false],
    ['0', false],
    [false, false],
    ['no', false],
    ['False', false],
    [2, null],
    ['maybe', null],
    [[1], true],
    [[{}], null],
    ['toString', null],
  ])('sent as %j is %j', (IsDoNotCallMe, value) => {
    expect(parseCdr(minimal({ IsDoNotCallMe })).doNotCall?.listed ?? null).toBe(value);
  });
});

describe('a recording URL', () => {
  it.each(['http://a.example/b.mp3', 'https://a.example/b.mp3', 'HTTPS://a.example/b.enc?c=d#e'])(
    'can be %s',
    (record) => {
      expect(parseCdr(minimal({ record })).recordingUrl).toBe(record);
    },
  );

  it.each([
    'ftp://https://a.example',
    'https:/a.example',
    'https:///b.mp3',
    'https://?b',
    'https://#b',
    'https://a.example/<b>',
    'https://a.example/"b"',
    'https://a.example\\b',
    'https://a.example/b c',
    'https://a.example/\u0085',
    { toString: 1 },
  ])('cannot be %j', (record) => {
    expect(parseCdr(minimal({ record })).recordingUrl).toBeNull();
  });
});

describe('a structure', () => {
  it.each([
    { layer_id: 1 },
    [{ layer_id: 1 }],
    { 0: { layer_id: 1 } },
    '{"layer_id":1}',
    ' [{"layer_id":1}] ',
    '{"0":{"layer_id":1}}',
  ])('can be sent as %j', (IVR) => {
    expect(parseCdr(minimal({ IVR }))).toMatchObject({ ivr: [{ layerId: '1' }], issues: [] });
  });
});

describe('a structure with indexes as keys', () => {
  it.each<[keys: string, sent: unknown]>([
    ['x[0]=a&x[1]=b', ['a', 'b']],
    ['x[1]=b&x[0]=a', ['a', 'b']],
    ['x[0]=a&x[b]=c', { 0: 'a', b: 'c' }],
    ['x[a1]=b', { a1: 'b' }],
    ['x[1a]=b', { '1a': 'b' }],
  ])('is a list only if all keys are indexes: %s', (keys, sent) => {
    const form = new URLSearchParams(Object.entries(minimal()).map(([k, v]) => [k, String(v)]));
    expect(parseCdr(`${form}&${keys}`).raw['x']).toEqual(sent);
  });

  it.each([{ x1: { layer_id: 1 } }, { '1x': { layer_id: 1 } }, { 0: { layer_id: 1 }, b: 2 }])(
    'is a single menu if any key is not an index: %j',
    (IVR) => {
      expect(parseCdr(minimal({ IVR })).ivr).toMatchObject([{ layerId: null }]);
    },
  );

  it('has its items in numeric order', () => {
    const IVR = { 2: { layer_id: 2 }, '01': { layer_id: 1 }, 10: { layer_id: 10 } };
    expect(parseCdr(minimal({ IVR })).ivr.map(({ layerId }) => layerId)).toEqual(['1', '2', '10']);
  });

  it('is not a list if it has no keys', () => {
    expect(parseCdr(minimal({ 'x[a]': {} })).raw['x']).toEqual({ a: {} });
  });
});

describe('an integer that JavaScript would round', () => {
  const raw = (json: string) =>
    parseCdr(`${JSON.stringify(minimal()).slice(0, -1)},"x":${json}}`).raw['x'];

  it.each<[json: string, value: unknown]>([
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['[12345678901234567890,[1]]', ['12345678901234567890', [1]]],
    [
      '{"a":12345678901234567890,"b":123456789012345}',
      { a: '12345678901234567890', b: 123456789012345 },
    ],
    ['12345678901234567890.5', '12345678901234567890.5'],
    ['[1e30,-1E+21,1e999]', ['1e30', '-1E+21', '1e999']],
    ['[1e300,5e-324,0.1]', ['1e300', 5e-324, 0.1]],
    ['[9007199254740993,"9007199254740993",""]', ['9007199254740993', '9007199254740993', '']],
    ['[9007199254740993,"\\\\"]', ['9007199254740993', '\\']],
    [
      '["\\"",9007199254740993,"\\\\\\"9007199254740994"]',
      ['"', '9007199254740993', '\\"9007199254740994'],
    ],
    [
      '[[9007199254740993.25,1.0,-1,12345678901234567890]]',
      [['9007199254740993.25', 1, -1, '12345678901234567890']],
    ],
    [
      '[[1e2,1E+2,1234567890123456e1,12345678901234567890]]',
      [[100, 100, '1234567890123456e1', '12345678901234567890']],
    ],
  ])('is kept as written: %s', (json, value) => {
    expect(raw(json)).toEqual(value);
  });
});
