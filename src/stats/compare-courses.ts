import { type Course, CourseFitting } from './course-fitting.js';
import { type CourseGrid, type CourseNoise, courseGridOf } from './course-grid.js';
import type { CourseKind, CourseShape } from './courses.js';
import { levelShifts } from './level-shifts.js';
import { runMedians } from './thinning.js';

/** Courses that still rise at the end against those that do not. */
export interface CourseComparison {
  readonly rising?: Course;
  readonly resting: Course;
  /**
   * Twice the logarithm of the Bayes factor for rising: above 2 positive, above 6 strong, above 10 very strong
   * evidence; as much below 0 for rest. Source: Kass & Raftery, JASA 90 (1995) 773–795.
   */
  readonly evidence: number;
}

/**
 * Which course a series takes: constant, a ramp, saturation or up to three shifts and then rest; or a line, an onset,
 * a second slope, a power, which still rise at the end. Undefined for fewer than five points or no time between them.
 *
 * Each is fitted by least squares with independent or autocorrelated (AR(1)) noise, and judged by its Bayesian
 * information criterion, so that a course with more numbers must fit better by as much. `unit` is the smallest step
 * of the values: noise below a part of it is not believed.
 * Sources: Schwarz, Annals of Statistics 6 (1978) 461–464 (the criterion); Prais & Winsten (1954) (AR(1) noise).
 */
export function compareCourses(
  times: readonly number[],
  values: readonly number[],
  unit: number,
): CourseComparison | undefined {
  const start = times[0] ?? 0;
  const span = (times.at(-1) ?? 0) - start;
  if (values.length < 5 || !(span > 0)) return undefined;
  const x = runMedians(times, MOST_POINTS).map((time) => (time - start) / span);
  const y = runMedians(values, MOST_POINTS).map((value) => (value - (values[0] ?? 0)) / unit);
  const fitting = new CourseFitting(y);
  fitAll(fitting, courseGridOf(x), y);
  levelShifts(y, MOST_SHIFTS).forEach(({ residualSum, last }, shifts) => {
    if (shifts > 0) fitting.addShifts(shifts, residualSum, x[last] ?? 0);
  });
  const { rising, resting } = fitting;
  if (!resting) return undefined;
  const inTime = (course: Course): Course => ({ ...course, since: start + course.since * span });
  return {
    ...(rising ? { rising: inTime(rising) } : {}),
    resting: inTime(resting),
    evidence: rising ? resting.criterion - rising.criterion : Number.NEGATIVE_INFINITY,
  };
}

/** More points say little more about a course, and cost a millisecond for each hundred. */
const MOST_POINTS = 100;
/** Four steps and more are a staircase. */
const MOST_SHIFTS = 3;
const REFINEMENTS = 6;

/** Fits all courses in all noises: on a grid of moments, then nearer to the best of each kind. */
function fitAll(fitting: CourseFitting, { noises, courses, gap }: CourseGrid, y: Float64Array): void {
  const best = new Map<CourseKind, Placed>();
  for (const { noise, courses: onGrid } of noises) {
    const values = noise.seen(y);
    for (const course of onGrid) {
      const criterion = fitting.fit(course, values, noise.autocorrelation);
      if (course.shape.moments.length > 0) place(best, course.shape, criterion, noise);
    }
  }
  for (const [
    kind,
    {
      noise,
      shape: { moments },
    },
  ] of best) {
    const values = noise.seen(y);
    for (let refinement = 1; refinement <= REFINEMENTS; refinement++) {
      // One after the other: where two bends lie depends on each other.
      for (const which of moments.keys()) {
        for (const near of nearMoments(
          best.get(kind)?.shape,
          which,
          gap / 2 ** refinement,
          1.5 ** (1 / 2 ** refinement),
        )) {
          const shape = courses.of(kind, near);
          const course = shape && noise.fittable(shape);
          if (course) place(best, course.shape, fitting.fit(course, values, noise.autocorrelation), noise);
        }
      }
    }
  }
}

/** The best course of a kind so far, and the noise in which it is. */
interface Placed {
  readonly shape: CourseShape;
  readonly criterion: number;
  readonly noise: CourseNoise;
}

function place(
  best: Map<CourseKind, Placed>,
  shape: CourseShape,
  criterion: number | undefined,
  noise: CourseNoise,
): void {
  const known = best.get(shape.kind);
  if (criterion === undefined || (known && known.criterion <= criterion)) return;
  best.set(shape.kind, { shape, criterion, noise });
}

/** One of the moments moved to both sides: bends lie evenly in time, constants by their ratios. */
function nearMoments(shape: CourseShape | undefined, which: number, gap: number, ratio: number): number[][] {
  const moment = shape?.moments[which];
  if (!shape || moment === undefined) return [];
  const saturates = shape.kind === 'saturation' || shape.kind === 'saturation-and-line';
  const near = saturates ? [moment * ratio, moment / ratio] : [moment + gap, moment - gap];
  return near.map((moved) => shape.moments.with(which, moved));
}
