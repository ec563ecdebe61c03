import type { ToolSummary } from '../../model/leaks.js';
import type { ProgramRecord } from '../../model/program.js';
import { HOUR } from '../../model/units.js';
import { type AllocationSite, runsOf, type SiteRun } from './allocation-site.js';
import { type Allocator, footprintOf } from './allocator.js';

/** One run under a leak checker with what it said of each site. */
export interface BenchRun {
  readonly summary: ToolSummary;
  /** By fingerprint, those that the log has a record of. */
  readonly sites: ReadonlyMap<string, SiteRun>;
}

/**
 * The runs of which the tool printed totals, the shortest first: by the time that the program ran where all tell it,
 * else by what it allocated.
 */
export function benchRunsOf(record: Pick<ProgramRecord, 'summaries'>, sites: readonly AllocationSite[]): BenchRun[] {
  const told = new Map<string, Map<string, SiteRun>>();
  for (const site of sites) {
    for (const run of runsOf(site.leaks)) {
      const key = keyOf(run);
      const known = told.get(key) ?? new Map<string, SiteRun>();
      told.set(key, known.set(site.fingerprint, run));
    }
  }
  const runs = record.summaries.map((summary) => ({ summary, sites: told.get(keyOf(summary)) ?? NO_SITES }));
  const timed = runs.every(({ summary }) => summary.runTime !== undefined);
  return runs.toSorted((a, b) =>
    timed
      ? (a.summary.runTime ?? 0) - (b.summary.runTime ?? 0)
      : (a.summary.allocatedBytes ?? 0) - (b.summary.allocatedBytes ?? 0),
  );
}

const NO_SITES: ReadonlyMap<string, SiteRun> = new Map();

/** One process in one log. */
export function keyOf({ tool, pid, origin }: Pick<SiteRun, 'tool' | 'pid' | 'origin'>): string {
  return `${tool} ${pid ?? ''} ${origin.file}`;
}

/** What a site held at the end of a run, with what malloc adds; 0 where the log has no record of it. */
export function heldBy(fingerprint: string, run: BenchRun, allocator: Allocator): number {
  const told = run.sites.get(fingerprint);
  if (!told || told.blocks === 0) return 0;
  // The field's allocator, not memcheck's: that is where the growth was measured.
  return told.blocks * footprintOf(told.bytes / told.blocks, allocator);
}

export function hoursOf({ summary }: BenchRun): number | undefined {
  return summary.runTime === undefined ? undefined : summary.runTime / HOUR;
}

/** Two runs of one program that did clearly different amounts of work: what grew between them is not start-up. */
export function twoRunsOf(runs: readonly BenchRun[]): { less: BenchRun; more: BenchRun } | undefined {
  const [less] = runs;
  const more = runs.at(-1);
  if (!less || !more || less === more) return undefined;
  const work = (run: BenchRun): number => run.summary.runTime ?? run.summary.allocatedBytes ?? 0;
  const comparable = (less.summary.runTime === undefined) === (more.summary.runTime === undefined);
  return comparable && work(more) >= CLEARLY_MORE * work(less) && work(less) > 0 ? { less, more } : undefined;
}

const CLEARLY_MORE = 1.2;
