import type { Trend } from '../../model/analysis.js';
import type { Sample } from '../../model/memory.js';

/** One life of a process, as a chart draws it. */
export interface ChartTimeline {
  readonly pid?: number;
  readonly samples: readonly Sample[];
  readonly trend?: Trend;
  /** Of the trend's rate, in bytes per hour. */
  readonly rateInterval?: readonly [lower: number, upper: number];
}

/** What to draw; `index.ts` knows who draws it. */
export type ChartSpec =
  /** VSS, RSS, PSS, USS and private memory over time, with the fitted trend. */
  | { readonly kind: 'memory-series'; readonly timelines: readonly ChartTimeline[] }
  /** The private memory in the space of a table cell. */
  | { readonly kind: 'sparkline'; readonly timelines: readonly ChartTimeline[] }
  /** A part of a whole, or a value among others: `value` of `of`; negative values point to the left. */
  | { readonly kind: 'bar'; readonly value: number; readonly of: number };
