import type { Analysis } from '../model/analysis.js';
import {
  COMPARISON_VERSION,
  type ComparedSide,
  type Comparison,
  type ProgramChange,
  type ProgramComparison,
} from '../model/comparison.js';
import { compareNames } from '../model/origin.js';
import { countsOf, headlineOf } from './headline.js';
import { observationsOf } from './observations.js';
import { type PairingWish, pairDevices, pairPrograms } from './pairing.js';
import { compareProgram } from './program.js';

/** One side, with where it comes from. */
export interface Side {
  readonly analysis: Analysis;
  readonly source: ComparedSide['source'];
}

/** What differs between two analyses: the same for the same analyses, and mirrored where they change places. */
export function compare(before: Side, after: Side, wish?: PairingWish): Comparison {
  const earlier = observationsOf(before.analysis);
  const later = observationsOf(after.analysis);
  const pairing = pairDevices(earlier, later, wish);
  const programs = pairPrograms(earlier, later, pairing).map(compareProgram).sort(comparePrograms);
  const counts = countsOf(programs);
  const unpaired = pairing.onlyBefore.length + pairing.onlyAfter.length;
  return {
    schemaVersion: COMPARISON_VERSION,
    memreport: after.analysis.memreport,
    before: sideOf(before),
    after: sideOf(after),
    pairing,
    headline: headlineOf(programs, counts, unpaired),
    isSame: unpaired === 0 && programs.every(({ change }) => change === 'same' || change === 'not-told'),
    counts,
    programs,
  };
}

function sideOf({ analysis, source }: Side): ComparedSide {
  const { captures, period, programs, problems } = analysis;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return {
    captures,
    source,
    ...(period && { period }),
    devices: [...new Set(programs.map(({ device }) => device))].sort(compareNames),
    programs: programs.length,
    errors,
    warnings: problems.length - errors,
  };
}

const CHANGES: readonly ProgramChange[] = ['worse', 'mixed', 'new', 'changed', 'better', 'gone', 'not-told', 'same'];

function comparePrograms(a: ProgramComparison, b: ProgramComparison): number {
  return (
    CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change) ||
    Math.abs(b.rate?.difference ?? 0) - Math.abs(a.rate?.difference ?? 0) ||
    Math.abs(b.levels[0]?.difference ?? 0) - Math.abs(a.levels[0]?.difference ?? 0) ||
    compareNames(a.command, b.command) ||
    compareNames(a.devices.after[0] ?? '', b.devices.after[0] ?? '')
  );
}
