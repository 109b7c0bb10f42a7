import { describe, expect, it } from 'vitest';
import { detectFormat, parseCdr } from 'voicenter-cdr';
import { CONTENT_TYPES, ENCODERS, minimal } from './records.js';

/** The two letters של in windows-1255, which are not valid UTF-8. */
const HEBREW = [0xf9, 0xec];

/** An XML-RPC call after a declaration, with its caller in windows-1255. */
function xmlBytes(declaration: string): Uint8Array {
  const xml = ENCODERS['xml-rpc'](minimal({ caller: '@@' })).replace(/<\?.*?\?>/, declaration);
  const at = xml.indexOf('@@');
  const bytes = new TextEncoder().encode(xml);
  bytes.set(HEBREW, at + bytes.length - xml.length);
  return bytes;
}

describe('the charset of an XML declaration', () => {
  it.each([
    '<?xml version="1.0" encoding="windows-1255"?>',
    "<?xml version='1.0' encoding='windows-1255'?>",
    '<?xml version="1.0"\n\tencoding = "WINDOWS-1255" ?>',
    '<?xml version="1.0" encoding="x-cp1255"?>',
    '<?xml version="1.0" encoding="iso-8859-8"?>',
    '<?xml version="1.0" encoding="windows 1255"?>',
    `<?xml version="1.0" ${' '.repeat(256)}encoding="windows-1255"?>`,
  ])('is read from %j', (declaration) => {
    expect(parseCdr(xmlBytes(declaration), 'text/xml')).toMatchObject({ caller: 'של', issues: [] });
  });

  it.each([
    '',
    '<?xml version="1.0"?>',
    '<?xml version="1.0"?><?other encoding="windows-1255"?>',
    '<?other encoding="windows-1255"?>',
    '<?xml version="1.0" xencoding="windows-1255"?>',
    '<?xml version="1.0" encoding=windows-1255?>',
    '<?xml version="1.0" encoding="utf-16"?>',
    '<?xml version="1.0" encoding="UTF16"?>',
  ])('is guessed if the declaration names no charset that fits: %j', (declaration) => {
    const { caller, issues } = parseCdr(xmlBytes(declaration), 'text/xml');
    expect(caller).toBe('של');
    const message = 'bytes of no declared charset; read as windows-1255';
    expect(issues).toEqual([{ path: [], code: 'guessed_charset', message }]);
  });

  it('keeps a U+FFFD that was sent, without an issue', () => {
    for (const encode of Object.values(ENCODERS)) {
      const { caller, issues } = parseCdr(
        new TextEncoder().encode(encode(minimal({ caller: 'a\uFFFD' }))),
      );
      expect([caller, issues]).toEqual(['a\uFFFD', []]);
    }
  });

  it('is reported if it does not exist', () => {
    const { issues } = parseCdr(xmlBytes('<?xml version="1.0" encoding="x-utf-16"?>'), 'text/xml');
    expect(issues.map(({ code }) => code)).toEqual(['unknown_charset', 'guessed_charset']);
  });

  it('has no effect on other formats', () => {
    const body = new TextEncoder().encode(
      `caller=<?xml encoding="x"?>&${ENCODERS.form(minimal())}`,
    );
    expect(parseCdr(body, CONTENT_TYPES.form).issues).toEqual([]);
  });
});

describe('the charset of a content type', () => {
  const body = new TextEncoder().encode(JSON.stringify(minimal({ caller: 'של' })));
  const read = (charset: string) => parseCdr(body, `application/json; charset=${charset}`);

  it.each(['utf-8', 'UTF8', 'us-ascii', 'ASCII', 'unicode-1-1-utf-8'])('can be %s', (charset) => {
    expect(read(charset)).toMatchObject({ caller: 'של', issues: [] });
  });

  it.each(['klingon', 'asciix', 'xascii', 'utf-88', 'xutf-8'])('cannot be %s', (charset) => {
    expect(read(charset).caller).toBe('של');
    expect(read(charset).issues).toEqual([
      {
        path: [],
        code: 'unknown_charset',
        message: `expected the name of a charset, received "${charset}"`,
        received: charset,
      },
    ]);
  });

  it('is reported even if the body is text', () => {
    const text = new TextDecoder().decode(body);
    const { issues } = parseCdr(text, 'application/json; charset=klingon');
    expect(issues.map(({ code }) => code)).toEqual(['unknown_charset']);
  });
});

describe('a byte order mark', () => {
  const json = JSON.stringify(minimal());

  it('is removed only at the start of the body', () => {
    expect(parseCdr(`\ufeff${json}`).issues).toEqual([]);
    expect(parseCdr(JSON.stringify(minimal({ x: 'a\ufeffb' }))).raw['x']).toBe('a\ufeffb');
  });

  it('is recognized only if it is complete', () => {
    const bytes = Uint8Array.of(0xef, 0xbb, ...new TextEncoder().encode(json));
    expect(detectFormat(bytes)).toBeNull();
    const form = new TextEncoder().encode(`a@=1&${ENCODERS.form(minimal())}`);
    form[1] = 0xfe;
    const read = parseCdr(form, `${CONTENT_TYPES.form}; charset=windows-1255`);
    expect(read.raw).toMatchObject({ 'a\u200f': '1' });
  });
});

describe('the format of a text', () => {
  it.each<[text: string, format: string | null]>([
    ['{', 'json'],
    ['[', 'json'],
    ['<', 'xml-rpc'],
    ['a=', 'form'],
    ['&&a=1', 'form'],
    ['a[b]=1', 'form'],
    ['=a', null],
    ['&=a', null],
    ['a&b=1', null],
    ['"a"=1', null],
    ['a"=1', null],
    ['a<b=1', null],
    ['a>b=1', null],
    ['a b=1', null],
    ['a', null],
    [`${' '.repeat(255)}{`, 'json'],
    [`${' '.repeat(5000)}{`, 'json'],
    [`${'a'.repeat(255)}=`, 'form'],
  ])('starting with %j is %j', (text, format) => {
    expect(detectFormat(text)).toBe(format);
    expect(detectFormat(new TextEncoder().encode(text))).toBe(format);
  });

  it.each<[contentType: string, format: string | null]>([
    ['application/json', 'json'],
    ['a/b+json', 'json'],
    ['application/xjson', null],
    ['application/json-seq', null],
    ['a/b+xml', 'xml-rpc'],
    ['application/xmlx', null],
    ['application/xxml', null],
    ['application/x-www-form-urlencodedx', null],
  ])('with the content type %s is %j', (contentType, format) => {
    expect(detectFormat('', contentType)).toBe(format);
  });
});
