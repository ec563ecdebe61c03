import type { Level, LevelChange, LevelComparison, LevelMeasure } from '../model/comparison.js';
import type { Sample } from '../model/memory.js';
import { PAGE } from '../model/units.js';
import { endLevel } from '../stats/level.js';
import { medianInterval } from '../stats/median-interval.js';
import { medianOf } from '../stats/robust-noise.js';
import type { Observation } from './observations.js';
import { isGrowing } from './states.js';

/** The one that the process alone answers for first. */
const MEASURES: readonly { readonly id: LevelMeasure; readonly of: (sample: Sample) => number | undefined }[] = [
  { id: 'unreclaimable', of: ({ unreclaimable }) => unreclaimable },
  {
    id: 'private',
    of: ({ privateDirty, swap }) => (privateDirty === undefined ? undefined : privateDirty + (swap ?? 0)),
  },
  { id: 'uss', of: ({ uss }) => uss },
  { id: 'pss', of: ({ pss }) => pss },
  { id: 'rss', of: ({ rss }) => rss },
  { id: 'vss', of: ({ vss }) => vss },
  { id: 'vmaCount', of: ({ vmaCount }) => vmaCount },
];

/** The levels that both sides know, the one that counts first. */
export function compareLevels(before: readonly Observation[], after: readonly Observation[]): LevelComparison[] {
  const isMoving = isGrowing(before) || isGrowing(after);
  const pages = PAGE * Math.max(vmasOf(before), vmasOf(after));
  return MEASURES.flatMap(({ id, of }): LevelComparison[] => {
    const earlier = jointLevel(before.flatMap((one) => levelOf(one, of) ?? []));
    const later = jointLevel(after.flatMap((one) => levelOf(one, of) ?? []));
    if (!earlier || !later) return [];
    const difference = later.value - earlier.value;
    const tolerance = Math.max(earlier.spread, later.spread, id === 'vmaCount' ? 0 : pages);
    const change = levelChange(difference, tolerance, isMoving);
    return [{ measure: id, before: earlier, after: later, difference, tolerance, change }];
  });
}

export function levelChange(difference: number, tolerance: number, isMoving: boolean): LevelChange {
  if (difference === 0) return 'same';
  if (isMoving) return 'not-told';
  if (Math.abs(difference) <= tolerance) return 'same';
  return difference > 0 ? 'grew' : 'shrank';
}

/** The level of one program over several devices: their median, with the spread that it has between them. */
export function jointLevel(levels: readonly Level[]): Level | undefined {
  const [first] = levels;
  if (levels.length < 2) return first;
  const values = levels.map(({ value }) => value);
  const [lower, upper] = medianInterval(values);
  return { value: medianOf(values), spread: upper - lower };
}

/** Undefined where fewer than half of the samples tell the measure. */
function levelOf({ timeline }: Observation, of: (sample: Sample) => number | undefined): Level | undefined {
  const samples = timeline?.samples ?? [];
  const values = samples.flatMap((sample) => of(sample) ?? []);
  return values.length === 0 || 2 * values.length < samples.length ? undefined : endLevel(values);
}

function vmasOf(observations: readonly Observation[]): number {
  return Math.max(1, ...observations.map(({ timeline }) => timeline?.samples.at(-1)?.vmaCount ?? 1));
}
