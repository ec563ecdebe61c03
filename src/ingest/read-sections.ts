import type { LineCounts } from '../model/capture.js';
import { type Problem, type ProblemCode, quote } from '../model/problem.js';
import type { ByteWindow } from './byte-window.js';
import { CappedProblems } from './capped-problems.js';
import { firstLineTest } from './first-lines.js';
import type { CaptureFormat, Reading, Section, SectionReader } from './format.js';
import { InterruptedLogs } from './interrupted-logs.js';
import { LIMITS } from './limits.js';
import { LineTally, SectionLines } from './line-tally.js';
import type { RunMemory } from './run-memory.js';
import { type SectionHeader, sectionHeaderOf } from './section-header.js';
import type { TextFeed } from './text-feed.js';
import { wrappingOf } from './wrapping.js';

/** Who takes what a file says. */
export interface SectionSink {
  /** `round` counts the headers met so far: readings under one header are of one time. */
  reading(format: CaptureFormat, reading: Reading, header: SectionHeader | undefined, round: number): void;
  problem(severity: Problem['severity'], code: ProblemCode, message: string, line: number): void;
  /** A format met for the first time in this file, with the line by which it was. */
  recognized?(format: CaptureFormat, line: number, text: string): void;
}

/** What became of a file's text. */
export interface SectionsOutcome {
  /** The formats that were recognized, in the order met, each once. */
  readonly formats: CaptureFormat[];
  /** Lines of no format, where at least one format was recognized. */
  readonly unexplained: { count: number; line: number; text: string };
  readonly lines: LineCounts;
}

/** A section that is being read. */
interface OpenSection {
  readonly format: CaptureFormat;
  readonly reader: SectionReader;
  readonly lines: SectionLines;
}

/** How much of the text recognizers are shown. */
const HEAD_BYTES = 4096;
/** How much of it the format that was recognized last is shown first. */
const FIRST_LINES_BYTES = 512;
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
  const found: CaptureFormat[] = [];
  const unexplained = { count: 0, line: 0, text: '' };
  const tally = new LineTally(window);
  let header: SectionHeader | undefined;
  let round = 0;
  let place: string | undefined;
  /** The last line, where it belonged to nothing. */
  let lineBefore: string | undefined;
  /** Whether the last of the unexplained lines has no end. */
  let isCutLine = false;
  let active: OpenSection | undefined;
  let lastFormat: CaptureFormat | undefined;
  /** What stands behind a log that other lines may stand in: it counts for the next section of another format. */
  let headerBehind: SectionHeader | undefined;
  const asides: OpenSection[] = [];
  const interrupted = new InterruptedLogs<OpenSection>();
  /** What the file is a collection of, from here to its end. */
  let container: CaptureFormat | undefined;

  const mayBegin = firstLineTest(formats);
  const problems = new CappedProblems((severity, code, message, line) => {
    sink.problem(severity, code, message, line);
  });
  const outcome = (): SectionsOutcome => {
    problems.end();
    return { formats: found, unexplained, lines: tally.counts() };
  };
  const open = (format: CaptureFormat): OpenSection => {
    const lines = new SectionLines(window);
    const above = { header, round };
    const section: Section = {
      file,
      ...(lineBefore !== undefined && { after: lineBefore }),
      ...(header?.takenAt !== undefined && { isTimed: true }),
      paths: run.paths,
      kept: (owner, make) => run.kept(owner, make),
      emit: (reading) => {
        lines.says = true;
        // Where the data breaks off between two VMAs, the snapshot looks whole to its reader.
        const isCut = feed.damage !== undefined && window.position >= window.end && reading.type === 'snapshot';
        const under = format.aside ? { header, round } : above;
        sink.reading(format, isCut ? { ...reading, truncated: true } : reading, under.header, under.round);
      },
      problem: (severity, code, message, line) => {
        lines.problem(code, line);
        problems.add(severity, code, message, line);
      },
    };
    if (!found.includes(format)) {
      found.push(format);
      sink.recognized?.(format, window.line, window.peekLine() ?? '');
    }
    return { format, reader: format.open(section), lines };
  };
  const close = (section: OpenSection | undefined, atEndOfFile: boolean): void => {
    if (!section) return;
    section.reader.end(atEndOfFile);
    tally.settle(section.lines);
  };
  const closeActive = (atEndOfFile: boolean): void => {
    close(active, atEndOfFile);
    active = undefined;
  };
  const closeInterrupted = (): void => {
    for (const section of interrupted.takeAll()) close(section, false);
  };
  const begin = (next: SectionHeader): void => {
    closeActive(false);
    headerBehind = undefined;
    // A banner below a date keeps the date, a date among prefixed lines their place; a new date begins a new round.
    const takenAt = next.takenAt ?? header?.takenAt;
    header = { ...(place !== undefined && placeHeader(place)), ...next, ...(takenAt !== undefined && { takenAt }) };
    round++;
  };

  if (await feed.fill(WRAPPING_BYTES)) {
    const wrapping = wrappingOf(window.head(WRAPPING_BYTES), (text) => recognizesALine(formats, text));
    if (wrapping) feed.unwrap(wrapping);
  }
  while (await feed.fill()) {
    if (feed.place !== place) {
      place = feed.place;
      closeInterrupted();
      if (place !== undefined) begin(placeHeader(place));
    }
    while (window.position < window.end) {
      if (found.length === 0 && window.line > LIMITS.linesWithoutFormat.value) return outcome();
      const from = window.position;
      active?.lines.take(active.reader);
      const left = window.position;
      if (left > from) lineBefore = undefined;
      for (const aside of asides) aside.lines.take(aside.reader);
      if (window.position > left) continue;
      const text = window.peekLine();
      if (text === undefined) break;
      if (text.trim() === '') {
        lineBefore = undefined;
        const blank = window.line;
        window.skipLine();
        window.skipEmptyLines();
        tally.ignore(window.line - blank);
        continue;
      }
      const next = container?.headerOf ? container.headerOf(text) : sectionHeaderOf(text);
      if (next && active?.format.interleaved && !container) {
        // Whether it is the program's output is told by what comes next.
        headerBehind = { ...headerBehind, ...next };
        tally.ignore(1);
        window.skipLine();
        continue;
      }
      if (next) {
        lineBefore = undefined;
        begin(next);
        tally.ignore(1);
        window.skipLine();
        continue;
      }
      let format: CaptureFormat | undefined;
      if (mayBegin(text)) {
        // A format is told by several lines: they may be in the next chunk.
        if (window.end - window.position < HEAD_BYTES) await feed.fill(HEAD_BYTES);
        format = recognize(formats, lastFormat, window, problems);
      }
      if (format) {
        if (!format.aside) {
          const isOther = format !== active?.format;
          if (active && isOther && !container && interrupted.keep(active)) active = undefined;
          // A log that goes on is of one time and process, whatever stands between its lines.
          if (headerBehind && isOther) begin(headerBehind);
          closeActive(false);
        }
        if (format.headerOf) {
          container = format;
          begin(format.headerOf(text) ?? {});
        }
        lastFormat = format;
        const section = interrupted.takeUp(format, text) ?? open(format);
        if (format.aside) asides.push(section);
        else active = section;
        lineBefore = undefined;
        const before = window.position;
        section.lines.take(section.reader);
        if (window.position > before) continue;
      }
      if (!active?.format.interleaved) lineBefore = text;
      if (container || active?.format.interleaved) tally.ignore(1);
      else {
        tally.report(1);
        isCutLine = !window.hasWholeLine();
        if (unexplained.count++ === 0) Object.assign(unexplained, { line: window.line, text: text.slice(0, 200) });
      }
      window.skipLine();
    }
  }
  const last = active?.lines;
  closeActive(true);
  closeInterrupted();
  // The rest of a line where a section broke off: the section has told it.
  if (isCutLine && last?.isCutShort && unexplained.count > 0) unexplained.count--;
  for (const aside of asides) close(aside, true);
  tally.report(feed.longLines);
  // Where only asides stand, all the rest is what they stand in: a log of other things.
  if (found.every(({ aside }) => aside)) {
    tally.excuse(unexplained.count);
    unexplained.count = 0;
  }
  return outcome();
}

/**
 * The format that recognizes the text at the window's position.
 *
 * @param last the format recognized last in this file: a file of many sections mostly goes on as it began, so it is
 *   asked first, and the others, which did not claim its kind of text then, are not asked again
 */
function recognize(
  formats: readonly CaptureFormat[],
  last: CaptureFormat | undefined,
  window: ByteWindow,
  problems: CappedProblems,
): CaptureFormat | undefined {
  // Most sections are like the one before, and told by their first lines.
  if (last?.recognizes(window.head(FIRST_LINES_BYTES))) return last;
  const head = window.head(HEAD_BYTES);
  if (last?.recognizes(head)) return last;
  const first = firstLineOf(head);
  const found = formats.filter((format) => recognizesAtStart(format, first, head));
  if (found.length > 1) {
    const names = found.map(({ id }) => id).join(' and ');
    const text = quote(head.split('\n', 1)[0] ?? '');
    const message = `expected one format, found ${names} for ${text}: not read`;
    problems.add('error', 'ambiguous-format', message, window.line);
    return undefined;
  }
  return found[0];
}

/** The first line is a glance that spares most recognizers the whole: thousands of files begin anew. */
function recognizesAtStart(format: CaptureFormat, first: string, head: string): boolean {
  return (format.firstLine?.test(first) ?? true) && format.recognizes(head);
}

function firstLineOf(text: string): string {
  const newline = text.indexOf('\n');
  return newline === -1 ? text : text.slice(0, newline);
}

/** Whether a format recognizes the text at the beginning of one of its lines. */
function recognizesALine(formats: readonly CaptureFormat[], text: string): boolean {
  for (let at = 0; at !== -1 && at < text.length; at = nextLine(text, at)) {
    const head = text.slice(at, at + HEAD_BYTES);
    const first = firstLineOf(head);
    if (formats.some((format) => recognizesAtStart(format, first, head))) return true;
  }
  return false;
}

function nextLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? -1 : newline + 1;
}

/** `grep -H` names the file of each line: `/proc/2/smaps`. */
function placeHeader(place: string): SectionHeader {
  const pid = /\/proc\/(\d{1,7})\//.exec(place)?.[1];
  return pid === undefined ? { path: place } : { path: place, pid: Number(pid) };
}
