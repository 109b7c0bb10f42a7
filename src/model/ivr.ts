import { isRecord } from '../record.js';
import type { IvrLayer } from './cdr.js';
import { type Place, reject, within } from './place.js';
import { readList, readNumber, readText } from './read.js';
import { inVendorSpelling, spellingsOf } from './spelling.js';

const SPELLINGS = /* @__PURE__ */ spellingsOf([
  'layer_id',
  'layer_name',
  'layer_number',
  'Dtmf',
  'dtmf_order',
]);

/** The menus that a caller passed, in the order of passing: the list need not arrive sorted. */
export function readIvr(value: unknown, place: Place, part: string): IvrLayer[] {
  const layers: IvrLayer[] = [];
  if (value === undefined) return layers;
  const list = within(place, part);
  let inOrder = true; // as nearly always, and then there is nothing to sort
  for (const [index, layer] of readList(value, place, part).entries()) {
    const read = readLayer(layer, list, index);
    if (read === null) continue;
    const before = layers.at(-1);
    if (before && byOrder(before, read) > 0) inOrder = false;
    layers.push(read);
  }
  return inOrder ? layers : layers.sort(byOrder);
}

function readLayer(layer: unknown, list: Place, index: number): IvrLayer | null {
  if (!isRecord(layer)) return reject(layer, list, index, 'a layer');
  const at = within(list, index);
  const sent = inVendorSpelling(layer, SPELLINGS, at);
  return {
    layerId: readText(sent.layer_id, at, 'layer_id'),
    layerName: readText(sent.layer_name, at, 'layer_name'),
    layerNumber: readNumber(sent.layer_number, at, 'layer_number'),
    digits: digitsOf(readText(sent.Dtmf, at, 'Dtmf')),
    order: readNumber(sent.dtmf_order, at, 'dtmf_order'),
  };
}

/** A lone 0 is what is sent when nothing was pressed. */
function digitsOf(pressed: string | null): string | null {
  return pressed === '0' ? null : pressed;
}

/** Layers without a place in the order come last, as they were sent. */
function byOrder(a: IvrLayer, b: IvrLayer): number {
  return (a.order ?? Number.MAX_VALUE) - (b.order ?? Number.MAX_VALUE);
}
