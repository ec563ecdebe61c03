/**
 * The normal equations of at most four columns, factored once and solved for as many series as there are.
 *
 * They suffice for the few well-scaled columns that a course has: times between 0 and 1.
 */
export class NormalEquations {
  private constructor(
    private readonly columns: readonly Float64Array[],
    /** A row for each column: above the diagonal what elimination leaves, below it the factors of its steps. */
    private readonly factors: Float64Array,
  ) {}

  /** Undefined where the columns depend on each other. */
  static of(columns: readonly Float64Array[]): NormalEquations | undefined {
    const size = columns.length;
    const factors = new Float64Array(size * size);
    for (let a = 0; a < size; a++) {
      for (let b = a; b < size; b++) {
        const product = dot(columns[a] as Float64Array, columns[b] as Float64Array);
        factors[a * size + b] = product;
        factors[b * size + a] = product;
      }
    }
    return factorize(factors, size) ? new NormalEquations(columns, factors) : undefined;
  }

  /**
   * Finds the combination of the columns that comes nearest to `values`.
   *
   * @param coefficients takes one number for each column
   * @returns the sum of the squared residuals
   */
  solve(values: Float64Array, coefficients: Float64Array): number {
    const { columns, factors } = this;
    const size = columns.length;
    for (let a = 0; a < size; a++) coefficients[a] = dot(columns[a] as Float64Array, values);
    for (let pivot = 0; pivot < size; pivot++) {
      for (let below = pivot + 1; below < size; below++) {
        (coefficients[below] as number) -= (factors[below * size + pivot] as number) * (coefficients[pivot] as number);
      }
    }
    for (let pivot = size - 1; pivot >= 0; pivot--) {
      let rest = coefficients[pivot] as number;
      for (let b = pivot + 1; b < size; b++)
        rest -= (factors[pivot * size + b] as number) * (coefficients[b] as number);
      coefficients[pivot] = rest / (factors[pivot * size + pivot] as number);
    }
    return residualSumOf(columns, coefficients, values);
  }
}

/** Columns of times between 0 and 1 whose rest is smaller than this are the sum of others. */
const DEPENDENT = 1e-9;

function factorize(factors: Float64Array, size: number): boolean {
  for (let pivot = 0; pivot < size; pivot++) {
    const scale = factors[pivot * size + pivot] as number;
    if (!(Math.abs(scale) > DEPENDENT)) return false;
    for (let below = pivot + 1; below < size; below++) {
      const factor = (factors[below * size + pivot] as number) / scale;
      factors[below * size + pivot] = factor;
      for (let b = pivot + 1; b < size; b++) {
        (factors[below * size + b] as number) -= factor * (factors[pivot * size + b] as number);
      }
    }
  }
  return true;
}

/** One loop for each number of columns: this is where fitting courses spends its time. */
function residualSumOf(
  [first, second, third, fourth]: readonly Float64Array[],
  coefficients: Float64Array,
  values: Float64Array,
): number {
  const [a = 0, b = 0, c = 0, d = 0] = coefficients;
  const n = values.length;
  let sum = 0;
  if (!first) return dot(values, values);
  if (!second) {
    for (let i = 0; i < n; i++) {
      const residual = (values[i] as number) - a * (first[i] as number);
      sum += residual * residual;
    }
  } else if (!third) {
    for (let i = 0; i < n; i++) {
      const residual = (values[i] as number) - a * (first[i] as number) - b * (second[i] as number);
      sum += residual * residual;
    }
  } else {
    for (let i = 0; i < n; i++) {
      let residual = (values[i] as number) - a * (first[i] as number) - b * (second[i] as number);
      residual -= c * (third[i] as number);
      if (fourth) residual -= d * (fourth[i] as number);
      sum += residual * residual;
    }
  }
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
