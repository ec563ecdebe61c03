import type { Problem, ProblemCode } from '../model/problem.js';
import type { ByteWindow } from './byte-window.js';
import type { CappedProblems } from './capped-problems.js';
import type { CurrentHeader } from './current-header.js';
import type { CaptureFormat, Reading, Section, SectionReader } from './format.js';
import { SectionLines } from './line-tally.js';
import type { RunMemory } from './run-memory.js';
import type { SectionHeader } from './section-header.js';
import type { TextFeed } from './text-feed.js';

/** Who takes what a file says. */
export interface SectionSink {
  /** `round` counts the headers met so far: readings under one header are of one time. */
  reading(format: CaptureFormat, reading: Reading, header: SectionHeader | undefined, round: number): void;
  problem(severity: Problem['severity'], code: ProblemCode, message: string, line: number): void;
  /** A format met for the first time in this file, with the line by which it was. */
  recognized?(format: CaptureFormat, line: number, text: string): void;
}

/** What the sections of one file have in common. */
export interface SectionedFile {
  /** Its path, for origins. */
  readonly file: string;
  readonly feed: TextFeed;
  readonly window: ByteWindow;
  readonly run: RunMemory;
  readonly sink: SectionSink;
  readonly problems: CappedProblems;
  readonly above: CurrentHeader;
}

/** A section that is being read. */
export interface OpenSection {
  readonly format: CaptureFormat;
  readonly reader: SectionReader;
  readonly lines: SectionLines;
}

/** Begins a section at the window's position. @param after the line before it, where it belongs to nothing */
export function openSection(format: CaptureFormat, inFile: SectionedFile, after: string | undefined): OpenSection {
  const { file, feed, window, run, sink, problems, above } = inFile;
  const lines = new SectionLines(window);
  const header = above.ofSection(format);
  const { round } = above;
  const section: Section = {
    file,
    ...(after !== undefined && { after }),
    ...(header?.takenAt !== undefined && { isTimed: true }),
    paths: run.paths,
    kept: (owner, make) => run.kept(owner, make),
    emit: (reading) => {
      lines.says = true;
      above.told(format, reading.says);
      // Where the data breaks off between two VMAs, the snapshot looks whole to its reader.
      const isCut = feed.damage !== undefined && window.position >= window.end && reading.type === 'snapshot';
      const told = isCut ? { ...reading, truncated: true } : reading;
      // An aside goes on below later headers.
      const { round: before } = above;
      const known = above.of(format.aside ? above.header : header, reading.origin.line, reading.says.inFront);
      sink.reading(format, told, known, format.aside || above.round > before ? above.round : round);
    },
    problem: (severity, code, message, line) => {
      lines.problem(code, line);
      problems.add(severity, code, message, line);
    },
  };
  return { format, reader: format.open(section), lines };
}
