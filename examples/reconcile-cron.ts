/**
 * Stores what the push has missed in the last hours, to be run by cron:
 *
 *     7 * * * *  VOICENTER_TOKEN=… DATABASE_URL=postgres://… node reconcile-cron.js
 *
 * Ends with 1 if something is wrong that a later run does not put right by itself.
 */
import { openPostgres } from './durable/postgres.js';
import { openStore } from './durable/store.js';
import { reconcile } from './reconcile.js';

const env = process.env;
const { VOICENTER_TOKEN: token, VOICENTER_CODE: code, DATABASE_URL: databaseUrl } = env;
const auth = token ? { token } : code ? { code } : undefined;
if (!auth || !databaseUrl) {
  throw new Error('Set DATABASE_URL, and VOICENTER_TOKEN or VOICENTER_CODE');
}

/** Runs overlap, for a record appears minutes after the call, and a run can fail. */
const hours = Number(env['HOURS'] ?? 48);
const to = new Date();
const from = new Date(to.getTime() - hours * 60 * 60 * 1000);

const store = await openStore(openPostgres(databaseUrl));
try {
  const url = env['CALL_LOG_URL']; // for tests
  const { incomplete, ...found } = await reconcile(store, { auth, from, to }, url ? { url } : {});
  console.log(`${from.toISOString()} to ${to.toISOString()}:`, found);
  for (const second of incomplete) console.error(`Too many records at ${second.toISOString()}`);
  if (incomplete.length > 0) process.exitCode = 1;
} finally {
  await store.close();
}
