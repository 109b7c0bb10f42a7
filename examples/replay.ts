import { createReadStream } from 'node:fs';
import { type Cdr, type ParseOptions, parseCdrs } from 'voicenter-cdr';

interface ReplayOptions extends ParseOptions {
  /** The content type of every body. Without it, each body's format is detected. */
  contentType?: string;
  /** The first and last byte to read, for a worker that takes part of the lines. */
  start?: number;
  end?: number;
}

/** Streams a file of bodies, one per line. Only one line is in memory at a time. */
export async function* replay(
  file: string,
  replayOptions: ReplayOptions = {},
): AsyncGenerator<Cdr> {
  const { contentType, start, end, ...options } = replayOptions;
  for await (const line of linesOf(createReadStream(file, { start, end }))) {
    for (const result of parseCdrs(line, contentType, options)) {
      if (result.success) yield result.data;
      else console.error(result.error.message);
    }
  }
}

const LINE_FEED = 0x0a;

/** Splits only at \n. readline would also split at U+2028, which a text may contain. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      yield* nonEmpty([...begun, chunk.subarray(start, end)]);
      begun = [];
      start = end + 1;
    }
    begun.push(chunk.subarray(start));
  }
  yield* nonEmpty(begun);
}

const CARRIAGE_RETURN = 0x0d;

function* nonEmpty(parts: Buffer[]): Generator<Buffer> {
  const line = Buffer.concat(parts);
  const length = line.at(-1) === CARRIAGE_RETURN ? line.length - 1 : line.length;
  if (length > 0) yield line.subarray(0, length);
}
