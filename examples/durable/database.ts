/** Runs one statement. */
export type Query = <Row extends Record<string, unknown>>(
  sql: string,
  parameters?: unknown[],
) => Promise<{ rows: Row[] }>;

/** What a Postgres server and PGlite have in common. */
export interface Database {
  query: Query;
  /** Runs statements so that either all or none of them take effect. */
  transaction<T>(run: (query: Query) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
