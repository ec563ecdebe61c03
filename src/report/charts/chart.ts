import type { AddressArea } from '../../model/address-space.js';
import type { Trend } from '../../model/analysis.js';
import type { Sample } from '../../model/memory.js';
import type { Thinned } from '../../model/sample-count.js';
import type { ChartSite } from './call-tree.js';
import type { KeyItem } from './colour-key.js';
import type { Point } from './points.js';

/** One life of a process, as a chart draws it. */
export interface ChartTimeline {
  readonly pid?: number;
  readonly samples: readonly Sample[];
  readonly thinned?: Thinned;
  readonly trend?: Trend;
  /** Of the trend's rate, in bytes per hour. */
  readonly rateInterval?: readonly [lower: number, upper: number];
}

/** The lines of a sparkline, each a timeline, and the time that they span: less than the samples, of which a run has many. */
export interface SparkLines {
  readonly from: number;
  readonly to: number;
  readonly points: readonly (readonly Point[])[];
}

/** One part of a whole that changes over time. */
export interface ChartLayer {
  readonly name: string;
  /** The class of its colour: see templates/styles. */
  readonly look: string;
  /** One for each instant; a negative one is drawn as none. */
  readonly values: readonly number[];
}

export interface ChartTile {
  readonly name: string;
  /** The class of its colour: see templates/styles. */
  readonly look: string;
  readonly bytes: number;
}

/** What to draw; `index.ts` knows who draws it. */
export type ChartSpec =
  /** VSS, RSS, PSS, USS and private memory over time, with the fitted trend. */
  | { readonly kind: 'memory-series'; readonly timelines: readonly ChartTimeline[] }
  /** Parts of the memory over time, the first at the bottom. */
  | { readonly kind: 'stacked'; readonly times: readonly number[]; readonly layers: readonly ChartLayer[] }
  /** The address space of a process in its last snapshot, beside the first where there are two. */
  | { readonly kind: 'address-space'; readonly before?: readonly AddressArea[]; readonly after: readonly AddressArea[] }
  /** What mappings of each kind hold over time; `bytes` at each of the samples. */
  | {
      readonly kind: 'category-stack';
      readonly samples: readonly Sample[];
      readonly series: readonly { readonly name: string; readonly look: string; readonly bytes: readonly number[] }[];
    }
  /** Call stacks from `main` down, each call as wide as what was allocated below it; no more than `rows` of them. */
  | {
      readonly kind: 'icicle';
      readonly sites: readonly ChartSite[];
      readonly rows: number;
      /** The looks of the sites, in the order in which they are drawn. */
      readonly key: readonly KeyItem[];
    }
  /** Parts of a whole as tiles; those of a group stand together. */
  | {
      readonly kind: 'treemap';
      readonly groups: readonly (readonly ChartTile[])[];
      readonly key: readonly KeyItem[];
    }
  /** RSS and the rates of page faults over time. */
  | { readonly kind: 'page-faults'; readonly timelines: readonly ChartTimeline[] }
  /** The private memory in the space of a table cell. */
  | { readonly kind: 'sparkline'; readonly lines: SparkLines }
  /** A part of a whole, or a value among others: `value` of `of`; negative values point to the left. */
  | { readonly kind: 'bar'; readonly value: number; readonly of: number };
