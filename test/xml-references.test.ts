import { describe, expect, it } from 'vitest';
import { callWith, decodeXml, xmlContext } from './decode-xml.js';

/** The texts of a document, which may declare a charset. */
function textsOf(sent: string[], charset?: string): unknown[] {
  const xml = callWith(sent.map((text, index) => [`x${index}`, text]));
  return Object.values(Object(decodeXml(xml, xmlContext(charset)).value));
}

/** UTF-8 bytes as decimal references, as PHP writes them. */
function utf8References(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) =>
    byte < 128 ? String.fromCharCode(byte) : `&#${byte};`,
  ).join('');
}

describe('XML references', () => {
  it.each<[sent: string, read: string]>([
    ['&lt;&gt;&amp;&quot;&apos;&#65;&#x42;', '<>&"\'AB'],
    ['&#1513;&#x05DC;', 'של'],
    ['&nbsp;&AMP;&#X41;&#;&#x;& &a', '&nbsp;&AMP;&#X41;&#;&#x;& &a'],
    ['&amp;#65;&amp;amp;', '&#65;&amp;'],
    ['&#55357;&#56832;', '😀'],
    ['&#xD83D;&#xDE00;', '😀'],
    ['&#xD83D;&#56832;', '😀'],
    ['&#55357; &#56832;', '\uFFFD \uFFFD'],
    ['&#56832;&#55357;', '\uFFFD\uFFFD'],
    ['&#55357;😀', '\uFFFD😀'],
    ['&#0;&#8;&#xFFFE;&#x110000;', '\0\b\uFFFD\uFFFD'],
    ['<![CDATA[&#55357;&#56832;&amp;]]>&amp;', '&#55357;&#56832;&amp;&'],
  ])('are decoded as characters: %s', (sent, read) => {
    expect(textsOf([sent])).toEqual([read]);
  });
});

describe('decimal references to bytes of UTF-8', () => {
  it.each(['תור', 'תור 1 של Sales', 'שלום & <b>', 'é — 😀', 'רחוב הרצל 5, תל-אביב'])(
    'are decoded as UTF-8: %s',
    (text) => {
      const sent = utf8References(text.replace('&', '&#38;').replace('<', '&#60;'));
      expect(textsOf([sent])).toEqual([text]);
      expect(textsOf([sent, 'plain', 'של &amp; של'])).toEqual([text, 'plain', 'של & של']);
    },
  );

  it('are decoded as UTF-8 in member names too', () => {
    expect(decodeXml(callWith([[utf8References('תור'), 'a']])).value).toEqual({ תור: 'a' });
  });

  it('are decoded as UTF-8 with leading zeros, and beside a reference to a control character', () => {
    expect(textsOf(['&#0215;&#0149;&#8;'])).toEqual(['ו\b']);
  });

  it.each<[why: string, sent: string[], read: string[]]>([
    ['they are not UTF-8', ['Caf&#233;'], ['Café']],
    ['they are not UTF-8 together', ['&#215;a&#149;'], ['×a\x95']],
    ['none is in 128 to 159', ['&#215;&#169;', '&#215; &#169;'], ['×©', '× ©']],
    ['one is above 255', ['&#215;&#149;&#1488;'], ['×\x95א']],
    ['there is a hexadecimal one', ['&#215;&#149;&#x41;'], ['×\x95A']],
    ['there is a character beyond ASCII', ['&#215;&#149;א'], ['×\x95א']],
    ['those of another text are not', ['&#215;&#149;', 'Caf&#233;'], ['×\x95', 'Café']],
    ['those of another text are characters', ['&#215;&#149;', '&#1488;'], ['×\x95', 'א']],
    ['they stand in CDATA', ['<![CDATA[&#215;&#149;]]>'], ['&#215;&#149;']],
  ])('are characters if %s', (_, sent, read) => {
    expect(textsOf(sent)).toEqual(read);
  });

  it('are not detected inside CDATA', () => {
    expect(textsOf(['&#215;&#169;', '<![CDATA[&#149;]]>'])).toEqual(['×©', '&#149;']);
  });
});

describe('decimal references to bytes of a Hebrew charset', () => {
  it.each(['windows-1255', 'iso-8859-8', 'iso-8859-8-i'])('are letters in %s', (charset) => {
    expect(textsOf(['&#249;&#236;&#229;&#237; 1', '&#224;&#250;&amp;'], charset)).toEqual([
      'שלום 1',
      'את&',
    ]);
  });

  it.each<[why: string, sent: string, read: string]>([
    ['there is a Latin letter', 'Caf&#233;', 'Café'],
    ['there is a Latin letter as a reference', '&#67;&#233;', 'Cé'],
    ['there is a character beyond ASCII', 'ש&#233;', 'שé'],
    ['one is below 224', '&#223;&#233;', 'ßé'],
    ['one is above 250', '&#251;&#233;', 'ûé'],
    ['one is hexadecimal', '&#xE8;&#233;', 'èé'],
    ['one is hexadecimal with zeros', '&#x00E8;&#233;', 'èé'],
  ])('are characters if %s', (_, sent, read) => {
    expect(textsOf([sent], 'windows-1255')).toEqual([read]);
  });

  it('are letters beside a hexadecimal reference within ASCII', () => {
    expect(textsOf(['&#249;&#x2D;&#x0002E;&#xa;'], 'windows-1255')).toEqual(['ש-.\n']);
  });

  it.each([undefined, 'utf-8', 'windows-1252'])('are characters if %s is declared', (charset) => {
    expect(textsOf(['&#249;&#236;'], charset)).toEqual(['ùì']);
  });

  it('are decoded as UTF-8 if they can be, whatever is declared', () => {
    expect(textsOf([utf8References('תור')], 'windows-1255')).toEqual(['תור']);
  });
});
