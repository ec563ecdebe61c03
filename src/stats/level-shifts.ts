/** A series cut into levels. */
export interface LevelShifts {
  /** The sum of the squared distances from the levels. */
  readonly residualSum: number;
  /** Index of the first value of the last level. */
  readonly last: number;
}

/**
 * The best cut of a series into levels: at index k that with k shifts between them, k from 0 to `most`.
 *
 * Exact, by dynamic programming: O(most × n²).
 * Source: Auger & Lawrence, Bulletin of Mathematical Biology 51 (1989) 39–54 (segment neighbourhood).
 */
export function levelShifts(values: ArrayLike<number>, most: number): LevelShifts[] {
  const n = values.length;
  const sums = new Array<number>(n + 1).fill(0);
  const squares = new Array<number>(n + 1).fill(0);
  for (let i = 0; i < n; i++) {
    const value = values[i] as number;
    sums[i + 1] = (sums[i] as number) + value;
    squares[i + 1] = (squares[i] as number) + value * value;
  }
  /** Of the values from `from` to before `to` around their mean. */
  const restOf = (from: number, to: number): number => {
    const sum = (sums[to] as number) - (sums[from] as number);
    return Math.max(0, (squares[to] as number) - (squares[from] as number) - (sum * sum) / (to - from));
  };
  let least = Array.from({ length: n + 1 }, (_, to) => (to > 0 ? restOf(0, to) : 0));
  const found: LevelShifts[] = [{ residualSum: least[n] as number, last: 0 }];
  for (let shifts = 1; shifts <= Math.min(most, n - 1); shifts++) {
    let last = 0;
    const next = new Array<number>(n + 1).fill(Number.POSITIVE_INFINITY);
    for (let to = shifts + 1; to <= n; to++) {
      let best = Number.POSITIVE_INFINITY;
      for (let at = shifts; at < to; at++) {
        const sum = (least[at] as number) + restOf(at, to);
        if (sum >= best) continue;
        best = sum;
        last = at;
      }
      next[to] = best;
    }
    least = next;
    found.push({ residualSum: least[n] as number, last });
  }
  return found;
}
