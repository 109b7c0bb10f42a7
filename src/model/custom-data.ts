import { isRecord, setKey, withoutInheritance } from '../record.js';
import type { Kind } from './kind.js';
import { isNoText } from './nothing.js';
import { within } from './place.js';
import { freeText, fromJsonText, readStructure } from './read.js';

/**
 * The customer's own values, as text. The vendor defines the bag as flat, so a structure in it is
 * kept as JSON text.
 */
export const customData: Kind<Record<string, string>> = {
  name: 'bag',
  read(value, place, key) {
    const sent = fromJsonText(value, place, key);
    const items = Array.isArray(sent) ? sent.map((item) => fromJsonText(item, place, key)) : [];
    if (items.length > 0 && items.every(isNoText)) return undefined;
    // A form's CustomData[0] makes a list; in JSON the same bag can be an object keyed by index.
    const isBag = Array.isArray(sent) && !items.flat().some(isRecord);
    const bag = readStructure(isBag ? { ...sent } : sent, place, key);
    if (!bag) return bag;
    const values = withoutInheritance<string>({});
    let isEmpty = true;
    for (const name of Object.keys(bag)) {
      const own = bag[name];
      const text =
        typeof own === 'object' && own !== null
          ? JSON.stringify(own)
          : freeText.read(own, within(place, key), name);
      if (!text) continue;
      setKey(values, name, text);
      isEmpty = false;
    }
    return isEmpty ? undefined : values;
  },
  write: (values) => ({ ...values }),
};
