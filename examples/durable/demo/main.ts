/**
 * Sends thousands of records as Voicenter would, kills the receiver with SIGKILL several times in
 * between, and checks that every record is stored exactly once. Exits with 1 if anything is wrong.
 *
 * `--calls` and `--kills` set the size. DATABASE_URL names a Postgres; without it PGlite stores in
 * a temporary folder. With ACKNOWLEDGE_FIRST the receiver answers before it stores, and the demo
 * must fail.
 */
import { parseArgs } from 'node:util';
import { MortalReceiver } from './mortal-receiver.js';
import { openPlace, temporaryFolder, temporarySchema } from './place.js';
import { makeTraffic } from './traffic.js';
import { verify } from './verify.js';
import { sendAll } from './voicenter.js';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '3000' },
    kills: { type: 'string', default: '8' },
  },
});
const kills = Number(values.kills);
const databaseUrl = process.env['DATABASE_URL'];

const place = databaseUrl ? await temporarySchema(databaseUrl) : await temporaryFolder();
const receiver = new MortalReceiver(place.where);
await receiver.start();

const traffic = makeTraffic(Number(values.calls));
let begun = 0;
const tally = await sendAll(traffic.deliveries, receiver.url, ({ acknowledged }) => {
  const due = (acknowledged * (kills + 1)) / traffic.deliveries.length;
  if (begun >= Math.min(Math.floor(due), kills)) return;
  begun++;
  void (begun % 2 === 0 ? receiver.killAtOnce() : receiver.killBeforeAnswer());
});
await receiver.end();

const store = await openPlace(place.where);
const findings = await verify(store, traffic);
await store.close();
await place.remove();

const { atOnce, beforeAnswer } = receiver.deaths;
console.log(`Stored in ${databaseUrl ? 'Postgres' : 'PGlite'}`);
console.log(`Killed ${atOnce} times at once, ${beforeAnswer} times between storing and answering`);
console.table({ requests: tally });
console.table(findings);
const wrong = Object.values(findings).reduce((sum, finding) => sum + finding.wrong, 0);
const right = wrong === 0 && atOnce + beforeAnswer === kills && tally.cutOff >= kills;
console.log(
  right ? 'Every record is there exactly once' : 'NOT every record is there exactly once',
);
process.exitCode = right ? 0 : 1;
