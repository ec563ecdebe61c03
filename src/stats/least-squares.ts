/** Least squares: the coefficients of the columns and the sum of the squared residuals. */
export interface LeastSquares {
  readonly coefficients: readonly number[];
  readonly residualSum: number;
}

/**
 * The combination of at most four `columns` that comes nearest to `values`; undefined where the columns depend on each
 * other.
 *
 * By the normal equations, which suffice for the few well-scaled columns that a course has: times between 0 and 1.
 */
export function leastSquares(
  columns: readonly ArrayLike<number>[],
  values: ArrayLike<number>,
): LeastSquares | undefined {
  const size = columns.length;
  const width = size + 1;
  for (let a = 0; a < size; a++) {
    const column = columns[a] as ArrayLike<number>;
    for (let b = a; b < size; b++) {
      const product = dot(column, columns[b] as ArrayLike<number>);
      NORMAL[a * width + b] = product;
      NORMAL[b * width + a] = product;
    }
    NORMAL[a * width + size] = dot(column, values);
  }
  if (!eliminate(size, width)) return undefined;
  const coefficients = new Array<number>(size);
  for (let pivot = size - 1; pivot >= 0; pivot--) {
    let rest = NORMAL[pivot * width + size] as number;
    for (let b = pivot + 1; b < size; b++) rest -= (NORMAL[pivot * width + b] as number) * (coefficients[b] as number);
    coefficients[pivot] = rest / (NORMAL[pivot * width + pivot] as number);
  }
  return { coefficients, residualSum: residualSumOf(columns, coefficients, values) };
}

/** The equations that are being solved: a row for each column, and the right side. One array, since this runs often. */
const NORMAL = new Float64Array(4 * 5);
/** Columns of times between 0 and 1 whose rest is smaller than this are the sum of others. */
const DEPENDENT = 1e-9;

function eliminate(size: number, width: number): boolean {
  for (let pivot = 0; pivot < size; pivot++) {
    const scale = NORMAL[pivot * width + pivot] as number;
    if (!(Math.abs(scale) > DEPENDENT)) return false;
    for (let below = pivot + 1; below < size; below++) {
      const factor = (NORMAL[below * width + pivot] as number) / scale;
      for (let b = pivot; b <= size; b++) {
        NORMAL[below * width + b] =
          (NORMAL[below * width + b] as number) - factor * (NORMAL[pivot * width + b] as number);
      }
    }
  }
  return true;
}

function residualSumOf(
  columns: readonly ArrayLike<number>[],
  coefficients: readonly number[],
  values: ArrayLike<number>,
): number {
  const [first, second = ZEROS, third = ZEROS, fourth = ZEROS] = columns;
  const [a = 0, b = 0, c = 0, d = 0] = coefficients;
  if (!first) return dot(values, values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    let residual = (values[i] as number) - a * (first[i] as number);
    if (b !== 0) residual -= b * (second[i] as number);
    if (c !== 0) residual -= c * (third[i] as number);
    if (d !== 0) residual -= d * (fourth[i] as number);
    sum += residual * residual;
  }
  return sum;
}

const ZEROS: ArrayLike<number> = [];

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
