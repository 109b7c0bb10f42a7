import { replaceMatches } from '../long-text.js';

/**
 * Makes a lookup of a table's keys by name: exact, else ignoring case, spaces, underscores and
 * hyphens, because the vendor's documents spell the same name in several ways.
 */
export function indexNames<K extends string>(
  table: Record<K, unknown>,
): (name: string) => K | undefined {
  const exact = new Map<string, K>();
  const loose = new Map<string, K>();
  for (const key of Object.keys(table) as K[]) {
    exact.set(key, key);
    loose.set(looseName(key), key);
  }
  return (name) => exact.get(name) ?? loose.get(looseName(name));
}

/** A name in lower case, without spaces, underscores and hyphens. */
export function looseName(name: string): string {
  return replaceMatches(name.toLowerCase(), /[\s_-]/g, () => '');
}

/** A misprint in the vendor's document. */
const MISPRINTS = /* @__PURE__ */ new Map([['queueenamel', 'queuename']]);

/**
 * The form in which all spellings of a key are equal: trimmed, in lower case, without underscores
 * (`layer_number` is `LayerNumber`).
 */
export function canonicalKey(key: string): string {
  const canonical = key.trim().toLowerCase().replace(/_/g, '');
  return MISPRINTS.get(canonical) ?? canonical;
}
