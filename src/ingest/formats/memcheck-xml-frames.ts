import type { StackFrame } from '../../model/leaks.js';
import { assignKnown } from '../../model/vma-table.js';

/** So many addresses, and so many different words in them, are kept for comparison. */
const MOST_KEPT = 50_000;
const MOST_AT_ADDRESS = 8;

/**
 * Keeps the frames of a document: equal ones are one object, as a log repeats few frames many times.
 * Frames are not to be changed.
 */
export class XmlFrames {
  /** Functions that were inlined have the address of the one that they are in. */
  private readonly byAddress = new Map<string | undefined, StackFrame[]>();
  private readonly words = new Map<string, string>();

  known(frame: StackFrame): StackFrame {
    const there = this.byAddress.get(frame.address) ?? [];
    for (const known of there) if (areEqual(known, frame)) return known;
    const { symbol, file, line, module, address } = frame;
    const own = assignKnown<StackFrame>(
      {},
      { symbol: this.own(symbol), file: this.own(file), line, module: this.own(module), address },
    );
    if (this.byAddress.size >= MOST_KEPT) this.byAddress.clear();
    if (there.length >= MOST_AT_ADDRESS) there.length = 0;
    there.push(own);
    this.byAddress.set(address, there);
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

function areEqual(a: StackFrame, b: StackFrame): boolean {
  return a.line === b.line && a.symbol === b.symbol && a.file === b.file && a.module === b.module;
}

/** The same text, apart from the one that it was cut out of: that would stay in memory as a whole. */
function ownCopy(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
