import type { ErrorTool, LeakTool, LossKind, StackFrame } from './leaks.js';
import type { Origin } from './origin.js';
import type { Period } from './period.js';
import type { Bytes, BytesPerHour, HexAddress, Milliseconds } from './units.js';
import type { GrowthShape, VerdictLabel } from './verdict.js';
import type { MappingKind } from './vma-table.js';

export const COMPARISON_VERSION = 1;

/** What was compared: one side of a comparison. */
export interface ComparedSide {
  /** The captures as the user named them; of a saved report, those that it was made from. */
  captures: string[];
  source: 'captures' | 'report';
  period?: Period;
  devices: string[];
  programs: number;
  /** Problems of the input. */
  errors: number;
  warnings: number;
}

/**
 * How the devices of both sides were put together: those of the same `name`; as `given`; the `only-device` of each
 * side; else the devices of a side are not told apart, and programs are compared over all of them, by `command`.
 */
export interface Pairing {
  by: 'name' | 'given' | 'only-device' | 'command';
  devices: { before: string; after: string }[];
  /** Devices of one side that have no partner, so that nothing of them is compared. */
  onlyBefore: string[];
  onlyAfter: string[];
}

/** `not-told`: the figures cannot be compared, or lie within what both wander. */
export type ProgramChange = 'new' | 'gone' | 'worse' | 'better' | 'mixed' | 'changed' | 'same' | 'not-told';

/** What one side knows of a program; of several devices, the median of theirs. */
export interface ProgramState {
  /** The worst of its devices. */
  label: VerdictLabel;
  /** How many devices have which label, where there are several. */
  labels?: Partial<Record<VerdictLabel, number>>;
  shape?: GrowthShape;
  /** Of the timeline judged; of several devices, the fewest. */
  samples: number;
  /** From the first of these samples to the last. */
  duration?: Milliseconds;
  rate?: Rate;
  /** The mapping that carries most of the growth. */
  where?: string;
}

/** A rate of growth, 0 where the verdict is that memory stays. */
export interface Rate {
  perHour: BytesPerHour;
  /** 95 % interval. */
  interval: [BytesPerHour, BytesPerHour];
}

export interface VerdictComparison {
  change: 'worse' | 'better' | 'same' | 'not-told';
  /** Whether the side after was watched in fewer samples, or for a shorter time, than the side before. */
  isWeaker: boolean;
  /** What the rate before would have added in the time watched after. */
  expectedGrowth?: Bytes;
}

/** `not-told-apart`: the intervals overlap. `not-told`: one of the sides has no rate. */
export interface RateComparison {
  change: 'faster' | 'slower' | 'not-told-apart' | 'not-told';
  difference?: BytesPerHour;
}

export type LevelMeasure = 'unreclaimable' | 'private' | 'uss' | 'pss' | 'rss' | 'vss' | 'vmaCount';

/** A level: the median of the last quarter of the samples, with the range that this quarter spans. */
export interface Level {
  value: number;
  spread: number;
}

/** `not-told`: one side still grows, so that its level tells only how long it was watched. */
export type LevelChange = 'grew' | 'shrank' | 'same' | 'not-told';

export interface LevelComparison {
  measure: LevelMeasure;
  before: Level;
  after: Level;
  difference: number;
  /** A difference up to this one is noise: what both sides span, or a page for each VMA. */
  tolerance: number;
  change: LevelChange;
}

export type MappingChange = 'new' | 'gone' | 'faster' | 'slower' | LevelChange;

/** Private memory of a mapping. */
export interface MappingState extends Level {
  rate?: Rate;
}

export interface MappingComparison {
  label: string;
  /** Its name before, where only the version in it differs. */
  labelBefore?: string;
  kind: MappingKind;
  change: MappingChange;
  before?: MappingState;
  after?: MappingState;
  difference: Bytes;
  tolerance: Bytes;
}

/** A VMA of the last snapshots of one and the same process. */
export interface VmaComparison {
  start: HexAddress;
  end: HexAddress;
  permissions: string;
  pathname: string;
  kind: MappingKind;
  change: 'new' | 'gone' | 'grew' | 'shrank';
  sizeBefore?: Bytes;
  sizeAfter?: Bytes;
  rssBefore?: Bytes;
  rssAfter?: Bytes;
}

/** `only-before` and `only-after`: the other side has no log of that tool, so nobody looked. */
export type FindingChange = 'new' | 'gone' | 'still' | 'only-before' | 'only-after';

export interface LossState {
  tool: LeakTool;
  kind: LossKind;
  /** Of the run that lost the most. */
  bytes: Bytes;
  blocks: number;
  indirectBytes?: Bytes;
  origins: Origin[];
}

export interface LeakComparison {
  fingerprint: string;
  change: FindingChange;
  before?: LossState;
  after?: LossState;
  /** Of the side after, where it has the leak. */
  frames: StackFrame[];
  /** A leak of the other side on the same call path but for one function: perhaps the same, renamed. */
  similarTo?: string;
}

export interface ErrorComparison {
  fingerprint: string;
  tool: ErrorTool;
  kind: string;
  change: FindingChange;
  message: string;
  frames: StackFrame[];
  before?: { origins: Origin[] };
  after?: { origins: Origin[] };
}

export interface ProgramComparison {
  command: string;
  /** Where each side has one program only, and these have different names. */
  commandBefore?: string;
  devices: { before: string[]; after: string[] };
  change: ProgramChange;
  before?: ProgramState;
  after?: ProgramState;
  verdict?: VerdictComparison;
  rate?: RateComparison;
  /** The first is the one that counts. */
  levels: LevelComparison[];
  mappings: MappingComparison[];
  vmas: VmaComparison[];
  leaks: LeakComparison[];
  errors: ErrorComparison[];
  /** What could not be compared, and why. */
  notCompared: string[];
}

/** Distinct findings over all programs: one that several devices show counts once. */
export interface ComparisonCounts {
  newLeaks: number;
  goneLeaks: number;
  stillLeaks: number;
  newErrors: number;
  goneErrors: number;
  /** Programs that leak now and did not before, and the reverse. */
  startedToLeak: number;
  stoppedLeaking: number;
  newPrograms: number;
  gonePrograms: number;
}

/** A part of the sentence that says what matters most. */
export type HeadlinePart =
  | { text: string }
  | { name: string }
  | { frame: StackFrame }
  | { bytes: Bytes }
  | { rate: BytesPerHour };

/** What differs between two analyses: plain JSON, what `diff.json` holds. Its schema is `diff.schema.json`. */
export interface Comparison {
  schemaVersion: typeof COMPARISON_VERSION;
  /** The version of memreport that made it. */
  memreport: string;
  before: ComparedSide;
  after: ComparedSide;
  pairing: Pairing;
  headline: HeadlinePart[];
  /** Nothing that was compared differs. */
  isSame: boolean;
  counts: ComparisonCounts;
  /** What got worse first. */
  programs: ProgramComparison[];
}
