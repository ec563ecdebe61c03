import type { Analysis, LeakReport, ProgramReport } from '../model/analysis.js';
import { groupBy } from '../model/group-by.js';
import { growsOn } from '../model/growth-shape.js';
import { isAccused } from '../model/is-accused.js';
import { judgedTimeline } from '../model/judged-timeline.js';
import { siteOf } from '../model/leaks.js';
import { mainLeakOf } from '../model/main-leak.js';
import { compareNames } from '../model/origin.js';
import { programKey } from '../model/program-key.js';
import type { RateRange, RollUp } from '../model/roll-up.js';
import type { BytesPerHour, Instant } from '../model/units.js';
import type { Verdict } from '../model/verdict.js';
import { medianIn } from '../stats/select.js';

/** The analysis with the leaks that it tells of, each once for all devices; as it was where it tells of one device. */
export function withRollUps(analysis: Analysis): Analysis {
  const devices = new Set(analysis.verdicts.map(({ device }) => device));
  return devices.size < 2 ? analysis : { ...analysis, rollups: rollUpsOf(analysis) };
}

/** Those of the most devices first, leaks before suspects. In time linear in the verdicts, but for sorting. */
export function rollUpsOf({ verdicts, leaks, programs }: Pick<Analysis, 'verdicts' | 'leaks' | 'programs'>): RollUp[] {
  const leaksOf = groupBy(leaks, programKey);
  const reports = new Map(programs.map((report) => [programKey(report), report]));
  const running = groupBy(verdicts, ({ command }) => command);
  const shown = verdicts.flatMap((verdict): Showing[] => {
    if (!isAccused(verdict)) return [];
    const key = programKey(verdict);
    const leak = mainLeakOf(verdict, leaksOf.get(key) ?? []);
    return [{ verdict, leak, since: sinceOf(verdict, reports.get(key)) }];
  });
  const groups = groupBy(shown, ({ verdict: { command, where }, leak }) =>
    JSON.stringify(leak ? [command, leak.fingerprint] : [command, null, where]),
  );
  return [...groups.values()]
    .flatMap((group) => rollUpOf(group, running.get(group[0]?.verdict.command ?? '')?.length ?? 0))
    .sort(compareRollUps);
}

/** A device that shows the leak. */
interface Showing {
  readonly verdict: Verdict;
  readonly leak: LeakReport | undefined;
  readonly since: Instant | undefined;
}

const EXAMPLES = 5;

function rollUpOf(group: readonly Showing[], ofDevices: number): RollUp[] {
  const sorted = group.toSorted(
    (a, b) => (rateOf(b.verdict) ?? 0) - (rateOf(a.verdict) ?? 0) || compareNames(a.verdict.device, b.verdict.device),
  );
  const [first] = sorted;
  if (!first) return [];
  const site = first.leak && siteOf(first.leak.frames);
  const rates = rangeOf(sorted.flatMap(({ verdict }) => rateOf(verdict) ?? []));
  const rate = rateOf(first.verdict);
  const mapping = mostFrequent(sorted.flatMap(({ verdict: { where } }) => where ?? []));
  const firstSeen = sorted.reduce<Instant | undefined>((least, { since }) => earlier(least, since), undefined);
  return [
    {
      command: first.verdict.command,
      label: sorted.some(({ verdict }) => verdict.label === 'leak') ? 'leak' : 'suspect',
      ...(first.leak && { fingerprint: first.leak.fingerprint }),
      ...(site && { site }),
      ...(mapping !== undefined && { mapping }),
      devices: sorted.length,
      ofDevices,
      ...(rates && { ratePerHour: rates }),
      worst: { device: first.verdict.device, ...(rate !== undefined && { ratePerHour: rate }) },
      ...(firstSeen !== undefined && { firstSeen }),
      examples: sorted.slice(0, EXAMPLES).map(({ verdict }) => verdict.device),
    },
  ];
}

function rateOf(verdict: Verdict): BytesPerHour | undefined {
  return growsOn(verdict) ? verdict.ratePerHour : undefined;
}

/** Of rates in descending order. */
function rangeOf(rates: readonly BytesPerHour[]): RateRange | undefined {
  const [most] = rates;
  const least = rates.at(-1);
  if (most === undefined || least === undefined) return undefined;
  return { median: medianIn(Float64Array.from(rates)), least, most };
}

/** When the growth began; the first sample, where it may have begun before. */
function sinceOf(verdict: Verdict, report: ProgramReport | undefined): Instant | undefined {
  if (!growsOn(verdict)) return undefined;
  return verdict.since ?? (report && judgedTimeline(report, verdict)?.samples[0]?.takenAt);
}

function earlier(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

/** Of those that are as frequent, the one that comes first. */
function mostFrequent(names: readonly string[]): string | undefined {
  const counts = [...groupBy(names, (name) => name)].map(([name, { length }]) => ({ name, length }));
  return counts.toSorted((a, b) => b.length - a.length)[0]?.name;
}

function compareRollUps(a: RollUp, b: RollUp): number {
  return (
    Number(b.label === 'leak') - Number(a.label === 'leak') ||
    b.devices - a.devices ||
    (b.ratePerHour?.median ?? 0) - (a.ratePerHour?.median ?? 0) ||
    compareNames(a.command, b.command) ||
    compareNames(a.fingerprint ?? a.mapping ?? '', b.fingerprint ?? b.mapping ?? '')
  );
}
