import { type Wire, windows1255 } from '../records.js';
import { inWindows1255 } from './bytes.js';
import { codesOf, inHebrew, limitTexts, type Mistake } from './mistake.js';

/** A call whose text is written by `textOf`, under a declared charset. */
function xmlOf(record: Wire, charset: string, textOf: (text: string) => string): string {
  const value = (sent: unknown): string => {
    if (sent === null || sent === undefined) return '<value><nil/></value>';
    if (Array.isArray(sent)) {
      return `<value><array><data>${sent.map(value).join('')}</data></array></value>`;
    }
    if (typeof sent === 'boolean') return `<value><boolean>${Number(sent)}</boolean></value>`;
    if (typeof sent === 'number') {
      const type = Number.isInteger(sent) ? 'i8' : 'double';
      return `<value><${type}>${sent}</${type}></value>`;
    }
    if (typeof sent === 'string') return `<value><string>${textOf(escaped(sent))}</string></value>`;
    const members = Object.entries(sent).map(
      ([name, item]) => `<member><name>${escaped(name)}</name>${value(item)}</member>`,
    );
    return `<value><struct>${members.join('')}</struct></value>`;
  };
  return `<?xml version="1.0" encoding="${charset}"?><methodCall><methodName>cdr</methodName><params><param>${value(record)}</param></params></methodCall>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const reference = (code: number | undefined) => `&#${code};`;
const pairReferences = (text: string) => codesOf(text).map(reference).join('');
const byteReferences = (text: string) =>
  [...new TextEncoder().encode(text)].map(reference).join('');
const redeclared = (charset: string) => (text: string) =>
  text.replace(/<\?xml.*?\?>/, `<?xml version="1.0" encoding="${charset}"?>`);

/** Mistakes in XML-RPC. */
export const MISTAKES_IN_XML: readonly Mistake[] = [
  {
    name: 'JSON text as the param',
    formats: ['xml-rpc'],
    write: (record) =>
      xmlOf({ record: JSON.stringify(record) }, 'UTF-8', (text) => text)
        .replace(/<struct>.*?<value>/, '')
        .replace(/<\/value><\/member>.*?<\/value>/, '</value>'),
    without: ['a param without a value', 'an array without data', 'a member again, empty'],
  },
  {
    name: 'UTF-8 bytes as references',
    formats: ['xml-rpc'],
    // At least one reference of the document must be in 128 to 159.
    limit: (record) => ({ ...record, caller_country: 'ישראל' }),
    write: (record) =>
      xmlOf(record, 'iso-8859-1', (text) => text.replace(/[^\0-\u007f]/gu, byteReferences)),
  },
  {
    name: 'windows-1255 bytes as references',
    formats: ['xml-rpc'],
    limit: (record) =>
      limitTexts(record, (text) =>
        /[^\0-\u007f]/.test(text) ? text.replace(/[^0-9 \u05d0-\u05ea]/gu, 'ש') : text,
      ),
    write: (record) =>
      xmlOf(record, 'windows-1255', (text) =>
        text
          .replace(/[\u05d0-\u05ea]/g, (letter) => reference(windows1255(letter)[0]))
          .replace(/[^\0-\u007f]/gu, (other) => reference(other.codePointAt(0))),
      ),
    // JSON text has Latin letters in its keys, next to which such references are left unchanged.
    without: [
      'menus as a list of JSON texts',
      'structures as JSON text',
      'structures as JSON text of JSON text',
    ],
  },
  {
    name: 'surrogates as references',
    formats: ['xml-rpc'],
    write: (record) =>
      xmlOf(record, 'UTF-8', (text) => text.replace(/[^\0-\u007f]/gu, pairReferences)),
  },
  {
    name: 'a param without a value',
    formats: ['xml-rpc'],
    edit: (text) =>
      text.replace(/<param>\s*<value>/, '<param>').replace(/<\/value>\s*<\/param>/, '</param>'),
  },
  {
    name: 'an array without data',
    formats: ['xml-rpc'],
    edit: (text) => text.replace(/<\/?data>/g, ''),
  },
  {
    name: 'a member again, empty',
    formats: ['xml-rpc'],
    edit: (text) => {
      const end = text.lastIndexOf('</struct>');
      const members = ['status', 'caller', 'IVR', 'CustomData'].map(
        (name) => `<member><name>${name}</name><value/></member>`,
      );
      return text.slice(0, end) + members.join('') + text.slice(end);
    },
  },
  {
    name: 'a charset in the declaration that is not that of the bytes',
    formats: ['xml-rpc'],
    edit: redeclared('windows-1255'),
    send: (text) => ({ body: new TextEncoder().encode(text), contentType: 'text/xml' }),
    without: ['windows-1255 bytes as references'],
  },
  {
    name: 'windows-1255 declared after a line break',
    formats: ['xml-rpc'],
    limit: inHebrew,
    edit: (text) => `\r\n${redeclared('windows-1255')(text)}`,
    send: (text, format) => inWindows1255(text, format, ''),
  },
  {
    name: 'windows-1255 in the declaration under another charset in the header',
    formats: ['xml-rpc'],
    limit: inHebrew,
    edit: redeclared('windows-1255'),
    send: (text, format) => inWindows1255(text, format, '; charset=utf-8'),
  },
];
