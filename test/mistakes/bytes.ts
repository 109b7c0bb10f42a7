import type { CdrFormat } from 'voicenter-cdr';
import type { Written } from '../expectations.js';
import { CONTENT_TYPES, percentEncoded, utf16, windows1255 } from '../records.js';
import { ALL, inHebrew, JSON_AND_XML, type Mistake } from './mistake.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const declaring = (charset: string) => (text: string, format: CdrFormat) => ({
  body: utf8(text),
  contentType: `${CONTENT_TYPES[format]}; charset=${charset}`,
});

/** A text in windows-1255, including what a form percent-encodes. */
export function inWindows1255(text: string, format: CdrFormat, charset: string): Written {
  const asIn1255 = (run: string) => percentEncoded(windows1255(decodeURIComponent(run)));
  const bytes = format === 'form' ? text.replace(/(?:%[0-9A-F]{2})+/g, asIn1255) : text;
  return { body: windows1255(bytes), contentType: `${CONTENT_TYPES[format]}${charset}` };
}

/** Mistakes around a body of any format and in its charset. */
export const MISTAKES_IN_BYTES: readonly Mistake[] = [
  { name: 'JSON text of JSON text', formats: ['json'], edit: (text) => JSON.stringify(text) },
  { name: 'a list of one', formats: ['json'], edit: (text) => `[${text}]` },
  { name: 'a NUL after the body', formats: ALL, edit: (text) => `${text}\0` },
  { name: 'two byte order marks', formats: ALL, edit: (text) => `\ufeff\ufeff${text}` },
  {
    name: 'white space around the body',
    formats: ALL,
    edit: (text) => ` \r\n\t\u00a0\u2028${text}\r\n\u00a0`,
  },
  ...['windows-1255', 'ISO-8859-1', 'ISO-8859-8', 'klingon'].map((charset) => ({
    name: `UTF-8 declared as ${charset}`,
    formats: ALL,
    send: declaring(charset),
    without: ['windows-1255 bytes as references'],
  })),
  ...(['little', 'big'] as const).map((end) => ({
    name: `UTF-16 without a byte order mark, ${end} end first`,
    formats: JSON_AND_XML,
    send: (text: string, format: CdrFormat) => ({
      body: utf16(text, end),
      contentType: CONTENT_TYPES[format],
    }),
    without: [
      'JSON text of JSON text',
      'white space around the body',
      'windows-1255 bytes as references',
    ],
  })),
  ...['', '; charset=utf-8', '; charset=cp1255', '; charset=win-1255'].map((charset) => ({
    name: `windows-1255 declared as "${charset}"`,
    formats: ALL,
    limit: inHebrew,
    send: (text: string, format: CdrFormat) => inWindows1255(text, format, charset),
    without: [
      'two byte order marks',
      'white space around the body',
      'windows-1255 bytes as references',
    ],
  })),
];
