/** Building, replacing in and slicing long texts, within bounded memory. */

const BATCH_SIZE = 500;

/**
 * Builds a text from very many pieces. They are joined a few hundred at a time, because a million
 * separate pieces take thirty times the memory of the text.
 */
export class Pieces {
  private readonly joined: string[] = [];
  private pieces: string[] = [];

  add(...pieces: string[]): void {
    this.pieces.push(...pieces);
    if (this.pieces.length < BATCH_SIZE) return;
    this.joined.push(this.pieces.join(''));
    this.pieces = [];
  }

  text(): string {
    return this.joined.join('') + this.pieces.join('');
  }
}

/** Shorter texts are left to the engine. */
const LONG = 65_536;

/**
 * Replaces every match. `text.replace` is twice as fast but keeps all matches until it has found
 * the last, so it is not used for long texts, which a hostile sender can fill with matches.
 */
export function replaceMatches(
  text: string,
  pattern: RegExp,
  replacement: (match: string, ...groups: string[]) => string,
): string {
  if (text.length < LONG) return text.replace(pattern, replacement);
  const replaced = new Pieces();
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    const [match, ...groups] = found;
    replaced.add(text.slice(from, found.index), replacement(match, ...groups));
    from = found.index + match.length;
  }
  replaced.add(text.slice(from));
  return replaced.text();
}

/** Parts up to this length are copied: ids, names and numbers, but not a transcript. */
const SHORT = 1024;

/**
 * A part of a text that does not keep the whole in memory. Engines make a slice a view of the
 * whole, so a stored id would retain megabytes of transcript.
 */
export function copySlice(text: string, from: number, end: number): string {
  const part = text.slice(from, end);
  return text.length < LONG || part.length > SHORT ? part : ` ${part}`.slice(1);
}
