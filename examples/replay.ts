import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Cdr, safeParseCdr } from 'voicenter-cdr';

/**
 * Reads a file of bodies, one a line, as a stream: of any size, in the memory of one. `range` is
 * for a worker that takes a part of the lines.
 */
export async function* replay(
  file: string,
  range?: { start: number; end: number },
): AsyncGenerator<Cdr> {
  for await (const line of createInterface(createReadStream(file, range))) {
    const result = safeParseCdr(line);
    if (result.success) yield result.data;
    else console.error(result.error.message);
  }
}
