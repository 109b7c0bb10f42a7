import { withoutInheritance } from '../record.js';
import { type Place, within } from './place.js';
import { fromJsonText, isNothing, readStructure, readText } from './read.js';

/** The customer's own values as text: an empty bag when nothing was sent. */
export function readCustomData(value: unknown, place: Place, part: string): Record<string, string> {
  const customData = withoutInheritance<string>({});
  const sent = fromJsonText(value, place, part);
  // A form's CustomData[0] makes a list; in JSON the same bag can be an object of indexes.
  const bag = readStructure(Array.isArray(sent) ? { ...sent } : sent, place, part);
  if (bag === null) return customData;
  const at = within(place, part);
  for (const key of Object.keys(bag)) {
    const own = bag[key];
    if (isNothing(own)) continue;
    // The bag is flat by its definition; a structure in it is kept as its JSON text.
    const text = typeof own === 'object' ? JSON.stringify(own) : readText(own, at, key);
    if (text !== null) customData[key] = text;
  }
  return customData;
}
