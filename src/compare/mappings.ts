import type { MappingReport } from '../model/analysis.js';
import type { MappingChange, MappingComparison, MappingState, Rate } from '../model/comparison.js';
import { HOUR, PAGE } from '../model/units.js';
import { medianInterval } from '../stats/median-interval.js';
import { medianOf } from '../stats/robust-noise.js';
import { jointLevel, levelChange } from './levels.js';
import { type MappingName, nameKey, renamedMappings } from './mapping-names.js';
import type { Observation } from './observations.js';
import type { ProgramPair } from './pairing.js';
import { compareRates, isGrowing } from './states.js';

/** A mapping on one side, over its devices. */
interface Known extends MappingState {
  readonly mapping: MappingReport;
  readonly vmaCount: number;
  readonly isMoving: boolean;
}

/** The mappings that differ, or of which that cannot be told; the greatest difference first. */
export function compareMappings({ before, after, command, commandBefore = command }: ProgramPair): MappingComparison[] {
  const earlier = knownMappings(before);
  const later = knownMappings(after);
  const gone = [...earlier.values()].map(nameOf).filter((name) => !later.has(nameKey(name)));
  const added = [...later.values()].map(nameOf).filter((name) => !earlier.has(nameKey(name)));
  const renamed = renamedMappings(gone, added, { before: commandBefore, after: command });
  const matched = new Set<string>();
  const compared = [...later].map(([key, now]): MappingComparison => {
    const oldName = renamed.get(key);
    const oldKey = oldName ? nameKey(oldName) : key;
    const old = earlier.get(oldKey);
    if (old) matched.add(oldKey);
    return { ...differenceOf(now, old, now), ...(oldName && { labelBefore: oldName.label }) };
  });
  const lost = [...earlier].flatMap(([key, old]) => (matched.has(key) ? [] : [differenceOf(old, old, undefined)]));
  return [...compared, ...lost]
    .filter(({ change }) => change !== 'same')
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference) || (a.label < b.label ? -1 : 1));
}

/** At least one of `old` and `now` is known, and gives its name in `shown`. */
function differenceOf(shown: Known, old: Known | undefined, now: Known | undefined): MappingComparison {
  const { label, kind } = shown.mapping;
  const difference = (now?.value ?? 0) - (old?.value ?? 0);
  const pages = PAGE * Math.max(old?.vmaCount ?? 0, now?.vmaCount ?? 0);
  const tolerance = Math.max(old?.spread ?? 0, now?.spread ?? 0, pages);
  return {
    label,
    kind,
    change: changeOf(old, now, difference, tolerance),
    ...(old && { before: stateOf(old) }),
    ...(now && { after: stateOf(now) }),
    difference,
    tolerance,
  };
}

function changeOf(
  old: Known | undefined,
  now: Known | undefined,
  difference: number,
  tolerance: number,
): MappingChange {
  if (!old) return 'new';
  if (!now) return 'gone';
  const isMoving = old.isMoving || now.isMoving;
  const { change } = compareRates(old.rate, now.rate);
  if (isMoving && (change === 'faster' || change === 'slower')) return change;
  return levelChange(difference, tolerance, isMoving);
}

function stateOf({ value, spread, rate }: Known): MappingState {
  return { value, spread, ...(rate && { rate }) };
}

function nameOf({ mapping: { label, kind } }: Known): MappingName {
  return { label, kind };
}

/** The mappings of a side by their key. On a device without the mapping it holds nothing. */
function knownMappings(observations: readonly Observation[]): Map<string, Known> {
  const known = new Map<string, Known>();
  const isSideGrowing = isGrowing(observations);
  const tables = observations.map((observation) => ({
    observation,
    mappings: new Map(observation.report.mappings.map((mapping) => [nameKey(mapping), mapping])),
  }));
  for (const [key, mapping] of tables.flatMap(({ mappings }) => [...mappings])) {
    if (known.has(key)) continue;
    const levels = tables.map(({ mappings }) => {
      const one = mappings.get(key);
      return { value: one?.level ?? one?.privateBytes ?? 0, spread: one?.spread ?? 0 };
    });
    const level = jointLevel(levels) ?? { value: 0, spread: 0 };
    const rates = tables.flatMap(({ observation, mappings }) => rateOf(observation, mappings.get(key)) ?? []);
    const rate = rates.length === tables.length ? jointRate(rates) : undefined;
    known.set(key, {
      ...level,
      mapping,
      vmaCount: Math.max(...tables.map(({ mappings }) => mappings.get(key)?.vmaCount ?? 1)),
      isMoving: isSideGrowing && (rate ? rate.interval[0] > 0 : mapping.growth > 0),
      ...(rate && { rate }),
    });
  }
  return known;
}

function jointRate(rates: readonly Rate[]): Rate | undefined {
  const [first] = rates;
  if (rates.length < 2) return first;
  const values = rates.map(({ perHour }) => perHour);
  return { perHour: medianOf(values), interval: medianInterval(values) };
}

/** With a page for each VMA at the ends, since the last page may hold more or less. */
function rateOf({ timeline }: Observation, mapping: MappingReport | undefined): Rate | undefined {
  const samples = timeline?.samples ?? [];
  const hours = ((samples.at(-1)?.takenAt ?? 0) - (samples[0]?.takenAt ?? 0)) / HOUR;
  if (samples.length < FEWEST_SAMPLES || !(hours > 0)) return undefined;
  if (!mapping || mapping.growth === 0) return { perHour: 0, interval: [0, 0] };
  const { ratePerHour, rateInterval, vmaCount = 1 } = mapping;
  if (ratePerHour === undefined || rateInterval === undefined) return undefined;
  const rounding = (PAGE * vmaCount) / hours;
  return { perHour: ratePerHour, interval: [rateInterval[0] - rounding, rateInterval[1] + rounding] };
}

/** Two points have no interval. */
const FEWEST_SAMPLES = 3;
