import { CONSTANTS, type CourseShape, Courses, LATEST_BEND } from './courses.js';
import { NormalEquations } from './least-squares.js';

/** A course that is ready to be fitted to any series over its times. */
export interface FittableCourse {
  readonly shape: CourseShape;
  readonly equations: NormalEquations;
}

/** A way to see series over the same times in which their noise is independent. */
export class CourseNoise {
  /** By column, since many courses share some. */
  private readonly whitened = new Map<Float64Array, Float64Array>();

  constructor(readonly autocorrelation: number) {}

  /** Undefined where the parts of the course cannot be told apart at these times. */
  fittable(shape: CourseShape): FittableCourse | undefined {
    const { autocorrelation, whitened } = this;
    const columns = shape.columns.map((column) => whitened.get(column) ?? whiten(column, autocorrelation));
    const equations = NormalEquations.of(columns);
    return equations && { shape, equations };
  }

  /** The same for a course of the grid: its columns are kept for the others. */
  gridCourse(shape: CourseShape): FittableCourse[] {
    for (const column of shape.columns) {
      if (!this.whitened.has(column)) this.whitened.set(column, whiten(column, this.autocorrelation));
    }
    const course = this.fittable(shape);
    return course ? [course] : [];
  }

  seen(values: Float64Array): Float64Array {
    return whiten(values, this.autocorrelation);
  }
}

/** The courses that are tried first over some times: at moments that lie apart, in each noise. */
export class CourseGrid {
  readonly courses: Courses;
  /** How far apart the bends lie, about. */
  readonly gap: number;
  readonly noises: readonly { readonly noise: CourseNoise; readonly courses: readonly FittableCourse[] }[];

  constructor(readonly times: Float64Array) {
    const courses = new Courses(times);
    this.courses = courses;
    const bends = bendMoments(times);
    this.gap = (bends.at(-1) ?? 0) / Math.max(1, bends.length - 1);
    const plain = courses.plain();
    const bent = bends.flatMap((moment) => courses.bent(moment));
    const twiceBent = courses.twiceBent(bent);
    const movable = [...bent, ...CONSTANTS.flatMap((constant) => courses.saturating(constant))];
    this.noises = AUTOCORRELATIONS.map((autocorrelation) => {
      const noise = new CourseNoise(autocorrelation);
      // Five numbers follow a wander as well as its autocorrelation does.
      const shapes = [...plain, ...(autocorrelation <= MOST_OF_TWICE_BENT ? twiceBent : []), ...movable];
      return { noise, courses: shapes.flatMap((shape) => noise.gridCourse(shape)) };
    });
  }
}

/** The grid for these times; the mappings of a process, and processes sampled together, have the same. */
export function courseGridOf(times: Float64Array): CourseGrid {
  const known = recent.findIndex((grid) => isSame(grid.times, times));
  const [grid = new CourseGrid(times)] = known === -1 ? [] : recent.splice(known, 1);
  recent.unshift(grid);
  if (recent.length > MOST_GRIDS) recent.pop();
  return grid;
}

/** The grids used last; one takes up to half a megabyte. */
const recent: CourseGrid[] = [];
const MOST_GRIDS = 8;

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((time, i) => time === b[i]);
}

const AUTOCORRELATIONS = [0, 0.4, 0.7, 0.9];
const MOST_OF_TWICE_BENT = 0.4;
const MOST_BENDS = 10;

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

function whiten(column: Float64Array, autocorrelation: number): Float64Array {
  if (autocorrelation === 0) return column;
  const white = new Float64Array(column.length);
  white[0] = Math.sqrt(1 - autocorrelation * autocorrelation) * (column[0] as number);
  for (let i = 1; i < column.length; i++) {
    white[i] = (column[i] as number) - autocorrelation * (column[i - 1] as number);
  }
  return white;
}
