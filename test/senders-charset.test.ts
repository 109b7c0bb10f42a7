import { describe, it } from 'vitest';
import type { CdrFormat } from 'voicenter-cdr';
import { expectGiven } from './expectations.js';
import {
  CONTENT_TYPES,
  ENCODERS,
  inWindows1255,
  minimal,
  percentEncoded,
  QUEUE,
  utf16,
  windows1255,
  xmlCall,
} from './records.js';

const FORMATS: CdrFormat[] = ['json', 'form', 'xml-rpc'];
const NAME = 'תור מכירות';
const named = { ...QUEUE, queuename: NAME };
/** Every combination of a format and one of the values. */
const eachWith = <T>(values: T[]) =>
  FORMATS.flatMap((format) => values.map((value) => ({ format, value })));
const utf8 = (text: string) => new TextEncoder().encode(text);
const declared = (charset: string) => `<?xml version="1.0" encoding="${charset}"?>`;
const xmlNamed = (name: string, declaration?: string) =>
  xmlCall({ ...REQUIRED, queuename: name }, declaration);
const REQUIRED = {
  ivruniqueid: 'a1',
  type: 'Queue',
  status: 'ANSWER',
  time: '1595333610',
  duration: '9',
};
const formNamed = (name: string) => `${new URLSearchParams(REQUIRED)}&queuename=${name}`;

describe('UTF-8 bytes under a declared single-byte charset are read as UTF-8', () => {
  const charsets = ['windows-1255', 'ISO-8859-8', 'ISO-8859-1', 'windows-1252', 'cp1255', 'ascii'];

  it.each(eachWith(charsets))('$value, $format', ({ format, value }) => {
    const contentType = `${CONTENT_TYPES[format]}; charset=${value}`;
    const body = utf8(ENCODERS[format](named));
    expectGiven({ body, contentType }, { 'queue.name': NAME });
  });

  it.each(charsets)('%s, by the XML declaration', (charset) => {
    const body = utf8(xmlNamed(NAME, declared(charset)));
    expectGiven({ body, contentType: 'text/xml' }, { 'queue.name': NAME });
  });
});

describe('windows-1255 bytes under a wrong declaration are read as windows-1255', () => {
  it.each(eachWith(['cp1255', 'win-1255', 'CP1255']))('$value, $format', ({ format, value }) => {
    const contentType = `${CONTENT_TYPES[format]}; charset=${value}`;
    const body = inWindows1255(named, format);
    expectGiven({ body, contentType }, { 'queue.name': NAME, 'issues.length': 0 });
  });

  it.each<[what: string, before: string | Uint8Array, charset: string]>([
    ['after a space', ' ', 'windows-1255'],
    ['after line breaks', '\r\n\r\n', 'windows-1255'],
    ['after 300 spaces', ' '.repeat(300), 'windows-1255'],
    ['after a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf), 'windows-1255'],
    ['after two byte order marks', '\ufeff\ufeff', 'windows-1255'],
    ['after byte order marks among line breaks', '\n\ufeff\r\n\ufeff ', 'windows-1255'],
    ['misspelled', '', 'cp1255'],
    ['misspelled', '', 'win-1255'],
    ['as ISO-8859-8', '\n', 'ISO-8859-8'],
  ])('in an XML declaration: %s', (_, before, charset) => {
    const xml = windows1255(xmlNamed(NAME, declared(charset)));
    const body = new Uint8Array([...(typeof before === 'string' ? utf8(before) : before), ...xml]);
    for (const contentType of ['text/xml', null]) {
      expectGiven({ body, contentType }, { 'queue.name': NAME });
    }
  });

  it('under a header that names no charset', () => {
    const body = windows1255(xmlNamed(NAME, declared('windows-1255')));
    expectGiven({ body, contentType: 'text/xml; charset=klingon' }, { 'queue.name': NAME });
  });
});

describe('bytes that fit no declared charset are read as windows-1255, with an issue', () => {
  const guessed = { 'queue.name': NAME, says: 'guess' };

  it.each(eachWith(['', '; charset=utf-8']))('in $format$value', ({ format, value }) => {
    const contentType = `${CONTENT_TYPES[format]}${value}`;
    expectGiven({ body: inWindows1255(named, format), contentType }, guessed);
  });

  it('in a form that is not percent-encoded', () => {
    const body = windows1255(formNamed(NAME));
    expectGiven({ body, contentType: CONTENT_TYPES.form }, guessed);
  });

  it('in a form that came as text', () => {
    const body = formNamed(percentEncoded(windows1255(NAME)));
    expectGiven({ body, contentType: CONTENT_TYPES.form }, guessed);
  });

  it('even if two of them look like UTF-8 by chance', () => {
    const body = formNamed(percentEncoded(windows1255('תור׳©')));
    expectGiven({ body, contentType: CONTENT_TYPES.form }, { 'queue.name': 'תור׳©' });
  });

  it('with U+FFFD for undefined bytes', () => {
    const body = formNamed('%FA%E5%F8%D9');
    const contentType = CONTENT_TYPES.form;
    expectGiven({ body, contentType }, { 'queue.name': 'תור\ufffd', says: 'guess' });
  });

  it.each(eachWith(['ISO-8859-8', 'hebrew', 'iso-8859-8-i']))(
    'with their quotes and dashes under $value, which has none, in $format',
    ({ format, value }) => {
      const quoted = { ...QUEUE, queuename: '“תור” – מכירות' };
      const contentType = `${CONTENT_TYPES[format]}; charset=${value}`;
      const body = inWindows1255(quoted, format);
      expectGiven({ body, contentType }, { 'queue.name': quoted.queuename, says: 'guess' });
    },
  );

  it('unless they fit a declared charset', () => {
    const body = Uint8Array.from(xmlNamed('Caf\xe9 × ©', declared('iso-8859-1')), (character) =>
      character.charCodeAt(0),
    );
    expectGiven(
      { body, contentType: 'text/xml' },
      { 'queue.name': 'Café × ©', 'issues.length': 0 },
    );
  });
});

describe('windows-1252 bytes include quotes, dashes and the euro sign', () => {
  const name = '“Café” – 5 €';
  const pieces: Record<string, number> = { '“': 0x93, '”': 0x94, '–': 0x96, '€': 0x80 };
  const windows1252 = (text: string) =>
    Uint8Array.from(text, (character) => pieces[character] ?? character.charCodeAt(0));
  const expected = { 'queue.name': name, 'issues.length': 0 };

  it.each(eachWith(['windows-1252', 'ISO-8859-1', 'latin1', 'cp1252']))(
    'declared as $value, in $format',
    ({ format, value }) => {
      const text = ENCODERS[format]({ ...QUEUE, queuename: '@@' });
      const escaped = percentEncoded(windows1252(name));
      const body = windows1252(text.replace('@@', name).replace('%40%40', escaped));
      expectGiven({ body, contentType: `${CONTENT_TYPES[format]}; charset=${value}` }, expected);
    },
  );

  it('as raw bytes of a form, and by the XML declaration', () => {
    const contentType = `${CONTENT_TYPES.form}; charset=ISO-8859-1`;
    expectGiven({ body: windows1252(formNamed(name)), contentType }, expected);
    const xml = windows1252(xmlNamed(name, declared('ISO-8859-1')));
    expectGiven({ body: xml, contentType: 'text/xml' }, expected);
  });
});

describe('an empty charset counts as undeclared', () => {
  it.each(FORMATS)('in %s', (format) => {
    const contentType = `${CONTENT_TYPES[format]}; charset=`;
    const expected = { 'queue.name': NAME, 'issues.length': 0 };
    expectGiven({ body: utf8(ENCODERS[format](named)), contentType }, expected);
  });

  it('in an XML declaration', () => {
    const expected = { 'queue.name': NAME, 'issues.length': 0 };
    expectGiven({ body: utf8(xmlNamed(NAME, declared(''))), contentType: 'text/xml' }, expected);
  });
});

describe('UTF-8 with a truncated character is still read as UTF-8', () => {
  it('even among characters that the sender had replaced', () => {
    const body = formNamed('%EF%BF%BD%EF%BF%BD%D7');
    const contentType = CONTENT_TYPES.form;
    const expected = { 'queue.name': '\ufffd\ufffd\ufffd', 'issues.0.code': 'invalid_bytes' };
    expectGiven({ body, contentType }, expected);
  });

  const whole = utf8('שלום עולם');
  const cut = whole.subarray(0, -1);
  const expected = { 'queue.name': 'שלום עול\ufffd', 'issues.0.code': 'invalid_bytes' };
  const charsets = ['', '; charset=utf-8', '; charset=windows-1255', '; charset=ISO-8859-1'];

  it.each(eachWith(charsets))('in $format$value', ({ format, value }) => {
    const [head = '', tail = ''] = ENCODERS[format]({ ...named, queuename: '@@' }).split(
      format === 'form' ? '%40%40' : '@@',
    );
    const name = format === 'form' ? utf8(percentEncoded(cut)) : cut;
    const body = new Uint8Array([...utf8(head), ...name, ...utf8(tail)]);
    expectGiven({ body, contentType: `${CONTENT_TYPES[format]}${value}` }, expected);
  });
});

describe('UTF-16', () => {
  const bodies: [format: CdrFormat, text: string][] = [
    ['json', JSON.stringify(named)],
    ['json', JSON.stringify([named])],
    ['xml-rpc', ENCODERS['xml-rpc'](named)],
  ];
  const cases = bodies.flatMap(([format, text]) =>
    (['little', 'big'] as const).flatMap((end) =>
      [null, CONTENT_TYPES[format], `${CONTENT_TYPES[format]}; charset=utf-16`].map(
        (contentType) => ({ format, text, end, contentType }),
      ),
    ),
  );

  it.each(cases)(
    'is recognized without a byte order mark: $format, $end-endian, $contentType',
    ({ text, end, contentType }) => {
      expectGiven({ body: utf16(text, end), contentType }, { 'queue.name': NAME });
    },
  );

  it.each(['\0', '\u2028', '\u3000', '\u00a0\n', ' \0\ufeff'])(
    'is recognized after blanks: %j',
    (blank) => {
      for (const [, text] of bodies) {
        for (const end of ['little', 'big'] as const) {
          expectGiven(
            { body: utf16(blank + text, end), contentType: null },
            { 'queue.name': NAME },
          );
        }
      }
    },
  );

  it.each(['utf-16', 'utf-16le', 'UTF-16BE', 'utf16'])(
    'declared as %s is ignored unless the bytes are UTF-16',
    (charset) => {
      for (const format of FORMATS) {
        const contentType = `${CONTENT_TYPES[format]}; charset=${charset}`;
        expectGiven({ body: utf8(ENCODERS[format](named)), contentType }, { 'queue.name': NAME });
      }
      const body = windows1255(xmlNamed(NAME, declared(charset)));
      expectGiven({ body, contentType: 'text/xml' }, { 'queue.name': NAME });
    },
  );
});

describe('XML references', () => {
  const php = '&#215;&#170;&#215;&#149;&#215;&#168;';
  const frontier = '&#250;&#229;&#248;';
  it.each<[what: string, name: string, declaration: string | undefined, expected: string]>([
    ['bytes of UTF-8', php, undefined, 'תור'],
    ['bytes of UTF-8, under a declared charset', php, declared('iso-8859-1'), 'תור'],
    ['bytes of UTF-8 among Latin letters', `Sales ${php} 7`, undefined, 'Sales תור 7'],
    ['none that no document of UTF-8 bytes has', '&#215; &#169;', undefined, '× ©'],
    ['two that alone say nothing', '&#215;&#170;', undefined, '×ª'],
    ['hexadecimal ones', '&#xD7;&#xAA;', undefined, '×ª'],
    ['é', 'Caf&#233;', undefined, 'Café'],
    ['é, under windows-1255', 'Caf&#233;', declared('windows-1255'), 'Café'],
    ['bytes of windows-1255', frontier, declared('windows-1255'), 'תור'],
    [
      'bytes of windows-1255 beside digits',
      `${frontier} 24/7`,
      declared('windows-1255'),
      'תור 24/7',
    ],
    ['bytes of ISO-8859-8', frontier, declared('ISO-8859-8'), 'תור'],
    ['none of a document in UTF-8', frontier, declared('UTF-8'), 'úåø'],
    ['none of a document that declares nothing', frontier, undefined, 'úåø'],
    ['none beside a Latin letter', `${frontier} a`, declared('windows-1255'), 'úåø a'],
    ['hexadecimal ones', '&#xFA;&#xE5;&#xF8;', declared('windows-1255'), 'úåø'],
    ['none beside others', `${frontier}&#169;`, declared('windows-1255'), 'úåø©'],
    ['a surrogate pair', '&#55357;&#56832;', undefined, '😀'],
    ['a hexadecimal surrogate pair', '&#xD83D;&#xde00;', undefined, '😀'],
    ['half a surrogate pair', 'a&#55357;', undefined, 'a\ufffd'],
    ['the halves in the wrong order', '&#56832;&#55357;', undefined, '\ufffd\ufffd'],
    ['none in CDATA', `<![CDATA[${php}]]>`, undefined, php],
    ['none in CDATA', '<![CDATA[&#55357;&#56832;]]>', undefined, '&#55357;&#56832;'],
    ['Hebrew', '&#1514;&#1493;&#1512;', declared('windows-1255'), 'תור'],
  ])('are decoded (%s): %s', (_, name, declaration, expected) => {
    for (const value of [name, `<string>${name}</string>`]) {
      const body = xmlNamed(value, declaration);
      expectGiven({ body, contentType: 'text/xml' }, { 'queue.name': expected });
    }
  });

  it('are bytes in every text if they must be bytes in one', () => {
    const members = { ...REQUIRED, queuename: '&#215;&#169;', representative_name: php };
    const expected = { 'queue.name': 'ש', 'representative.name': 'תור' };
    expectGiven({ body: xmlCall(members), contentType: 'text/xml' }, expected);
  });

  it.each<[what: string, name: string]>([
    ['is no UTF-8', 'Caf&#233;'],
    ['has other characters too', 'שם &#215;&#170;'],
    ['has a hexadecimal one', '&#xD7;&#170;'],
    ['has one beyond 255', '&#8364;&#170;'],
  ])('are bytes in no text if one text %s', (_, name) => {
    const members = { ...REQUIRED, queuename: '&#215;&#170;', representative_name: name };
    const other = { ...members, caller_country: '&#215;&#149;' };
    expectGiven({ body: xmlCall(other), contentType: 'text/xml' }, { 'queue.name': '×ª' });
  });
});

describe('%u in a form', () => {
  it.each<[sent: string, expected: string]>([
    ['%u05EA%u05D5%u05E8', 'תור'],
    ['%u05ea%u05d5%u05e8+7', 'תור 7'],
    ['Sales%20%u05EA%26', 'Sales ת&'],
    ['%uD83D%uDE00', '😀'],
    ['a%uD83D', 'a\ufffd'],
    ['%25u05EA', '%u05EA'],
    ['%u05', '%u05'],
    ['%u05EG', '%u05EG'],
    ['%D7%AA%u05D5', 'תו'],
  ])('%s is %s', (sent, expected) => {
    const contentType = CONTENT_TYPES.form;
    expectGiven({ body: formNamed(sent), contentType }, { 'queue.name': expected });
    expectGiven({ body: utf8(formNamed(sent)), contentType }, { 'queue.name': expected });
  });
});

// qs (Express) and Fastify's parser leave a key or value as it is where its bytes are not UTF-8.
describe('bytes that a form parser could not decode', () => {
  const escaped = percentEncoded(windows1255(NAME)).replace('+', ' ');
  const parsed = (value: unknown) => ({ ...REQUIRED, queuename: value });

  it.each<[what: string, body: object, charset: string]>([
    ['as windows-1255', parsed(escaped), ''],
    ['as the declared charset', parsed(escaped), '; charset=windows-1255'],
    ['in a list of one', parsed([escaped]), ''],
    ['in lower case', parsed(escaped.toLowerCase()), ''],
  ])('are decoded %s', (_, body, charset) => {
    const contentType = CONTENT_TYPES.form + charset;
    const codes = charset === '' ? ['guessed_charset'] : [];
    const { length } = codes;
    const expected = { 'queue.name': NAME, 'issues.length': length };
    expectGiven({ body, contentType }, length > 0 ? { ...expected, says: 'guessed' } : expected);
  });

  it('are decoded in structures, their keys and JSON text', () => {
    const key = percentEncoded(windows1255('שדה'));
    const body = {
      ...REQUIRED,
      IVR: [{ layer_name: escaped }],
      [`CustomData%5B${key}%5D`]: escaped,
      aiData: `%7B%22summary%22%3A%22${escaped}%22%7D`,
    };
    const expected = {
      'ivr.0.layerName': NAME,
      'customData.שדה': NAME,
      'ai.summary': NAME,
    };
    expectGiven({ body, contentType: CONTENT_TYPES.form }, expected);
  });

  it('are decoded where they are %u, or UTF-8 that was cut', () => {
    const contentType = CONTENT_TYPES.form;
    const units = '%u05EA%u05D5%u05E8';
    expectGiven({ body: parsed(units), contentType }, { 'queue.name': 'תור' });
    const pairs = new URLSearchParams(formNamed(units));
    expectGiven({ body: pairs, contentType }, { 'queue.name': 'תור' });
    const cut = { 'queue.name': 'תו\ufffd', 'issues.0.code': 'invalid_bytes' };
    expectGiven({ body: parsed('%D7%AA%D7%95%D7'), contentType }, cut);
  });

  it('are text behind URLSearchParams, which leaves none', () => {
    const contentType = CONTENT_TYPES.form;
    const pairs = new URLSearchParams([
      ...new URLSearchParams(formNamed('')),
      ['queuename', escaped],
    ]);
    expectGiven({ body: pairs, contentType }, { 'queue.name': escaped, 'issues.length': 0 });
  });

  it('are decoded at the end of ten million characters', () => {
    const name = `${'a'.repeat(10_000_000)}%FA%E5%F8`;
    const expected = { callId: 'a1', 'issues.0.code': 'guessed_charset' };
    expectGiven({ body: parsed(name), contentType: CONTENT_TYPES.form }, expected);
  });

  it.each([
    '%D7%AA', // %25D7%25AA, for this is UTF-8
    '5%decrease',
    '100% of %FA',
    '%u05EA',
    'https://example.com/%FA%E5%F8',
    'תור %FA%E5%F8',
  ])('are not in %s', (value) => {
    const contentType = CONTENT_TYPES.form;
    expectGiven({ body: parsed(value), contentType }, { 'queue.name': value, 'issues.length': 0 });
  });
});

describe('intact text stays unchanged', () => {
  const texts = ['Café', '× ©', '×ª', 'Ã©', '%u05EA', '&#215;&#149;', 'úåø', 'null-object'];

  it.each(eachWith(texts))('$value in $format', ({ format, value }) => {
    const expected = { 'representative.name': value, 'issues.length': 0 };
    const body = ENCODERS[format](minimal({ representative_name: value }));
    expectGiven({ body, contentType: CONTENT_TYPES[format] }, expected);
    expectGiven({ body: utf8(body), contentType: CONTENT_TYPES[format] }, expected);
  });
});
