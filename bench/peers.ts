import { EventEmitter } from 'node:events';
import { Deserializer as FoxgloveDeserializer } from '@foxglove/xmlrpc';
import { XMLParser } from 'fast-xml-parser';
import qs from 'qs';
import { SaxesParser } from 'saxes';
import type { CdrFormat } from 'voicenter-cdr';
import { parseString } from 'xml2js';
import NpmDeserializer from 'xmlrpc/lib/deserializer.js';
import { z } from 'zod';

/** Other readers of such a body. The first of each format is the floor that ratios refer to. */
export const PEERS: Record<CdrFormat, Record<string, (text: string) => unknown>> = {
  json: {
    'JSON.parse': (text) => JSON.parse(text),
    'JSON.parse + zod': (text) => schema().parse(JSON.parse(text)),
  },
  form: {
    URLSearchParams: (text) => Object.fromEntries(new URLSearchParams(text)),
    'qs + zod': (text) => schema().parse(withJson(qs.parse(text))),
  },
  'xml-rpc': {
    'fast-xml-parser': (text) => parser.parse(text),
    saxes: (text) => readWithSaxes(text),
    'npm xmlrpc': (text) => readWithNpmXmlRpc(text),
    '@foxglove/xmlrpc': (text) => new FoxgloveDeserializer().deserializeMethodCall(text),
    xml2js: (text) => readWithXml2js(text),
  },
};

/** The fastest settings for XML-RPC: nothing is converted, trimmed, kept or looked up. */
const parser = new XMLParser({
  preserveOrder: true,
  trimValues: false,
  parseTagValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  jPath: false,
});

function readWithSaxes(text: string): number {
  let seen = 0;
  const saxes = new SaxesParser();
  saxes.on('opentag', () => void seen++);
  saxes.on('text', () => void seen++);
  saxes.on('closetag', () => void seen++);
  saxes.write(text).close();
  return seen;
}

/** npm's xmlrpc reads a stream. This one has the whole body at once. */
class Body extends EventEmitter {
  setEncoding(): void {}
  pipe(to: { end(text: string): void }): void {
    to.end(this.text);
  }
  constructor(private readonly text: string) {
    super();
  }
}

function readWithNpmXmlRpc(text: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    new NpmDeserializer().deserializeMethodCall(new Body(text) as never, (error, _, params) =>
      error ? reject(error) : resolve(params[0]),
    );
  });
}

function readWithXml2js(text: string): unknown {
  let read: unknown;
  parseString(text, { explicitArray: false, async: false }, (error, value) => {
    if (error) throw error;
    read = value;
  });
  return read;
}

function withJson(form: Record<string, unknown>): Record<string, unknown> {
  for (const key of ['IVR', 'aiData']) {
    const text = form[key];
    if (typeof text === 'string') form[key] = JSON.parse(text);
  }
  return form;
}

let made: z.ZodType | undefined;

/**
 * The schema that a zod user would write for the two examples. It only coerces types: no other
 * spellings of keys, no direction, outcome, customer, legs or issues.
 */
function schema(): z.ZodType {
  made ??= z.looseObject({
    ivruniqueid: z.string(),
    caller: z.string(),
    target: z.string(),
    time: z.coerce.number().transform((seconds) => new Date(seconds * 1000)),
    duration: z.coerce.number(),
    type: z.string(),
    status: z.string(),
    targetextension: z.string(),
    callerextension: z.string(),
    did: z.string(),
    queueid: z.coerce.string(),
    queuename: z.string(),
    record: z.string(),
    price: z.coerce.number(),
    dialtime: z.coerce.number(),
    representative_name: z.string(),
    representative_code: z.string(),
    targetextension_name: z.string(),
    callerextension_name: z.string(),
    target_country: z.string(),
    caller_country: z.string(),
    seconds_waiting_in_queue: z.coerce.number().optional(),
    IVR: z
      .array(
        z.object({
          layer_id: z.coerce.string(),
          layer_name: z.string(),
          layer_number: z.coerce.number(),
          Dtmf: z.coerce.string(),
          dtmf_order: z.coerce.number(),
        }),
      )
      .optional(),
    aiData: z
      .looseObject({
        transcript: z.array(
          z.object({
            speaker: z.string(),
            text: z.string(),
            startTime: z.number(),
            endTime: z.number().nullable(),
            sentence_id: z.coerce.string(),
          }),
        ),
      })
      .optional(),
  });
  return made;
}
