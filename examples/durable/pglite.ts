import { PGlite } from '@electric-sql/pglite';
import type { Database } from './database.js';

/** Opens PGlite, which is Postgres inside this process. One process at a time can use a folder. */
export async function openPGlite(folder: string): Promise<Database> {
  const database = await PGlite.create(folder);
  return {
    query: (sql, parameters) => database.query(sql, parameters),
    transaction: (run) =>
      database.transaction((transaction) =>
        run((sql, parameters) => transaction.query(sql, parameters)),
      ),
    close: () => database.close(),
  };
}
