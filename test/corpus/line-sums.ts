import type { InspectedFile } from '../../src/inspect.js';
import type { LineCounts } from '../../src/model/capture.js';
import type { Comparison } from './difference.js';

/** Adds up what became of the lines of the files in which a format was recognized. */
export class LineSums {
  private readonly sums: LineCounts = { read: 0, used: 0, ignored: 0, reported: 0 };

  /** Checks that a file's lines are accounted for, and adds them. */
  add({ lines, formats }: InspectedFile, comparison: Comparison): void {
    comparison.same('whether lines were counted', formats.length > 0, lines !== undefined);
    if (!lines) return;
    const { read, used, ignored, reported } = lines;
    comparison.same('lines accounted for', read, used + ignored + reported);
    for (const key of ['read', 'used', 'ignored', 'reported'] as const) this.sums[key] += lines[key];
  }

  toString(): string {
    const { read, used, ignored, reported } = this.sums;
    return `lines: ${read} read = ${used} used + ${ignored} ignored by rule + ${reported} reported`;
  }
}
