import type { StackFrame } from '../model/leaks.js';
import type { Origin } from '../model/origin.js';
import type { SourceExcerpt } from '../model/source-excerpt.js';
import type { Bytes, HexAddress, Instant, Milliseconds } from '../model/units.js';
import type { VerdictLabel } from '../model/verdict.js';
import type { ChartSpec } from './charts/chart.js';
import type { LanguageId } from './language/languages.js';

/**
 * A value with its unit. Sections give numbers as they are; `outputs/format-cell.ts` alone turns them into text, so
 * a new section needs no new output.
 */
export type Cell =
  | { readonly type: 'text'; readonly text: string }
  /** A term, a number or a name to stand out. */
  | { readonly type: 'strong'; readonly text: string }
  /** A name, path, symbol or permission as a tool prints it: set in the fixed font, wrapped anywhere. */
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'bytes'; readonly value: Bytes }
  /** A difference of bytes: printed with its sign. A harmless one does not stand out. */
  | { readonly type: 'growth'; readonly value: Bytes; readonly isHarmless?: boolean }
  /** A difference for each hour or sample: printed with its sign, but in a sentence that says "grows". */
  | { readonly type: 'rate'; readonly value: number; readonly per: 'hour' | 'sample'; readonly unsigned?: boolean }
  /** How often something happens: per hour as given, shown per second or minute where that is once or more. */
  | { readonly type: 'frequency'; readonly perHour: number }
  | { readonly type: 'count'; readonly value: number; readonly noun?: readonly [one: string, many: string] }
  /** 0 to 1. */
  | { readonly type: 'share'; readonly value: number }
  /** A p-value or the like. */
  | { readonly type: 'probability'; readonly value: number }
  | { readonly type: 'time'; readonly value: Instant }
  /** The two ends of a period: what they share is said once. */
  | { readonly type: 'start'; readonly value: Instant }
  | { readonly type: 'end'; readonly value: Instant; readonly start: Instant }
  | { readonly type: 'duration'; readonly value: Milliseconds }
  | { readonly type: 'address'; readonly start: HexAddress; readonly end?: HexAddress }
  | { readonly type: 'verdict'; readonly label: VerdictLabel }
  | { readonly type: 'severity'; readonly severity: 'error' | 'warning' }
  /** What a thing did from one side of a comparison to the other. */
  | { readonly type: 'change'; readonly word: string; readonly tone: ChangeTone }
  | { readonly type: 'origins'; readonly origins: readonly Origin[] }
  | { readonly type: 'frame'; readonly frame: StackFrame }
  /** A link to a section of the same document. */
  | { readonly type: 'link'; readonly to: string; readonly text: string }
  /** A link to another page of the same report: `path` from this one, of letters that no page escapes. */
  | { readonly type: 'page'; readonly path: string; readonly text: string }
  | { readonly type: 'chart'; readonly chart: ChartSpec }
  /** Not known: never printed as a zero. */
  | { readonly type: 'unknown' };

/** For the worse, for the better, neither, or not to be told. */
export type ChangeTone = 'bad' | 'good' | 'neutral' | 'unknown';

export interface Column {
  readonly label: string;
  /** Spelled out for those who don't know the abbreviation. */
  readonly explanation?: string;
  readonly align?: 'left' | 'right';
  /** `plain` never wraps, `prose` wraps at spaces, `name` anywhere. */
  readonly shape?: 'plain' | 'prose' | 'name';
  /** Few different values: a page can offer them to choose rows by. */
  readonly facet?: true;
  /** Left out where it is zero in each row, as a column of which nothing is known always is. */
  readonly isOptional?: true;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** What makes the row worth printing where a table has to be cut; the rows kept stay in their order. */
  readonly weight?: number;
}

export interface Table {
  readonly type: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Said instead of an empty table. */
  readonly empty: string;
  /** On paper, no more rows than this; of none, nothing is said. Absent: all. */
  readonly printRows?: number;
  /** What a report is opened for: on paper it leaves no rows to other tables. */
  readonly isLead?: true;
}

export interface EvidenceItem {
  readonly statement: string;
  /** Whose word it is; absent where it is nobody's but the section's. */
  readonly rule?: string;
  readonly origins: readonly Origin[];
}

export interface Fact {
  readonly label: string;
  readonly cells: readonly Cell[];
}

export type Block =
  | { readonly type: 'prose'; readonly parts: readonly Cell[] }
  | { readonly type: 'note'; readonly tone: 'info' | 'warning' | 'error'; readonly parts: readonly Cell[] }
  | { readonly type: 'heading'; readonly parts: readonly Cell[] }
  /** `figures`: the few that matter most, large and side by side. */
  | { readonly type: 'facts'; readonly facts: readonly Fact[]; readonly look?: 'figures' }
  | { readonly type: 'tally'; readonly items: readonly { readonly label: VerdictLabel; readonly count: number }[] }
  /** The verdict on one program, large. */
  | { readonly type: 'banner'; readonly label: VerdictLabel; readonly parts: readonly Cell[] }
  | Table
  | { readonly type: 'chart'; readonly chart: ChartSpec; readonly caption: string }
  | { readonly type: 'stack'; readonly title: string; readonly frames: readonly StackFrame[] }
  /** A few lines of code, one of them marked. */
  | { readonly type: 'source'; readonly excerpt: SourceExcerpt }
  | {
      readonly type: 'evidence';
      readonly title: string;
      readonly tone: 'for' | 'against' | 'defect' | 'missing';
      readonly items: readonly EvidenceItem[];
    }
  | { readonly type: 'definitions'; readonly terms: readonly { readonly term: string; readonly text: string }[] };

export interface Section {
  /** Unique in the document; letters, digits and "-" only, never text of a capture. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

/** A report before it has a shape: what every output that people read is made from. */
export interface Document {
  /** What kind of report, above the title. */
  readonly kind: string;
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly cells: readonly Cell[] }[];
  readonly sections: readonly Section[];
  /** Name and version of what made it. */
  readonly generator: string;
  /** The language of its texts, which outputs follow in words of their own; absent: English. */
  readonly language?: LanguageId;
  /** The last instant that it speaks of: the date of the PDF. */
  readonly date?: Instant;
}
