import pg from 'pg';
import type { Database } from './database.js';

/** Opens a Postgres, by `postgres://…`. */
export function openPostgres(connectionString: string): Database {
  // A slow answer counts as none: better to say that it was not stored.
  const pool = new pg.Pool({
    connectionString,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
  });
  // A connection that breaks is replaced. Without these listeners its error would end the process.
  pool.on('connect', (client) =>
    client.on('error', ({ message }) => console.error(`Postgres: ${message}`)),
  );
  pool.on('error', () => {}); // the connection has told it

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
        client.release(!done); // true ends the connection, and with it the transaction
      }
    },
    close: () => pool.end(),
  };
}
