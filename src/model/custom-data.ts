import { emptyRecord } from '../record.js';
import { type Place, within } from './place.js';
import { isNothing, readStructure, readText } from './read.js';

/** The customer's own values as text: an empty bag when nothing was sent. */
export function readCustomData(value: unknown, place: Place, part: string): Record<string, string> {
  const customData = emptyRecord<string>();
  const bag = readStructure(value, place, part);
  if (bag === null) return customData;
  const at = within(place, part);
  for (const key of Object.keys(bag)) {
    const sent = bag[key];
    if (isNothing(sent)) continue;
    // The bag is flat by its definition; a structure in it is kept as its JSON text.
    const text = typeof sent === 'object' ? JSON.stringify(sent) : readText(sent, at, key);
    if (text !== null) customData[key] = text;
  }
  return customData;
}
