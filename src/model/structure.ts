import { isJsonText } from '../json-text.js';
import { indexedItems, isRecord, type WireRecord } from '../record.js';
import { canonicalKey } from './names.js';
import { invalid, type Place, pathTo, within } from './place.js';
import { fromJsonText, isNothing, readItems, readRecord } from './read.js';

/** What a value is read as, and how it is written back. */
export interface Kind<T> {
  /** What the schemas call it. */
  readonly name: string;
  /** The fields of a structure, or of each structure in a list. */
  readonly table?: Table<object>;
  /** A list is empty where nothing was sent; any other value is null. */
  readonly isList?: boolean;
  /**
   * @returns undefined where nothing was sent; null for a value that is not of this kind, which is
   * an issue
   */
  read(value: unknown, place: Place, key: string | number): T | null | undefined;
  /** How a value is sent; where this is missing, as it is. */
  write?(value: T): unknown;
  /** How no value is sent; where this is missing, not at all. */
  readonly nothing?: unknown;
}

/** The kind of a list, which is never null. */
export interface ListKind<T> extends Kind<T[]> {
  readonly isList: true;
}

/** How each field of a structure is sent: under which key, in the vendor's spelling, and as what. */
export type Table<T> = {
  readonly [F in keyof T]-?: readonly [key: string, kind: Kind<NonNullable<T[F]>>];
};

/** A table whose fields are those of no interface. */
export type AnyTable = Readonly<Record<string, readonly [key: string, kind: Kind<unknown>]>>;

/** The fields that a table reads. */
export type FieldsOf<T extends AnyTable> = {
  -readonly [F in keyof T]: T[F][1] extends ListKind<infer V>
    ? V[]
    : T[F][1] extends Kind<infer V>
      ? V | null
      : never;
};

/** One row of a table, with the place of its value among those of all rows. */
interface Row {
  table: string;
  field: string;
  kind: Kind<unknown>;
  index: number;
}

/**
 * Reads tables together: goes through the keys that were sent and looks each of them up once. Keys
 * that are in no table are not an error.
 */
export class TableReader<T extends object> {
  private readonly byKey = new Map<string, Row>();
  private readonly tables: [name: string, rows: Row[]][];

  constructor(tables: { readonly [N in keyof T]: object }) {
    let count = 0;
    this.tables = Object.entries<object>(tables).map(([name, table]) => [
      name,
      rowsOf(table).map(([field, [key, kind]]) => {
        const row = { table: name, field, kind, index: count++ };
        this.byKey.set(key, row).set(canonicalKey(key), row);
        return row;
      }),
    ]);
  }

  /** The fields of each table. Of a key in two spellings the last that holds something counts. */
  read(sent: WireRecord, place: Place): T {
    const values: unknown[] = [];
    for (const key of Object.keys(sent)) {
      const row = this.rowOf(key);
      if (row === undefined) continue;
      const value = row.kind.read(sent[key], place, key);
      if (value === undefined || value === null) continue;
      if (values[row.index] !== undefined) place.context.addDuplicate(pathTo(place, key));
      values[row.index] = value;
    }
    const read: Record<string, unknown> = {};
    for (const [name, rows] of this.tables) {
      const fields: Record<string, unknown> = {};
      for (const { field, kind, index } of rows) {
        fields[field] = values[index] ?? (kind.isList ? [] : null);
      }
      read[name] = fields;
    }
    // The compiler cannot see that the fields are those of the tables.
    return read as T;
  }

  /** The key of a field as a record spells it: the last one that holds something, else the last. */
  keyOf(table: keyof T, field: string, sent: WireRecord): string | undefined {
    const keys = Object.keys(sent).filter((key) => {
      const row = this.rowOf(key);
      return row?.table === table && row.field === field;
    });
    return keys.findLast((key) => !isNothing(sent[key])) ?? keys.at(-1);
  }

  private rowOf(key: string): Row | undefined {
    return this.byKey.get(key) ?? this.byKey.get(canonicalKey(key));
  }
}

/** A structure of one table. */
export function structure<T extends object>(table: Table<T>): Kind<T> {
  const read = readerOf(table);
  return {
    name: 'structure',
    table,
    read(value, place, key) {
      const sent = readRecord(value, place, key);
      return sent && read(sent, within(place, key));
    },
    write: (value) => writeTable(table, value),
  };
}

/** How a list is read where its items are not just structures of a table. */
interface ListOptions {
  /** What an item is called in an issue. */
  expected?: string;
  /** The structure that a text in the place of the list stands for. */
  fromText?: (text: string) => WireRecord;
  /** The structures that one structure stands for. */
  split?: (item: WireRecord) => WireRecord[];
}

/** What the fields of an item become. */
interface Finish<S, T> {
  finish: (fields: S, place: Place) => T;
}

/** A list of structures of one table; what is no such structure is left out, with an issue. */
export function listOf<S extends object>(table: Table<S>, options?: ListOptions): ListKind<S>;
export function listOf<S extends object, T extends object>(
  table: Table<S>,
  options: ListOptions & Finish<S, T>,
): ListKind<T>;
export function listOf<S extends object>(
  table: Table<S>,
  {
    expected = 'an object',
    fromText,
    split,
    finish,
  }: ListOptions & Partial<Finish<S, object>> = {},
): ListKind<object> {
  const read = readerOf(table);

  /** The structures that one item stands for: JSON text can hold a list of them. */
  function structuresIn(item: unknown, list: Place, index: number): WireRecord[] {
    const sent = fromJsonText(item, list, index);
    const items = isRecord(sent) ? indexedItems(sent) : sent;
    if (Array.isArray(items)) return items.flatMap((inner) => structuresIn(inner, list, index));
    if (isRecord(sent)) return split ? split(sent) : [sent];
    if (isNothing(sent)) return [];
    invalid(sent, list, index, expected);
    return [];
  }

  return {
    name: 'list',
    table,
    isList: true,
    read(value, place, key) {
      const isPlainText = typeof value === 'string' && !isNothing(value) && !isJsonText(value);
      const items = fromText && isPlainText ? [fromText(value)] : readItems(value, place, key);
      const list = within(place, key);
      const values: object[] = [];
      items.forEach((item, index) => {
        for (const sent of structuresIn(item, list, index)) {
          const at = within(list, index);
          const fields = read(sent, at);
          values.push(finish ? finish(fields, at) : fields);
        }
      });
      return values.length > 0 ? values : undefined;
    },
    write: (values) => values.map((value) => writeTable(table, value)),
  };
}

/** The function that reads a structure of one table. */
function readerOf<T extends object>(table: Table<T>): (sent: WireRecord, place: Place) => T {
  const reader = new TableReader<{ fields: T }>({ fields: table });
  return (sent, place) => reader.read(sent, place).fields;
}

/** The fields of a table, each with its key and its kind. */
export function rowsOf(table: object): [field: string, row: AnyTable[string]][] {
  return Object.entries(table);
}

/** A structure under the keys of its table. */
export function writeTable(table: object, value: object): WireRecord {
  const sent: WireRecord = {};
  for (const [field, [key, kind]] of rowsOf(table)) {
    const own: unknown = Reflect.get(value, field);
    if (own === null || own === undefined) {
      if (kind.nothing !== undefined) sent[key] = kind.nothing;
    } else sent[key] = kind.write ? kind.write(own) : own;
  }
  return sent;
}
