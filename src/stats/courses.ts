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
  readonly endSlope?: (coefficients: Float64Array) => number;
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
/** Of three time constants within the time sampled, 95 % is done. Slower saturations cannot be told from a line. */
const LONGEST_CONSTANT = 0.33;

/** The courses over the same times, from 0 to 1. They share their columns. */
export class Courses {
  private readonly one: Float64Array;

  constructor(private readonly times: Float64Array) {
    this.one = new Float64Array(times.length).fill(1);
  }

  /** Those without a moment. */
  plain(): CourseShape[] {
    const { one, times } = this;
    const power = (exponent: number): CourseShape => ({
      kind: 'power',
      columns: [one, times.map((time) => time ** exponent)],
      parameters: 3,
      endSlope: (coefficients) => exponent * (coefficients[1] ?? 0),
      since: 0.5,
      moments: [],
    });
    return [
      { kind: 'constant', columns: [one], parameters: 1, since: 0, moments: [] },
      { kind: 'line', columns: [one, times], parameters: 2, endSlope: secondOf, since: 0, moments: [] },
      power(2),
      power(3),
    ];
  }

  /** Those with one bend at `moment`. */
  bent(moment: number): CourseShape[] {
    if (!isBend(moment)) return [];
    const after = this.after(moment);
    return [this.ramp(moment), this.onset(moment, after), this.twoSlopes(moment, after)];
  }

  /** Two slopes, then rest: what a square root or a logarithm with a cap looks like. Of every second pair of ramps. */
  twiceBent(bent: readonly CourseShape[]): CourseShape[] {
    const ramps = bent.filter(({ kind }) => kind === 'ramp-then-rest');
    const twice: CourseShape[] = [];
    for (const [a, first] of ramps.entries()) {
      if (a % 2 !== 0) continue;
      for (let b = a + 1; b < ramps.length; b += 2) twice.push(...this.bentTwice(first, ramps[b] ?? first));
    }
    return twice;
  }

  /** Those with an exponential approach of the time constant `constant`. */
  saturating(constant: number): CourseShape[] {
    if (!isConstant(constant)) return [];
    const approach = this.approach(constant);
    return [this.saturation(constant, approach), this.saturationAndLine(constant, approach)];
  }

  /** The course of a kind with its bends, or its time constant, at `moments`; undefined where there is none. */
  of(kind: CourseKind, [first = 0, second = 0]: readonly number[]): CourseShape | undefined {
    if (kind === 'saturation') return isConstant(first) ? this.saturation(first) : undefined;
    if (kind === 'saturation-and-line') return isConstant(first) ? this.saturationAndLine(first) : undefined;
    if (!isBend(first)) return undefined;
    if (kind === 'ramp-then-rest') return this.ramp(first);
    if (kind === 'onset') return this.onset(first);
    if (kind === 'two-slopes') return this.twoSlopes(first);
    return isBend(second) ? this.bentTwice(this.ramp(first), this.ramp(second))[0] : undefined;
  }

  private ramp(moment: number): CourseShape {
    const { times } = this;
    const ramp = new Float64Array(times.length);
    for (let i = 0; i < ramp.length; i++) ramp[i] = Math.min(times[i] as number, moment);
    return { kind: 'ramp-then-rest', columns: [this.one, ramp], parameters: 3, since: moment, moments: [moment] };
  }

  private onset(moment: number, after = this.after(moment)): CourseShape {
    return {
      kind: 'onset',
      columns: [this.one, after],
      parameters: 3,
      endSlope: secondOf,
      since: moment,
      moments: [moment],
    };
  }

  private twoSlopes(moment: number, after = this.after(moment)): CourseShape {
    return {
      kind: 'two-slopes',
      columns: [this.one, this.times, after],
      parameters: 4,
      endSlope: secondAndThirdOf,
      since: moment,
      moments: [moment],
    };
  }

  private saturation(constant: number, approach = this.approach(constant)): CourseShape {
    const since = Math.min(LATEST_BEND, 2 * constant);
    return { kind: 'saturation', columns: [this.one, approach], parameters: 3, since, moments: [constant] };
  }

  private saturationAndLine(constant: number, approach = this.approach(constant)): CourseShape {
    return {
      ...this.saturation(constant, approach),
      kind: 'saturation-and-line',
      columns: [this.one, approach, this.times],
      parameters: 4,
      endSlope: thirdOf,
    };
  }

  private after(moment: number): Float64Array {
    const { times } = this;
    const after = new Float64Array(times.length);
    for (let i = 0; i < after.length; i++) after[i] = Math.max(0, (times[i] as number) - moment);
    return after;
  }

  private approach(constant: number): Float64Array {
    const { times } = this;
    const approach = new Float64Array(times.length);
    for (let i = 0; i < approach.length; i++) approach[i] = 1 - Math.exp(-(times[i] as number) / constant);
    return approach;
  }

  private bentTwice(first: CourseShape, second: CourseShape): CourseShape[] {
    const early = first.columns[1];
    const late = second.columns[1];
    if (!early || !late || first.since >= second.since) return [];
    const moments = [first.since, second.since];
    return [
      { kind: 'bent-ramp-then-rest', columns: [this.one, early, late], parameters: 5, since: second.since, moments },
    ];
  }
}

function isBend(moment: number): boolean {
  return moment > 0 && moment <= LATEST_BEND;
}

function isConstant(constant: number): boolean {
  return constant > 0 && constant <= LONGEST_CONSTANT;
}

function secondOf(coefficients: Float64Array): number {
  return coefficients[1] ?? 0;
}

function thirdOf(coefficients: Float64Array): number {
  return coefficients[2] ?? 0;
}

function secondAndThirdOf(coefficients: Float64Array): number {
  return (coefficients[1] ?? 0) + (coefficients[2] ?? 0);
}

/** Time constants to begin with; about a third apart, since neighbours fit alike. */
export const CONSTANTS: readonly number[] = [0.01, 0.015, 0.02, 0.03, 0.045, 0.06, 0.09, 0.13, 0.18, 0.24, 0.33];
