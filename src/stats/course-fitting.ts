import type { FittableCourse } from './course-grid.js';
import type { CourseKind } from './courses.js';

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

/** The best rising and the best resting course among those that were fitted. */
export class CourseFitting {
  rising: Course | undefined;
  resting: Course | undefined;
  private readonly range: number;
  private readonly falls: number;
  private readonly coefficients = new Float64Array(MOST_COLUMNS);

  constructor(private readonly y: Float64Array) {
    this.range = y.reduce((a, b) => Math.max(a, b)) - y.reduce((a, b) => Math.min(a, b));
    this.falls = oneSidedness(y);
  }

  /**
   * Returns the criterion; undefined where the course does not apply.
   *
   * @param values as the noise sees them
   */
  fit({ shape, equations }: FittableCourse, values: Float64Array, autocorrelation: number): number | undefined {
    const { coefficients } = this;
    const n = values.length;
    const variance = equations.solve(values, coefficients) / n + LEAST_VARIANCE;
    const slope = shape.endSlope?.(coefficients) ?? 0;
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
    const best = rises ? this.rising : this.resting;
    if (!best || best.criterion > criterion) {
      this.take({ kind: shape.kind, criterion, since: shape.since, autocorrelation }, rises);
    }
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
const MOST_COLUMNS = 4;

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
