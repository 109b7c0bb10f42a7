import { describe, expect, it } from 'vitest';
import { encodeCdr } from 'voicenter-cdr/testing';
import { callOf, callWith, decodeXml, xmlContext } from './decode-xml.js';
import { minimal } from './records.js';

/** The value of a record's member, and its issues. */
function read(value: string) {
  const { value: record, issues } = decodeXml(callWith([['x', value]]));
  return { x: Object(record).x, issues: issues.map(({ message }) => message) };
}

const structOf = (value: string) =>
  `<struct><member><name>a</name><value>${value}</value></member></struct>`;

describe('an XML-RPC value', () => {
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
    ['<double>-1.5</double>', -1.5],
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
    ['<array><value>a</value><value><i4>1</i4></value></array>', ['a', 1]],
    ['<array><data><i4>1</i4><string>a</string></data></array>', [1, 'a']],
    ['<array><data></data><value>a</value></array>', []],
    ['<value>a</value>', 'a'],
    ['<ex:array><ex:data><ex:value>a</ex:value></ex:data></ex:array>', ['a']],
    ['<string />', ''],
    ['<ex:bigdecimal>7.0</ex:bigdecimal>', '7.0'],
    ['<dateTime.iso8601>20200721T12:13:30</dateTime.iso8601>', '20200721T12:13:30'],
    ['<struct><member><name> a </name><value>b</value></member></struct>', { a: 'b' }],
    ['<struct><member><name>a</name></member></struct>', { a: '' }],
    ['<struct><member><value>b</value></member></struct>', { '': 'b' }],
    ['<struct><member><name>a</name><i4>1</i4></member></struct>', { a: 1 }],
    ['<struct><member><value>b</value><name>a</name></member></struct>', { a: 'b' }],
    ['<struct><x/><member><name>a</name><value>b</value></member></struct>', { a: 'b' }],
    ['<struct/>', {}],
  ])('can be %s', (value, x) => {
    expect(read(value)).toEqual({ x, issues: [] });
  });

  it('that is invalid base64 stays as sent', () => {
    expect(read('<base64>***</base64>')).toEqual({
      x: '***',
      issues: ['expected base64, received "***"'],
    });
  });

  it.each(['.5', '-.5', '5.', '-5.'])('can be the double %s', (double) => {
    expect(read(`<double>${double}</double>`)).toEqual({ x: Number(double), issues: [] });
  });

  it.each(['.', '-.', '.e1', '5..'])('that is an invalid double stays text: %s', (text) => {
    expect(read(`<double>${text}</double>`)).toEqual({ x: text, issues: [] });
  });

  it('in base64 that is not UTF-8 is decoded like a body', () => {
    const guessed = 'bytes of no declared charset; read as windows-1255';
    expect(read('<base64>+ew=</base64>')).toEqual({ x: 'של', issues: [guessed] });
    const invalid = 'some bytes are not windows-1255; they became U+FFFD';
    expect(read('<base64>2Q==</base64>')).toEqual({ x: '\uFFFD', issues: [guessed, invalid] });
    expect(read('<base64>77+9</base64>')).toEqual({ x: '\uFFFD', issues: [] });
  });
});

describe('a repeated member', () => {
  it.each<[values: string[], x: unknown]>([
    [
      ['1', '2'],
      ['1', '2'],
    ],
    [
      ['1', '', '<nil/>'],
      ['1', '', null],
    ],
    [
      ['1', '<array/>'],
      ['1', []],
    ],
    [
      ['<array/>', '1', '2'],
      [[], '1', '2'],
    ],
  ])('is a list of its values: %j', (values, x) => {
    const names = ['x', '__proto__', 'toString', 'constructor'];
    const members = values.flatMap((value) => names.map((name): [string, string] => [name, value]));
    const { value, issues } = decodeXml(callWith(members));
    expect(Object.entries(Object(value))).toEqual(names.map((name) => [name, x]));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(issues).toEqual([]);
  });
});

describe('an XML-RPC number', () => {
  it.each<[type: string, sent: string]>([
    ['i8', '9007199254740993'],
    ['double', '12345678901234567890'],
    ['i8', '0501234567'],
    ['i8', '+972501234567'],
    ['double', '0x10'],
    ['double', '.'],
    ['double', '-'],
    ['double', 'e5'],
    ['double', 'NaN'],
    ['double', 'Infinity'],
    ['double', '1e999'],
    ['i4', ''],
  ])('stays text if it is invalid or would lose digits: %s %j', (type, sent) => {
    const typed = `<${type}>${sent}</${type}>`;
    expect(read(typed).x).toBe(sent);
    expect(read(structOf(`<array><value>${typed}</value></array>`)).x).toEqual({ a: [sent] });
  });

  it.each<[sent: string, number: number]>([
    ['1595333610.10', 1595333610.1],
    ['1.50', 1.5],
    ['1.0', 1],
    ['1e3', 1000],
    ['.5e1', 5],
    ['-0', -0],
  ])(
    'stays text in the record itself if JavaScript would write it differently: %s',
    (sent, number) => {
      const typed = `<double> ${sent}</double>`;
      expect(read(typed).x).toBe(` ${sent}`);
      const list = callOf(`<array>${structOf(typed)}</array>`);
      expect(decodeXml(list).value).toEqual([{ a: ` ${sent}` }]);
      expect(read(`<array>${structOf(typed)}</array>`).x).toEqual([{ a: number }]);
    },
  );

  it.each(['0', '-7', '1595333610', '0.5', '-1.25', '9007199254740991'])(
    'is a number in all other cases: %s',
    (sent) => {
      for (const type of ['int', 'i1', 'i2', 'i4', 'i8', 'double', 'float', 'ex:i8', 'ex:float']) {
        expect(read(`<${type}>\n${sent} </${type}>`).x).toBe(Number(sent));
      }
    },
  );
});

describe('the param of a call', () => {
  it.each<[param: string, value: unknown]>([
    ['<value><struct/></value>', {}],
    ['<struct/>', {}],
    ['<value><array><data/></array></value>', []],
    ['<array><struct/></array>', [{}]],
    ['<value>{"a":1}</value>', '{"a":1}'],
    ['<value><string>{"a":1}</string></value>', '{"a":1}'],
    ['<string>{"a":1}</string>', '{"a":1}'],
    ['{"a":&quot;1&quot;}', '{"a":"1"}'],
    ['<value/>', ''],
    ['<nil/>', null],
  ])('is the value of the body: %s', (param, value) => {
    expect(decodeXml(callOf(param)).value).toEqual(value);
  });

  it.each<[reason: string, xml: string]>([
    ['Expected one param, received 2', callOf('</param><param>')],
    ['Expected one param, received 0', '<methodCall><params></params></methodCall>'],
    ['Expected one param, received 0', '<methodCall/>'],
    ['The body is not an XML-RPC call: its param holds no value', callOf(' \n')],
    ['The body is not an XML-RPC call: its root is not a methodCall', '<methodResponse/>'],
  ])('is required exactly once: %s', (reason, xml) => {
    expect(() => decodeXml(xml)).toThrow(reason);
  });
});

describe('the limits on XML', () => {
  it.each([
    ['with data and values', '<value><array><data>', '</data></array></value>'],
    ['without', '<array>', '</array>'],
    ['with attributes', '<value a="b"><array>', '</array></value>'],
  ])('bound the depth of lists and structures: %s', (_, open, close) => {
    // The text has references that may be bytes, so all texts are searched.
    const text = '<value>&#215;&#149;</value>';
    const nested = (depth: number) => callOf(open.repeat(depth) + text + close.repeat(depth));
    expect(() => decodeXml(nested(64))).not.toThrow();
    expect(() => decodeXml(nested(65))).toThrow('maxDepth (64)');
    const deepest = { maxDepth: 1000 };
    expect(() => decodeXml(nested(1000), xmlContext(undefined, deepest))).not.toThrow();
    expect(() => decodeXml(nested(1001), xmlContext(undefined, deepest))).toThrow('maxDepth');
  });

  it.each<[xml: string, nodes: number]>([
    ['<?xml version="1.0"?><a><b/><c></c></a>', 4],
    ['<a>&lt;& &#</a>', 4],
    ['<a><!-- & --><![CDATA[&]]><?x?></a>', 6],
  ])('bound elements, other markup and references: %s', (xml, nodes) => {
    const limited = (maxNodes: number) => () => decodeXml(xml, xmlContext(undefined, { maxNodes }));
    expect(limited(nodes - 1)).toThrow(`maxNodes (${nodes - 1})`);
    expect(limited(nodes)).toThrow('its root is not a methodCall');
  });
});

describe('an XML-RPC request', () => {
  const written = (x: unknown) =>
    /<name>x<\/name><value>(.*?)<\/value><\/member>/.exec(
      encodeCdr(minimal({ x }), 'xml-rpc').body,
    )?.[1];

  it('is a call with one param', () => {
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
    ['&lt;\r\u0001', '<string>&amp;lt;&#13;\ufffd</string>'],
  ])('encodes %j as %s', (value, xml) => {
    expect(written(value)).toBe(xml);
  });
});
