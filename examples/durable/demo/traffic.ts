import fc from 'fast-check';
import { CALL_STATUSES, CALL_TYPES, type Cdr, type CdrFormat, parseCdr } from 'voicenter-cdr';
import { encodeCdr } from 'voicenter-cdr/testing';
import { wireRecord } from '../../../test/arbitraries.js';
import type { Wire } from '../../../test/records.js';

/** One request, to be sent until it is acknowledged. */
export interface Delivery {
  body: Buffer;
  contentType: string;
  format: CdrFormat;
}

/** What is sent, and what must be stored at the end. */
export interface Traffic {
  /** In the order in which they are first sent. */
  deliveries: Delivery[];
  /** Each record, once. */
  cdrs: Cdr[];
  /** How many calls have two legs. */
  pairs: number;
  /** The bodies that must be set aside. */
  aside: Buffer[];
}

/** The type of a call's second leg, by the type of its first. */
const SECOND_LEGS: Wire = {
  'Click2Call leg1': 'Click2Call leg2',
  ProductiveCallLeg1: 'ProductiveCallLeg2',
  'Click 2 IVR': 'Click 2 Queue Incoming',
  'Attended CDR leg1': 'Attended CDR leg2',
};
const TYPES = Object.entries({ ...CALL_TYPES, Hologram: { leg: null } }).flatMap(([type, facts]) =>
  facts.leg === 2 ? [] : [type],
);
const STATUSES = [...Object.keys(CALL_STATUSES), 'PONDERING'];
const FORMATS: CdrFormat[] = ['json', 'form', 'xml-rpc'];

/** The AI analysis in a copy that is sent once it is done. */
const AI_DATA = {
  insights: { summary: 'הלקוח ביקש הצעת מחיר' },
  transcript: [{ speaker: 'Speaker0', text: 'שלום', startTime: 0, endTime: 1, sentence_id: 1 }],
};

/** The AI analysis in a copy that is sent while it is under way. */
const NOT_ANALYZED = { insights: null, emotions: null, transcript: [] };

/** Makes the same traffic for the same number of calls: a fixed seed, no clock. */
export function makeTraffic(calls: number): Traffic {
  const traffic: Traffic = { deliveries: [], cdrs: [], pairs: 0, aside: [] };
  const records = fc.sample(wireRecord, { seed: 20200728, numRuns: calls });
  for (const [index, { OriginalIvrUniqueID, ...record }] of records.entries()) {
    const type = cycle(TYPES, index);
    const call = {
      ...record,
      ivruniqueid: `20200728${String(index).padStart(8, '0')}c`,
      type,
      status: cycle(STATUSES, Math.floor(index / TYPES.length)),
      time: 1595960350 + index,
    };
    addRecord(call, index, traffic);
    if (SECOND_LEGS[type]) {
      traffic.pairs++;
      addRecord({ ...call, type: SECOND_LEGS[type] }, index + 1, traffic);
    }
    if (index % 12 === 0) {
      const transfer = { type: 'XferCDR', OriginalIvrUniqueID: call.ivruniqueid };
      addRecord({ ...call, ...transfer, ivruniqueid: `${call.ivruniqueid}x` }, index, traffic);
    }
    if (index % 50 === 0) addBroken(call, index / 50, traffic);
  }
  const [deliveries = []] = fc.sample(
    fc.shuffledSubarray(traffic.deliveries, { minLength: traffic.deliveries.length }),
    { seed: 20200729, numRuns: 1 },
  );
  return { ...traffic, deliveries };
}

/** A record and its copies: unchanged, in another format, and two from before the AI analysis. */
function addRecord(record: Wire, index: number, { deliveries, cdrs, aside }: Traffic): void {
  const format = cycle(FORMATS, index);
  if (index % 97 === 0 && format !== 'xml-rpc') {
    // XML cannot carry U+0000 at all.
    const named = (zero: string) => ({ ...record, CustomData: { note: `Dana${zero}Levi` } });
    const delivery = deliveryOf(named('\0'), format);
    deliveries.push(delivery);
    aside.push(delivery.body);
    cdrs.push(parseCdr(named('\uFFFD')));
    return;
  }
  const { aiData, ...early } = record;
  const last = index % 9 === 0 ? { ...early, aiData: AI_DATA } : record;
  cdrs.push(parseCdr(last));
  deliveries.push(deliveryOf(last, format));
  if (index % 5 === 0) deliveries.push(deliveryOf(last, format));
  if (index % 7 === 0) deliveries.push(deliveryOf(last, cycle(FORMATS, index + 1)));
  if (index % 9 === 0) deliveries.push(deliveryOf(early, format));
  if (index % 9 === 0) deliveries.push(deliveryOf({ ...early, aiData: NOT_ANALYZED }, format));
}

/** A body that was cut off, or that has no type. */
function addBroken(record: Wire, index: number, { deliveries, aside }: Traffic): void {
  const format = cycle(FORMATS, index);
  const { type, ...withoutType } = record;
  const delivery = deliveryOf(format === 'form' ? withoutType : record, format);
  if (format !== 'form') delivery.body = delivery.body.subarray(0, delivery.body.length / 2);
  deliveries.push(delivery);
  aside.push(delivery.body);
}

function deliveryOf(record: Wire, format: CdrFormat): Delivery {
  const { body, contentType } = encodeCdr(record, format);
  return { body: Buffer.from(body), contentType, format };
}

function cycle<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}
