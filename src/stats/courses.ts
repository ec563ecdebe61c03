/**
 * The courses that a measure may take over time, as sums of columns to be fitted.
 *
 * Times run from 0 to 1. A course that `ends` may still rise (or fall) at its end, by the slope that it tells; the
 * others have come to rest.
 */
export interface CourseShape {
  readonly kind: CourseKind;
  readonly columns: readonly (readonly number[])[];
  /** Fitted numbers, the moment of a bend included. */
  readonly parameters: number;
  /** Slope at the end; absent for what has come to rest. */
  readonly endSlope?: (coefficients: readonly number[]) => number;
  /** When the part began that the end slope is of. */
  readonly since: number;
  /** What can be moved to fit better: the moments of the bends, or the time constant. */
  readonly moments: readonly number[];
}

export type CourseKind =
  | 'constant'
  | 'ramp-then-rest'
  | 'bent-ramp-then-rest'
  | 'saturation'
  | 'shifts'
  | 'line'
  | 'onset'
  | 'two-slopes'
  | 'saturation-and-line'
  | 'power';

/** A rest, or a new slope, must last this part of the time to be told from what was before. */
export const LATEST_BEND = 0.72;
/** Slower saturations cannot be told from a line within the time sampled. */
const LONGEST_CONSTANT = 0.24;

/** The courses without a moment, for `times` from 0 to 1. */
export function plainCourses(times: readonly number[]): CourseShape[] {
  const one = times.map(() => 1);
  const power = (exponent: number): CourseShape => ({
    kind: 'power',
    columns: [one, times.map((time) => time ** exponent)],
    parameters: 3,
    endSlope: ([, b = 0]) => exponent * b,
    since: 0.5,
    moments: [],
  });
  return [
    { kind: 'constant', columns: [one], parameters: 1, since: 0, moments: [] },
    { kind: 'line', columns: [one, times], parameters: 2, endSlope: ([, b = 0]) => b, since: 0, moments: [] },
    power(2),
    power(3),
  ];
}

/** The courses with one bend at `moment`. */
export function bentCourses(times: readonly number[], moment: number): CourseShape[] {
  if (!(moment > 0) || moment > LATEST_BEND) return [];
  const one = times.map(() => 1);
  const after = times.map((time) => Math.max(0, time - moment));
  return [
    {
      kind: 'ramp-then-rest',
      columns: [one, rampUntil(times, moment)],
      parameters: 3,
      since: moment,
      moments: [moment],
    },
    {
      kind: 'onset',
      columns: [one, after],
      parameters: 3,
      endSlope: ([, b = 0]) => b,
      since: moment,
      moments: [moment],
    },
    {
      kind: 'two-slopes',
      columns: [one, times, after],
      parameters: 4,
      endSlope: ([, b = 0, c = 0]) => b + c,
      since: moment,
      moments: [moment],
    },
  ];
}

/** Two slopes, then rest: what a square root or a logarithm with a cap looks like. Of every second pair of ramps. */
export function twiceBentCourses(bent: readonly CourseShape[]): CourseShape[] {
  const ramps = bent.filter(({ kind }) => kind === 'ramp-then-rest');
  const twice: CourseShape[] = [];
  for (let a = 0; a < ramps.length; a += 2) {
    for (let b = a + 1; b < ramps.length; b += 2) twice.push(...twiceBent(ramps[a], ramps[b]));
  }
  return twice;
}

function twiceBent(first: CourseShape | undefined, second: CourseShape | undefined): CourseShape[] {
  const [one, early] = first?.columns ?? [];
  const late = second?.columns[1];
  if (!one || !early || !late || !first || !second || first.since >= second.since) return [];
  const moments = [first.since, second.since];
  return [{ kind: 'bent-ramp-then-rest', columns: [one, early, late], parameters: 5, since: second.since, moments }];
}

/** The course of a kind with its bends, or its time constant, at `moments`; undefined where there is none. */
export function courseOf(
  kind: CourseKind,
  times: readonly number[],
  [first = 0, second]: readonly number[],
): CourseShape | undefined {
  if (second !== undefined) {
    const ramps = [first, second].map((moment) => courseOf('ramp-then-rest', times, [moment]));
    return twiceBent(ramps[0], ramps[1])[0];
  }
  const bent = kind === 'ramp-then-rest' || kind === 'onset' || kind === 'two-slopes';
  const courses = bent ? bentCourses(times, first) : saturatingCourses(times, first);
  return courses.find((course) => course.kind === kind);
}

/** The courses with an exponential approach of the time constant `moment`. */
export function saturatingCourses(times: readonly number[], moment: number): CourseShape[] {
  if (!(moment > 0) || moment > LONGEST_CONSTANT) return [];
  const one = times.map(() => 1);
  const approach = times.map((time) => 1 - Math.exp(-time / moment));
  const since = Math.min(LATEST_BEND, 2 * moment);
  return [
    { kind: 'saturation', columns: [one, approach], parameters: 3, since, moments: [moment] },
    {
      kind: 'saturation-and-line',
      columns: [one, approach, times],
      parameters: 4,
      endSlope: ([, , c = 0]) => c,
      since,
      moments: [moment],
    },
  ];
}

/** Time constants to begin with; about a third apart, since neighbours fit alike. */
export const CONSTANTS: readonly number[] = [0.01, 0.015, 0.02, 0.03, 0.045, 0.06, 0.09, 0.13, 0.18, 0.24];

function rampUntil(times: readonly number[], moment: number): number[] {
  return times.map((time) => Math.min(time, moment));
}
