import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openPGlite } from '../pglite.js';
import { openPostgres } from '../postgres.js';
import { openStore, type Store } from '../store.js';

/** Where the demo stores its records: a `postgres://…` URL or a folder for PGlite. */
export interface Place {
  where: string;
  /** Removes what was stored. */
  remove(): Promise<void>;
}

/** Opens the store of a place. */
export async function openPlace(where: string): Promise<Store> {
  const isPostgres = /^postgres(ql)?:/.test(where);
  return openStore(isPostgres ? openPostgres(where) : await openPGlite(where));
}

/** A temporary folder for PGlite. */
export async function temporaryFolder(): Promise<Place> {
  const where = await mkdtemp(join(tmpdir(), 'cdrs-'));
  return { where, remove: () => rm(where, { recursive: true }) };
}

/** A temporary schema in a Postgres database, so that the demo touches nothing else there. */
export async function temporarySchema(databaseUrl: string): Promise<Place> {
  const schema = `voicenter_cdr_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(databaseUrl);
  url.searchParams.set('options', `-c search_path=${schema}`);
  await execute(databaseUrl, `create schema ${schema}`);
  return { where: url.href, remove: () => execute(databaseUrl, `drop schema ${schema} cascade`) };
}

async function execute(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(sql);
  await client.end();
}
