import type { DeviceLines } from '../model/device-memory.js';
import type { HeapProfile } from '../model/heap-profile.js';
import type { KernelFinding } from '../model/kernel-finding.js';
import type { LossRecord, MemoryError, ToolSummary } from '../model/leaks.js';
import type { Sample } from '../model/memory.js';
import type { Origin } from '../model/origin.js';
import type { Problem, ProblemCode } from '../model/problem.js';
import type { RunUsage } from '../model/run-usage.js';
import type { Instant } from '../model/units.js';
import type { VmaTable } from '../model/vma-table.js';
import type { ByteWindow } from './byte-window.js';
import type { PathInterner } from './path-interner.js';
import type { SectionHeader } from './section-header.js';

/** What the text itself says of the process that it is about. Left out: it does not say. */
export interface Says {
  pid?: number;
  /** A program's name or its whole command line, as printed; the context takes the name out of it. */
  command?: string;
  /** Set where `command` may have been cut by the tool (smem's 27 columns, comm's 15). */
  commandMayBeCut?: boolean;
  startTicks?: number;
  takenAt?: Instant;
  /** What a script has printed in front of it in its line: may tell the time. */
  inFront?: string;
  /** Where it lies in its address space: tells it from others where nothing tells its pid. */
  layout?: string;
}

/** One statement read from a section. The driver adds the context and passes it on as a Capture. */
export type Reading =
  | {
      readonly type: 'snapshot';
      readonly says: Says;
      readonly origin: Origin;
      /** May belong to the reader and be used again after the call. */
      readonly table: VmaTable;
      /** The text broke off inside this snapshot; `table` holds the VMAs that are whole. */
      readonly truncated?: boolean;
    }
  | { readonly type: 'sample'; readonly says: Says; readonly origin: Origin; readonly sample: Sample }
  | {
      readonly type: 'diagnosis';
      readonly says: Says;
      readonly origin: Origin;
      readonly leaks: readonly LossRecord[];
      readonly errors: readonly MemoryError[];
      readonly summaries: readonly ToolSummary[];
      readonly heapProfiles?: readonly HeapProfile[];
      readonly runs?: readonly RunUsage[];
    }
  | { readonly type: 'kernel'; readonly says: Says; readonly origin: Origin; readonly finding: KernelFinding }
  | { readonly type: 'device-memory'; readonly says: Says; readonly origin: Origin; readonly lines: DeviceLines }
  /** Nothing to judge, but facts about the process (status, stat): they help other captures of it. */
  | { readonly type: 'identity'; readonly says: Says; readonly origin: Origin };

/** What a reader may use while it reads one section of one file. */
export interface Section {
  /** The file's path, for origins. */
  readonly file: string;
  /** The line right before the section, where it belongs to none: tells whether the text begins inside a record. */
  readonly after?: string;
  /** Set where a time stands above the section (a date line, a banner). */
  readonly isTimed?: boolean;
  /** Names shared by all tables of a run. */
  readonly paths: PathInterner;
  /**
   * What a format keeps from one section to the next of the run (arrays, what it learned); made by the first.
   * Sections never overlap.
   */
  kept<T>(format: CaptureFormat, make: () => T): T;
  emit(reading: Reading): void;
  /** Reports a problem of this file at a line (1-based). */
  problem(severity: Problem['severity'], code: ProblemCode, message: string, line: number): void;
}

/** Reads one section: a stretch of text in one format. Made anew for each. */
export interface SectionReader {
  /**
   * Takes whole lines off the window and stops at the first that is not its own (leaving it in the window).
   * The window ends where the buffer does; the rest comes with the next call.
   */
  read(window: ByteWindow): void;
  /** The section is over: emit what is whole and report what is not. `atEndOfFile`: nothing follows in this file. */
  end(atEndOfFile: boolean): void;
  /** Asked where another format's text begins: true keeps the reader, since the rest may stand behind that text. */
  isUnfinished?(): boolean;
  /** Asked of a reader that was kept: whether what is unfinished goes on with this line. */
  goesOnWith?(line: string): boolean;
}

/** A reader that looks at one line at a time; `lineReader` makes a SectionReader of it. */
export interface LineReader extends Pick<SectionReader, 'end' | 'isUnfinished' | 'goesOnWith'> {
  /**
   * Takes a line (without its end, ANSI colours and NULs). 'ignored': taken, but by rule nothing of it is used (a
   * program's own output). False: not mine. `number` is 1-based.
   */
  line(text: string, number: number): boolean | 'ignored';
  /**
   * Takes lines off the window by their bytes, as far as it knows them so. False: the next one is not mine; else it is
   * told by `line`, if there is one.
   */
  takeKnown?(window: ByteWindow): boolean;
}

/** A plug-in: one file in ingest/formats, one line in its index. */
export interface CaptureFormat {
  readonly id: string;
  readonly name: string;
  /** Where the format is defined. */
  readonly specification: string;
  /** The command that captures it on the target. */
  readonly howToCapture: string;
  /**
   * Whether lines that are not its own may stand between its lines (a program's output in a valgrind log).
   * Such lines are ignored by rule; date lines and banners do not end its section.
   */
  readonly interleaved?: boolean;
  /**
   * Its records stand anywhere, also in the middle of another format's section, which goes on after them (what the
   * kernel writes to a serial console). Its reader takes no other lines, and is open to the end of the file.
   */
  readonly aside?: boolean;
  /**
   * Its section holds the texts of other formats (a bug report): from there to the end of the file, lines of no format
   * are ignored by rule, and no other lines divide it than those of which this tells a header.
   */
  headerOf?(line: string): SectionHeader | undefined;
  /**
   * A file of /proc that says whose it is (`names`), or does not (`takes`): in a text that has both, the first is of the
   * process of those right below.
   */
  readonly process?: 'names' | 'takes';
  /** A known format that memreport does not judge: its section is skipped, the file refused with this reason. */
  readonly refusal?: string;
  /**
   * What every first line of a section matches, as it is or anywhere in it; others may match too. Where all formats
   * tell, a line of none costs little. Left out: any line may be one.
   */
  readonly firstLine?: RegExp;
  /**
   * Whether a section of this format begins with the first line of `head`: the next lines of the text, at most
   * 4 KiB, without carriage returns and ANSI colours. Never more than one format may say yes.
   */
  recognizes(head: string): boolean;
  open(section: Section): SectionReader;
}
