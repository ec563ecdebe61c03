/** One stretch in which the values lie above a level to which they come back later. */
export interface Excursion {
  /** Indices of the first sample above and of the sample that is back. */
  readonly from: number;
  readonly back: number;
  /** How far it went above the level. */
  readonly height: number;
}

/** The retained floor: at each sample the least value from there on. What lies above it is given back later. */
export function retainedFloor(values: readonly number[]): number[] {
  const floor = [...values];
  for (let i = floor.length - 2; i >= 0; i--) floor[i] = Math.min(floor[i] ?? 0, floor[i + 1] ?? 0);
  return floor;
}

/**
 * The stretches that rise above the retained floor by more than `tolerance` and come back to it.
 *
 * The last rise of a series is none: whether it comes back is not known. One with `from` 0 began before the series.
 */
export function excursionsOf(values: readonly number[], tolerance: number): Excursion[] {
  const floor = retainedFloor(values);
  const excursions: Excursion[] = [];
  let from = -1;
  let height = 0;
  values.forEach((value, i) => {
    const above = value - (floor[i] ?? value);
    if (above > tolerance) {
      if (from < 0) from = i;
      height = Math.max(height, above);
    } else if (from >= 0) {
      excursions.push({ from, back: i, height });
      from = -1;
      height = 0;
    }
  });
  return excursions;
}

/** The least value of each whole run of `width` samples, counted from the end, with its index. */
export function runMinima(
  values: readonly number[],
  width: number,
): { readonly at: number[]; readonly values: number[] } {
  const at: number[] = [];
  const minima: number[] = [];
  for (let start = values.length % width; start + width <= values.length; start += width) {
    let least = start;
    // The later of two equal minima: the floor is known to hold until there.
    for (let i = start + 1; i < start + width; i++) if ((values[i] ?? 0) <= (values[least] ?? 0)) least = i;
    at.push(least);
    minima.push(values[least] ?? 0);
  }
  return { at, values: minima };
}

/** The ends of the falls of more than `tolerance`. */
export function troughsOf(
  values: readonly number[],
  tolerance: number,
): { readonly at: number[]; readonly values: number[] } {
  const at: number[] = [];
  const falls = (i: number): boolean => (values[i] ?? 0) - (values[i + 1] ?? 0) > tolerance;
  for (let i = 1; i < values.length; i++) {
    if (falls(i - 1) && !(i + 1 < values.length && falls(i))) at.push(i);
  }
  return { at, values: at.map((index) => values[index] ?? 0) };
}

/** How far the values lie above what they come back to, on average: half a tooth for a saw, little for rare spikes. */
export function meanExcess(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const floor = retainedFloor(values);
  return values.reduce((sum, value, i) => sum + value - (floor[i] ?? value), 0) / values.length;
}
