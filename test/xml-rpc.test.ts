import { describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { encodeCdr } from 'voicenter-cdr/testing';
import { ENCODERS, minimal } from './wire.js';

/** The value that XML-RPC has under a key, and the issues it brings. */
function read(value: string, member = `<name>x</name><value>${value}</value>`) {
  const body = ENCODERS['xml-rpc'](minimal()).replace(
    '<struct>',
    `<struct><member>${member}</member>`,
  );
  const { raw, issues } = parseCdr(body, 'text/xml');
  return { x: raw['x'], issues: issues.map(({ message }) => message) };
}

describe('a value in XML-RPC', () => {
  it.each<[value: string, x: unknown]>([
    ['a', 'a'],
    ['<string>a</string>', 'a'],
    ['<string> a </string>', ' a '],
    ['<i4>007</i4>', '007'],
    ['<ex:i8>7</ex:i8>', 7],
    ['<boolean>1</boolean>', true],
    ['<boolean> TRUE </boolean>', true],
    ['<boolean>0</boolean>', false],
    ['<boolean>False</boolean>', false],
    ['<boolean>no</boolean>', 'no'],
    ['<boolean></boolean>', ''],
    ['<double>1.50</double>', 1.5],
    ['<float>-2</float>', -2],
    ['<double>soon</double>', 'soon'],
    ['<double> </double>', ' '],
    ['<base64>16nXnA==</base64>', 'של'],
    ['a\rb\r\nc\n', 'a\nb\nc\n'],
    ['&lt;&gt;&amp;&quot;&apos;&#65;&#x10FFFF;&#x110000;', '<>&"\'A\u{10FFFF}\ufffd'],
    ['<string><![CDATA[&lt;]]>&lt;</string>', '&lt;<'],
    ['<string>a]]><![CDATA[b]]></string>', 'a]]>b'],
    ['<string a="/>">b</string>', 'b'],
    ["<string a='/>'>b</string>", 'b'],
    [`<string a='"/>' b="'/>">c</string>`, 'c'],
    ['<ex:i4> 007 </ex:i4>', ' 007 '],
    ['<nil/>', null],
    ['<ex:nil/>', null],
    ['<array><data><value>a</value><value><i4>1</i4></value></data></array>', ['a', 1]],
    ['<array><data/></array>', []],
    ['<array/>', []],
    ['<struct><member><name> a </name><value>b</value></member></struct>', { a: 'b' }],
    ['<struct><member><name>a</name></member></struct>', { a: '' }],
    ['<struct><member><value>b</value></member></struct>', { '': 'b' }],
    ['<struct/>', {}],
  ])('that is %s', (value, x) => {
    expect(read(value)).toEqual({ x, issues: [] });
  });

  it('that is no base64 stays as it was sent', () => {
    expect(read('<base64>***</base64>')).toEqual({
      x: '***',
      issues: ['expected base64, received "***"'],
    });
  });

  it('counts last when its name came before', () => {
    const member = '<name>x</name><value>1</value></member><member><name>x</name><value>2</value>';
    expect(read('', member)).toEqual({
      x: '2',
      issues: ['x: given more than once; the last one counts'],
    });
  });
});

describe('a request in XML-RPC', () => {
  const written = (x: unknown) =>
    /<name>x<\/name><value>(.*?)<\/value><\/member>/.exec(
      encodeCdr(minimal({ x }), 'xml-rpc').body,
    )?.[1];

  it('is a call of one param', () => {
    expect(encodeCdr({ x: 'a' }, 'xml-rpc')).toEqual({
      body: '<?xml version="1.0" encoding="UTF-8"?><methodCall><methodName>cdr</methodName><params><param><value><struct><member><name>x</name><value><string>a</string></value></member></struct></value></param></params></methodCall>',
      contentType: 'text/xml; charset=utf-8',
    });
  });

  it.each<[value: unknown, xml: string]>([
    ['a', '<string>a</string>'],
    [null, '<nil/>'],
    [true, '<boolean>1</boolean>'],
    [false, '<boolean>0</boolean>'],
    [2 ** 31 - 1, '<i4>2147483647</i4>'],
    [2 ** 31, '<i8>2147483648</i8>'],
    [-(2 ** 31), '<i4>-2147483648</i4>'],
    [-(2 ** 31) - 1, '<i8>-2147483649</i8>'],
    [1.5, '<double>1.5</double>'],
    [[], '<array><data/></array>'],
    [
      ['a', null],
      '<array><data><value><string>a</string></value><value><nil/></value></data></array>',
    ],
    [[undefined], '<array><data><value><nil/></value></data></array>'],
    ['&lt;\r\u0001', '<string>&amp;lt;&#xD;\ufffd</string>'],
  ])('has %j as %s', (value, xml) => {
    expect(written(value)).toBe(xml);
  });
});
