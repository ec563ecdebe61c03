import { quote } from '../../model/problem.js';
import type { ByteWindow } from '../byte-window.js';
import type { LineReader, Section } from '../format.js';
import { FrameHead } from './sanitizer-frame-head.js';
import type { Headline } from './sanitizer-headline.js';
import type { KnownSanitizerLines } from './sanitizer-known-lines.js';
import { LeakBytes } from './sanitizer-leak-bytes.js';
import { type Opening, type SanitizerLine, sanitizerLineOf } from './sanitizer-line.js';
import { SanitizerProcess } from './sanitizer-process.js';
import { SanitizerReport } from './sanitizer-report.js';
import { PidPrefix } from './valgrind-prefix.js';

/** Reads the reports of one section, each process by itself. */
export class SanitizerReader implements LineReader {
  private readonly processes = new Map<number | undefined, SanitizerProcess>();
  private report: SanitizerReport | undefined;
  private lastLine = 0;
  private readonly frameHead = new FrameHead();
  private readonly leakBytes = new LeakBytes();
  private readonly prefix = new PidPrefix();

  constructor(
    private readonly section: Section,
    private readonly known: KnownSanitizerLines,
  ) {}

  takeKnown(window: ByteWindow): boolean {
    const { whole } = this.known;
    for (;;) {
      if (this.takeFrame(window) || this.takeLeak(window) || this.takeHeadline(window)) continue;
      const line = whole.find(window, window.position);
      if (!line) return true;
      const taken = this.take(line, window.line);
      if (taken === false) return false;
      window.skipLineTo(whole.next, taken === 'ignored');
    }
  }

  line(text: string, number: number): boolean | 'ignored' {
    return this.take(sanitizerLineOf(text), number);
  }

  end(): void {
    this.report?.end(this.lastLine, true);
    const { processes } = this;
    const nameless = processes.get(undefined);
    const [first, second] = [...processes.values()].filter((process) => process !== nameless);
    if (nameless && first && !second) {
      first.adopt(nameless);
      processes.delete(undefined);
    }
    for (const process of processes.values()) this.section.emit(process.reading());
  }

  private takeFrame(window: ByteWindow): boolean {
    const { frameHead, known, report } = this;
    if (!report || !frameHead.read(window.buffer, window.position)) return false;
    const frame = known.frames.find(window, frameHead.end);
    if (!frame) return false;
    report.frame(frameHead.number, frame.at(frameHead, window.buffer));
    this.lastLine = window.line;
    window.skipLineTo(known.frames.next);
    return true;
  }

  private takeLeak(window: ByteWindow): boolean {
    const { leakBytes } = this;
    const leak = leakBytes.read(window);
    if (!leak) return false;
    this.lastLine = window.line;
    this.reportOfLeaks(window.line).leak(leak, window.line);
    window.skipLineTo(leakBytes.next);
    return true;
  }

  private takeHeadline(window: ByteWindow): boolean {
    const { prefix, known } = this;
    if (!prefix.read(window.buffer, window.position)) return false;
    const headline = known.headlines.find(window, prefix.end);
    if (!headline) return false;
    this.lastLine = window.line;
    this.open({ ...headline, pid: prefix.pid }, window.line);
    window.skipLineTo(known.headlines.next);
    return true;
  }

  private take(line: SanitizerLine, number: number): boolean | 'ignored' {
    const { text, opening } = line;
    this.lastLine = number;
    if (line.isOfValgrind) return false;
    if (opening && opening.type !== 'foreign') {
      this.begin(opening, text, number);
      return true;
    }
    if (!this.report && line.leak) this.reportOfLeaks(number);
    else if (opening) this.goOn(undefined, number);
    const { report } = this;
    const isOwn = report?.line(line, number) ?? false;
    // A rule may belong to the next report's first line.
    if (isOwn || line.isBlank || line.isRule) return report ? true : 'ignored';
    // Behind the report, and where a capture may begin in one that breaks off: whoever knows the line takes it.
    if (report) return report.isOver ? line.isRemark : !line.mayBeginCapture;
    if (!LONE_SUMMARY.test(text)) return false;
    const message = `expected a report before ${quote(text.trim())}, found none`;
    this.section.problem('warning', 'incomplete-log', message, number);
    return true;
  }

  private begin(opening: Exclude<Opening, { type: 'foreign' }>, text: string, line: number): void {
    if (opening.type === 'headline') this.open(opening.headline, line);
    else if (opening.type === 'runtime-error') {
      const process = this.processOf(undefined, line);
      this.goOn(SanitizerReport.ofRuntimeError(opening.told, process, this.section, line), line);
    } else {
      if (opening.pid !== undefined) this.processOf(opening.pid, line);
      const message = `the sanitizer failed and reports nothing more: ${quote(text.trim())}`;
      this.section.problem('warning', 'incomplete-log', message, line);
      this.goOn(undefined, line);
    }
  }

  private open(headline: Headline, line: number): void {
    const process = this.processOf(headline.pid, line);
    if (headline.command !== undefined) process.command ??= headline.command;
    this.goOn(SanitizerReport.of(headline, process, this.section, line), line);
  }

  /** The report to which a leak belongs: its headline may be missing. */
  private reportOfLeaks(line: number): SanitizerReport {
    this.report ??= SanitizerReport.ofLeaks(this.processOf(undefined, line), this.section);
    return this.report;
  }

  private goOn(next: SanitizerReport | undefined, line: number): void {
    this.report?.end(line, false);
    this.report = next;
  }

  private processOf(pid: number | undefined, line: number): SanitizerProcess {
    const known = this.processes.get(pid);
    if (known) return known;
    const process = new SanitizerProcess(pid, { file: this.section.file, line });
    this.processes.set(pid, process);
    return process;
  }
}

const LONE_SUMMARY = /SUMMARY: \w{1,30}Sanitizer: /;
