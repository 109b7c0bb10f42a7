const AT_ONCE = 500;

/**
 * A text that is put together of very many pieces. They are joined some hundreds at a time: kept
 * until the end, a million of them take thirty times the text.
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
