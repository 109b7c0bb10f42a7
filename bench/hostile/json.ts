/** Hostile bodies in JSON. */
import { fill, json } from '../growing.js';
import { digits, type HostileShape, ITEMS, inFourFields, list, utf16 } from './shape.js';

const ai = (inner: string) => json(`"aiData":{${inner}}`);

const asText = (text: string) => JSON.stringify(text);

/** The same JSON text in each field that takes a list. */
function textInFourFields(size: number, item: string): string {
  const text = asText(list(size / 4, item));
  const { IVR, aiData } = inFourFields(text);
  return json(`"IVR":${IVR},"aiData":${aiData}`);
}

/** JSON text inside JSON text, nested so many times. */
const textOfText = (text: string, times: number): string =>
  times === 0 ? text : textOfText(asText(text), times - 1);

/** JSON text inside JSON text, nested as deeply as the size allows. */
function deepestText(size: number): string {
  let text = '[{}]';
  for (let next = text; next.length < size; next = asText(text)) text = next;
  return text;
}

/** A key in mixed case with underscores, spelled differently for each index. */
function respelled(key: string, index: number): string {
  const underscores = '_'.repeat((index >> key.length) % 5);
  return Array.from(key, (letter, at) => (index & (1 << at) ? letter.toUpperCase() : letter)).join(
    underscores,
  );
}

/** Bytes inside a record's text. */
const bytesInText = (size: number, bytes: string) => {
  const [before = '', after = ''] = json('"x":"|"').split('|');
  const text = Buffer.alloc(size, Buffer.from(bytes, 'hex'));
  return Buffer.concat([Buffer.from(before), text, Buffer.from(after)]);
};

const IN_LISTS: HostileShape[] = ITEMS.flatMap((item) => [
  { what: `json, text in four fields: ${item}`, make: (n) => textInFourFields(n, item) },
  { what: `json, IVR: ${item}`, make: (n) => json(`"IVR":${list(n, item)}`) },
  { what: `json, unknown: ${item}`, make: (n) => json(`"x":${list(n, item)}`) },
]);

export const JSON_SHAPES: HostileShape[] = [
  ...IN_LISTS,
  {
    what: 'json, text of text of text',
    make: (n) => json(`"IVR":${textOfText(list(n / 15, '{}'), 4)}`),
  },
  {
    what: 'json, ever more text of text',
    make: (n) => json(`"IVR":${deepestText(n)}`),
  },
  {
    what: 'json, columns of layers',
    make: (n) => json(`"IVR":{"layer_id":${list(n / 2, '1')},"layer_name":${list(n / 2, '1')}}`),
  },
  {
    what: 'json, small columns of layers',
    make: (n) => json(`"IVR":${list(n, '{"Dtmf":[1,1,1,1,1,1,1,1]}')}`),
  },
  {
    what: 'json, answers of JSON text',
    make: (n) =>
      ai(`"insights":{"questions":${list(n, '{"data_type":4,"answer":"[[],[],[],[],[],[]]"}')}}`),
  },
  {
    what: 'json, answers that are broken JSON text',
    make: (n) => ai(`"insights":{"questions":${list(n, '{"data_type":6,"answer":"{"}')}}`),
  },
  {
    what: 'json, traits',
    make: (n) =>
      ai(`"insights":{"participants":{"caller":{"personality_traits":${list(n, '{}')}}}}`),
  },
  {
    what: 'json, custom data of many keys',
    make: (n) => json(`"CustomData":{${fill(n, (i) => `"${digits(i)}":1`, ',')}}`),
  },
  {
    what: 'json, custom data of structures',
    make: (n) => json(`"CustomData":{${fill(n, (i) => `"${digits(i)}":{}`, ',')}}`),
  },
  {
    what: 'json, custom data as a list of broken JSON text',
    make: (n) => json(`"CustomData":${list(n, '"{"')}`),
  },
  {
    what: 'json, one value in very many spellings of a key',
    make: (n) => json(fill(n, (i) => `"${respelled('callerextensionname', i)}":"x"`, ',')),
  },
  {
    what: 'json, wrong values in very many spellings of a key',
    make: (n) => json(fill(n, (i) => `"${respelled('seconds_waiting', i)}_in_queue":[{}]`, ',')),
  },
  {
    what: 'json, keys of _',
    make: (n) => json(fill(n, (i) => `"${'_'.repeat(1 + (i % 40))}${i}":1`, ',')),
  },
  {
    what: 'json, distinct short keys',
    make: (n) => json(fill(n, (i) => `"${i.toString(36)}":1`, ',')),
  },
  {
    what: 'json, distinct short keys, none required',
    make: (n) => `{${fill(n, (i) => `"a${i.toString(36)}":1`, ',')}}`,
  },
  {
    what: 'json, long keys',
    make: (n) => json(fill(n, (i) => `"${digits(i).repeat(10)}":1`, ',')),
  },
  { what: 'json, a list for a text', make: (n) => json(`"caller":${list(n, '1')}`) },
  { what: 'json, lists for a text', make: (n) => json(`"caller":${list(n, '[[1]]')}`) },
  { what: 'json, huge numbers', make: (n) => json(`"x":${list(n, '9007199254740993')}`) },
  { what: 'json, huge exponents', make: (n) => json(`"x":${list(n, '1e999')}`) },
  { what: 'json, one huge number', make: (n) => json(`"time":${'9'.repeat(n)}`) },
  {
    what: 'json, control characters in one id',
    make: (n) => json(`"did":"${'\\u0001a'.repeat(n / 7)}"`),
  },
  {
    what: 'json, control characters in a text',
    make: (n) => json(`"did":"${'\\na'.repeat(n / 3)}"`),
  },
  {
    what: 'json, an id of marks of direction',
    make: (n) => json(`"caller":"${'\u200f'.repeat(n / 3)}"`),
  },
  { what: 'json, a type of _', make: (n) => json(`"TYPE":"${'_'.repeat(n)}"`) },
  { what: 'json, a status of _', make: (n) => json(`"status":"A${'_'.repeat(n)}"`) },
  {
    what: 'json, an id of control characters',
    make: (n) => json(`"IvrUniqueId":"${'\\n'.repeat(n / 2)}a"`),
  },
  { what: 'json, an address', make: (n) => json(`"record":"http://a${'/'.repeat(n)}"`) },
  { what: 'json, a price of digits', make: (n) => json(`"price":"${'1'.repeat(n)}"`) },
  { what: 'json, text in UTF-16', make: (n) => utf16(json(`"x":"${'\u05e9'.repeat(n / 2)}"`)) },
  { what: 'json, items in UTF-16', make: (n) => utf16(json(`"IVR":${list(n / 2, '{}')}`)) },
  {
    what: 'json, text in a guessed charset',
    make: (n) => bytesInText(5 * Math.floor(n / 5), 'f9ece5ed20'),
  },
  {
    what: 'json, distinct fields in a guessed charset',
    make: (n) =>
      Buffer.from(
        json(fill(n, (i) => `"${digits(i)}\u00e9":"\u00f9\u00ec\u00e5\u00ed"`, ',')),
        'latin1',
      ),
  },
  {
    what: 'json, broken UTF-8',
    make: (n) => bytesInText(5 * Math.floor(n / 5), 'd7a9d7a920'),
  },
  {
    what: 'json, parsed: distinct fields',
    isParsed: true,
    make: (n) => json(fill(n, (i) => `"${digits(i)}":1`, ',')),
  },
  { what: 'json, parsed: layers {}', isParsed: true, make: (n) => json(`"IVR":${list(n, '{}')}`) },
  { what: 'json, parsed: lists', isParsed: true, make: (n) => json(`"x":${list(n, '[]')}`) },
  {
    what: 'json, parsed: brackets',
    isParsed: true,
    make: (n) => json(fill(n, (i) => `"IVR[${i}][layer_id]":1`, ',')),
  },
  {
    what: 'json, parsed: text in four fields',
    isParsed: true,
    make: (n) => textInFourFields(n, '{}'),
  },
  { what: 'json, parsed: text', isParsed: true, make: (n) => json(`"x":"${'x'.repeat(n)}"`) },
];
