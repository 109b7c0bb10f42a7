/** Texts of very many pieces, and parts of long ones, within bounds of memory. */

const AT_ONCE = 500;

/**
 * A text that is put together of very many pieces. They are joined some hundreds at a time: as long
 * as each stands alone, a million of them take thirty times the memory of the text.
 */
export class Pieces {
  private readonly joined: string[] = [];
  private pieces: string[] = [];

  add(...pieces: string[]): void {
    this.pieces.push(...pieces);
    if (this.pieces.length < AT_ONCE) return;
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
 * As `text.replace` of every match, which is twice as fast, but holds all matches until it has found
 * the last: not for a long text, which a hostile sender can fill with them.
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

/** Up to this length a part is copied: ids, names and numbers, not a transcript. */
const SHORT = 1024;

/**
 * A part of a text that does not keep the text alive. An engine makes of a part a view of the whole:
 * an id that is kept would hold the megabytes of a transcript.
 */
export function copySlice(text: string, from: number, end: number): string {
  const part = text.slice(from, end);
  return text.length < LONG || part.length > SHORT ? part : ` ${part}`.slice(1);
}
