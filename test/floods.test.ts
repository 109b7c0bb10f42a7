import { describe, expect, it } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { CONTENT_TYPES, ENCODERS, errorOf, minimal } from './records.js';

const form = ENCODERS.form(minimal());
const xml = ENCODERS['xml-rpc'](minimal());
const inStruct = (members: string) => xml.replace('<struct>', `<struct>${members}`);
const times = (count: number, piece: (index: number) => string, between = '') =>
  Array.from({ length: count }, (_, index) => piece(index)).join(between);

describe('a flood is read, with the record in it', () => {
  it.each<[what: string, body: string]>([
    ['100 000 pairs', `${times(100_000, (index) => `a${index}=${index}`, '&')}&${form}`],
    ['100 000 items of []', `${form}&${times(100_000, () => 'IVR[][layer_id]=1', '&')}`],
    ['100 000 values of []', `${form}&${times(100_000, () => 'x[]=1', '&')}`],
    ['a million &', `${'&'.repeat(1_000_000)}${form}`],
    ['a million %', `${form}&note=${'%'.repeat(1_000_000)}`],
    ['100 000 invalid escapes', `${form}&${times(100_000, () => 'note=%zz', '&')}`],
    ['100 000 overlong and invalid bytes', `${form}&note=${'%C0%AF%ED%A0%80'.repeat(20_000)}`],
    [
      'an attribute of a megabyte',
      xml.replace('<struct>', `<struct a="${'>'.repeat(1_000_000)}">`),
    ],
    [
      '100 000 attributes',
      xml.replace('<struct>', `<struct ${times(100_000, (index) => `a${index}="1"`, ' ')}>`),
    ],
    [
      'a thousand namespaces',
      xml.replace(
        '<struct>',
        `<struct ${times(1000, (index) => `xmlns:n${index}="urn:${index}"`, ' ')}>`,
      ),
    ],
    ['100 000 comments and instructions', inStruct('<!-- > --><?a <b> ?>'.repeat(50_000))],
    [
      '100 000 references',
      inStruct(`<member><name>note</name><value>${'&amp;'.repeat(100_000)}</value></member>`),
    ],
    [
      'a reference of a megabyte',
      inStruct(`<member><name>note</name><value>&#${'0'.repeat(1_000_000)}65;</value></member>`),
    ],
    [
      'a number of a megabyte',
      JSON.stringify(minimal()).replace('{', `{"note":${'1'.repeat(1_000_000)},`),
    ],
    ['a key of a megabyte', JSON.stringify({ ...minimal(), ['k'.repeat(1_000_000)]: 1 })],
    [
      '100 000 equal keys',
      JSON.stringify(minimal()).replace('{', `{${'"note":1,'.repeat(100_000)}`),
    ],
  ])('%s', (_, body) => {
    const cdr = parseCdr(body, body.startsWith('&') ? CONTENT_TYPES.form : null);
    expect(cdr.callId).toBe(minimal()['ivruniqueid']);
    expect(JSON.stringify(cdr.issues).length).toBeLessThan(20_000);
  });

  it.each(['json', 'form', 'xml-rpc'] as const)(
    '5 MB, half of it a transcript, in %s',
    (format) => {
      const text = 'שלום, איך אפשר לעזור לך היום? '.repeat(10);
      const transcript = Array.from({ length: 3000 }, (_, index) => ({
        speaker: `Speaker${index % 2}`,
        text,
        startTime: index,
        endTime: null,
        sentence_id: index,
      }));
      const note = 'x'.repeat(2_500_000);
      // As JSON text, since npm's xmlrpc takes a minute to write the structures.
      const record = minimal({ note, aiData: JSON.stringify({ transcript }) });
      const body = new TextEncoder().encode(ENCODERS[format](record));
      expect(body.length).toBeGreaterThan(4_000_000);
      const cdr = parseCdr(body, CONTENT_TYPES[format]);
      expect(cdr.ai?.transcript).toHaveLength(3000);
      expect(cdr.issues).toEqual([]);
    },
  );
});

describe('a flood is refused', () => {
  it.each<[what: string, body: string, code: string]>([
    [
      'entities that make entities',
      `<!DOCTYPE a [${times(9, (index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`)}]><methodCall>&e9;</methodCall>`,
      'malformed',
    ],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><methodCall/>', 'malformed'],
    ['300 000 references', `<methodCall>${'&#65;'.repeat(300_001)}</methodCall>`, 'too_large'],
    ['300 000 elements', `<methodCall>${'<a/>'.repeat(300_001)}</methodCall>`, 'too_large'],
    ['300 000 comments', `<methodCall>${'<!---->'.repeat(300_001)}</methodCall>`, 'too_large'],
    ['300 000 items', `[${'1,'.repeat(300_001)}1]`, 'too_large'],
    ['300 000 pairs', 'a=1&'.repeat(300_001), 'too_large'],
    ['more than 10 MiB', ' '.repeat(10 * 1024 * 1024 + 1), 'too_large'],
  ])('%s', (_, body, code) => {
    expect(errorOf(body).code).toBe(code);
  });
});
