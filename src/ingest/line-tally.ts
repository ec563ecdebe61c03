import type { LineCounts } from '../model/capture.js';
import type { ProblemCode } from '../model/problem.js';
import type { ByteWindow } from './byte-window.js';
import type { SectionReader } from './format.js';

/**
 * Counts what becomes of the lines of one file. The driver tells who takes lines off the window; a section's lines are
 * settled when it is over, since only then it is known whether it said anything.
 */
export class LineTally {
  private used = 0;
  private ignored = 0;
  private reported = 0;

  constructor(private readonly window: ByteWindow) {
    window.ignored = 0;
  }

  /** A section is over. */
  settle(lines: SectionLines): void {
    this.ignored += lines.ignored;
    const { taken, unreadable } = lines;
    if (lines.says) {
      this.used += taken - unreadable;
      this.reported += unreadable;
    } else if (lines.hasProblem) this.reported += taken;
    else this.ignored += taken;
  }

  /** A line of no section, left out by rule. */
  ignore(count: number): void {
    this.ignored += count;
  }

  /** A line of no section, told by a problem. */
  report(count: number): void {
    this.reported += count;
  }

  /** Lines that were counted as told by a problem, and are after all no matter for one. */
  excuse(count: number): void {
    this.reported -= count;
    this.ignored += count;
  }

  counts(): LineCounts {
    return { read: this.window.line - 1, used: this.used, ignored: this.ignored, reported: this.reported };
  }
}

/** The lines of one section. */
export class SectionLines {
  /** Whether the section made a statement. */
  says = false;
  hasProblem = false;
  /** Whether the section told that it breaks off. */
  isCutShort = false;
  ignored = 0;
  private all = 0;
  private bad = 0;
  private lastBad = 0;

  constructor(private readonly window: ByteWindow) {}

  /** Lets a reader of this section take lines. */
  take(reader: SectionReader): void {
    const { window } = this;
    const { line, ignored } = window;
    reader.read(window);
    this.all += window.line - line;
    this.ignored += window.ignored - ignored;
  }

  /** The section reports a problem at a line. */
  problem(code: ProblemCode, line: number): void {
    this.hasProblem = true;
    if (code === 'truncated-capture' || code === 'incomplete-log') this.isCutShort = true;
    if (code !== 'bad-value' || line === this.lastBad) return;
    this.bad++;
    this.lastBad = line;
  }

  /** Lines of which something is used, if the section says anything. */
  get taken(): number {
    return this.all - this.ignored;
  }

  get unreadable(): number {
    return Math.min(this.bad, this.taken);
  }
}
