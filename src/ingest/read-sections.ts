import type { LineCounts } from '../model/capture.js';
import type { ByteWindow } from './byte-window.js';
import { CappedProblems } from './capped-problems.js';
import { CurrentHeader } from './current-header.js';
import type { CaptureFormat } from './format.js';
import { deviceBetweenRules, hostHeaderOf } from './host-header.js';
import { indentationAt } from './indentation.js';
import { InterruptedLogs } from './interrupted-logs.js';
import { LIMITS } from './limits.js';
import { LineTally } from './line-tally.js';
import { type OpenSection, openSection, type SectionedFile, type SectionSink } from './open-section.js';
import { mayNameProcess, ProcessHeaders } from './process-headers.js';
import { HEAD_BYTES, Recognizer, recognizesALine } from './recognizer.js';
import type { RunMemory } from './run-memory.js';
import { datedHeader, isBanner, type SectionHeader, sectionHeaderOf } from './section-header.js';
import type { TextFeed } from './text-feed.js';
import { wrappingOf } from './wrapping.js';

/** What became of a file's text. */
export interface SectionsOutcome {
  /** The formats that were recognized, in the order met, each once. */
  readonly formats: CaptureFormat[];
  /** Lines of no format, where at least one format was recognized. */
  readonly unexplained: { count: number; line: number; text: string };
  readonly lines: LineCounts;
}

/** Rules, dots for what was left out, the fences of Markdown and Jira: nothing is lost with them. */
function mayTell(line: string): boolean {
  return /[\p{L}\p{N}]/u.test(line) && !FENCE.test(line);
}

/** What stands below the line that marks it as code. */
function belowFence(text: string): string {
  const end = text.indexOf('\n');
  return end !== -1 && FENCE.test(text.slice(0, end)) ? text.slice(end + 1) : text;
}

const FENCE = /^\s*(?:```\w*|\{(?:code|noformat)(?::[^}]*)?\})\s*$/;

/** A name stands between two short lines. */
const BELOW_BYTES = 128;
/** By how much of the text its wrapping is judged. */
const WRAPPING_BYTES = 16 * 1024;

/**
 * Cuts a file into sections, asks the formats about each by its content, and lets the one that knows it read it.
 *
 * A section ends at a date line or banner, or where a line is not its format's own and another format recognizes it;
 * other lines in the middle of a section are passed over (and counted, unless the format expects them). Records of an
 * aside do not end the section in which they stand, and a log that another format interrupts may go on behind it. A
 * container says itself what divides it.
 */
export async function readSections(
  file: string,
  feed: TextFeed,
  window: ByteWindow,
  formats: readonly CaptureFormat[],
  run: RunMemory,
  sink: SectionSink,
): Promise<SectionsOutcome> {
  if (await feed.fill(WRAPPING_BYTES)) {
    const wrapping = wrappingOf(window.head(WRAPPING_BYTES), (text) => recognizesALine(formats, text));
    if (wrapping) feed.unwrap(wrapping);
  }
  const problems = new CappedProblems((severity, code, message, line) => {
    sink.problem(severity, code, message, line);
  });
  const above = new CurrentHeader(feed.prefixTimes);
  return new SectionsReading({ file, feed, window, run, sink, problems, above }, formats).outcome();
}

/** One file while it is read. */
class SectionsReading {
  private readonly found: CaptureFormat[] = [];
  private readonly unexplained = { count: 0, line: 0, text: '' };
  private readonly window: ByteWindow;
  private readonly tally: LineTally;
  private readonly recognizer: Recognizer;
  private readonly processes: ProcessHeaders;
  private active: OpenSection | undefined;
  private readonly asides: OpenSection[] = [];
  private readonly interrupted = new InterruptedLogs<OpenSection>();
  /** What the file is a collection of, from here to its end. */
  private container: CaptureFormat | undefined;
  /** What stands behind a log that other lines may stand in: it counts for the next section of another format. */
  private headerBehind: SectionHeader | undefined;
  /** The last line, where it belonged to nothing. */
  private lineBefore: string | undefined;
  /** Whether the last of the unexplained lines has no end. */
  private isCutLine = false;

  constructor(
    private readonly file: SectionedFile,
    formats: readonly CaptureFormat[],
  ) {
    this.window = file.window;
    this.tally = new LineTally(file.window);
    this.recognizer = new Recognizer(formats, file.window, file.problems);
    this.processes = new ProcessHeaders(file.window);
  }

  /** Reads the file to its end, or to where it is clear that no format knows it. */
  async outcome(): Promise<SectionsOutcome> {
    const { window, found, unexplained, tally, recognizer } = this;
    const { feed, problems } = this.file;
    let mayBeKnown = true;
    while (mayBeKnown && (await feed.fill())) {
      this.enterPlace();
      while (window.position < window.end) {
        mayBeKnown = found.length > 0 || window.line <= LIMITS.linesWithoutFormat.value;
        if (!mayBeKnown) break;
        if (this.takeOwnLines()) continue;
        const text = window.peekLine();
        if (text === undefined) break;
        if (text.trim() === '') this.skipBlankLines();
        else {
          const mayBegin = recognizer.mayBegin(text);
          // A format is told by several lines, a header by what stands below it: they may be in the next chunk.
          const isNearEnd = window.end - window.position < HEAD_BYTES;
          if (isNearEnd && (mayBegin || mayNameProcess(text))) await feed.fill(HEAD_BYTES);
          if (this.takeHeader(text)) continue;
          if (mayBegin && this.takeSection(text)) continue;
          if (this.takeDatedLine(text) || this.takeName(text) || this.unindent(text)) continue;
          this.passOver(text);
        }
      }
    }
    if (mayBeKnown) this.end();
    problems.end();
    return { formats: found, unexplained, lines: tally.counts() };
  }

  private enterPlace(): void {
    const { above, feed } = this.file;
    if (above.isIn(feed.place, feed.device)) return;
    const header = above.enter(feed.place, feed.device);
    this.closeInterrupted();
    if (header) this.begin(header);
  }

  /** Lets the open sections take what is theirs. True: an aside took lines, so that what follows may be the other's. */
  private takeOwnLines(): boolean {
    const { window, active, asides } = this;
    const from = window.position;
    active?.lines.take(active.reader);
    const left = window.position;
    if (left > from) this.lineBefore = undefined;
    for (const aside of asides) aside.lines.take(aside.reader);
    return window.position > left;
  }

  private skipBlankLines(): void {
    const { window } = this;
    this.lineBefore = undefined;
    const { line } = window;
    window.skipLine();
    window.skipEmptyLines();
    this.tally.ignore(window.line - line);
  }

  /** Takes a line that stands between sections, if it is one. */
  private takeHeader(text: string): boolean {
    const { container } = this;
    const next = container?.headerOf ? container.headerOf(text) : this.headerOf(text);
    if (next) this.goBelow(next);
    return next !== undefined;
  }

  /** Takes a line that begins with a full time, right above what was sampled then: whatever else it says. */
  private takeDatedLine(text: string): boolean {
    const header = this.container ? undefined : datedHeader(text);
    if (!header || !this.recognizer.beginsSample(belowFence(this.window.below(HEAD_BYTES)))) return false;
    this.goBelow(header);
    return true;
  }

  /**
   * Takes off the indentation of what begins here: code or a quotation far below the beginning of a text. True: the line
   * is another one now.
   */
  private unindent(text: string): boolean {
    const { window, recognizer, container, active } = this;
    if (container || active?.format.interleaved) return false;
    const wrapping = indentationAt(
      text,
      () => window.head(HEAD_BYTES),
      recognizer.mayBegin,
      (head) => recognizer.recognizesStart(head),
    );
    if (wrapping) this.file.feed.unwrap(wrapping);
    return wrapping !== undefined;
  }

  /** Takes a line of /proc/PID/comm or cmdline, where each line tells which file it is from. */
  private takeName(text: string): boolean {
    const { window, file, tally } = this;
    if (!file.above.takesName(text)) return false;
    tally.ignore(1);
    window.skipLine();
    return true;
  }

  /** The line is a header. */
  private goBelow(next: SectionHeader): void {
    const { active } = this;
    if (active?.format.interleaved && !this.container) {
      // Whether it is the program's output is told by what comes next.
      this.headerBehind = { ...this.headerBehind, ...next };
    } else {
      this.lineBefore = undefined;
      this.begin(next);
    }
    this.tally.ignore(1);
    this.window.skipLine();
  }

  private headerOf(text: string): SectionHeader | undefined {
    const header = hostHeaderOf(text) ?? sectionHeaderOf(text);
    // Nearly all are a time and no more.
    if (header?.takenAt !== undefined && !isBanner(text)) return header;
    if (header?.device !== undefined) return header;
    const device = deviceBetweenRules(this.lineBefore, text, () => this.window.below(BELOW_BYTES));
    if (device !== undefined) return { device };
    const process = this.processes.of(text);
    if (!process) return header;
    const merged: SectionHeader = { ...(header ?? datedHeader(text, 'anywhere')), ...process };
    // A path that the line names is the program's then.
    delete merged.path;
    return merged;
  }

  /** Takes the first lines of a section, if a format recognizes one and reads them. */
  private takeSection(text: string): boolean {
    const { window, interrupted } = this;
    const format = this.recognizer.recognize();
    if (!format) return false;
    if (!format.aside) this.leaveFor(format);
    if (format.headerOf) {
      this.container = format;
      this.begin(format.headerOf(text) ?? {});
    }
    const section = interrupted.takeUp(format, text) ?? this.open(format);
    if (format.aside) this.asides.push(section);
    else this.active = section;
    this.lineBefore = undefined;
    const { position } = window;
    section.lines.take(section.reader);
    return window.position > position;
  }

  /** The section that is read ends where one of this format begins. */
  private leaveFor(format: CaptureFormat): void {
    const { active, headerBehind } = this;
    const isOther = format !== active?.format;
    if (active && isOther && !this.container && this.interrupted.keep(active)) this.active = undefined;
    // A log that goes on is of one time and process, whatever stands between its lines.
    if (headerBehind && isOther) this.begin(headerBehind);
    this.closeActive(false);
  }

  private open(format: CaptureFormat): OpenSection {
    const { window, file, found } = this;
    if (!found.includes(format)) {
      found.push(format);
      file.sink.recognized?.(format, window.line, window.peekLine() ?? '');
    }
    return openSection(format, file, this.lineBefore);
  }

  /** A line of no section. */
  private passOver(text: string): void {
    const { window, tally, unexplained } = this;
    const isExpected = this.active?.format.interleaved ?? false;
    if (!isExpected) this.lineBefore = text;
    if (this.container || isExpected || !mayTell(text)) tally.ignore(1);
    else {
      tally.report(1);
      this.isCutLine = !window.hasWholeLine();
      if (unexplained.count++ === 0) Object.assign(unexplained, { line: window.line, text: text.slice(0, 200) });
    }
    window.skipLine();
  }

  private begin(next: SectionHeader): void {
    this.closeActive(false);
    this.headerBehind = undefined;
    this.file.above.begin(next);
  }

  private closeActive(atEndOfFile: boolean): void {
    if (this.active) this.close(this.active, atEndOfFile);
    this.active = undefined;
  }

  private closeInterrupted(): void {
    for (const section of this.interrupted.takeAll()) this.close(section, false);
  }

  private close({ reader, lines }: OpenSection, atEndOfFile: boolean): void {
    reader.end(atEndOfFile);
    this.tally.settle(lines);
  }

  private end(): void {
    const { tally, unexplained, found } = this;
    const last = this.active?.lines;
    this.closeActive(true);
    this.closeInterrupted();
    // The rest of a line where a section broke off: the section has told it.
    if (this.isCutLine && last?.isCutShort && unexplained.count > 0) unexplained.count--;
    for (const aside of this.asides) this.close(aside, true);
    tally.report(this.file.feed.longLines);
    // Where only asides stand, all the rest is what they stand in: a log of other things.
    if (found.every(({ aside }) => aside)) {
      tally.excuse(unexplained.count);
      unexplained.count = 0;
    }
  }
}
