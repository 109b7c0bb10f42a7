import type { Cdr, CdrFormat } from 'voicenter-cdr';
import Serializer from 'xmlrpc/lib/serializer.js';

/** The vendor's queue example: see fixtures/vendor. */
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

/** Encoders that are not ours: the platform's, and npm's xmlrpc. */
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

/** What must not depend on the format that carried a record. */
export function withoutTransport({ format, raw, ...value }: Cdr): Omit<Cdr, 'format' | 'raw'> {
  return value;
}

/** A minimal record: what no call is without. */
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
