import { describe, expect, it } from 'vitest';
import { type CdrFormat, parseCdr } from 'voicenter-cdr';
import { type EncodedCdr, encodeCdr, sampleCdr } from 'voicenter-cdr/testing';
import { withoutTransport } from './records.js';

const FORMATS: CdrFormat[] = ['json', 'form', 'xml-rpc'];
const CHARSETS = ['utf-8', 'UTF-16LE', 'utf-16be', 'windows-1255', 'iso-8859-8', 'ISO-8859-8-I'];

const queue = (queuename: string) => sampleCdr('Queue', 'ANSWER', { queuename });
const read = ({ body, contentType }: EncodedCdr<Uint8Array>) => parseCdr(body, contentType);
/** The bytes, as the characters U+0000 to U+00FF. */
const latin1 = ({ body }: EncodedCdr<Uint8Array>) => Buffer.from(body).toString('latin1');

describe('a record encoded in a charset', () => {
  const record = queue('מכירות & שירות');

  const each = FORMATS.flatMap((format) => CHARSETS.map((charset) => ({ format, charset })));
  const isPossible = ({ format, charset }: (typeof each)[0]) =>
    format !== 'form' || !/^utf-16/i.test(charset);

  it.each(each.filter(isPossible))(
    'is read back unchanged: $format in $charset',
    ({ format, charset }) => {
      const encoded = encodeCdr(record, format, { charset });
      expect(encoded.contentType).toMatch(`; charset=${charset}`);
      expect(withoutTransport(read(encoded))).toEqual(withoutTransport(parseCdr(record)));
    },
  );

  it.each(FORMATS)('is in UTF-8 the same text as without a charset: %s', (format) => {
    const { body } = encodeCdr(record, format);
    const encoded = encodeCdr(record, format, { charset: 'UTF-8' });
    expect(Buffer.from(encoded.body).toString()).toBe(body);
  });

  it('has one byte for each Hebrew letter, even when percent-encoded', () => {
    const shalom = '\xf9\xec\xe5\xed'; // in windows-1255
    const [json, form, xml] = FORMATS.map((format) =>
      latin1(encodeCdr(queue('שלום'), format, { charset: 'windows-1255' })),
    );
    expect(json).toContain(`"${shalom}"`);
    expect(form).toContain('queuename=%F9%EC%E5%ED');
    expect(xml).toContain(`<string>${shalom}</string>`);
    expect(xml).toMatch(/^<\?xml version="1.0" encoding="windows-1255"\?>/);
  });

  it('names its charset in the XML declaration even if the header does not', () => {
    const { body } = encodeCdr(queue('שלום'), 'xml-rpc', { charset: 'iso-8859-8' });
    expect(parseCdr(body, 'text/xml').queue?.name).toBe('שלום');
  });
});

describe('a character outside the charset', () => {
  const lacking = queue('שלום é \u{1F600}');

  it('is escaped in JSON and in XML', () => {
    const json = encodeCdr(lacking, 'json', { charset: 'windows-1255' });
    const xml = encodeCdr(lacking, 'xml-rpc', { charset: 'windows-1255' });
    expect(latin1(json)).toContain(' \\u00E9 \\uD83D\\uDE00"');
    expect(latin1(xml)).toContain(' &#xE9; &#x1F600;<');
    for (const encoded of [json, xml]) expect(read(encoded).queue?.name).toBe('שלום é \u{1F600}');
  });

  it('is escaped in keys too', () => {
    const record = sampleCdr('Queue', 'ANSWER', { CustomData: { '\\é': 'é' } });
    for (const format of ['json', 'xml-rpc'] as const) {
      const cdr = read(encodeCdr(record, format, { charset: 'windows-1255' }));
      expect({ ...cdr.customData }).toEqual({ '\\é': 'é' });
    }
  });

  it('is not escaped if windows-1252 has it, such as the euro sign', () => {
    const price = queue('€5 – “a”');
    for (const format of FORMATS) {
      const encoded = encodeCdr(price, format, { charset: 'windows-1252' });
      expect(read(encoded).queue?.name).toBe('€5 – “a”');
    }
    const form = latin1(encodeCdr(price, 'form', { charset: 'windows-1252' }));
    expect(form).toContain('queuename=%805%20%96%20%93a%94');
  });

  it.each(['windows-1252', 'iso-8859-8'])(
    'includes control characters that would be read back differently in %s',
    (charset) => {
      const record = sampleCdr('Queue', 'ANSWER', { CustomData: { note: 'a\x85b' } });
      for (const format of ['json', 'xml-rpc'] as const) {
        const cdr = read(encodeCdr(record, format, { charset }));
        expect(cdr.customData['note']).toBe('a\x85b');
      }
      expect(() => encodeCdr(record, 'form', { charset })).toThrow(TypeError);
    },
  );

  it('throws a TypeError in a form', () => {
    expect(() => encodeCdr(lacking, 'form', { charset: 'windows-1255' })).toThrow(
      new TypeError(
        'expected characters of windows-1255, since a form has no escape for others, received "é"',
      ),
    );
  });

  it('includes the character that stands for undefined bytes', () => {
    const encoded = encodeCdr(queue('\u{FFFD}'), 'xml-rpc', { charset: 'windows-1255' });
    expect(latin1(encoded)).toContain('&#xFFFD;');
  });
});

describe('an unsupported charset throws a TypeError', () => {
  it.each(['klingon', 'shift_jis', 'gbk', '', ' utf-8', 'utf-8\r\nx: y'])('%j', (charset) => {
    for (const format of FORMATS) {
      const encode = () => encodeCdr(sampleCdr('Queue'), format, { charset });
      expect(encode).toThrow(TypeError);
      expect(encode).toThrow(
        /^expected UTF-8.* or a single-byte charset such as windows-1255, received "[^\n]*"$/,
      );
    }
  });

  it.each(['utf-16', 'utf-16be', 'unicode'])('%s for a form', (charset) => {
    expect(() => encodeCdr(sampleCdr('Queue'), 'form', { charset })).toThrow(
      new TypeError(
        `expected UTF-8 or a single-byte charset such as windows-1255, received "${charset}"`,
      ),
    );
  });
});
