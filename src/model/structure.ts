import { isJsonText } from '../json-text.js';
import { indexedItems, isRecord, type WireRecord } from '../record.js';
import type { AnyTable, Kind, ListKind, Table } from './kind.js';
import { canonicalKey } from './names.js';
import { isNoText, isNothing } from './nothing.js';
import { invalid, type Place, pathTo, within } from './place.js';
import { fromJsonText, readItems, readStructure } from './read.js';

/** A row of a table, as it is looked up by key. */
interface Row {
  /** The index of its table: writing to an array is faster than to an object by name. */
  table: number;
  field: string;
  key: string;
  read: Kind<unknown>['read'];
}

/** The fields of one table. */
type Fields = Record<string, unknown>;

/**
 * Reads several tables in one pass over the keys that were sent, with one lookup per key. Keys that
 * are in no table are ignored. The first table is never null; any other is null if none of its
 * fields was sent.
 */
export class TableReader<T extends object> {
  private readonly byKey = new Map<string, Row>();
  private readonly lists: Row[] = [];
  private readonly names: string[];
  /** The fields of each table, all null. Copying them is faster than adding fields one by one. */
  private readonly blanks: Fields[];
  /** The tables, all null. */
  private readonly blank: Fields;

  /** @param rename maps a table's key to the records' key; undefined if the records have none */
  constructor(
    tables: { readonly [N in keyof T]: object },
    rename: (key: string) => string | undefined = (key) => key,
  ) {
    this.names = Object.keys(tables);
    this.blank = blankOf(this.names);
    this.blanks = Object.values<object>(tables).map((fields, table) => {
      const rows = rowsOf(fields);
      for (const [field, [tableKey, kind]] of rows) {
        const key = rename(tableKey);
        const row = { table, field, key: key ?? tableKey, read: kind.read };
        if (key !== undefined) this.byKey.set(canonicalKey(key), row).set(key, row);
        if (kind.isList) this.lists.push(row);
      }
      return blankOf(rows.map(([field]) => field));
    });
  }

  /** The fields of each table. If a key is sent in two spellings, the last valid value counts. */
  read(sent: WireRecord, place: Place): T {
    const read: Fields = { ...this.blank };
    const tables = this.readTables(sent, place);
    for (let table = 0; table < tables.length; table++) {
      if (tables[table]) read[this.names[table] ?? ''] = tables[table];
    }
    // The compiler cannot see that the fields are those of the tables.
    return read as T;
  }

  /** Like `read`, but only the first table. */
  readFirst(sent: WireRecord, place: Place): T[keyof T] {
    return this.readTables(sent, place)[0] as T[keyof T];
  }

  /** The fields of each table, by its index. Only the first table is always there. */
  private readTables(sent: WireRecord, place: Place): Fields[] {
    const read: Fields[] = [{ ...this.blanks[0] }];
    let isRespelled = false;
    for (const key in sent) {
      const given = sent[key];
      if (given === '' || given === null) continue; // no value, whatever the kind
      const row = this.rowOf(key);
      if (row === undefined) continue;
      if (row.key !== key) isRespelled = true;
      const value = row.read(given, place, key);
      if (value === undefined || value === null) continue;
      let fields = read[row.table];
      if (fields === undefined) {
        fields = { ...this.blanks[row.table] };
        read[row.table] = fields;
      }
      // Checked only once a key was found in another spelling.
      if (isRespelled && fields[row.field] !== null) place.context.addDuplicate(pathTo(place, key));
      fields[row.field] = value;
    }
    for (const { table, field } of this.lists) {
      const fields = read[table];
      if (fields) fields[field] ??= [];
    }
    return read;
  }

  /**
   * The key of a field as a record spells it: the last one with a value, else the last one, else
   * the table's.
   */
  keyOf(table: keyof T, field: string, sent: WireRecord): string {
    const index = this.names.indexOf(String(table));
    const isOfField = (row: Row | undefined) => row?.table === index && row.field === field;
    const keys = Object.keys(sent).filter((key) => isOfField(this.rowOf(key)));
    const ownKey = [...this.byKey.values()].find(isOfField)?.key ?? field;
    return keys.findLast((key) => !isNothing(sent[key])) ?? keys.at(-1) ?? ownKey;
  }

  /** Whether a key is in one of the tables. */
  hasKey(key: string): boolean {
    return this.rowOf(key) !== undefined;
  }

  private rowOf(key: string): Row | undefined {
    return this.byKey.get(key) ?? this.byKey.get(canonicalKey(key));
  }
}

/** A structure of one table. One without keys is nothing, as PHP's empty list is. */
export function structure<T extends object>(table: Table<T>): Kind<T> {
  const read = readerOf(table);
  return {
    name: 'structure',
    table,
    read(value, place, key) {
      const sent = readStructure(value, place, key);
      if (sent && isEmpty(sent)) return undefined;
      return sent && read(sent, within(place, key));
    },
    write: (value) => writeTable(table, value),
  };
}

/** How to read a list whose items can be more than plain structures of a table. */
interface ListOptions {
  /** What an item is called in an issue. */
  expected?: string;
  /** Makes a single item from plain text that was sent instead of a list. */
  fromText?: (text: string) => WireRecord;
  /** Splits a structure that stands for several items; null if it is just one. */
  split?: (item: WireRecord) => WireRecord[] | null;
}

/** Turns the fields of an item into the item. */
interface Finish<S, T> {
  finish: (fields: S, place: Place) => T;
}

/** A list of structures of one table. Items that are not objects are skipped, with an issue. */
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

  return {
    name: 'list',
    table,
    isList: true,
    read(value, place, key) {
      const isPlainText = typeof value === 'string' && !isNoText(value) && !isJsonText(value);
      const items = fromText && isPlainText ? [fromText(value)] : readItems(value, place, key);
      const list = within(place, key);
      const values: object[] = [];

      function add(structure: WireRecord, index: number): void {
        const at = within(list, index);
        const fields = read(structure, at);
        values.push(finish ? finish(fields, at) : fields);
      }

      /**
       * An item can be a list of items itself, also as JSON text or an object keyed by index. Empty
       * objects are skipped.
       */
      function addItem(item: unknown, index: number): void {
        const sent = fromJsonText(item, list, index);
        const inner = isRecord(sent) ? indexedItems(sent) : sent;
        if (Array.isArray(inner)) for (const one of inner) addItem(one, index);
        else if (!isRecord(sent)) {
          if (!isNoText(sent)) invalid(sent, list, index, expected);
        } else if (!isEmpty(sent)) {
          const parts = split?.(sent);
          if (parts) for (const part of parts) add(part, index);
          else add(sent, index);
        }
      }

      items?.forEach(addItem);
      return values.length > 0 ? values : undefined;
    },
    write: (values) => values.map((value) => writeTable(table, value)),
  };
}

function isEmpty(structure: WireRecord): boolean {
  for (const _ in structure) return false; // faster than Object.keys
  return true;
}

/** Makes the function that reads a structure of one table. */
function readerOf<T extends object>(table: Table<T>): (sent: WireRecord, place: Place) => T {
  const reader = new TableReader<{ fields: T }>({ fields: table });
  return (sent, place) => reader.readFirst(sent, place);
}

/**
 * Made by JSON.parse: the engine then stores all fields in the object itself, and in its copies.
 */
function blankOf(names: string[]): Fields {
  return JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, null]))));
}

/** The fields of a table, each with its key and its kind. */
export function rowsOf(table: object): [field: string, row: AnyTable[string]][] {
  return Object.entries(table);
}

/** A structure as it is sent, under the keys of its table. */
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
