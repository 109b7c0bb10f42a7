/**
 * The receiver as its own process, for the demo to kill: `receiver-process.ts STORE PORT`. It
 * reports its port over IPC. When told to hold, it stores one more record, reports that, and does
 * not answer. With ACKNOWLEDGE_FIRST it answers first and stores a moment later, which is the
 * mistake that the demo must detect.
 */
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createReceiver } from '../../node-http.js';
import type { Store } from '../store.js';
import { openPlace } from './place.js';

const [, , where = '', port = '0'] = process.argv;
const store = await openPlace(where);
let hold = false;
process.on('message', () => {
  hold = true;
});
process.on('disconnect', () => process.exit()); // it does not outlive the demo

const save: Store['save'] = async (cdr, request) => {
  if (process.env['ACKNOWLEDGE_FIRST']) void wait(50).then(() => store.save(cdr, request));
  else await store.save(cdr, request);
  if (!hold) return;
  process.send?.('held');
  await new Promise(() => {});
};

const server = createReceiver('/voicenter/cdr', { save, setAside: store.setAside });
server.listen(Number(port), '127.0.0.1', () =>
  process.send?.((server.address() as AddressInfo).port),
);
