/**
 * The courses that a measure may take over time, as sums of columns to be fitted.
 *
 * Times run from 0 to 1. A course that `ends` may still rise (or fall) at its end, by the slope that it tells; the
 * others have come to rest.
 */
export interface CourseShape {
  readonly kind: CourseKind;
  readonly columns: readonly Float64Array[];
  /** Fitted numbers, the moment of a bend included. */
  readonly parameters: number;
  /** Slope at the end; absent for what has come to rest. */
  readonly endSlope?: (coefficients: readonly number[]) => number;
  /** When the part began that the end slope is of. */
  readonly since: number;
  /** What can be moved to fit better: the moment of the bend, or the time constant. */
  readonly moment?: number;
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
export function plainCourses(times: Float64Array): CourseShape[] {
  const one = new Float64Array(times.length).fill(1);
  const power = (exponent: number): CourseShape => ({
    kind: 'power',
    columns: [one, times.map((time) => time ** exponent)],
    parameters: 3,
    endSlope: ([, b = 0]) => exponent * b,
    since: 0.5,
  });
  return [
    { kind: 'constant', columns: [one], parameters: 1, since: 0 },
    { kind: 'line', columns: [one, times], parameters: 2, endSlope: ([, b = 0]) => b, since: 0 },
    power(2),
    power(3),
  ];
}

/** The courses with one bend at `moment`. */
export function bentCourses(times: Float64Array, moment: number): CourseShape[] {
  if (!(moment > 0) || moment > LATEST_BEND) return [];
  const one = new Float64Array(times.length).fill(1);
  const after = times.map((time) => Math.max(0, time - moment));
  return [
    { kind: 'ramp-then-rest', columns: [one, rampUntil(times, moment)], parameters: 3, since: moment, moment },
    { kind: 'onset', columns: [one, after], parameters: 3, endSlope: ([, b = 0]) => b, since: moment, moment },
    {
      kind: 'two-slopes',
      columns: [one, times, after],
      parameters: 4,
      endSlope: ([, b = 0, c = 0]) => b + c,
      since: moment,
      moment,
    },
  ];
}

/** Two slopes, then rest, out of two ramps: what a square root or a logarithm with a cap looks like. */
export function twiceBentCourse(first: CourseShape | undefined, second: CourseShape | undefined): CourseShape[] {
  const [one, early] = first?.columns ?? [];
  const [, late] = second?.columns ?? [];
  if (!one || !early || !late || !second) return [];
  return [{ kind: 'bent-ramp-then-rest', columns: [one, early, late], parameters: 5, since: second.since }];
}

/** The courses with an exponential approach of the time constant `moment`. */
export function saturatingCourses(times: Float64Array, moment: number): CourseShape[] {
  if (!(moment > 0) || moment > LONGEST_CONSTANT) return [];
  const one = new Float64Array(times.length).fill(1);
  const approach = times.map((time) => 1 - Math.exp(-time / moment));
  const since = Math.min(LATEST_BEND, 2 * moment);
  return [
    { kind: 'saturation', columns: [one, approach], parameters: 3, since, moment },
    {
      kind: 'saturation-and-line',
      columns: [one, approach, times],
      parameters: 4,
      endSlope: ([, , c = 0]) => c,
      since,
      moment,
    },
  ];
}

/** Time constants to begin with; about a third apart, since neighbours fit alike. */
export const CONSTANTS: readonly number[] = [0.01, 0.015, 0.02, 0.03, 0.045, 0.06, 0.09, 0.13, 0.18, 0.24];

function rampUntil(times: Float64Array, moment: number): Float64Array {
  return times.map((time) => Math.min(time, moment));
}
