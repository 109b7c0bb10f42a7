/** Hostile forms. */
import { fill, form, json } from '../growing.js';
import { type HostileShape, ITEMS, inFourFields, list, utf16 } from './shape.js';

/** The same JSON text in each field that takes a list, unescaped to keep it short. */
function textInFourFields(size: number, item: string): string {
  const { IVR, aiData } = inFourFields(list(size / 4, item));
  return form(`IVR=${IVR}&aiData=${aiData}`);
}

export const FORM_SHAPES: HostileShape[] = [
  ...ITEMS.map((item) => ({
    what: `form, text in four fields: ${item}`,
    make: (n: number) => textInFourFields(n, item),
  })),
  { what: 'form, short fields', make: (n) => form(fill(n, () => 'a', '&')) },
  {
    what: 'form, distinct short fields',
    make: (n) => form(fill(n, (i) => `a${i.toString(36)}=`, '&')),
  },
  {
    what: 'form, short fields with values',
    make: (n) => form(fill(n, (i) => `a${i.toString(36)}=bc`, '&')),
  },
  {
    what: 'form, distinct short fields, none required',
    make: (n) => fill(n, (i) => `a${i.toString(36)}=1`, '&'),
  },
  { what: 'form, short brackets', make: (n) => form(fill(n, (i) => `a[${i.toString(36)}]`, '&')) },
  { what: 'form, a key of [0]', make: (n) => form(fill(n, () => `a${'[0]'.repeat(60)}`, '&')) },
  {
    what: 'form, distinct keys of [0]',
    make: (n) => form(fill(n, (i) => `${i.toString(36)}${'[0]'.repeat(60)}`, '&')),
  },
  {
    what: 'form, distinct keys of dots',
    make: (n) => form(fill(n, (i) => `${i.toString(36)}${'.0'.repeat(60)}`, '&')),
  },
  {
    what: 'form, ever deeper brackets',
    make: (n) => form(fill(n, (i) => `a[${i}]${'[]'.repeat(5)}`, '&')),
  },
  {
    what: 'form, large indexes',
    make: (n) => form(fill(n, (i) => `IVR[${i * 12_345}][Dtmf]=1`, '&')),
  },
  {
    what: 'form, distinct fields with broken escapes',
    make: (n) => form(fill(n, (i) => `${i.toString(36)}%=%d7`, '&')),
  },
  { what: 'form, escaped text', make: (n) => form(`x=${'%41'.repeat(n / 3)}`) },
  { what: 'form, %u escapes', make: (n) => form(`x=${'%u05e9'.repeat(n / 6)}`) },
  { what: 'form, %u escapes apart', make: (n) => form(`x=${'%u05e9+'.repeat(n / 7)}`) },
  { what: 'form, guessed charset', make: (n) => form(`x=${'%f9%ec%e5%ed+'.repeat(n / 13)}`) },
  {
    what: 'form, one escaped record',
    make: (n) => encodeURIComponent(json(`"IVR":${list(n / 5, '{}')}`)),
  },
  {
    what: 'form, distinct fields in UTF-16',
    make: (n) => utf16(form(fill(n / 2, (i) => `a${i.toString(36)}=bc`, '&'))),
  },
  { what: 'form, repeated layer keys', make: (n) => form(fill(n, () => 'IVR[0][Dtmf]=1', '&')) },
  { what: 'form, lists of lists', make: (n) => form(fill(n, (i) => `a[${i}][]`, '&')) },
];
