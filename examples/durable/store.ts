import { type Cdr, type CdrRequest, cdrKey, mergeCdr } from 'voicenter-cdr';
import { cdrSchema } from 'voicenter-cdr/schema';
import { bytesOf, captureOf } from '../set-aside.js';
import type { Database } from './database.js';
import { TABLES } from './tables.js';

/** The readable records, ordered by start, and the unreadable ones. */
export interface StoredCdrs {
  cdrs: Cdr[];
  unreadable: { key: string; reason: string }[];
}

/** Where records are kept. Once a promise resolves, the data is stored and may be acknowledged. */
export interface Store {
  /** Stores a record under its key, merged with the stored copy if there is one. */
  save(cdr: Cdr, request: CdrRequest): Promise<void>;
  /** Keeps a body for someone to look at. Identical bodies are kept once. */
  setAside(request: CdrRequest, error: Error): Promise<void>;
  /** The given keys, made by `cdrKey`, under which no record is stored. */
  missing(keys: string[]): Promise<Set<string>>;
  /** Every record that is stored. */
  cdrs(): Promise<StoredCdrs>;
  /** The requests that were set aside, oldest first, each as a line of a capture file. */
  captures(): AsyncGenerator<string>;
  close(): Promise<void>;
}

/** A record that cannot be stored, even if it is resent. */
class UnstorableError extends Error {}

/** Opens a store and creates its tables if they are missing. */
export async function openStore(database: Database): Promise<Store> {
  await database.transaction(async (query) => {
    // The lock keeps receivers that start together from racing: `if not exists` alone does not.
    await query(`select pg_advisory_xact_lock(hashtext('voicenter-cdr'))`);
    for (const statement of TABLES) await query(statement);
  });

  async function setAside({ body, contentType }: CdrRequest, { message }: Error): Promise<void> {
    await database.query(
      `insert into bodies_set_aside (body, content_type, why) values ($1, $2, $3)
        on conflict (digest) do nothing`,
      [bytesOf(body), contentType, message],
    );
  }

  async function upsert(cdr: Cdr): Promise<void> {
    const key = cdrKey(cdr);
    await database.transaction(async (query) => {
      const inserted = await query(
        `insert into cdrs (cdr_key, started_at, record) values ($1, $2, $3)
          on conflict (cdr_key) do nothing returning cdr_key`,
        [key, cdr.startedAt.toISOString(), JSON.stringify(cdr)],
      );
      if (inserted.rows.length > 0) return;
      // The lock makes copies that arrive together wait for each other.
      const { rows } = await query('select record from cdrs where cdr_key = $1 for update', [key]);
      const stored = cdrSchema.safeParse(rows[0]?.['record']);
      if (!stored.success)
        throw new UnstorableError(`The stored copy is unreadable: ${stored.error}`);
      const merged = JSON.stringify(mergeCdr(stored.data, cdr));
      await query('update cdrs set record = $2 where cdr_key = $1', [key, merged]);
    });
  }

  return {
    setAside,
    async save(cdr, request) {
      const storable = withStorableText(cdr);
      if (storable !== cdr) {
        await setAside(
          request,
          new UnstorableError('Contains U+0000 or lone surrogates, stored as U+FFFD'),
        );
      }
      try {
        await upsert(storable);
      } catch (error) {
        if (!isContentError(error)) throw error; // a resend may succeed
        await setAside(request, new UnstorableError(`Cannot be stored: ${error.message}`));
      }
    },
    async missing(keys) {
      const { rows } = await database.query<{ key: string }>(
        'select key from unnest($1::text[]) key except select cdr_key from cdrs where cdr_key = any($1)',
        [keys],
      );
      return new Set(rows.map(({ key }) => key));
    },
    async cdrs() {
      const { rows } = await database.query<{ key: string; record: unknown }>(
        'select cdr_key as key, record from cdrs order by started_at, cdr_key',
      );
      const stored: StoredCdrs = { cdrs: [], unreadable: [] };
      for (const { key, record } of rows) {
        const result = cdrSchema.safeParse(record);
        if (result.success) stored.cdrs.push(result.data);
        else stored.unreadable.push({ key, reason: result.error.message });
      }
      return stored;
    },
    async *captures() {
      const { rows } = await database.query<{ digest: Uint8Array }>(
        'select digest from bodies_set_aside order by received_at, digest',
      );
      // One at a time: all bodies together may not fit in memory.
      for (const { digest } of rows) {
        const kept = await database.query<{ body: Uint8Array; contentType: string | null }>(
          'select body, content_type as "contentType" from bodies_set_aside where digest = $1',
          [digest],
        );
        yield* kept.rows.map(captureOf);
      }
    },
    close: () => database.close(),
  };
}

/**
 * Replaces what jsonb cannot hold, U+0000 and lone surrogates, with U+FFFD. JSON.stringify writes
 * both as escape sequences, and a backslash of the text itself as two.
 */
function withStorableText(cdr: Cdr): Cdr {
  const json = JSON.stringify(cdr);
  const storable = json.replace(/\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g, (found) =>
    found === '\\\\' ? found : '\uFFFD',
  );
  return storable === json ? cdr : cdrSchema.parse(JSON.parse(storable));
}

/**
 * Whether a record failed because of its content, and would fail again. SQLSTATE class 22 is a data
 * exception; class 54 is a limit, such as the length of a key (Postgres manual, appendix A).
 */
function isContentError(error: unknown): error is Error {
  if (error instanceof UnstorableError) return true;
  return error instanceof Error && 'code' in error && /^(22|54)/.test(String(error.code));
}
