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
import { ReportStacks } from './sanitizer-stacks.js';

/** What a report is of, and what it may be expected to have. */
interface Kind {
  /** Of a report of an error. */
  readonly error?: MemoryError;
  /** Of leaks: the number of the process's leak check. */
  readonly check?: number;
  /** Where a runtime error happened, if no stack tells. */
  readonly place?: StackFrame;
  readonly hasSummary: boolean;
  readonly prefix?: string;
}

/** One report, from its headline to its SUMMARY: takes its lines and adds what they say to the process. */
export class SanitizerReport {
  private readonly error: MemoryError | undefined;
  private readonly stacks: ReportStacks;
  private leakedBytes = 0;
  private isComplete = false;
  private isReported = false;

  private constructor(
    readonly process: SanitizerProcess,
    private readonly section: Section,
    private readonly kind: Kind,
  ) {
    const { error, prefix = '' } = kind;
    this.error = error;
    this.stacks = new ReportStacks(error, prefix);
    if (error) process.errors.push(error);
  }

  /** Begins the report that a headline tells. */
  static of(headline: Headline, process: SanitizerProcess, section: Section, line: number): SanitizerReport {
    const { tool, message, prefix = '' } = headline;
    if (tool === 'lsan') {
      return new SanitizerReport(process, section, { check: ++process.leakChecks, hasSummary: true, prefix });
    }
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
    return new SanitizerReport(process, section, { error, hasSummary: !WITHOUT_SUMMARY.test(message), prefix });
  }

  /** Begins UndefinedBehaviorSanitizer's report, which by default is one line long. */
  static ofRuntimeError(
    { message, kind, place }: RuntimeError,
    process: SanitizerProcess,
    section: Section,
    line: number,
  ): SanitizerReport {
    const words = message.replace(/^runtime error: /, '');
    const error: MemoryError = {
      tool: 'ubsan',
      kind: kind ?? kindOfRuntimeError(words),
      message,
      ...accessOfRuntimeError(words),
      frames: [],
      related: [],
      origin: { file: section.file, line },
    };
    return new SanitizerReport(process, section, { error, place, hasSummary: false });
  }

  /** Begins a leak report whose headline is missing. */
  static ofLeaks(process: SanitizerProcess, section: Section): SanitizerReport {
    return new SanitizerReport(process, section, { check: process.leakChecks, hasSummary: false });
  }

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
    this.stacks.frame(number, frame);
  }

  /**
   * Whether its last line was met: what follows is the rest of the tool's tables, the program's output, anything. That
   * of a runtime error may be its first.
   */
  get isOver(): boolean {
    return this.isComplete || this.kind.place !== undefined;
  }

  /** The report is over. `isCut`: the log ends here. */
  end(line: number, isCut: boolean): void {
    const { place, hasSummary } = this.kind;
    if (this.error && this.error.frames.length === 0 && place && Object.keys(place).length > 0)
      this.error.frames.push(place);
    if (!isCut || this.isComplete || !hasSummary) return;
    const found = this.error ? 'stacks' : 'leaks';
    this.omission(`expected the report's SUMMARY, found the end of the log: ${found} may be missing`, line);
  }

  /** Takes the first line of a leak. */
  leak(told: LeakHead, line: number): void {
    const { check = 0 } = this.kind;
    const record: LossRecord = {
      tool: 'lsan',
      kind: told.direct ? 'definite' : 'indirect',
      bytes: told.bytes,
      blocks: told.objects,
      frames: [],
      origin: { file: this.section.file, line },
      ...(check > 1 && { check }),
    };
    this.process.leaks.push(record);
    this.leakedBytes += told.bytes;
    this.stacks.begin(record.frames);
  }

  private summary(told: ReportSummary | 'unreadable', line: number): void {
    if (told === 'unreadable') return;
    this.complete();
    const { tool, total, kind } = told;
    if (total !== undefined && !this.error && Number(total) > this.leakedBytes) {
      this.omission(`expected leaks of ${total} bytes, as the tool's SUMMARY says, found ${this.leakedBytes}`, line);
    }
    // ThreadSanitizer's kinds have blanks, and UndefinedBehaviorSanitizer calls them all "undefined-behavior".
    if (kind === undefined || !this.error || this.error.tool === 'tsan' || this.error.tool === 'ubsan') return;
    if (toolOf(tool) === this.error.tool) this.error.kind = kind;
  }

  private complete(): void {
    this.isComplete = true;
    this.stacks.stop();
  }

  private detail(line: SanitizerLine, number: number): void {
    const { text, isBlank, isOmission } = line;
    const { error } = this;
    if (!error) {
      if (isOmission) this.omission(`the tool leaves out leaks: ${quote(text.trim())}`, number);
      else if (isBlank) this.stacks.stop();
      return;
    }
    if (this.isEnd(error, line)) this.complete();
    if (this.isComplete) return;
    if (isBlank) {
      this.stacks.blank();
      return;
    }
    this.stacks.line(text);
    if (error.access !== undefined || error.frames.length > 0) return;
    const { access, size, address } = parseAccess(text) ?? {};
    if (access !== undefined) error.access = access;
    if (size !== undefined) error.size = size;
    if (address !== undefined) error.address ??= address;
  }

  /** Whether a line ends the report of an error, which has no SUMMARY then (print_summary=0). */
  private isEnd({ tool, frames }: MemoryError, { isRule, end }: SanitizerLine): boolean {
    if (frames.length === 0) return false;
    if (tool === 'tsan') return isRule;
    return end !== undefined && (end.pid === undefined ? tool === 'msan' : end.pid === this.process.pid);
  }

  private omission(message: string, line: number): void {
    if (this.isReported) return;
    this.isReported = true;
    this.section.problem('warning', 'incomplete-log', message, line);
  }
}

/** Where the tool warns only, or ends the process at once. */
const WITHOUT_SUMMARY = /^(?:failed to allocate|hard rss limit exhausted)/;
