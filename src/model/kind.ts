import type { Place } from './place.js';

/** What a value is read as, and how it is written back. */
export interface Kind<T> {
  /** The kind's name in the schemas. */
  readonly name: string;
  /** The fields of a structure, or of each structure in a list. */
  readonly table?: Table<object>;
  /** If nothing was sent, a list is empty; any other value is null. */
  readonly isList?: boolean;
  /**
   * @returns undefined if nothing was sent; null for a value that is not of this kind, after adding
   * an issue
   */
  read(value: unknown, place: Place, key: string | number): T | null | undefined;
  /** Converts a value to what is sent. If missing, the value is sent unchanged. */
  write?(value: T): unknown;
  /** What is sent for null. If missing, the key is left out. */
  readonly nothing?: unknown;
}

/** The kind of a list, which is never null. */
export interface ListKind<T> extends Kind<T[]> {
  readonly isList: true;
}

/** The key (in the vendor's spelling) and the kind of each field of a structure. */
export type Table<T> = {
  readonly [F in keyof T]-?: readonly [key: string, kind: Kind<NonNullable<T[F]>>];
};

/** A table with any fields. */
export type AnyTable = Readonly<Record<string, readonly [key: string, kind: Kind<unknown>]>>;

/** The fields that a table reads. */
export type FieldsOf<T extends AnyTable> = {
  -readonly [F in keyof T]: T[F][1] extends ListKind<infer V>
    ? V[]
    : T[F][1] extends Kind<infer V>
      ? V | null
      : never;
};
