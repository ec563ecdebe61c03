import { compareOrigins } from './origin.js';

/** What kind of problem it is; stable, so that scripts can filter on it. */
export type ProblemCode =
  | 'ambiguous-format' // two formats claim the same text
  | 'ambiguous-source' // several files below --source could be the one that is meant
  | 'assumed-load-address' // where a module was loaded is not told; see --symbols
  | 'assumed-page-size' // amounts in pages, of a size that nothing tells
  | 'bad-manifest' // captures.json cannot be used
  | 'bad-value' // a field that cannot be read inside a record that can
  | 'clock-set' // times that do not follow each other: the clock was set between two captures
  | 'damaged-compression' // a compressed file that cannot be inflated to its end
  | 'damaged-symbols' // a file of --symbols that begins as ELF and goes on as something else
  | 'directory-loop' // a folder that contains itself by a symbolic link
  | 'incomplete-log' // a tool said that it left something out
  | 'inverted-range' // a VMA that ends before it starts
  | 'line-too-long'
  | 'no-symbolizer' // addr2line or llvm-symbolizer is missing, or failed
  | 'over-limit' // more than memreport reads of one file or archive; see `memreport formats --limits`
  | 'overlapping-vmas'
  | 'quarantined' // a file on which a reader failed, hung or grew beyond bounds; all others are read
  | 'refused-format' // a known format that memreport does not judge
  | 'rule-failed' // a bug of ours, contained
  | 'skipped-entries' // entries of an archive that are no regular files, or lead out of it
  | 'section-failed' // a bug of ours, contained
  | 'time-without-date' // times of day, or without a year: the day that is shown is none
  | 'time-from-modification' // the only known time is the file's own
  | 'totals-disagree' // two tools told different totals of one process at one instant
  | 'truncated-capture' // the input stops inside a record
  | 'unexplained-lines' // lines inside a recognized file that belong to no format
  | 'unknown-program' // nothing says which program a capture belongs to
  | 'unlikely-value' // a counter that contradicts another
  | 'untimed-capture' // a capture that has no place among the others of its process
  | 'unreadable'
  | 'unresolved-frames'; // frames that --symbols could not name

/**
 * Something that could not be read, or was read with a doubt.
 * Problems are values: collected, sorted, shown in the report and on stderr, never printed by a parser.
 */
export interface Problem {
  /** "error": something is lost. "warning": all is used, but with a doubt. */
  readonly severity: 'error' | 'warning';
  readonly code: ProblemCode;
  /** One sentence, preferably `expected X, found "Y"`, without the place (that is in file and line). */
  readonly message: string;
  readonly file: string;
  /** 1-based; 0 where the whole file is meant. */
  readonly line: number;
}

/** Problems in the order of the report, the same whatever the order in which they were met; duplicates once. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const sorted = problems.toSorted(
    (a, b) => compareOrigins(a, b) || (a.code < b.code ? -1 : a.code > b.code ? 1 : a.message < b.message ? -1 : 1),
  );
  return sorted.filter((problem, index) => {
    const previous = sorted[index - 1];
    return !(
      previous &&
      previous.file === problem.file &&
      previous.line === problem.line &&
      previous.message === problem.message
    );
  });
}

/** Quotes text of a capture for a message: at most 80 characters, controls and direction marks made visible. */
export function quote(text: string): string {
  const shown = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  return `"${visible(shown)}"`;
}

/** Text of a capture made safe for one line of a terminal or log: controls and bidi marks become \xNN or \uNNNN. */
export function visible(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

// C0, DEL, C1, line and paragraph separators, direction marks and overrides, BOM, and what no XML may hold:
// lone surrogates (all that "u" finds in their range) and two noncharacters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]/gu;
