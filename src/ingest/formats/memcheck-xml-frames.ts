import type { StackFrame } from '../../model/leaks.js';
import { assignKnown } from '../../model/vma-table.js';

/** So many frames, and so many different words in them, are kept for comparison. */
const MOST_KEPT = 50_000;

/**
 * Keeps the frames of a document: equal ones are one object, as a log repeats few frames many times.
 * Frames are not to be changed.
 */
export class XmlFrames {
  private readonly byPlace = new Map<string, StackFrame>();
  private readonly words = new Map<string, string>();

  known(frame: StackFrame): StackFrame {
    // Functions that were inlined have the address of the one that they are in.
    const place = `${frame.address ?? ''} ${frame.line ?? 0} ${frame.symbol ?? ''}`;
    const known = this.byPlace.get(place);
    if (known && known.file === frame.file && known.module === frame.module && known.symbol === frame.symbol) {
      return known;
    }
    const { symbol, file, line, module, address } = frame;
    const own = assignKnown<StackFrame>(
      {},
      { symbol: this.own(symbol), file: this.own(file), line, module: this.own(module), address },
    );
    if (this.byPlace.size >= MOST_KEPT) this.byPlace.clear();
    this.byPlace.set(ownCopy(place), own);
    return own;
  }

  private own(word: string | undefined): string | undefined {
    if (word === undefined) return undefined;
    let own = this.words.get(word);
    if (own === undefined) {
      own = ownCopy(word);
      if (this.words.size >= MOST_KEPT) this.words.clear();
      this.words.set(own, own);
    }
    return own;
  }
}

/** The same text, apart from the one that it was cut out of: that would stay in memory as a whole. */
function ownCopy(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
