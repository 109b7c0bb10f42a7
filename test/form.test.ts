import { describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { CONTENT_TYPES, ENCODERS, minimal } from './records.js';

const whole = ENCODERS.form(minimal());
/** What a form has besides the keys of the minimal record, and its issues. */
function read(body: string, contentType = CONTENT_TYPES.form) {
  const { raw, issues } = parseCdr(body, contentType);
  const sent = Object.entries(raw).filter(([key]) => !(key in minimal()));
  return {
    sent: Object.fromEntries(sent),
    issues: issues.map(({ path, code }) => [code, ...path].join(' ')),
  };
}

describe('a form', () => {
  it.each<[body: string, sent: object]>([
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a=1=2&b==', { a: '1=2', b: '=' }],
    ['a&b=&=c', { a: '', b: '', '': 'c' }],
    ['&&a=1&&b&', { a: '1', b: '' }],
    ['a+b=c+d+', { 'a b': 'c d ' }],
    ['a=1&b+=2', { a: '1', 'b ': '2' }],
    ['a%20b=%2B%26%3D%25&c=%d7%A9', { 'a b': '+&=%', c: 'ש' }],
    ['a=%d7%a9%&b=+%', { a: 'ש%', b: ' %' }],
    ['a=%&b=%4&c=%zz%41&d=50%', { a: '%', b: '%4', c: '%zzA', d: '50%' }],
  ])('has pairs: %s', (body, sent) => {
    expect(read(`${whole}&${body}`)).toEqual({ sent, issues: [] });
    expect(read(` ${body}&${whole}\r\n`)).toEqual({ sent, issues: [] });
  });

  it.each<[body: string, sent: object]>([
    ['x[a]=1&x[b]=2', { x: { a: '1', b: '2' } }],
    ['x[a][b][c]=1&x[a][d]=2', { x: { a: { b: { c: '1' }, d: '2' } } }],
    ['x[0][a]=1&x[1][a]=2', { x: [{ a: '1' }, { a: '2' }] }],
    ['x[a][0]=1&x[a][1]=2', { x: { a: ['1', '2'] } }],
    ['x[]=1&x[]=2', { x: ['1', '2'] }],
    ['x[][a]=1&x[][b]=2&x[][a]=3', { x: [{ a: '1', b: '2' }, { a: '3' }] }],
    ['x[a][]=1&x[a][]=2', { x: { a: ['1', '2'] } }],
    ['x[][0]=1&x[][1]=2', { x: [['1', '2']] }],
    ['x[]=1&x[][a]=2', { x: ['1', { a: '2' }] }],
    ['[x]=1', { '[x]': '1' }],
    ['x]=1', { 'x]': '1' }],
    ['x[a=1', { 'x[a': '1' }],
    ['x[a]b=1', { 'x[a]b': '1' }],
    ['x[a]b]=1', { 'x[a]b]': '1' }],
    ['x[[a]=1', { 'x[[a]': '1' }],
    ['x[a[b]]=1', { 'x[a[b]]': '1' }],
    ['x[a][b[c]]=1', { 'x[a][b[c]]': '1' }],
    [
      'CustomData[order.id]=17&CustomData[a.b][c.d]=x',
      { CustomData: { 'order.id': '17', 'a.b': { 'c.d': 'x' } } },
    ],
  ])('has structures in brackets: %s', (body, sent) => {
    expect(read(`${whole}&${body}`)).toEqual({ sent, issues: [] });
  });

  it.each<[body: string, sent: object]>([
    ['a=1&a=2', { a: ['1', '2'] }],
    ['a&a', { a: ['', ''] }],
    ['x[a]=1&x[a]=2', { x: { a: ['1', '2'] } }],
    ['x[0][a]=1&x[0][a]=2', { x: [{ a: ['1', '2'] }] }],
    ['x=1&x[a]=2', { x: ['1', { a: '2' }] }],
    ['x=1&x[]=2', { x: ['1', '2'] }],
    ['x[a]=1&x=2', { x: ['2', { a: '1' }] }],
    ['x[a]=1&x[]=2', { x: { a: '1', 1: '2' } }],
    ['x[]=1&x[a]=2', { x: { 0: '1', a: '2' } }],
    ['x[a]=1&x[a][b]=2', { x: { a: { '': '1', b: '2' } } }],
    ['x[a][b]=1&x[a][]=2', { x: { a: { b: '1', 1: '2' } } }],
  ])('keeps every value of a repeated key: %s', (body, sent) => {
    expect(read(`${whole}&${body}`)).toEqual({ sent, issues: [] });
  });

  it('keeps U+FFFD and U+FEFF that were sent', () => {
    expect(read(`${whole}&a=50%&b=%EF%BF%BD&c=x%EF%BB%BFy&d=%EF%BB%BFz`)).toEqual({
      sent: { a: '50%', b: '\uFFFD', c: 'x\uFEFFy', d: '\uFEFFz' },
      issues: [],
    });
  });

  it('reports once that its bytes fit no charset', () => {
    const { issues } = read(`${whole}&a=%ff&b=%EF%BF%BD&c=%ff`);
    expect(issues).toEqual(['guessed_charset', 'invalid_bytes']);
  });

  it('reports the charset of its bytes, and that some are invalid', () => {
    const inHebrew = `${CONTENT_TYPES.form}; charset=windows-1255`;
    expect(read(`${whole}&a=%d7%a9&b=%41&c=%f9%ec`, inHebrew)).toEqual({
      sent: { a: '׳©', b: 'A', c: 'של' },
      issues: [],
    });
    const { issues } = parseCdr(`${whole}&a=%ff`, CONTENT_TYPES.form);
    expect(issues.map(({ message }) => message)).toEqual([
      'bytes of no declared charset; read as windows-1255',
      'some bytes are not windows-1255; they became U+FFFD',
    ]);
  });
});
