import { readFileSync } from 'node:fs';
import type { CdrFormat } from 'voicenter-cdr';
import Serializer from 'xmlrpc/lib/serializer.js';

const fixture = (file: string) =>
  readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8');

/** The vendor's second example: a caller goes through a menu into a queue. */
export const QUEUE = JSON.parse(fixture('vendor/queue-json.json'));

const layers = Array.from({ length: 100 }, (_, index) => ({
  layer_id: 1000 + index,
  layer_name: `Menu ${index}`,
  layer_number: index,
  Dtmf: index % 10,
  dtmf_order: index + 1,
}));

/** A transcript of a megabyte in UTF-8: the fixture's, repeated. */
function longTranscript(): unknown {
  const { aiData, ...record } = JSON.parse(fixture('large/transcript.json'));
  const once = JSON.stringify(aiData.transcript);
  const times = Math.ceil(2 ** 20 / Buffer.byteLength(once));
  return {
    ...record,
    aiData: { ...aiData, transcript: Array(times).fill(aiData.transcript).flat() },
  };
}

/** The records that are parsed, from small to large. */
export const RECORDS: Record<string, unknown> = {
  'outgoing call': JSON.parse(fixture('vendor/extension-outgoing-json.json')),
  'call in a queue': QUEUE,
  'menu of 100 layers': { ...QUEUE, IVR: layers },
  'transcript of 1 MB': longTranscript(),
};

/** Encoders of a record in each format, none of them the package's own. */
export const ENCODE: Record<CdrFormat, (record: unknown) => string> = {
  json: (record) => JSON.stringify(record),
  form: (record) =>
    new URLSearchParams(
      Object.entries(Object(record)).map(([key, value]) => [
        key,
        typeof value === 'object' ? JSON.stringify(value) : String(value),
      ]),
    ).toString(),
  'xml-rpc': (record) => Serializer.serializeMethodCall('cdr', [record]),
};
