/**
 * The receiver as a process of its own, for the demo to kill: `receiver-process.ts STORE PORT`.
 * It says over IPC on which port it listens. Told to hold, it stores one more record, says so, and
 * does not answer. With ACKNOWLEDGE_FIRST it answers from memory and stores a moment later: the
 * mistake that the demo has to find.
 */
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createDurableReceiver } from '../receiver.js';
import { openStore, type Store } from '../store.js';

const [, , where = '', port = '0'] = process.argv;
const store = await openStore(where);
let hold = false;
process.on('message', () => {
  hold = true;
});
process.on('disconnect', () => process.exit()); // it does not outlive the demo

const save: Store['save'] = async (cdr, sent) => {
  if (process.env['ACKNOWLEDGE_FIRST']) void wait(50).then(() => store.save(cdr, sent));
  else await store.save(cdr, sent);
  if (!hold) return;
  process.send?.('held');
  await new Promise(() => {});
};

const server = createDurableReceiver({ ...store, save }).listen(Number(port), '127.0.0.1', () =>
  process.send?.((server.address() as AddressInfo).port),
);
