/**
 * Stores the records that the push missed in the last hours. To be run by cron:
 *
 *     7 * * * *  VOICENTER_TOKEN=… DATABASE_URL=postgres://… node reconcile-cron.js
 *
 * Exits with 1 if the run fails, or if a second has more records than the Call Log returns at once.
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

/** Runs overlap because a record appears minutes after the call, and because a run can fail. */
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
