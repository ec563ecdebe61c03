import { type PlacedSample, tellsFaultsOnly } from '../model/memory.js';
import type { Instant } from '../model/units.js';
import type { Member, Process } from './identify.js';
import type { Reading } from './readings.js';
import { compareMembers } from './times.js';

/** Counts that were read further from a sample say nothing of it: chosen by hand, a capture script takes less. */
const FURTHEST = 1_000;

function countsOnly({ reading: { sample } }: Member): boolean {
  return tellsFaultsOnly(sample);
}

/** The readings of memory, and those of page faults alone. */
export function splitCounts(members: readonly Member[]): { memory: readonly Member[]; counts: readonly Member[] } {
  const counts = members.filter(countsOnly);
  return { memory: counts.length === 0 ? members : members.filter((member) => !countsOnly(member)), counts };
}

/** Whether anything tells of its memory: stat alone, which a folder may hold of every kernel thread, does not. */
export function hasMemory({ members }: Process): boolean {
  return members.some((member) => !countsOnly(member));
}

/**
 * The samples with the page faults that were counted at the same instant, or nearest to it. Without times they belong
 * together one by one, where there are as many of both.
 */
export function withCounts(
  samples: readonly PlacedSample[],
  counts: readonly Member[],
  timed: boolean,
  rightTimes: ReadonlyMap<Reading, Instant> = new Map(),
): readonly PlacedSample[] {
  if (counts.length === 0) return samples;
  const inOrder = counts.toSorted(compareMembers);
  if (!timed) {
    return counts.length === samples.length ? samples.map((sample, i) => counted(sample, inOrder[i])) : samples;
  }
  const nearest = new Map<number, { readonly member: Member; readonly distance: number }>();
  for (const member of inOrder) {
    const takenAt = rightTimes.get(member.reading) ?? member.reading.sample.takenAt;
    const at = takenAt === undefined ? undefined : nearestTo(samples, takenAt);
    if (takenAt === undefined || at === undefined) continue;
    const distance = Math.abs((samples[at]?.takenAt ?? 0) - takenAt);
    if (distance <= FURTHEST && distance < (nearest.get(at)?.distance ?? Number.POSITIVE_INFINITY)) {
      nearest.set(at, { member, distance });
    }
  }
  return samples.map((sample, i) => counted(sample, nearest.get(i)?.member));
}

function counted(sample: PlacedSample, member: Member | undefined): PlacedSample {
  if (!member || sample.minorFaults !== undefined) return sample;
  const { minorFaults, majorFaults, origin } = member.reading.sample;
  return {
    ...sample,
    ...(minorFaults === undefined ? {} : { minorFaults }),
    ...(majorFaults === undefined ? {} : { majorFaults }),
    faultsOrigin: origin,
  };
}

/** The index of the sample that is nearest in time; the samples are in order of it. */
function nearestTo(samples: readonly PlacedSample[], instant: number): number | undefined {
  let [low, high] = [0, samples.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((samples[middle]?.takenAt ?? 0) < instant) low = middle + 1;
    else high = middle;
  }
  const distanceOf = (at: number): number => Math.abs((samples[at]?.takenAt ?? Number.POSITIVE_INFINITY) - instant);
  if (samples.length === 0) return undefined;
  return low > 0 && distanceOf(low - 1) <= distanceOf(low) ? low - 1 : low;
}
