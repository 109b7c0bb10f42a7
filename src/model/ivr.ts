import type { WireRecord } from '../record.js';
import type { IvrLayer } from './parts.js';
import type { Place } from './place.js';
import { readNumber, readStructures, readText } from './read.js';
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
  if (value === undefined) return [];
  const layers = readStructures(value, place, part, 'a layer', readLayer);
  // They nearly always do, and then there is nothing to sort.
  const inOrder = layers.every((layer, index) => byOrder(layers[index - 1] ?? layer, layer) <= 0);
  return inOrder ? layers : layers.sort(byOrder);
}

function readLayer(layer: WireRecord, at: Place): IvrLayer {
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
