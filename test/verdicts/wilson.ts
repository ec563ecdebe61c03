/** A share of cases with its 95 % interval. */
export interface Share {
  readonly hits: number;
  readonly cases: number;
  /** 0 to 1; absent where there are no cases. */
  readonly share?: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.959964;

/** Source: Wilson, J. American Statistical Association 22 (1927). */
export function shareOf(hits: number, cases: number): Share {
  if (cases === 0) return { hits, cases, low: 0, high: 1 };
  const share = hits / cases;
  const scale = 1 + Z ** 2 / cases;
  const middle = (share + Z ** 2 / (2 * cases)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / cases + Z ** 2 / (4 * cases ** 2));
  return { hits, cases, share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
