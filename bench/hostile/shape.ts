import { fill } from '../growing.js';

/** A kind of body that is dense in expensive parts. */
export interface HostileShape {
  what: string;
  /** A valid body of about the size, made of whole units. */
  make(size: number): string | Uint8Array;
  /** The outcome at full size. By default, the same as for a small body. */
  expected?: string;
  /** Whether the library gets the body after JSON.parse, as behind a body parser. */
  isParsed?: boolean;
}

/** A JSON list of one repeated item. */
export const list = (size: number, item: string) => `[${fill(size, () => item, ',')}]`;

/** Expensive list items: structures, wrong values, JSON text, broken JSON text. */
export const ITEMS = ['{}', '[]', '0', '{"a":1}', '"{}"', '"{"'];

/** A list in each of the four fields that take one: menus, transcript, answers and emotions. */
export function inFourFields(list: string): { IVR: string; aiData: string } {
  const aiData = `{"transcript":${list},"insights":{"questions":${list}},"emotions":{"sentences":${list}}}`;
  return { IVR: list, aiData };
}

/** A number in seven digits. */
export const digits = (index: number) => String(index).padStart(7, '0');

export const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
