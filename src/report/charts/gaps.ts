import type { Axis, Point } from './points.js';

/** A stretch of the time axis without a sample. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** So many times the usual interval without a sample are a gap. Chosen by hand: loops on busy targets skip two or three. */
const GAP_INTERVALS = 5;
/** Narrower ones cannot be seen. */
const LEAST_SHARE = 0.02;

/** Where nothing was sampled: in no timeline, or in each of them. Without times there is no telling. */
export function gapsOf(axis: Axis): { readonly all: readonly Gap[]; readonly each: readonly (readonly Gap[])[] } {
  const none = axis.positions.map(() => []);
  if (!axis.timed) return { all: [], each: none };
  const intervals = axis.positions.flatMap((row) => row.slice(1).map((x, i) => x - (row[i] ?? x)));
  const usual = intervals.toSorted((a, b) => a - b)[Math.floor(intervals.length / 2)];
  if (usual === undefined) return { all: [], each: none };
  const least = Math.max(GAP_INTERVALS * usual, LEAST_SHARE * (axis.to - axis.from));
  const among = (row: readonly number[]): Gap[] =>
    row.slice(1).flatMap((to, i) => {
      const from = row[i] ?? to;
      return to - from > least ? [{ from, to }] : [];
    });
  return { all: among(axis.positions.flat().sort((a, b) => a - b)), each: axis.positions.map(among) };
}

/** The points between the gaps: each part is a line of its own. */
export function partsOf(points: readonly Point[], gaps: readonly Gap[]): readonly (readonly Point[])[] {
  const parts: Point[][] = [[]];
  let next = 0;
  for (const point of points) {
    let gap = gaps[next];
    while (gap && point.x >= gap.to) {
      next++;
      gap = gaps[next];
      if ((parts.at(-1)?.length ?? 0) > 0) parts.push([]);
    }
    parts.at(-1)?.push(point);
  }
  return parts;
}
