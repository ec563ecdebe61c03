import type { StackFrame } from '../../model/leaks.js';

/** So many frames are kept. */
const MOST_FRAMES = 20_000;

/**
 * Keeps the frames of a document: equal ones are one object, as a log repeats few frames many times.
 * Frames are not to be changed.
 */
export class XmlFrames {
  private readonly byPlace = new Map<string, StackFrame>();

  known(frame: StackFrame): StackFrame {
    // Functions that were inlined have the address of the one that they are in.
    const place = `${frame.address ?? ''} ${frame.line ?? 0} ${frame.symbol ?? ''}`;
    const known = this.byPlace.get(place);
    if (known && known.file === frame.file && known.module === frame.module && known.symbol === frame.symbol) {
      return known;
    }
    if (this.byPlace.size >= MOST_FRAMES) this.byPlace.clear();
    this.byPlace.set(place, frame);
    return frame;
  }
}
