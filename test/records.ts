import {
  type Cdr,
  type CdrBody,
  type CdrFormat,
  type CdrParseError,
  type ParseOptions,
  parseCdr,
  safeParseCdr,
} from 'voicenter-cdr';
import Serializer from 'xmlrpc/lib/serializer.js';

/** The vendor's queue example, see fixtures/vendor. */
export const QUEUE = {
  caller: '0501234567',
  target: '',
  time: 1595333610,
  duration: 20,
  ivruniqueid: '202007211213270124c',
  type: 'Queue',
  status: 'ANSWER',
  targetextension: '',
  callerextension: '',
  did: '0722776772',
  queueid: 123456789,
  queuename: 'Sales Queue',
  record: 'https://cpanel.voicenter.co.il/CallsHistory/PlayRecord/202007211213270124c-aws.mp3',
  price: 0,
  dialtime: 0,
  representative_name: 'Admin User',
  representative_code: '12345679',
  targetextension_name: '',
  callerextension_name: '',
  target_country: '',
  caller_country: 'Israel',
  seconds_waiting_in_queue: 20,
  IVR: [
    { layer_id: 1234, layer_name: 'Main IVR', layer_number: 0, Dtmf: 2, dtmf_order: 1 },
    { layer_id: 4321, layer_name: 'Sales Department', layer_number: 2, Dtmf: 0, dtmf_order: 2 },
  ],
};

/** A wire record, in the shape that every format can carry. */
export type Wire = Record<string, unknown>;

export const CONTENT_TYPES: Record<CdrFormat, string> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  'xml-rpc': 'text/xml',
};

/** Encoders that are not the package's own: the platform's and npm's xmlrpc. */
export const ENCODERS: Record<CdrFormat, (record: Wire) => string> = {
  json: (record) => JSON.stringify(record),
  form: (record) =>
    new URLSearchParams(
      Object.entries(record).map(([key, value]) => [key, textOf(value)]),
    ).toString(),
  'xml-rpc': (record) => Serializer.serializeMethodCall('cdr', [record]),
};

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The fields that must not depend on the format that carried a record. */
export function withoutTransport({ format, raw, ...value }: Cdr): Omit<Cdr, 'format' | 'raw'> {
  return value;
}

/** The error of a body, which may be of any type. */
export function errorOf(
  body: unknown,
  contentType?: string | null,
  options?: ParseOptions,
): CdrParseError {
  const result = safeParseCdr(body as CdrBody, contentType, options);
  if (result.success) throw new Error('expected a refusal');
  return result.error;
}

/** A minimal record: the fields that every call has. */
export function minimal(overrides: Wire = {}): Wire {
  return {
    ivruniqueid: '202007281819100b1',
    type: 'Incoming Call',
    status: 'ANSWER',
    time: 1595960350,
    duration: 11,
    ...overrides,
  };
}

/** A record as ENCODERS write it, but in windows-1255. */
export function inWindows1255(record: Wire, format: CdrFormat): Uint8Array<ArrayBuffer> {
  if (format !== 'form') return windows1255(ENCODERS[format](record));
  const utf8 = ENCODERS.form(record);
  return windows1255(
    utf8.replace(/(?:%[0-9A-F]{2})+/g, (run) =>
      percentEncoded(windows1255(decodeURIComponent(run))),
    ),
  );
}

/** Bytes, percent-encoded as in a form. */
export function percentEncoded(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

const BYTES = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    new TextDecoder('windows-1255').decode(Uint8Array.of(byte)),
    byte,
  ]),
);

/** Text in windows-1255, which has the same bytes as ISO-8859-8 for the letters. */
export function windows1255(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => {
    const byte = BYTES.get(character);
    if (byte === undefined) throw new Error(`windows-1255 has no ${character}`);
    return byte;
  });
}

/** Values of the keys that take neither a number nor arbitrary text. */
const SAMPLES: Wire = {
  time: 1595960351,
  type: 'Extension Outgoing',
  status: 'BUSY',
  leg1DialStatusName: 'BUSY',
  direction: 'incoming',
  record: 'https://cpanel.voicenter.co.il/CallsHistory/PlayRecord/1-aws.mp3',
  IVR: [{ layer_id: 1 }],
  CustomData: { order: '17' },
  dialerData: { campaignID: 1 },
  aiData: { insights: { summary: 'An order.' } },
};

/** The fields that a key is read into: where a record with the key differs from one without it. */
export function fieldsReadFrom(key: string): string[] {
  // If the status is unknown, isAnswer says whether the call was answered.
  return ['ANSWER', 'NEW'].flatMap((status) => {
    const record = minimal({ type: 'Click2Call leg2', status });
    const withKey = parseCdr({ ...record, [key]: SAMPLES[key] ?? '1' });
    return differences(withoutTransport(parseCdr(record)), withoutTransport(withKey));
  });
}

function differences(a: unknown, b: unknown, path = ''): string[] {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  const parts = typeof b === 'object' && b !== null ? Object.entries(b) : [];
  const within = parts.flatMap(([name, value]) =>
    differences(Object(a)[name], value, path === '' ? name : `${path}.${name}`),
  );
  return [path, ...within];
}

/** Text in UTF-16, without a byte order mark. */
export function utf16(text: string, end: 'little' | 'big'): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let index = 0; index < text.length; index++) {
    view.setUint16(2 * index, text.charCodeAt(index), end === 'little');
  }
  return new Uint8Array(view.buffer);
}

/** XML-RPC by hand, because npm's xmlrpc escapes the references that a test is about. */
export function xmlCall(members: Record<string, string>, declaration = '<?xml version="1.0"?>') {
  const struct = Object.entries(members)
    .map(([name, value]) => `<member><name>${name}</name><value>${value}</value></member>`)
    .join('');
  return `${declaration}<methodCall><methodName>cdr</methodName><params><param><value><struct>${struct}</struct></value></param></params></methodCall>`;
}
