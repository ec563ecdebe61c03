import { groupBy } from '../model/group-by.js';
import type { PlacedSample, Sample } from '../model/memory.js';
import type { Instant } from '../model/units.js';
import type { Member } from './identify.js';
import { placedSample, type Reading } from './readings.js';
import { compareMembers } from './times.js';

/** A sample of a timeline with the readings that it was made of, the most believed first. */
export interface MergedSample {
  readonly sample: PlacedSample;
  readonly members: readonly Member[];
}

type Total = Exclude<keyof PlacedSample, 'takenAt' | 'origin' | 'minorFaults' | 'majorFaults' | 'faultsOrigin'>;

const TOTALS: readonly Total[] = ['vss', 'rss', 'pss', 'uss', 'swap', 'privateDirty', 'unreclaimable', 'vmaCount'];

/** Samples in order of time; what several sources tell of one instant is one sample. */
export function samplesByTime(members: readonly Member[], rightTimes?: ReadonlyMap<Reading, Instant>): MergedSample[] {
  const timeOf = ({ reading }: Member): Instant => rightTimes?.get(reading) ?? reading.sample.takenAt ?? 0;
  const sorted = members.toSorted(
    (a, b) => timeOf(a) - timeOf(b) || a.reading.rank - b.reading.rank || compareMembers(a, b),
  );
  const samples: MergedSample[] = [];
  for (let from = 0, to = 1; from < sorted.length; from = to++) {
    const instant = timeOf(sorted[from] as Member);
    while (to < sorted.length && timeOf(sorted[to] as Member) === instant) to++;
    const ofInstant = sorted.slice(from, to);
    if (ofInstant.length === 1) samples.push(merged(ofInstant, instant));
    else for (const sample of samplesOfInstant(ofInstant, instant)) samples.push(sample);
  }
  return samples;
}

/** Samples without times in the order of their files, and the readings that cannot be told from repetitions. */
export function samplesByFile(members: readonly Member[]): { samples: MergedSample[]; left: Member[] } {
  // Nothing tells which readings of two sources belong to one instant: each total comes from one source only.
  const series = [...groupBy(members, ({ reading }) => reading.format)].toSorted(
    ([formatA, a], [formatB, b]) => b.length - a.length || rankOf(a) - rankOf(b) || (formatA < formatB ? -1 : 1),
  );
  const told = new Set<Total>();
  const used: Member[] = [];
  const left: Member[] = [];
  for (const [, readings] of series) {
    const totals = TOTALS.filter((total) => readings.some(({ reading }) => reading.sample[total] !== undefined));
    if (totals.some((total) => told.has(total))) left.push(...readings);
    else {
      used.push(...readings);
      for (const total of totals) told.add(total);
    }
  }
  return { samples: used.toSorted(compareMembers).map((member) => merged([member])), left };
}

/**
 * One sample for each different reading of the best source: two in one second are two. The readings of the other
 * sources complete them one by one.
 */
function samplesOfInstant(members: readonly Member[], instant: Instant): MergedSample[] {
  const [best = [], ...others] = [...groupBy(members, ({ reading }) => reading.format).values()];
  return distinctOf(best).map((member, i) =>
    merged([member, ...others.flatMap((readings) => readings[i] ?? [])], instant),
  );
}

/** Readings with other totals than those before them: the same capture stored twice is one. */
function distinctOf(members: readonly Member[]): Member[] {
  const known = new Set<string>();
  return members.filter(({ reading: { sample } }) => {
    const totals = totalsText(sample);
    const isNew = !known.has(totals);
    known.add(totals);
    return isNew;
  });
}

/** The totals of a sample as one text: the same of the same capture stored twice. */
export function totalsText(sample: PlacedSample): string {
  return TOTALS.map((total) => sample[total]).join();
}

/** Each total from the first reading that has it, in one order of fields whatever the source's. */
function merged(members: readonly Member[], takenAt?: Instant): MergedSample {
  const first = (members[0] as Member).reading.sample;
  if (members.length === 1) {
    // Mostly it is what a single source tells: a copy of it would take as much again.
    const isWhole = takenAt === first.takenAt && first.minorFaults === undefined && first.majorFaults === undefined;
    return { sample: isWhole ? first : placedSample(takenAt, first.origin, first), members };
  }
  const totals: Sample = {};
  for (const total of TOTALS) {
    const source = members.find(({ reading }) => reading.sample[total] !== undefined);
    const value = source?.reading.sample[total];
    if (value !== undefined) totals[total] = value;
  }
  return { sample: placedSample(takenAt, first.origin, totals), members };
}

function rankOf(members: readonly Member[]): number {
  return members.reduce((lowest, { reading }) => Math.min(lowest, reading.rank), Number.MAX_SAFE_INTEGER);
}
