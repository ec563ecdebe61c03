import { type Problem, type ProblemCode, quote } from '../model/problem.js';
import type { ByteWindow } from './byte-window.js';
import type { CaptureFormat, Reading, Section, SectionReader } from './format.js';
import type { RunMemory } from './run-memory.js';
import { type SectionHeader, sectionHeaderOf } from './section-header.js';
import type { TextFeed } from './text-feed.js';

/** Who takes what a file says. */
export interface SectionSink {
  /** `round` counts the headers met so far: readings under one header are of one time. */
  reading(format: CaptureFormat, reading: Reading, header: SectionHeader | undefined, round: number): void;
  problem(severity: Problem['severity'], code: ProblemCode, message: string, line: number): void;
}

/** What became of a file's text. */
export interface SectionsOutcome {
  /** The formats that were recognized, in the order met, each once. */
  readonly formats: CaptureFormat[];
  /** Lines of no format, where at least one format was recognized. */
  readonly unexplained: { count: number; line: number; text: string };
}

/** A text in which no format was recognized so far is given up after this many lines. */
const LINES_WITHOUT_FORMAT = 200_000;

/**
 * Cuts a file into sections, asks the formats about each by its content, and lets the one that knows it read it.
 *
 * A section ends at a date line or banner, or where a line is not its format's own and another format recognizes it;
 * other lines in the middle of a section are passed over (and counted, unless the format expects them).
 */
export async function readSections(
  file: string,
  feed: TextFeed,
  window: ByteWindow,
  formats: readonly CaptureFormat[],
  run: RunMemory,
  sink: SectionSink,
): Promise<SectionsOutcome> {
  const outcome: SectionsOutcome = { formats: [], unexplained: { count: 0, line: 0, text: '' } };
  let header: SectionHeader | undefined;
  let round = 0;
  let place: string | undefined;
  /** The last line, where it belonged to nothing. */
  let lineBefore: string | undefined;
  let active: { readonly format: CaptureFormat; readonly reader: SectionReader } | undefined;

  const open = (format: CaptureFormat): void => {
    const section: Section = {
      file,
      ...(lineBefore !== undefined && { after: lineBefore }),
      paths: run.paths,
      kept: (owner, make) => run.kept(owner, make),
      emit: (reading) => {
        sink.reading(format, reading, header, round);
      },
      problem: (severity, code, message, line) => {
        sink.problem(severity, code, message, line);
      },
    };
    if (!outcome.formats.includes(format)) outcome.formats.push(format);
    active = { format, reader: format.open(section) };
  };
  const close = (atEndOfFile: boolean): void => {
    active?.reader.end(atEndOfFile);
    active = undefined;
  };
  const begin = (next: SectionHeader): void => {
    close(false);
    // A banner below a date keeps the date, a date among prefixed lines their place; a new date begins a new round.
    const takenAt = next.takenAt ?? header?.takenAt;
    header = { ...(place !== undefined && placeHeader(place)), ...next, ...(takenAt !== undefined && { takenAt }) };
    round++;
  };

  while (await feed.fill()) {
    if (feed.place !== place) {
      place = feed.place;
      if (place !== undefined) begin(placeHeader(place));
    }
    while (window.position < window.end) {
      if (outcome.formats.length === 0 && window.line > LINES_WITHOUT_FORMAT) return outcome;
      const from = window.position;
      if (active) active.reader.read(window);
      if (window.position > from) lineBefore = undefined;
      const text = window.peekLine();
      if (text === undefined) break;
      if (text.trim() === '') {
        lineBefore = undefined;
        window.skipLine();
        window.skipEmptyLines();
        continue;
      }
      const next = active?.format.interleaved ? undefined : sectionHeaderOf(text);
      if (next) {
        lineBefore = undefined;
        begin(next);
        window.skipLine();
        continue;
      }
      const format = recognize(formats, window, sink);
      if (format) {
        close(false);
        open(format);
        lineBefore = undefined;
        const before = window.position;
        (active as unknown as { reader: SectionReader }).reader.read(window);
        if (window.position > before) continue;
      }
      if (!active?.format.interleaved) {
        const { unexplained } = outcome;
        if (unexplained.count++ === 0) Object.assign(unexplained, { line: window.line, text: text.slice(0, 200) });
        lineBefore = text;
      }
      window.skipLine();
    }
  }
  close(true);
  return outcome;
}

function recognize(
  formats: readonly CaptureFormat[],
  window: ByteWindow,
  sink: SectionSink,
): CaptureFormat | undefined {
  const head = window.head();
  const found = formats.filter((format) => format.recognizes(head));
  if (found.length > 1) {
    const names = found.map(({ id }) => id).join(' and ');
    const text = quote(head.split('\n', 1)[0] ?? '');
    sink.problem('error', 'ambiguous-format', `expected one format, found ${names} for ${text}: not read`, window.line);
    return undefined;
  }
  return found[0];
}

/** `grep -H` names the file of each line: `/proc/2/smaps`. */
function placeHeader(place: string): SectionHeader {
  const pid = /\/proc\/(\d{1,7})\//.exec(place)?.[1];
  return pid === undefined ? { path: place } : { path: place, pid: Number(pid) };
}
