import type { Milliseconds } from '../../model/units.js';
import type { ByteWindow } from '../byte-window.js';
import type { LineReader, Section } from '../format.js';
import { InternedLines } from '../interned-lines.js';
import { ParsedLines } from '../parsed-lines.js';
import { BrokenHeads } from './memcheck-broken-heads.js';
import { CutLines, type NumberedLine } from './memcheck-cut-lines.js';
import { isMemcheckStatement, type MemcheckLine, memcheckLineOf } from './memcheck-line.js';
import { LossBytes } from './memcheck-loss-bytes.js';
import { MemcheckProcess } from './memcheck-process.js';
import { parseHeadline } from './sanitizer-headline.js';
import { isMemcheckTitle, PidPrefix, valgrindLine } from './valgrind-prefix.js';

/** What the lines of a run's memcheck logs say. */
export class MemcheckLines {
  /** By what stands behind the prefix. */
  readonly byText = new ParsedLines(memcheckLineOf);
  /** By the bytes there, from the prefix to the end of the line. */
  readonly byBytes = new InternedLines(lineBehindPrefix);
}

/** Undefined: it is not valgrind's line, or may be a sanitizer's headline. */
function lineBehindPrefix(rest: string): MemcheckLine | undefined {
  if (/^\S/.test(rest) || rest.includes('Sanitizer')) return undefined;
  return memcheckLineOf(rest.slice(1));
}

/** Reads the logs of one section, each process by itself: they may write into one file. */
export class MemcheckReader implements LineReader {
  private readonly processes = new Map<number, MemcheckProcess>();
  private latest: MemcheckProcess | undefined;
  private readonly commands = new Set<string>();
  private readonly prefix = new PidPrefix();
  private readonly broken = new BrokenHeads();
  private readonly cut = new CutLines();
  private readonly loss = new LossBytes();

  constructor(
    private readonly section: Section,
    private readonly lines: MemcheckLines,
  ) {}

  takeKnown(window: ByteWindow): boolean {
    const { prefix } = this;
    const { byBytes } = this.lines;
    while (prefix.read(window.buffer, window.position) || prefix.readTimed(window.buffer, window.position)) {
      if (this.takeLoss(window)) continue;
      const line = byBytes.find(window, prefix.end);
      if (!line) return true;
      const taken = this.take(prefix.pid, line, prefix.elapsed, window.line);
      if (taken === false) return false;
      window.skipLineTo(byBytes.next, taken === 'ignored');
    }
    return true;
  }

  line(text: string, number: number): boolean | 'ignored' {
    // A sanitizer's one-line remarks (runtime errors) are program output here; its reports are not.
    if (parseHeadline(text)) return false;
    const line = valgrindLine(text);
    if (line) return this.take(line.pid, this.lines.byText.get(line.text), line.elapsed, number);
    const whole = this.cut.goOn(text, number);
    if (!whole) return this.broken.take(text, number);
    this.takeWhole(whole);
    return true;
  }

  isUnfinished(): boolean {
    return [...this.processes.values()].some(({ isOver }) => !isOver);
  }

  goesOnWith(text: string): boolean {
    const line = valgrindLine(text);
    return line !== undefined && !isMemcheckTitle(line.text) && this.processes.get(line.pid)?.isOver === false;
  }

  end(): void {
    this.settle();
    const { processes, commands } = this;
    for (const process of processes.values()) if (process.command !== undefined) commands.add(process.command);
    for (const process of processes.values()) {
      process.reportIfCut();
      this.emit(process);
    }
  }

  private takeLoss(window: ByteWindow): boolean {
    const { prefix, loss } = this;
    const head = loss.read(window, prefix.end);
    if (!head) return false;
    this.settle();
    const process = this.processOf(prefix.pid) ?? this.open(prefix.pid, window.line);
    if (!process.loss(head, prefix.elapsed, window.line)) return false;
    window.skipLineTo(loss.next);
    return true;
  }

  private take(
    pid: number,
    line: MemcheckLine,
    elapsed: Milliseconds | undefined,
    number: number,
  ): boolean | 'ignored' {
    this.settle();
    const head = this.broken.before(line);
    if (head) this.takeWhole({ pid, line: memcheckLineOf(head.text), elapsed, number: head.number });
    if (!line.isCut) return this.takeWhole({ pid, line, elapsed, number });
    this.cut.hold({ pid, line, elapsed, number });
    return true;
  }

  /** Takes the line that was held for its rest: there is none. */
  private settle(): void {
    const held = this.cut.release();
    if (held) this.takeWhole(held);
  }

  private takeWhole({ pid, line, elapsed, number }: NumberedLine): boolean | 'ignored' {
    let process = this.processOf(pid);
    if (line.isTitle) {
      // The same process with another program, or a second log with the same pid.
      if (process?.titled) {
        this.emit(process);
        process = undefined;
      }
    } else if (line.isOfOtherTool) return false;
    if (!process && !line.isTitle && !isMemcheckStatement(line.text)) return 'ignored';
    (process ?? this.open(pid, number)).line(line, elapsed, number);
    return true;
  }

  private open(pid: number, number: number): MemcheckProcess {
    const process = new MemcheckProcess(pid, this.section, number);
    this.processes.set(pid, process);
    this.latest = process;
    return process;
  }

  /** Most lines are of the process of the line before. */
  private processOf(pid: number): MemcheckProcess | undefined {
    if (this.latest?.pid !== pid) this.latest = this.processes.get(pid);
    return this.latest;
  }

  /** A process without a title of its own is a fork of one that has: the same program, if the log knows just one. */
  private emit(process: MemcheckProcess): void {
    const { commands } = this;
    if (process.command !== undefined) commands.add(process.command);
    const only = commands.size === 1 && !process.titled ? [...commands][0] : undefined;
    this.section.emit(process.end(process.command ?? only));
  }
}
