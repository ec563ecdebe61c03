import type { Origin } from './origin.js';
import type { Program, ProgramRecord } from './program.js';
import type { Bytes, BytesPerHour, Instant } from './units.js';

/** Does the program leak? `inconclusive` is "could not tell", never a default of "fine". */
export type VerdictLabel = 'leak' | 'suspect' | 'clean' | 'inconclusive';

/** A statement with the places that it rests on. */
export interface Evidence {
  readonly rule: string;
  readonly statement: string;
  readonly origins: readonly Origin[];
}

/**
 * What memory does over time. Growth that goes on: `linear`, `accelerating`, in `steps`, a `rising-floor` under what
 * comes and goes, or from an `onset` on. No growth that stays: `flat`, `settled` after a rise, a `one-time-step`,
 * `cyclic`, `shrinking`, or `noise` without a trend.
 */
export type GrowthShape =
  | 'linear'
  | 'accelerating'
  | 'steps'
  | 'rising-floor'
  | 'onset'
  | 'flat'
  | 'settled'
  | 'one-time-step'
  | 'cyclic'
  | 'shrinking'
  | 'noise';

/** When memory runs out if growth goes on as measured. */
export interface Exhaustion {
  /** What ends: the limit that the user named, or what the device could still give. */
  readonly ceiling: 'memory-limit' | 'device';
  /** What was left of it at the last sample. */
  readonly room: Bytes;
  /** From the last sample on. */
  readonly hours: number;
}

/** The growth that a rule measured. */
export interface GrowthMeasure {
  /** Over the time sampled. */
  readonly growth: Bytes;
  /** Absent where the samples have no times. */
  readonly ratePerHour?: BytesPerHour;
  readonly rateInterval?: readonly [BytesPerHour, BytesPerHour];
  /** Per sample: the only rate there is when the samples have no times. */
  readonly ratePerSample?: number;
  readonly pValue?: number;
  /** The label of the mapping that carries most of it. */
  readonly where?: string;
  /** When the growth began, where it began within the time sampled. */
  readonly since?: Instant;
  readonly exhaustion?: Exhaustion;
}

/**
 * One rule's word on one program.
 *
 * `for` a leak or `against` it; `strong` settles, `weak` only leans. A `defect` (a memory error) is told but does
 * not bear on the question whether the program leaks.
 */
export interface Finding extends Evidence {
  readonly bearing: 'for' | 'against' | 'defect';
  readonly strength: 'strong' | 'weak';
  readonly measure?: GrowthMeasure;
  /** What the memory that the finding is about does over time. */
  readonly shape?: GrowthShape;
}

/** Why a rule could not say anything: what is missing. */
export interface NotApplicable {
  readonly rule: string;
  readonly reason: string;
}

/** A threshold of a rule with the reason for its value. */
export interface Threshold {
  readonly name: string;
  readonly value: number;
  readonly unit?: string;
  readonly source: string;
}

/** A plug-in: one file in judge/rules, one line in its index. */
export interface VerdictRule {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly thresholds: readonly Threshold[];
  /**
   * Findings, or why the rule does not apply. An empty list: it applies and found nothing.
   *
   * The record has at most one timeline: each life of a program is judged by itself.
   */
  judge(record: ProgramRecord): readonly Finding[] | NotApplicable;
  /** Findings on all lives of a program together, where it has several. */
  judgeLives?(record: ProgramRecord): readonly Finding[];
}

/**
 * How the share of an allocation site in the growth was found: from what the sampled process itself lost; from the
 * steps that it grew in; from what a bench run loses in time; from what a bench run kept to its end.
 */
export type ShareBasis = 'same-process' | 'steps' | 'rate' | 'held-at-exit';

/** A sentence with the places that it rests on. */
export type Statement = Omit<Evidence, 'rule'>;

/** A call stack that allocates, held against the growth that was sampled. */
export interface CandidateSite {
  readonly fingerprint: string;
  /** Of the growth, 0 to 1; absent where the numbers do not say. */
  readonly share?: number;
  readonly basis?: ShareBasis;
  readonly agreements: readonly Statement[];
  readonly conflicts: readonly Statement[];
}

/** What allocates the memory that grows: witnesses of allocation compared with witnesses of growth. */
export interface GrowthCause {
  /** The likeliest first. */
  readonly sites: readonly CandidateSite[];
  /** Of the growth, what no site explains; absent where no share is known. */
  readonly unexplained?: number;
  /** Where the witnesses contradict each other, and what that usually means. */
  readonly conflicts: readonly Statement[];
  /** How to learn more, where no share could be found. */
  readonly advice?: string;
  /** The same program on other devices. */
  readonly elsewhere?: Statement;
}

/** What the findings on one program amount to. */
export interface Verdict extends Program, Partial<GrowthMeasure> {
  readonly label: VerdictLabel;
  /** Of the growth, or of the rest where there is none; absent where it could not be told. */
  readonly shape?: GrowthShape;
  /** The pid of the timeline whose verdict this is, where the program has several. */
  readonly pid?: number;
  /** The sites of `cause` of which the share is known. */
  readonly explainedBy: readonly { readonly fingerprint: string; readonly share: number; readonly basis: ShareBasis }[];
  /** Absent where there is nothing to compare. */
  readonly cause?: GrowthCause;
  readonly grounds: readonly Evidence[];
  readonly objections: readonly Evidence[];
  /** Memory errors: reasons to repair, not reasons for "leak". */
  readonly defects: readonly Evidence[];
  readonly missing: readonly NotApplicable[];
}
