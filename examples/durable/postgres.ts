import pg from 'pg';
import type { Database } from './database.js';

/** Opens a Postgres database by its `postgres://…` URL. */
export function openPostgres(connectionString: string): Database {
  // A slow query counts as a failure, so that Voicenter resends the record.
  const pool = new pg.Pool({
    connectionString,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
  });
  // The pool replaces broken connections. Without listeners, their errors would end the process.
  pool.on('connect', (client) =>
    client.on('error', ({ message }) => console.error(`Postgres: ${message}`)),
  );
  pool.on('error', () => {}); // already logged by the connection's listener

  return {
    query: (sql, parameters) => pool.query(sql, parameters),
    async transaction(run) {
      const client = await pool.connect();
      let done = false;
      try {
        await client.query('begin');
        const result = await run((sql, parameters) => client.query(sql, parameters));
        await client.query('commit');
        done = true;
        return result;
      } finally {
        client.release(!done); // true closes the connection, which rolls the transaction back
      }
    },
    close: () => pool.end(),
  };
}
