import {
  bentCourses,
  CONSTANTS,
  type CourseKind,
  type CourseShape,
  LATEST_BEND,
  plainCourses,
  saturatingCourses,
  twiceBentCourse,
} from './courses.js';
import { leastSquares } from './least-squares.js';
import { levelShifts } from './level-shifts.js';
import { runMedians } from './thinning.js';

/** A course fitted to a series. */
export interface Course {
  readonly kind: CourseKind;
  /** Bayesian information criterion: the smaller, the better. */
  readonly criterion: number;
  /** When its last part begins, in the times given. */
  readonly since: number;
  /** Autocorrelation of the noise around it, at lag one. */
  readonly autocorrelation: number;
}

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
  const comparison = new Comparison(x, y);
  const grid = gridOf(x);
  for (const autocorrelation of AUTOCORRELATIONS) fitAll(comparison, grid, autocorrelation);
  levelShifts(y, MOST_SHIFTS).forEach(({ residualSum, last }, shifts) => {
    if (shifts > 0) comparison.addShifts(shifts, residualSum, x[last] ?? 0);
  });
  const { rising, resting } = comparison;
  if (!resting) return undefined;
  const inTime = (course: Course): Course => ({ ...course, since: start + course.since * span });
  return {
    ...(rising ? { rising: inTime(rising) } : {}),
    resting: inTime(resting),
    evidence: rising ? resting.criterion - rising.criterion : Number.NEGATIVE_INFINITY,
  };
}

/** More points say little more about a course, and cost a millisecond for each hundred. */
const MOST_POINTS = 150;
const AUTOCORRELATIONS = [0, 0.4, 0.7, 0.9];
/** Four steps and more are a staircase. */
const MOST_SHIFTS = 3;
const MOST_BENDS = 14;

/** The courses that are tried first; made once, so that their columns are seen through each noise once. */
interface Grid {
  readonly x: Float64Array;
  readonly plain: readonly CourseShape[];
  readonly bent: readonly CourseShape[];
  /** How far apart the bends are. */
  readonly gap: number;
  readonly saturating: readonly CourseShape[];
  readonly twiceBent: readonly CourseShape[];
}

function gridOf(x: Float64Array): Grid {
  const moments = bendMoments(x);
  const bent = moments.map((moment) => bentCourses(x, moment));
  const ramps = bent.map((courses) => courses.find(({ kind }) => kind === 'ramp-then-rest'));
  const twiceBent: CourseShape[] = [];
  for (let a = 0; a < ramps.length; a += 2) {
    for (let b = a + 1; b < ramps.length; b += 2) twiceBent.push(...twiceBentCourse(ramps[a], ramps[b]));
  }
  return {
    x,
    plain: plainCourses(x),
    bent: bent.flat(),
    gap: (moments.at(-1) ?? 0) / Math.max(1, moments.length - 1),
    saturating: CONSTANTS.flatMap((constant) => saturatingCourses(x, constant)),
    twiceBent,
  };
}

/** Fits all courses with noise of one autocorrelation: on the grid, then nearer to the best of each kind. */
function fitAll(comparison: Comparison, grid: Grid, autocorrelation: number): void {
  const noise = comparison.noise(autocorrelation);
  const { x, gap } = grid;
  for (const shape of [...grid.plain, ...grid.twiceBent]) comparison.fit(shape, noise);
  search(comparison, noise, grid.bent, (moment, i) =>
    [moment + gap / 2 ** i, moment - gap / 2 ** i].flatMap((near) => bentCourses(x, near)),
  );
  search(comparison, noise, grid.saturating, (moment, i) =>
    [moment * 1.5 ** (1 / 2 ** i), moment / 1.5 ** (1 / 2 ** i)].flatMap((near) => saturatingCourses(x, near)),
  );
}

/** The grid on which a bend is looked for: at samples, since the series says nothing of what is between them. */
function bendMoments(x: Float64Array): number[] {
  const last = Math.max(
    1,
    x.findLastIndex((time) => time <= LATEST_BEND),
  );
  const count = Math.min(last, MOST_BENDS);
  const at = Array.from({ length: count }, (_, i) => 1 + Math.round((i * (last - 1)) / Math.max(1, count - 1)));
  return [...new Set(at.map((i) => x[i] ?? 0))];
}

const REFINEMENTS = 5;

function search(
  comparison: Comparison,
  noise: Noise,
  grid: readonly CourseShape[],
  shapesNear: (moment: number, refinement: number) => readonly CourseShape[],
): void {
  const best = new Map<CourseKind, { moment: number; criterion: number }>();
  const tryOut = (shape: CourseShape): void => {
    const criterion = comparison.fit(shape, noise);
    const known = best.get(shape.kind);
    if (criterion === undefined || shape.moment === undefined || (known && known.criterion <= criterion)) return;
    best.set(shape.kind, { moment: shape.moment, criterion });
  };
  for (const shape of grid) tryOut(shape);
  for (const [kind] of best) {
    for (let refinement = 1; refinement <= REFINEMENTS; refinement++) {
      for (const shape of shapesNear(best.get(kind)?.moment ?? 0, refinement)) if (shape.kind === kind) tryOut(shape);
    }
  }
}

/** A way to see a series in which its noise is independent. */
interface Noise {
  readonly autocorrelation: number;
  readonly values: Float64Array;
  /** By column, since many courses share some. */
  readonly whitened: Map<Float64Array, Float64Array>;
}

/** The best rising and the best resting course among those that were fitted. */
class Comparison {
  rising: Course | undefined;
  resting: Course | undefined;
  private readonly range: number;
  private readonly falls: number;

  constructor(
    private readonly x: Float64Array,
    private readonly y: Float64Array,
  ) {
    this.range = y.reduce((a, b) => Math.max(a, b)) - y.reduce((a, b) => Math.min(a, b));
    this.falls = oneSidedness(y);
  }

  noise(autocorrelation: number): Noise {
    return { autocorrelation, values: whiten(this.y, autocorrelation), whitened: new Map() };
  }

  /** Returns the criterion; undefined where the course does not apply. */
  fit(shape: CourseShape, noise: Noise): number | undefined {
    const { autocorrelation, whitened } = noise;
    const columns = shape.columns.map((column) => {
      const known = whitened.get(column) ?? whiten(column, autocorrelation);
      whitened.set(column, known);
      return known;
    });
    const fitted = leastSquares(columns, noise.values);
    if (!fitted) return undefined;
    const { x } = this;
    const n = x.length;
    const variance = fitted.residualSum / n + LEAST_VARIANCE;
    const slope = shape.endSlope?.(fitted.coefficients) ?? 0;
    const rises = slope > 0;
    // A rise too small to be told from the noise is neither a rise nor a rest.
    const least = Math.max(LEAST_RISE, 2 * Math.sqrt(variance), LEAST_SHARE * this.range);
    if (rises && slope * (1 - shape.since) < least) return undefined;
    const correlated = autocorrelation > 0;
    const wanders = !rises && shape.kind === 'constant' && autocorrelation >= WANDERING;
    const criterion =
      n * Math.log(variance) -
      (correlated ? Math.log(1 - autocorrelation * autocorrelation) : 0) +
      (shape.parameters + (correlated ? 1 : 0)) * Math.log(n) +
      (wanders ? this.falls : 0);
    this.take({ kind: shape.kind, criterion, since: shape.since, autocorrelation }, rises);
    return criterion;
  }

  addShifts(shifts: number, residualSum: number, since: number): void {
    const n = this.y.length;
    // A level and a moment for each shift.
    const criterion = n * Math.log(residualSum / n + LEAST_VARIANCE) + (1 + 2 * shifts) * Math.log(n);
    this.take({ kind: 'shifts', criterion, since, autocorrelation: 0 }, false);
  }

  private take(course: Course, rises: boolean): void {
    const best = rises ? this.rising : this.resting;
    if (best && best.criterion <= course.criterion) return;
    if (rises) this.rising = course;
    else this.resting = course;
  }
}

/** In units: noise is believed down to a third of a unit, a rise from four units on. */
const LEAST_VARIANCE = 0.3 ** 2;
const LEAST_RISE = 4;
const LEAST_SHARE = 0.02;
const WANDERING = 0.5;

/**
 * How unlikely the moves of a series are for a wander, which goes down as often as up: twice the logarithm of the
 * likelihood ratio of their sign test, less its one parameter.
 */
function oneSidedness(y: Float64Array): number {
  let up = 0;
  let down = 0;
  for (let i = 1; i < y.length; i++) {
    const move = (y[i] as number) - (y[i - 1] as number);
    if (move > 2) up++;
    else if (move < -2) down++;
  }
  const moves = up + down;
  if (moves === 0) return 0;
  const term = (count: number): number => (count > 0 ? count * Math.log(count / moves) : 0);
  return Math.max(0, 2 * (term(up) + term(down) + moves * Math.LN2) - Math.log(moves));
}

function whiten(column: Float64Array, autocorrelation: number): Float64Array {
  if (autocorrelation === 0) return column;
  const first = Math.sqrt(1 - autocorrelation * autocorrelation);
  return column.map((value, i) => (i === 0 ? first * value : value - autocorrelation * (column[i - 1] as number)));
}
