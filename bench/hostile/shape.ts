import { fill } from '../growing.js';

/** A kind of body that is dense in what costs most. */
export interface HostileShape {
  what: string;
  /** A valid body of about a size, made of whole units. */
  make(size: number): string | Uint8Array;
  /** What becomes of it; where this is missing, the same as of a small one. */
  expected?: string;
  /** Whether the library is given what JSON.parse makes of the body, as behind a body parser. */
  isParsed?: boolean;
}

/** A list of one item, in JSON. */
export const list = (size: number, item: string) => `[${fill(size, () => item, ',')}]`;

/** What a list may hold that costs much: structures, values that are wrong, JSON text, broken JSON text. */
export const ITEMS = ['{}', '[]', '0', '{"a":1}', '"{}"', '"{"'];

/** A list in each of the four fields that have one: menus, a transcript, answers and emotions. */
export function inFourFields(list: string): { IVR: string; aiData: string } {
  const aiData = `{"transcript":${list},"insights":{"questions":${list}},"emotions":{"sentences":${list}}}`;
  return { IVR: list, aiData };
}

/** A number of seven digits. */
export const digits = (index: number) => String(index).padStart(7, '0');

export const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
