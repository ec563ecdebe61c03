import type { CourseComparison } from '../../stats/compare-courses.js';
import type { Course } from '../../stats/course-fitting.js';
import { highestOf, lowestOf } from '../../stats/extremes.js';
import { type Excursion, retainedFloor } from '../../stats/lower-envelope.js';
import { quietEnd } from '../../stats/settling.js';
import type { Series } from '../series.js';
import { GROWTH } from './growth-limits.js';
import { type Floor, type GrowthPart, partOf } from './growth-part.js';

/** Why a part of a series is not called growing. */
export type Doubt =
  /** Fewer samples, or returns to the floor, than a test needs. */
  | 'few-points'
  /** Chance may have made the order of the values. */
  | 'no-trend'
  /** Less than the noise, or than a few pages. */
  | 'small'
  /** Autocorrelated values wander as far as this. */
  | 'wanders'
  /** The late part grew much less than the early one. */
  | 'slows'
  /** One or two steps make most of it. */
  | 'steps'
  /** The end has been quiet for longer than any pause before. */
  | 'paused'
  /** What was there before has not been passed yet: it may be the next tooth of a saw. */
  | 'not-passed';

/** A series with what the tests of its growth need. */
export interface Rise {
  /** Without what repeats itself. */
  readonly series: Series;
  readonly floor: Floor;
  readonly excursions: readonly Excursion[];
  /** Standard deviation from sample to sample. */
  readonly noise: number;
  /** The least growth that counts. */
  readonly least: number;
  /** Which course fits best; worked out when asked for the first time. Undefined where there is no rise to judge. */
  readonly courses: () => CourseComparison | undefined;
}

/** Where the parts begin that are asked, as fractions of the floor's points. */
const PART_STARTS = [0, 0.25, 0.5, 0.75];

/** The part of a series that is proven to grow, with the course that it takes where it is no clear line. */
export interface ProvenRise {
  readonly part: GrowthPart;
  readonly rising?: Course;
}

/**
 * The part of a series that is proven to grow; undefined where none is.
 *
 * Where the whole fails, its later parts are asked: a warm-up, or a leak that sets in late, must not hide what goes on
 * at the end.
 */
export function provenRise(rise: Rise, whole: GrowthPart): ProvenRise | undefined {
  if (isClearLine(rise, whole)) return { part: whole };
  const courses = rise.courses();
  const rising = courses?.rising ? { rising: courses.rising } : {};
  if (courses && courses.evidence > GROWTH.strongEvidence) {
    const part = lastPart(rise, whole, courses);
    // A course that rises may still fit best where the rise has just ended: later than a bend can be told.
    const rests = hasQuietEnd(rise, rise.floor.values.length - part.points);
    if (!rests && trendDoubts(rise, part).length === 0) return { part, ...rising };
  }
  if (courses && courses.evidence <= GROWTH.leastEvidence) return undefined;
  const part = testedPart(rise, whole);
  return part && { part, ...rising };
}

/** The part of which all tests say that it grows. */
function testedPart(rise: Rise, whole: GrowthPart): GrowthPart | undefined {
  let slowed = 0;
  let found: GrowthPart | undefined;
  for (const start of PART_STARTS) {
    const skip = Math.floor(start * rise.floor.values.length);
    // What is left of a warm-up looks straight if only it is short enough.
    if (rise.floor.values.length - skip < GROWTH.enoughFloorPoints || (slowed > 0 && start > 0.5)) break;
    const part = skip === 0 ? whole : partOf(rise.series, rise.floor, skip);
    if (!part) continue;
    const doubts = partDoubts(rise, part, skip, GROWTH.leastHalfSlope + GROWTH.moreHalfSlope * slowed);
    if (part.halfSlopeRatio < GROWTH.leastHalfSlope) slowed++;
    if (doubts.length > 0) continue;
    found = part;
    // Growth that gathers speed or sets in late is measured where it is under way.
    if (part.halfSlopeRatio < GROWTH.leastSpeedUp) break;
  }
  return found;
}

/** So near to a line that no course which bends or rests could fit better. */
function isClearLine(rise: Rise, whole: GrowthPart): boolean {
  const { halfSlopeRatio: ratio, jumpShare, wander, growth, trend } = whole;
  const { clearLineBend, clearLineJumps, clearLineGrowth } = GROWTH;
  const straight = ratio > 1 / clearLineBend && ratio < clearLineBend && jumpShare < clearLineJumps;
  if (!straight || trend.inflation > 1 || wander * clearLineGrowth > growth) return false;
  return partDoubts(rise, whole, 0, GROWTH.leastHalfSlope).length === 0;
}

/** What keeps a series as a whole from being called growing. */
export function doubtsOf(rise: Rise, whole: GrowthPart | undefined): readonly Doubt[] {
  const few = rise.series.values.length < GROWTH.enoughSamples;
  if (few || !whole || whole.points < GROWTH.enoughFloorPoints) return ['few-points'];
  return partDoubts(rise, whole, 0, GROWTH.leastHalfSlope);
}

/** The part since the last bend of the course that rises, where that leaves points enough; else the whole. */
function lastPart({ series, floor }: Rise, whole: GrowthPart, { rising }: CourseComparison): GrowthPart {
  if (rising === undefined || rising.kind === 'power') return whole;
  const distances = floor.at.map((index) => Math.abs((series.times[index] ?? 0) - rising.since));
  const skip = distances.indexOf(lowestOf(distances));
  if (skip <= 0 || floor.values.length - skip < GROWTH.enoughFloorPoints) return whole;
  return partOf(series, floor, skip) ?? whole;
}

function partDoubts(rise: Rise, part: GrowthPart, skip: number, leastRatio: number): Doubt[] {
  const { series, floor, excursions } = rise;
  const last = floor.values.at(-1) ?? 0;
  const behind = skip > 0 && last <= highestOf(series.values.slice(0, part.from));
  const checks: readonly (readonly [Doubt, boolean])[] = [
    // Of few autocorrelated values, a test cannot tell a wander from a trend, but the distance can.
    ['wanders', part.trend.inflation > 1 && part.growth < GROWTH.leastOfWander * part.wander],
    ['slows', part.halfSlopeRatio < leastRatio],
    ['steps', part.jumpShare > GROWTH.mostJumpShare],
    ['paused', hasQuietEnd(rise, skip)],
    ['not-passed', behind || isNextTooth(excursions, part)],
  ];
  return [...trendDoubts(rise, part), ...checks.flatMap(([doubt, holds]) => (holds ? [doubt] : []))];
}

/** No growth is proven without a trend, however well a course fits. */
function trendDoubts({ least, floor }: Rise, part: GrowthPart): Doubt[] {
  if (floor.values.length < GROWTH.enoughFloorPoints) return ['few-points'];
  if (part.trend.pRising > GROWTH.significance || part.line.lower <= 0) return ['no-trend'];
  return part.growth < least ? ['small'] : [];
}

/** A saw whose first tooth began before the sampling and whose second has not ended: it has not passed the first yet. */
function isNextTooth(excursions: readonly Excursion[], part: GrowthPart): boolean {
  const [first, ...later] = excursions;
  if (first?.from !== 0 || first.height < part.growth) return false;
  return !later.some(({ height }) => 2 * height >= first.height);
}

/** Stopped rising for longer than it ever paused before. */
function hasQuietEnd({ series: { times }, floor, noise }: Rise, skip: number): boolean {
  const partTimes = floor.at.slice(skip).map((index) => times[index] ?? 0);
  const retained = retainedFloor(floor.values.slice(skip));
  const step = 3 * noise;
  const rise = (retained.at(-1) ?? 0) - (retained[0] ?? 0);
  // Of less than a few steps, the pauses are too few to compare the end with.
  const quiet = rise < FEWEST_STEPS * step ? retained : withLevelEnd(retained);
  return quietEnd(partTimes, quiet, step) > GROWTH.mostQuietEnd;
}

const FEWEST_STEPS = 4;

/** The least of the last two or three values is no floor: it lies above that of many by the noise alone. */
function withLevelEnd(retained: readonly number[]): number[] {
  const last = retained.length - 1 - Math.floor(retained.length / POINTS_OF_FLOOR);
  return retained.map((value, i) => (i > last ? (retained[last] ?? value) : value));
}

/** One in so many. */
const POINTS_OF_FLOOR = 20;
