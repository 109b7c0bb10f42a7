import { indexedItems, isRecord, type WireRecord } from '../record.js';
import type { Kind, ListKind, Table } from './kind.js';
import { canonicalKey } from './names.js';
import { isNothing } from './nothing.js';
import type { IvrLayer } from './parts.js';
import type { Place } from './place.js';
import { identifier, number, reference, text } from './read.js';
import { listOf } from './structure.js';

/** What was pressed. A lone 0 is sent when nothing was pressed. */
const digits: Kind<string> = { ...reference, nothing: '0' };

/** A menu. */
export const LAYER: Table<IvrLayer> = {
  layerId: ['layer_id', identifier],
  layerName: ['layer_name', text],
  layerNumber: ['layer_number', number],
  digits: ['Dtmf', digits],
  order: ['dtmf_order', number],
};

const LAYER_KEYS = /* @__PURE__ */ new Set(Object.values(LAYER).map(([key]) => canonicalKey(key)));

const layers = /* @__PURE__ */ listOf(LAYER, { expected: 'a layer', split: layersOfColumns });

/** The menus that a caller went through, in order. The list may arrive unsorted. */
export const ivr: ListKind<IvrLayer> = {
  ...layers,
  name: 'layers',
  read(value: unknown, place: Place, key: string | number) {
    const passed = layers.read(value, place, key);
    return passed && !isInOrder(passed) ? passed.sort(byOrder) : passed;
  },
};

function isInOrder(passed: IvrLayer[]): boolean {
  let before: IvrLayer | undefined;
  for (const layer of passed) {
    if (before && byOrder(before, layer) > 0) return false;
    before = layer;
  }
  return true;
}

/** Layers without an order come last, in the order sent. */
function byOrder(a: IvrLayer, b: IvrLayer): number {
  return (a.order ?? Number.MAX_VALUE) - (b.order ?? Number.MAX_VALUE);
}

/** A form that repeats a layer's keys makes columns: lists of equal length, one item per layer. */
function layersOfColumns(sent: WireRecord): WireRecord[] | null {
  if (!hasColumn(sent)) return null;
  const columns = Object.entries(sent)
    .filter(([key, value]) => LAYER_KEYS.has(canonicalKey(key)) && !isNothing(value))
    .map(([key, value]) => [key, columnOf(value)] as const);
  const [[, column] = []] = columns;
  if (!column || columns.some(([, items]) => items?.length !== column.length)) return null;
  return column.map((_, index) =>
    Object.fromEntries(columns.map(([key, items]) => [key, items?.[index]])),
  );
}

function hasColumn(sent: WireRecord): boolean {
  for (const key in sent) if (columnOf(sent[key])) return true; // faster than Object.values
  return false;
}

/**
 * The items of a column; null if it is not one. qs parses a long list to an object keyed by index.
 */
function columnOf(value: unknown): unknown[] | null {
  if (isRecord(value)) return indexedItems(value);
  return Array.isArray(value) ? value : null;
}
