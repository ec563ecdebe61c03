/** Least squares: the coefficients of the columns and the sum of the squared residuals. */
export interface LeastSquares {
  readonly coefficients: readonly number[];
  readonly residualSum: number;
}

/**
 * The combination of `columns` that comes nearest to `values`; undefined where the columns depend on each other.
 *
 * By the normal equations, which suffice for the few well-scaled columns that a course has: times between 0 and 1.
 */
export function leastSquares(columns: readonly Float64Array[], values: Float64Array): LeastSquares | undefined {
  const size = columns.length;
  const rows = columns.map((column) =>
    Float64Array.from({ length: size + 1 }, (_, b) => dot(column, b < size ? (columns[b] as Float64Array) : values)),
  );
  for (let pivot = 0; pivot < size; pivot++) {
    const row = rows[pivot] as Float64Array;
    const scale = row[pivot] as number;
    if (!(Math.abs(scale) > DEPENDENT)) return undefined;
    for (let below = pivot + 1; below < size; below++) {
      const other = rows[below] as Float64Array;
      const factor = (other[pivot] as number) / scale;
      for (let b = pivot; b <= size; b++) other[b] = (other[b] as number) - factor * (row[b] as number);
    }
  }
  const coefficients = new Array<number>(size).fill(0);
  for (let pivot = size - 1; pivot >= 0; pivot--) {
    const row = rows[pivot] as Float64Array;
    let rest = row[size] as number;
    for (let b = pivot + 1; b < size; b++) rest -= (row[b] as number) * (coefficients[b] as number);
    coefficients[pivot] = rest / (row[pivot] as number);
  }
  let residualSum = 0;
  for (let i = 0; i < values.length; i++) {
    let residual = values[i] as number;
    for (let a = 0; a < size; a++)
      residual -= (coefficients[a] as number) * ((columns[a] as Float64Array)[i] as number);
    residualSum += residual * residual;
  }
  return { coefficients, residualSum };
}

/** Columns of times between 0 and 1 whose rest is smaller than this are the sum of others. */
const DEPENDENT = 1e-9;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
