import {
  fingerprintOf,
  type MemoryError,
  type RelatedStack,
  type StackFrame,
  type ToolSummary,
} from '../../model/leaks.js';
import type { Origin } from '../../model/origin.js';
import { quote } from '../../model/problem.js';
import type { Milliseconds } from '../../model/units.js';
import type { Reading, Section } from '../format.js';
import type { ErrorHead } from './memcheck-error.js';
import { LeakChecks } from './memcheck-leak-checks.js';
import type { DetailStatement, MemcheckLine, MemcheckStatement } from './memcheck-line.js';
import type { LossHead, Totals } from './memcheck-loss-record.js';
import { addressesOf, LossRecords } from './memcheck-loss-records.js';

/** What memcheck says of one process: takes its lines, in order, and gives what they amount to. */
export class MemcheckProcess {
  command: string | undefined;
  /** Whether the log has memcheck's title for it: a forked child has none, nor has a log made with -q. */
  titled = false;
  private readonly origin: Origin;
  private lastLine: number;
  private readonly losses = new LossRecords();
  private readonly errors: MemoryError[] = [];
  private readonly totals: Totals = {};
  private readonly checks = new LeakChecks();
  private totalsLine: number | undefined;
  /** Since the start, when the first total of its end was printed: until then the program ran. */
  private elapsed: Milliseconds | undefined;
  private hasSummary = false;
  private endedOnError = false;
  private error: MemoryError | undefined;
  private frames: StackFrame[] | undefined;
  private title: string | undefined;
  private commandIsNext = false;
  /** Below "1 errors in context 2 of 6:" stands an error that was printed when it happened. */
  private isRepeat = false;
  private signatures: Set<string> | undefined;

  constructor(
    readonly pid: number,
    private readonly section: Section,
    line: number,
  ) {
    this.origin = { file: section.file, line };
    this.lastLine = line;
  }

  /** Whether its last line was printed: ERROR SUMMARY, which until valgrind 3.4 came before the leak check. */
  get isOver(): boolean {
    return this.totals.errors !== undefined;
  }

  /** Whether totals of its end were printed; until 3.4 ERROR SUMMARY was the first of them, now it is HEAP SUMMARY. */
  private get isEnding(): boolean {
    return this.totals.errors !== undefined || this.totals.inUseAtExit !== undefined;
  }

  /** Takes a line of this process. */
  line(line: MemcheckLine, elapsed: Milliseconds | undefined, number: number): void {
    this.meet(elapsed, number);
    if (line.frame) this.frame(line.frame);
    else this.statement(line, number);
  }

  /** Takes the first line of a loss record; false: what stands there is the command. */
  loss(head: LossHead, elapsed: Milliseconds | undefined, number: number): boolean {
    if (this.commandIsNext) return false;
    this.meet(elapsed, number);
    this.lossRecord(head, number);
    return true;
  }

  /** The log is over: what was said, as one reading. */
  end(command: string | undefined): Reading {
    this.closeBlock();
    const checks = this.checks.all();
    const summary: ToolSummary = {
      tool: 'memcheck',
      pid: this.pid,
      ...this.totals,
      ...(this.elapsed === undefined ? {} : { runTime: this.elapsed }),
      ...(checks && { checks }),
      origin: { file: this.section.file, line: this.totalsLine ?? this.origin.line },
    };
    return {
      type: 'diagnosis',
      says: command === undefined ? { pid: this.pid } : { pid: this.pid, command },
      origin: this.origin,
      leaks: this.losses.all(),
      errors: this.errors,
      summaries: this.totalsLine === undefined ? [] : [summary],
    };
  }

  /** Reports a log that stops without any summary: what it does not say is not known, and not zero. */
  reportIfCut(): void {
    if (!this.titled || this.hasSummary) return;
    const message = this.endedOnError
      ? `expected memcheck's summary of process ${this.pid}, found that it ended at its first error (--exit-on-first-error=yes)`
      : `expected memcheck's summary of process ${this.pid}, found the end of its log: it was killed or the log is cut`;
    this.section.problem('warning', 'incomplete-log', message, this.lastLine);
  }

  private meet(elapsed: Milliseconds | undefined, number: number): void {
    if (!this.isEnding) this.elapsed = elapsed;
    this.lastLine = number;
  }

  private frame(frame: StackFrame): void {
    if (this.title !== undefined && this.error && this.error.frames.length > 0) {
      const stack: RelatedStack = { title: this.title, frames: [] };
      this.error.related.push(stack);
      this.frames = stack.frames;
    }
    // A remark before the first frame ("Access not within mapped region") is no title of a further stack.
    this.title = undefined;
    this.frames?.push(frame);
  }

  private statement({ body, statement }: MemcheckLine, line: number): void {
    if (statement.type === 'blank') this.closeBlock();
    else if (this.commandIsNext) {
      this.command = body;
      this.commandIsNext = false;
    } else if (statement.type === 'detail') this.detail(body, statement);
    else if (statement.type === 'totals') this.total(statement.totals, body, line);
    else if (statement.type === 'loss-record') this.lossStatement(statement.head, body, line);
    else if (statement.type === 'error') this.errorHead(statement.head, line);
    else this.remark(statement, body, line);
  }

  private lossStatement(head: LossHead | undefined, body: string, line: number): void {
    if (head) {
      this.lossRecord(head, line);
      return;
    }
    this.closeBlock();
    this.section.problem('warning', 'bad-value', `expected a loss record, found ${quote(body)}`, line);
  }

  private lossRecord(head: LossHead, line: number): void {
    this.closeBlock();
    this.frames = this.losses.begin(head, { file: this.section.file, line }, this.isOver);
  }

  private total(totals: Totals | 'unreadable', body: string, line: number): void {
    if (totals === 'unreadable') {
      this.section.problem('warning', 'bad-value', `expected a total of memcheck's, found ${quote(body)}`, line);
      return;
    }
    if (totals.errors !== undefined || totals.definite !== undefined) {
      this.closeBlock();
      this.hasSummary = true;
    }
    if (totals.definite !== undefined) {
      this.losses.endCheck();
      this.totalsLine = line;
    }
    // The check at the end comes below HEAP SUMMARY, when the program has freed what it keeps.
    if (!this.isEnding) this.checks.take(totals, this.elapsed, line);
    this.totalsLine ??= line;
    Object.assign(this.totals, totals);
  }

  private errorHead(head: ErrorHead, line: number): void {
    this.closeBlock();
    this.error = { tool: 'memcheck', ...head, frames: [], related: [], origin: { file: this.section.file, line } };
    this.frames = this.error.frames;
  }

  /** Lines that stand for themselves. */
  private remark(statement: MemcheckStatement, body: string, line: number): void {
    if (statement.type === 'title') this.titled = true;
    else if (statement.type === 'command') this.command = statement.command;
    else if (statement.type === 'command-follows') this.commandIsNext = true;
    else if (statement.type === 'omission') {
      const message = `memcheck leaves out errors from here on: ${quote(body)}`;
      this.section.problem('warning', 'incomplete-log', message, line);
    } else {
      this.closeBlock();
      if (statement.type === 'repeat') this.isRepeat = true;
      else if (statement.type === 'exit-on-error') this.endedOnError = true;
    }
  }

  /** A further line of an error: it may name the address, or be the title of the next stack. */
  private detail(body: string, { reason, address }: DetailStatement): void {
    if (!this.error) return;
    this.title = body;
    if (reason !== undefined && this.error.kind === 'fatal-signal') this.error.reason = reason;
    if (address !== undefined) this.error.address ??= address;
  }

  private closeBlock(): void {
    const { error } = this;
    this.error = undefined;
    this.frames = undefined;
    this.title = undefined;
    if (error && !((this.isRepeat || this.isOver) && this.wasPrinted(error))) {
      this.errors.push(error);
      this.signatures?.add(signatureOf(error));
    }
    if (error) this.isRepeat = false;
  }

  private wasPrinted(error: MemoryError): boolean {
    this.signatures ??= new Set(this.errors.map(signatureOf));
    return this.signatures.has(signatureOf(error));
  }
}

function signatureOf(error: MemoryError): string {
  return `${error.message}\n${fingerprintOf(error.frames)}\n${addressesOf(error.frames)}`;
}
