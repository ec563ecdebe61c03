/**
 * Keeps what lines tell by their text: a log repeats few lines many times, and equal ones are one object. What is kept
 * is not to be changed; its amount is bounded.
 */
export class ParsedLines<T> {
  private readonly known = new Map<string, T>();

  /** @param most so many texts are kept before all are forgotten */
  constructor(
    private readonly parse: (text: string) => T,
    private readonly most = 20_000,
  ) {}

  get(text: string): T {
    let parsed = this.known.get(text);
    if (parsed === undefined) {
      parsed = this.parse(text);
      if (text.length > 1000) return parsed;
      if (this.known.size >= this.most) this.known.clear();
      this.known.set(text, parsed);
    }
    return parsed;
  }
}
