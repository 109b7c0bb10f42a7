import { runInNewContext } from 'node:vm';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type CdrFormat, cdrKey, detectFormat, parseCdr } from 'voicenter-cdr';
import { expectGiven } from './expectations.js';
import { CONTENT_TYPES, ENCODERS, minimal, withoutTransport, xmlCall } from './records.js';

const FORMATS: CdrFormat[] = ['json', 'form', 'xml-rpc'];
const record = minimal({ caller: '0501234567' });
const id = record['ivruniqueid'];
const utf8 = (text: string) => new TextEncoder().encode(text);

describe('the edge of a body', () => {
  const around = [
    ...['\0', '\0\0\0', '\ufeff', '\ufeff\ufeff', ' ', '\r\n', '\t\v\f', '\u00a0', '\u2028'],
    ...['\u2003', ' '.repeat(300), '\r\n'.repeat(300), '\ufeff \0\r\n'],
  ];
  const cases = FORMATS.flatMap((format) => around.map((edge) => ({ format, edge })));

  it.each(cases)('can have blanks: $format, $edge', ({ format, edge }) => {
    const body = ENCODERS[format](record);
    for (const text of [edge + body, body + edge, edge + body + edge]) {
      for (const contentType of [CONTENT_TYPES[format], null]) {
        const expected = { callId: id, caller: '0501234567', format, 'issues.length': 0 };
        expectGiven({ body: text, contentType }, expected);
        expectGiven({ body: utf8(text), contentType }, expected);
      }
      expect(detectFormat(text)).toBe(format);
    }
  });

  it.each(['\u00a0', '\u2028', '\ufeff', '\0', 'x'])(
    'cannot have %j around the root of XML',
    (text) => {
      const body = ENCODERS['xml-rpc'](record).replace('?>', `?>${text}`);
      expectGiven({ body, contentType: 'text/xml' }, { error: 'malformed', format: 'xml-rpc' });
    },
  );
});

describe('&amp; between the fields of a form', () => {
  it('counts as &', () => {
    const body = ENCODERS.form(record).replaceAll('&', '&amp;');
    const expected = { callId: id, caller: '0501234567', durationSeconds: 11, 'issues.length': 0 };
    expectGiven({ body, contentType: CONTENT_TYPES.form }, expected);
    expectGiven({ body, contentType: null }, expected);
  });

  it('is kept inside a value', () => {
    const { raw } = parseCdr(ENCODERS.form({ ...record, note: 'a&amp;b' }), CONTENT_TYPES.form);
    expect(raw['note']).toBe('a&amp;b');
  });

  it('is dropped at the end, also after the only field', () => {
    const { ivruniqueid } = record;
    const payload = `payload=${encodeURIComponent(JSON.stringify(record))}&amp;`;
    const behindParser = { payload: JSON.stringify(record), 'amp;': '' };
    for (const body of [payload, new TextEncoder().encode(payload), behindParser]) {
      expectGiven({ body, contentType: CONTENT_TYPES.form }, { callId: ivruniqueid });
    }
  });
});

describe('before or between the fields of a form', () => {
  const body = ENCODERS.form(record);

  it.each([
    ['a ? before the first', `?${body}`],
    ['line breaks', body.replaceAll('&', '&\r\n')],
    ['spaces', body.replaceAll('&', ' & ')],
    ['escaped spaces', body.replaceAll('&', '+&+')],
  ])('%s are ignored', (_, text) => {
    const expected = { callId: id, caller: '0501234567', durationSeconds: 11, 'issues.length': 0 };
    expectGiven({ body: text, contentType: CONTENT_TYPES.form }, expected);
    expectGiven({ body: text, contentType: null }, expected);
  });
});

describe('white space around a key', () => {
  it.each(FORMATS)('is ignored in %s', (format) => {
    const entries = Object.entries(record).map(([key, value]) => [`\n  ${key} `, value]);
    const body = ENCODERS[format](Object.fromEntries(entries));
    const expected = { callId: id, caller: '0501234567', durationSeconds: 11, 'issues.length': 0 };
    expectGiven({ body, contentType: CONTENT_TYPES[format] }, expected);
  });
});

describe('a start', () => {
  it.each<[time: unknown, instant: string]>([
    ['2020-07-28T18:19:10+03', '2020-07-28T15:19:10.000Z'],
    ['2020-07-28 18:19:10+03', '2020-07-28T15:19:10.000Z'],
    ['2020-07-28T15:19:10,5Z', '2020-07-28T15:19:10.'],
    ['2020-07-28 18:19:10,250', '2020-07-28T15:19:10.'],
    ['2020-07-28 15:19:10 UTC', '2020-07-28T15:19:10.000Z'],
    ['2020-07-28T15:19:10UTC', '2020-07-28T15:19:10.000Z'],
    ['2020-07-28T18:19:10+14:00', '2020-07-28T04:19:10.000Z'],
    ['2020-02-29T12:00:00', '2020-02-29T10:00:00.000Z'],
    // Java omits the seconds if they are zero.
    ['2020-07-28T18:19', '2020-07-28T15:19:00.000Z'],
    ['2020-07-28T15:19Z', '2020-07-28T15:19:00.000Z'],
    ['2020-07-28T18:19+03:00', '2020-07-28T15:19:00.000Z'],
    ['1595960350.9995', '2020-07-28T15:19:10.'],
    [1595960350.99999, '2020-07-28T15:19:10.'],
  ])('can be %j', (time, instant) => {
    for (const format of FORMATS) {
      const cdr = parseCdr(ENCODERS[format]({ ...record, time }), CONTENT_TYPES[format]);
      expect(cdr.startedAt.toISOString().startsWith(instant)).toBe(true);
    }
  });

  it.each([
    ...['2020-02-30T12:00:00', '2021-02-29T12:00:00', '2020-04-31 12:00:00', '2020-00-10 12:00:00'],
    ...['2020-07-28T25:00:00', '2020-07-28T12:60:00', '2020-07-28T12:00:00+99:99'],
    ...['2020-07-28T12', '2020-07-28T12:00.5', '2020-07-28T12:0'],
    ...['2020-07-28T12:00:00+03:60', '2020-07-28T12:00:00+24:00', '2020-07-28T12:00:00 PST'],
  ])('cannot be %s', (time) => {
    const written = { body: { ...record, time }, contentType: CONTENT_TYPES.json };
    expectGiven(written, { error: 'invalid_field', 'issues.0.path': ['time'] });
  });

  it('with a fraction has the key of its whole second', () => {
    for (const time of [1595960350.9995, '1595960350.9999', '2020-07-28T18:19:10.9999']) {
      expect(cdrKey(parseCdr({ ...record, time }))).toBe(cdrKey(parseCdr(record)));
    }
  });
});

describe('direction marks around a number', () => {
  const marks = ['\u200e', '\u200f', '\u202a|\u202c', '\u202b|\u202c', '\u2066|\u2069', '\u061c'];
  it.each(marks)('are ignored: %j', (mark) => {
    const [before, after = before] = mark.split('|');
    const marked = (text: string) => `${before}${text}${after}`;
    const sent = {
      caller: marked('0501234567'),
      did: marked('0722776772'),
      duration: marked('11'),
    };
    for (const format of FORMATS) {
      const cdr = parseCdr(ENCODERS[format](minimal(sent)), CONTENT_TYPES[format]);
      expect(cdr).toMatchObject({
        ...{ caller: '0501234567', customerPhone: '0501234567', did: '0722776772' },
        ...{ businessPhone: '0722776772', durationSeconds: 11 },
      });
    }
  });
});

describe('an id sent as a number keeps its digits', () => {
  const digits = [
    ...['1595333610.10', '1595333610.100', '1595333610.0', '1595333610.00'],
    ...['12345678901234567890', '9007199254740993'],
  ];
  const text = JSON.stringify(record);

  it.each(digits)('%s in JSON', (number) => {
    const body = text.replace(JSON.stringify(id), number);
    expectGiven({ body, contentType: null }, { callId: number, 'issues.length': 0 });
    const pretty = body.replace(':', ' : ');
    expectGiven({ body: pretty, contentType: null }, { callId: number });
  });

  it.each(digits)('%s in XML-RPC', (number) => {
    for (const type of /[.e]/i.test(number) ? ['double'] : ['i8', 'int', 'ex:i8']) {
      const ivruniqueid = `<${type}>${number}</${type}>`;
      const body = xmlCall({ type: 'Queue', status: 'ANSWER', time: '1595333610', ivruniqueid });
      expectGiven({ body, contentType: 'text/xml' }, { callId: number });
    }
  });

  it('and so does the id of the original call', () => {
    const body = text.replace('{', '{"OriginalIvrUniqueID":1595333610.20,');
    expectGiven({ body, contentType: null }, { originalCallId: '1595333610.20' });
  });

  it('even in CustomData, and in a list of one', () => {
    const inBag = text.replace('{', '{"CustomData":{"OriginalIvrUniqueID":1595333610.20},');
    const inList = text.replace(JSON.stringify(id), '[1595333610.10]');
    const original = { originalCallId: '1595333610.20' };
    for (const wrap of [(json: string) => json, (json: string) => `[${json}]`, JSON.stringify]) {
      expectGiven({ body: wrap(inBag), contentType: null }, original);
      expectGiven({ body: wrap(inList), contentType: null }, { callId: '1595333610.10' });
    }
    const member = { ...record, CustomData: '@@' };
    const double = '<double>1595333610.20</double>';
    const bag = `<struct><member><name>OriginalIvrUniqueID</name><value>${double}</value></member></struct>`;
    const body = ENCODERS['xml-rpc'](member).replace('<string>@@</string>', bag);
    expectGiven({ body, contentType: null }, original);
  });

  it('but quantities become numbers, in an AI answer too', () => {
    const question = { data_type: 'json array', answer: '[4.0,5.10,1e3]' };
    const aiData = JSON.stringify({ insights: { questions: [question] } });
    const body = text.replace('{', `{"price":14.50,"isAnswer":1.0,"aiData":${aiData},`);
    const expected = { 'issues.length': 0, priceAgorot: 14.5, answered: true };
    expectGiven(
      { body, contentType: null },
      { ...expected, 'ai.questions.0.answer': [4, 5.1, 1000] },
    );
    const isAnswer = '<double>1.0</double>';
    const xml = xmlCall({ ivruniqueid: 'a1', type: 'Queue', status: 'NEW', time: '1', isAnswer });
    expectGiven({ body: xml, contentType: 'text/xml' }, { answered: true });
  });

  it('and text that looks like numbers stays unchanged', () => {
    for (const queuename of ['"a":1595333610.10,', '":1.0,', '":1e3}', '":-0]']) {
      const body = JSON.stringify({ ...record, queuename });
      expectGiven({ body, contentType: null }, { 'queue.name': queuename });
    }
  });
});

describe('UTF-16 with a missing or extra zero byte at the end', () => {
  it.each<CdrFormat>(['json', 'xml-rpc'])('is read: %s', (format) => {
    const text = ENCODERS[format](record);
    const bytes = [...Buffer.from(text, 'utf16le')];
    for (const body of [Uint8Array.from([...bytes, 0]), Uint8Array.from(bytes.slice(0, -1))]) {
      expectGiven({ body, contentType: CONTENT_TYPES[format] }, { callId: id });
    }
  });
});

describe('values of another realm', () => {
  it('are read like those of this one', () => {
    const here = withoutTransport(parseCdr(record));
    const time = runInNewContext('new Date("2020-07-28T15:19:10Z")');
    expect(withoutTransport(parseCdr({ ...record, time }))).toEqual(here);
    const object = runInNewContext(`(${JSON.stringify(record)})`);
    expect(withoutTransport(parseCdr(object))).toEqual(here);
  });

  it.each(['new Uint8Array(bytes)', 'new Uint8Array(bytes).buffer'])('can be bytes: %s', (made) => {
    const body = runInNewContext(made, { bytes: [...utf8(JSON.stringify(record))] });
    expectGiven({ body, contentType: CONTENT_TYPES.json }, { callId: id });
  });

  it('can be a structuredClone', () => {
    const time = structuredClone(new Date('2020-07-28T15:19:10Z'));
    expectGiven(
      { body: { ...record, time }, contentType: null },
      { startedAt: time.toISOString() },
    );
  });
});

describe('a body in no supported format is refused with the reason', () => {
  const multipart =
    '--x\r\nContent-Disposition: form-data; name="ivruniqueid"\r\n\r\na1\r\n--x--\r\n';
  const bodies: [what: string, body: Uint8Array | string, says: string][] = [
    ['gzip', gzipSync(JSON.stringify(record)), 'compress|gzip'],
    ['zlib', deflateSync(JSON.stringify(record)), 'compress|encod|binary'],
    ...FORMATS.map((format): [string, Uint8Array, string] => [
      `deflate without a header, from ${format}`,
      deflateRawSync(ENCODERS[format]({ ...record, queuename: 'Sales', price: 12 })),
      'compress',
    ]),
    ['zlib that looks like a field', Uint8Array.of(0x78, 0x9c, 0x3d, 0x41), 'compress'],
    ['zstd', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x24, 0x3d, 0x41), 'compress'],
    ['bytes of no text', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x3d, 0x41), 'compress'],
    ['multipart', multipart, 'multipart'],
    ['multipart with = in its boundary', multipart.replaceAll('--x', '--=_x'), 'multipart'],
    ['multipart, as bytes', utf8(multipart), 'multipart'],
  ];

  it.each(bodies)('%s, even with a declared format', (_, body, says) => {
    for (const format of FORMATS) {
      const contentType = CONTENT_TYPES[format];
      expectGiven({ body, contentType }, { error: 'malformed', format, says });
      expect(detectFormat(body, contentType)).toBe(format);
    }
  });

  it.each(bodies)('%s, without a declared format', (_, body, says) => {
    expectGiven({ body, contentType: null }, { error: 'unsupported_format', format: null, says });
    expect(detectFormat(body)).toBeNull();
  });

  it('multipart, if it is declared', () => {
    const contentType = 'multipart/form-data; boundary=x';
    const expected = { error: 'unsupported_format', format: null, says: 'multipart' };
    expectGiven({ body: multipart, contentType }, expected);
    expectGiven({ body: utf8(multipart), contentType }, expected);
    expect(detectFormat(multipart, contentType)).toBeNull();
  });
});
