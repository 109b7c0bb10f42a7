import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type CdrFormat, detectFormat, parseCdr } from 'voicenter-cdr';
import { ENCODERS, QUEUE } from './records.js';

const bodies = {
  json: ENCODERS.json(QUEUE),
  'xml-rpc': ENCODERS['xml-rpc'](QUEUE),
  form: ENCODERS.form(QUEUE),
};
const formats = Object.keys(bodies) as CdrFormat[];

describe('the format is found', () => {
  it.each<[contentType: string, format: CdrFormat]>([
    ['application/json', 'json'],
    ['application/json; charset=utf-8', 'json'],
    ['APPLICATION/JSON', 'json'],
    ['text/json', 'json'],
    ['application/vnd.voicenter+json', 'json'],
    ['text/xml', 'xml-rpc'],
    ['application/xml;charset="utf-8"', 'xml-rpc'],
    ['application/rpc+xml', 'xml-rpc'],
    ['application/x-www-form-urlencoded', 'form'],
    ['application/x-www-form-urlencoded; charset=windows-1255', 'form'],
  ])('from the content type %s', (contentType, format) => {
    expect(detectFormat('', contentType)).toBe(format);
  });

  const vague = [
    undefined,
    null,
    '',
    'text/plain',
    'application/octet-stream',
    'nonsense',
    ';;;',
    'multipart/form-data; boundary=x',
  ];
  it.each(vague.flatMap((contentType) => formats.map((format) => [contentType, format] as const)))(
    'from the body, if the content type is %s: %s',
    (contentType, format) => {
      expect(detectFormat(bodies[format], contentType)).toBe(format);
      expect(parseCdr(bodies[format], contentType).format).toBe(format);
    },
  );

  const contentTypes = ['application/json', 'text/xml', 'application/x-www-form-urlencoded'];
  it.each(contentTypes.flatMap((type) => formats.map((format) => [type, format] as const)))(
    'from the start of the body, against the content type %s: %s',
    (contentType, format) => {
      expect(parseCdr(bodies[format], contentType).format).toBe(format);
    },
  );

  it.each(formats)('after a BOM and white space: %s', (format) => {
    expect(detectFormat(`\uFEFF \r\n\t${bodies[format]}`)).toBe(format);
    expect(detectFormat(new TextEncoder().encode(`\uFEFF \r\n\t${bodies[format]}`))).toBe(format);
  });

  it('of an object from the content type, else JSON', () => {
    expect(detectFormat(QUEUE)).toBe('json');
    expect(detectFormat(QUEUE, 'application/x-www-form-urlencoded')).toBe('form');
  });

  it('of a missing body from the content type, for the answer', () => {
    expect(detectFormat(JSON.parse('null'), 'text/xml')).toBe('xml-rpc');
    const stream: object = Readable.from(['{}']);
    expect(detectFormat(stream, 'application/json')).toBe('json');
  });

  it.each(['', '   ', 'hello', '"text"', '42', 'a b=c', '<'.slice(1)])(
    'to be unknown for %j',
    (body) => {
      expect(detectFormat(body)).toBeNull();
    },
  );
});
