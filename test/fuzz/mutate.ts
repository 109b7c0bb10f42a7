/** One way to break a body. */
export interface Mutation {
  what: string;
  /** The offset, modulo the length of the body. */
  at: number;
  /** How many bytes. */
  length: number;
  /** Which bit of the byte. */
  bit: number;
}

type Break = (
  bytes: Uint8Array,
  from: number,
  mutation: Mutation,
  other: Uint8Array,
) => Uint8Array[];

const BREAKS: Record<string, Break> = {
  flip: (bytes, from, { bit }) => [
    bytes.subarray(0, from),
    bytes.subarray(from, from + 1).map((byte) => byte ^ (1 << bit)),
    bytes.subarray(from + 1),
  ],
  cut: (bytes, from) => [bytes.subarray(0, from)],
  drop: (bytes, from, { length }) => [bytes.subarray(0, from), bytes.subarray(from + length)],
  repeat: (bytes, from, { length }) => [bytes.subarray(0, from + length), bytes.subarray(from)],
  splice: (bytes, from, { at, length }, other) => {
    const start = at % Math.max(1, other.length);
    return [bytes.subarray(0, from), other.subarray(start, start + length), bytes.subarray(from)];
  },
};

/** A body broken in each of these ways; `other` is spliced in. */
export function mutate(bytes: Uint8Array, other: Uint8Array, mutations: Mutation[]): Uint8Array {
  let broken = bytes;
  for (const mutation of mutations) {
    const from = mutation.at % Math.max(1, broken.length);
    const parts = BREAKS[mutation.what]?.(broken, from, mutation, other) ?? [broken];
    broken = new Uint8Array(Buffer.concat(parts));
  }
  return broken;
}
