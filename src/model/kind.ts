import type { Place } from './place.js';

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
