import { type Cdr, cdrKey } from 'voicenter-cdr';
import { cdrSchema } from 'voicenter-cdr/schema';

/** A body as it was sent. */
export interface Sent {
  body: Uint8Array;
  contentType: string | undefined;
}

/** A body that was set aside, and why. */
interface BodySetAside extends Sent {
  why: string;
}

/** Where records are kept. What a promise here has resolved for is stored: it may be acknowledged. */
export interface Store {
  /** Stores a record under its key, over the copy that is there. */
  save(cdr: Cdr, sent: Sent): Promise<void>;
  /** Keeps a body for a person to look at. */
  setAside(sent: Sent, why: string): Promise<void>;
  /** Every record, by its start. */
  cdrs(): Promise<Cdr[]>;
  /** Every body that was set aside, the first one first. */
  bodiesSetAside(): Promise<BodySetAside[]>;
  close(): Promise<void>;
}

/** What Postgres and PGlite have in common. */
interface Database {
  query(sql: string, parameters?: unknown[]): Promise<{ rows: unknown[] }>;
  close(): Promise<void>;
}

// The columns are made from the record, so they cannot say something else. Add your own alike.
const TABLES = [
  `create table if not exists cdrs (
    cdr_key text primary key,
    started_at timestamptz not null,
    record jsonb not null,
    received_at timestamptz not null default now(),
    call_id text not null generated always as (record ->> 'callId') stored,
    type text not null generated always as (record ->> 'type') stored,
    status text not null generated always as (record ->> 'status') stored,
    outcome text not null generated always as (record ->> 'outcome') stored,
    direction text generated always as (record ->> 'direction') stored,
    duration_seconds numeric not null generated always as ((record -> 'durationSeconds')::numeric) stored,
    customer_phone text generated always as (record ->> 'customerPhone') stored,
    agent_extension text generated always as (record ->> 'agentExtension') stored,
    queue_name text generated always as (record #>> '{queue,name}') stored,
    recording_url text generated always as (record ->> 'recordingUrl') stored,
    original_call_id text generated always as (record ->> 'originalCallId') stored
  )`,
  'create index if not exists cdrs_call_id on cdrs (call_id)',
  'create index if not exists cdrs_started_at on cdrs (started_at)',
  `create table if not exists bodies_set_aside (
    digest bytea primary key generated always as (sha256(body)) stored,
    body bytea not null,
    content_type text,
    why text not null,
    received_at timestamptz not null default now()
  )`,
];

// No copy says when it was made, so the one that arrives last counts in what it says. But it takes
// nothing away: a copy that was sent before the recording or the AI analysis was there may come
// after one that has them. Format and issues are about the copy itself.
const said = (copy: string) =>
  `(select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(${copy})
    where key in ('format', 'issues') or value not in ('null', '""', '[]', '{}'))`;

const UPSERT = `
  insert into cdrs (cdr_key, started_at, record) values ($1, $2, $3)
  on conflict (cdr_key) do update set record = cdrs.record || ${said('excluded.record')}
    || jsonb_build_object('raw', (cdrs.record -> 'raw') || ${said("excluded.record -> 'raw'")})`;

const SET_ASIDE = `
  insert into bodies_set_aside (body, content_type, why) values ($1, $2, $3)
  on conflict (digest) do nothing`;

/**
 * Opens a store and makes its tables where they are missing.
 *
 * @param where `postgres://…`, or a folder for PGlite: Postgres inside this process, for one
 * process at a time
 */
export async function openStore(where: string): Promise<Store> {
  const database = /^postgres(ql)?:/.test(where)
    ? await openPostgres(where)
    : await openPGlite(where);
  for (const table of TABLES) await database.query(table);

  async function setAside({ body, contentType }: Sent, why: string): Promise<void> {
    await database.query(SET_ASIDE, [body, contentType ?? null, why]);
  }

  return {
    setAside,
    async save(cdr, sent) {
      const record = JSON.stringify(cdr);
      const storable = withStorableText(record);
      if (storable !== record)
        await setAside(sent, 'Has U+0000 or half characters, stored as U+FFFD');
      try {
        await database.query(UPSERT, [cdrKey(cdr), cdr.startedAt.toISOString(), storable]);
      } catch (error) {
        if (!isAboutContent(error)) throw error; // it may be stored when it comes again
        await setAside(sent, `Postgres cannot store it: ${error.message}`);
      }
    },
    async cdrs() {
      const { rows } = await database.query('select record from cdrs order by started_at, cdr_key');
      return (rows as { record: unknown }[]).map(({ record }) => cdrSchema.parse(record));
    },
    async bodiesSetAside() {
      const { rows } = await database.query(
        'select body, content_type as "contentType", why from bodies_set_aside order by received_at',
      );
      return rows as BodySetAside[];
    },
    close: () => database.close(),
  };
}

async function openPostgres(connectionString: string): Promise<Database> {
  const { Pool } = (await import('pg')).default;
  // A slow answer counts as none: better to say that it was not stored.
  const pool = new Pool({
    connectionString,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
  });
  // An idle connection that breaks is replaced. Without a listener its error would end the process.
  pool.on('error', (error) => console.error(`Postgres: ${error.message}`));
  return { query: (sql, parameters) => pool.query(sql, parameters), close: () => pool.end() };
}

async function openPGlite(folder: string): Promise<Database> {
  const { PGlite } = await import('@electric-sql/pglite');
  return PGlite.create(folder);
}

/**
 * The JSON text with U+FFFD for what a jsonb cannot hold: U+0000, and a half of a surrogate pair.
 * JSON.stringify writes both as escapes; a backslash of the text itself is two.
 */
function withStorableText(json: string): string {
  return json.replace(/\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g, (found) =>
    found === '\\\\' ? found : '\uFFFD',
  );
}

/**
 * Whether a statement failed for what is in it, and will again: SQLSTATE class 22 is a data
 * exception, 54 a limit, such as that on the length of a key (Postgres manual, appendix A).
 */
function isAboutContent(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^(22|54)/.test(String(error.code));
}
