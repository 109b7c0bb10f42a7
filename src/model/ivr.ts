import { isRecord } from '../record.js';
import type { IvrLayer } from './cdr.js';
import {
  member,
  numberIn,
  type Place,
  readList,
  readText,
  reject,
  textIn,
  within,
} from './read.js';

/** The menus that a caller passed, in the order of passing: the list need not arrive sorted. */
export function readIvr(value: unknown, place: Place, part: string): IvrLayer[] {
  const list = within(place, part);
  const layers: IvrLayer[] = [];
  for (const [index, layer] of readList(value, place, part).entries()) {
    if (!isRecord(layer)) {
      reject(layer, list, index, 'a layer');
      continue;
    }
    const at = within(list, index);
    layers.push({
      layerId: textIn(layer, 'layer_id', at),
      layerName: textIn(layer, 'layer_name', at),
      layerNumber: numberIn(layer, 'layer_number', at),
      digits: digitsOf(readText(member(layer, 'Dtmf'), at, 'Dtmf')),
      order: numberIn(layer, 'dtmf_order', at),
    });
  }
  return layers.sort(byOrder);
}

/** A lone 0 is what is sent when nothing was pressed. */
function digitsOf(pressed: string | null): string | null {
  return pressed === '0' ? null : pressed;
}

/** Layers without a place in the order come last, as they were sent. */
function byOrder(a: IvrLayer, b: IvrLayer): number {
  if (a.order === b.order) return 0;
  return a.order !== null && (b.order === null || a.order < b.order) ? -1 : 1;
}
