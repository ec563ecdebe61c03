import type { LossRecord, MemoryError, StackFrame } from '../../model/leaks.js';
import { quote } from '../../model/problem.js';
import type { Section } from '../format.js';
import {
  accessOfRuntimeError,
  addressOfHeadline,
  kindOfHeadline,
  kindOfRuntimeError,
  parseAccess,
} from './sanitizer-error.js';
import { type Headline, type LeakHead, type RuntimeError, toolOf } from './sanitizer-headline.js';
import type { ReportSummary, SanitizerLine } from './sanitizer-line.js';
import type { SanitizerProcess } from './sanitizer-process.js';

/** One report, from its headline to its SUMMARY: takes its lines and adds what they say to the process. */
export class SanitizerReport {
  private readonly error: MemoryError | undefined;
  private readonly isLeakReport: boolean;
  private frames: StackFrame[] | undefined;
  private title: string | undefined;
  private leakedBytes = 0;
  private isComplete = false;
  private isReported = false;

  private constructor(
    readonly process: SanitizerProcess,
    private readonly section: Section,
    error: MemoryError | undefined,
    private readonly hasSummary: boolean,
  ) {
    this.error = error;
    this.isLeakReport = error === undefined;
    this.frames = error?.frames;
    if (error) process.errors.push(error);
  }

  /** Begins the report that a headline tells. */
  static of(headline: Headline, process: SanitizerProcess, section: Section, line: number): SanitizerReport {
    const { tool, message } = headline;
    if (tool === 'lsan') return new SanitizerReport(process, section, undefined, true);
    const error: MemoryError = {
      tool,
      kind: kindOfHeadline(headline),
      message,
      frames: [],
      related: [],
      origin: { file: section.file, line },
    };
    const address = addressOfHeadline(message);
    if (address !== undefined) error.address = address;
    return new SanitizerReport(process, section, error, true);
  }

  /** Begins UndefinedBehaviorSanitizer's report, which by default is one line long. */
  static ofRuntimeError(
    told: RuntimeError,
    process: SanitizerProcess,
    section: Section,
    line: number,
  ): SanitizerReport {
    const error: MemoryError = {
      tool: 'ubsan',
      kind: kindOfRuntimeError(told.message),
      message: `runtime error: ${told.message}`,
      ...accessOfRuntimeError(told.message),
      frames: [],
      related: [],
      origin: { file: section.file, line },
    };
    const report = new SanitizerReport(process, section, error, false);
    report.place = told.line > 0 ? { file: told.file, line: told.line } : { file: told.file };
    return report;
  }

  /** Begins a leak report whose headline is missing. */
  static ofLeaks(process: SanitizerProcess, section: Section): SanitizerReport {
    return new SanitizerReport(process, section, undefined, false);
  }

  /** Where a runtime error happened, if no stack tells. */
  private place: StackFrame | undefined;

  /** Takes a line; true: it is a report's for sure, no title and no remark. */
  line(line: SanitizerLine, number: number): boolean {
    const { frame, leak, summary } = line;
    if (frame) this.frame(frame.number, frame.frame);
    else if (leak) this.leak(leak, number);
    else if (summary !== undefined) this.summary(summary, number);
    else {
      this.detail(line, number);
      return false;
    }
    return true;
  }

  /** Takes a frame, with its number in the stack. */
  frame(number: number, frame: StackFrame): void {
    if (number === 0 && this.error && this.error.frames.length > 0) {
      // Further stacks have a title; one without is not this report's.
      this.frames = undefined;
      if (this.title !== undefined && !this.isComplete) {
        const stack = { title: this.title, frames: [] };
        this.error.related.push(stack);
        this.frames = stack.frames;
      }
    }
    this.title = undefined;
    this.frames?.push(frame);
  }

  /**
   * Whether its last line was met: what follows is the rest of the tool's tables, the program's output, anything. That
   * of a runtime error may be its first.
   */
  get isOver(): boolean {
    return this.isComplete || this.place !== undefined;
  }

  /** The report is over. `isCut`: the log ends here. */
  end(line: number, isCut: boolean): void {
    if (this.error && this.error.frames.length === 0 && this.place) this.error.frames.push(this.place);
    if (!isCut || this.isComplete || !this.hasSummary) return;
    const found = this.isLeakReport ? 'leaks' : 'stacks';
    this.omission(`expected the report's SUMMARY, found the end of the log: ${found} may be missing`, line);
  }

  /** Takes the first line of a leak. */
  leak(told: LeakHead, line: number): void {
    const record: LossRecord = {
      tool: 'lsan',
      kind: told.direct ? 'definite' : 'indirect',
      bytes: told.bytes,
      blocks: told.objects,
      frames: [],
      origin: { file: this.section.file, line },
    };
    this.process.leaks.push(record);
    this.leakedBytes += told.bytes;
    this.frames = record.frames;
  }

  private summary(told: ReportSummary | 'unreadable', line: number): void {
    if (told === 'unreadable') return;
    this.isComplete = true;
    this.frames = undefined;
    const { tool, total, kind } = told;
    if (total !== undefined && this.isLeakReport && Number(total) > this.leakedBytes) {
      this.omission(`expected leaks of ${total} bytes, as the tool's SUMMARY says, found ${this.leakedBytes}`, line);
    }
    // ThreadSanitizer's kinds have blanks, and UndefinedBehaviorSanitizer calls them all "undefined-behavior".
    if (kind === undefined || !this.error || this.error.tool === 'tsan' || this.error.tool === 'ubsan') return;
    if (toolOf(tool) === this.error.tool) this.error.kind = kind;
  }

  private detail({ text, isBlank, isOmission }: SanitizerLine, line: number): void {
    if (this.isLeakReport) {
      if (isOmission) this.omission(`the tool leaves out leaks: ${quote(text.trim())}`, line);
      else if (isBlank) this.frames = undefined;
      return;
    }
    if (!this.error || this.isComplete || isBlank) return;
    this.title = text.trim();
    if (this.error.access !== undefined || this.error.frames.length > 0) return;
    const { access, size, address } = parseAccess(text) ?? {};
    if (access !== undefined) this.error.access = access;
    if (size !== undefined) this.error.size = size;
    if (address !== undefined) this.error.address ??= address;
  }

  private omission(message: string, line: number): void {
    if (this.isReported) return;
    this.isReported = true;
    this.section.problem('warning', 'incomplete-log', message, line);
  }
}
