import { noteDuplicate } from '../errors.js';
import { emptyRecord, type WireRecord, withoutInheritance } from '../record.js';
import { canonicalKey } from './names.js';
import { type Place, pathOfSent } from './place.js';

/** The keys of a structure: by the vendor's spelling, and by what all spellings have in common. */
export type Spellings<K extends string> = ReadonlyMap<string, K>;

/** An index of keys that are given in the vendor's spelling. */
export function spellingsOf<K extends string>(keys: readonly K[]): Spellings<K> {
  return new Map(keys.flatMap((key) => [[key, key] as const, [canonicalKey(key), key] as const]));
}

/**
 * A structure by the vendor's spelling of its keys: nearly always the structure itself. Of a key
 * that is there in two spellings the last one counts, as in JSON.parse.
 */
export function inVendorSpelling<K extends string>(
  structure: WireRecord,
  spellings: Spellings<K>,
  place: Place,
): Partial<Record<K, unknown>> {
  for (const sent in structure) {
    const key = spellings.get(sent);
    if (key !== sent && (key ?? spellings.get(canonicalKey(sent))) !== undefined) {
      return respelled(structure, spellings, place);
    }
  }
  return structure as Partial<Record<K, unknown>>;
}

function respelled<K extends string>(
  structure: WireRecord,
  spellings: Spellings<K>,
  place: Place,
): Partial<Record<K, unknown>> {
  const values = emptyRecord();
  const spelled = withoutInheritance<string>({});
  for (const sent of Object.keys(structure)) {
    const key = spellings.get(sent) ?? spellings.get(canonicalKey(sent));
    if (key === undefined) continue;
    if (key in values) noteDuplicate(place.issues, pathOfSent(place, sent));
    values[key] = structure[sent];
    spelled[key] = sent;
  }
  place.spelled = spelled;
  return values as Partial<Record<K, unknown>>;
}
