import { isAccused } from '../../model/is-accused.js';
import { judgedTimeline } from '../../model/judged-timeline.js';
import { LEAK_TOOL_NAMES, type LossKind } from '../../model/leaks.js';
import type { ProgramRecord, Timeline } from '../../model/program.js';
import type { CandidateSite, GrowthCause, Statement, Verdict } from '../../model/verdict.js';
import { countedText, memoryText, shareText } from '../amounts.js';
import { firstOrigins } from '../evidence-origins.js';
import { type AllocationSite, sitesOf } from './allocation-site.js';
import { type BenchRun, benchRunsOf } from './bench-runs.js';
import { conflictsOf } from './conflicts.js';
import type { Comparison, Estimate } from './estimate.js';
import { type GrowthToExplain, growthToExplain } from './growth-to-explain.js';
import { compareHeldAtExit } from './held-at-exit.js';
import { isConstant, logGrowthOf } from './log-growth.js';
import { areaFitOf } from './malloc-area.js';
import { comparePace } from './pace.js';
import { compareSameProcess } from './same-process.js';
import { compareSteps } from './steps.js';

/**
 * A verdict with what allocates the memory that grows: each call stack of the leak checkers' logs is held against the
 * growth that was sampled, in as many ways as the captures allow.
 */
export function withCause(verdict: Verdict, record: ProgramRecord): Verdict {
  const timeline = judgedTimeline(record, verdict);
  if (!timeline || (record.leaks.length === 0 && record.summaries.length === 0)) return verdict;
  const growth = isAccused(verdict) ? growthToExplain(timeline) : undefined;
  const cause = growth ? causeOf(record, growth) : restingCause(verdict, record, timeline);
  if (!cause) return verdict;
  const explainedBy = cause.sites.flatMap(({ fingerprint, share, basis }) =>
    share === undefined || basis === undefined ? [] : [{ fingerprint, share, basis }],
  );
  return { ...verdict, explainedBy, cause };
}

function causeOf(record: ProgramRecord, growth: GrowthToExplain): GrowthCause | undefined {
  const all = sitesOf(record.leaks);
  const runs = benchRunsOf(record, all);
  const sites = all.filter((site) => site.kind !== 'reachable' || !isConstant(site, runs));
  const comparisons = compare(sites, growth, runs);
  const candidates = sites
    .map((site) => ({ site, candidate: candidateOf(site, growth, runs, comparisons) }))
    .toSorted((a, b) => compareCandidates(a, b))
    .slice(0, MOST_SITES)
    .map(({ candidate }) => candidate);
  const conflicts = [...comparisons.flatMap((one) => one.conflicts), ...conflictsOf(record, sites, growth)];
  if (candidates.length === 0 && conflicts.length === 0) return undefined;
  const shares = candidates.flatMap(({ share }) => share ?? []);
  const explained = shares.reduce((sum, share) => sum + share, 0);
  return {
    sites: candidates,
    ...(shares.length > 0 && { unexplained: Math.max(0, 1 - explained) }),
    conflicts,
    ...(shares.length === 0 && candidates.length > 0 && { advice: ADVICE }),
  };
}

const ADVICE =
  'To learn how much of the growth each site explains, run the same work under memcheck twice, once three times as long, ' +
  'with --leak-check=full --show-leak-kinds=all --time-stamp=yes';

/** More are no help to a reader. */
const MOST_SITES = 10;

/**
 * The ways to find a share, the surest first. Where the bench works at another pace than the field, its proportions
 * need not be those of the field either.
 */
function compare(
  sites: readonly AllocationSite[],
  growth: GrowthToExplain,
  runs: readonly BenchRun[],
): readonly Comparison[] {
  const pace = comparePace(sites, growth, runs);
  const held = compareHeldAtExit(sites, growth, runs);
  const steps = compareSteps(sites, growth);
  const own = compareSameProcess(sites, growth);
  if (pace.conflicts.length === 0) return [pace, own, steps, held];
  return [pace, own, steps, { ...held, estimates: withoutShares(held.estimates) }];
}

function withoutShares(estimates: Comparison['estimates']): Comparison['estimates'] {
  return new Map(
    [...estimates].map(([key, { basis, statement, origins }]) => [key, { basis, statement, origins }] as const),
  );
}

function candidateOf(
  site: AllocationSite,
  growth: GrowthToExplain,
  runs: readonly BenchRun[],
  comparisons: readonly Comparison[],
): CandidateSite {
  const estimates = comparisons.flatMap(({ estimates }) => estimates.get(site.fingerprint) ?? []);
  const agreements: Statement[] = estimates.map(({ statement, origins }) => ({ statement, origins }));
  const conflicts: Statement[] = [];
  const fit = areaFitOf(site, growth);
  if (fit) {
    const origins = firstOrigins(site.leaks.flatMap(({ origins: places }) => places.slice(0, 1)));
    const text = `its blocks of ${memoryText(site.bytes / site.blocks)} are expected ${fit.expected}, where ${shareText(fit.share)} of the growth is`;
    (fit.share >= LEAST_FIT ? agreements : conflicts).push({ statement: text, origins });
  }
  const trifle = estimates.length === 0 && fit && site.bytes < LEAST_SEEN * growth.bytes;
  if (trifle) conflicts.push(trifleText(site, growth));
  const between = logGrowthOf(site, runs);
  if (between) (isConstant(site, runs) ? conflicts : agreements).push(between);
  if (site.tools.length > 1) agreements.push(bothText(site));
  const best = estimates.find(hasShare);
  const disagreeing = best && estimates.filter(hasShare).find(({ share }) => Math.abs(share - best.share) > WIDEST);
  if (best && disagreeing) {
    const statement = `the ways to compare differ: ${shareText(best.share)} or ${shareText(disagreeing.share)} of the growth`;
    conflicts.push({ statement, origins: [...best.origins, ...disagreeing.origins] });
  }
  const known = best !== undefined && !(fit && fit.share < LEAST_FIT);
  return {
    fingerprint: site.fingerprint,
    ...(known && { share: Math.min(1, best.share), basis: best.basis }),
    agreements,
    conflicts,
  };
}

/** Of the growth. */
const LEAST_SEEN = 0.01;

function trifleText({ bytes, leaks }: AllocationSite, growth: GrowthToExplain): Statement {
  const statement =
    `the checker saw no more than ${memoryText(bytes)} of it, ${shareText(bytes / growth.bytes)} of what the process grew: ` +
    'its run was short, or the blocks are few but keep whole pages from being given back, or it is not this that grows';
  return { statement, origins: leaks.flatMap(({ origins }) => origins.slice(0, 1)) };
}

const LEAST_FIT = 0.05;
const WIDEST = 0.25;

type KnownShare = Estimate & { readonly share: number };

function hasShare(estimate: Estimate): estimate is KnownShare {
  return estimate.share !== undefined;
}

function bothText({ leaks }: AllocationSite): Statement {
  const told = (['memcheck', 'lsan'] as const).flatMap((tool) => leaks.find((leak) => leak.tool === tool) ?? []);
  const amounts = told.map(
    ({ tool, bytes, blocks }) => `${LEAK_TOOL_NAMES[tool]} ${memoryText(bytes)} in ${countedText(blocks, 'block')}`,
  );
  return {
    statement: `two tools tell of it: ${amounts.join(', ')}`,
    origins: told.flatMap(({ origins }) => origins.slice(0, 1)),
  };
}

interface Ranked {
  readonly site: AllocationSite;
  readonly candidate: CandidateSite;
}

function compareCandidates(a: Ranked, b: Ranked): number {
  return (
    (b.candidate.share ?? -1) - (a.candidate.share ?? -1) ||
    Number(a.candidate.conflicts.length > 0) - Number(b.candidate.conflicts.length > 0) ||
    weightOf(b.site) - weightOf(a.site) ||
    (a.site.fingerprint < b.site.fingerprint ? -1 : 1)
  );
}

/** What is lost for certain before what is only kept, unless that is much more. */
function weightOf({ bytes, kind }: AllocationSite): number {
  return bytes * KIND_WEIGHTS[kind];
}

const KIND_WEIGHTS: Readonly<Record<LossKind, number>> = { definite: 1, indirect: 1, possible: 0.5, reachable: 0.25 };

/** Something is lost, but memory does not grow: that is no contradiction, but must be said. */
function restingCause(
  { shape, label }: Verdict,
  { leaks }: ProgramRecord,
  { samples }: Timeline,
): GrowthCause | undefined {
  const lost = leaks.filter(({ kind }) => kind === 'definite');
  if (label !== 'leak' || lost.length === 0 || shape === undefined || samples.length < FEWEST_SAMPLES) return undefined;
  const bytes = lost.reduce((sum, leak) => sum + leak.bytes, 0);
  const statement =
    `${memoryText(bytes)} were lost under a leak checker, but memory did not grow in the ${countedText(samples.length, 'sample')}: what ` +
    `loses it ran seldom or not at all while they were taken, or it loses less than a page`;
  const origins = [
    ...lost.flatMap(({ origins }) => origins.slice(0, 1)).slice(0, 3),
    ...samples.slice(-1).map(({ origin }) => origin),
  ];
  return { sites: [], conflicts: [{ statement, origins }] };
}

const FEWEST_SAMPLES = 8;
