import type { CategoryReport, CategorySeriesReport } from '../../model/address-space.js';
import { categoryOfMapping } from '../../model/mapping-category.js';
import { compareNames } from '../../model/origin.js';
import type { MappingSeries, Timeline } from '../../model/program.js';
import type { VmaTable } from '../../model/vma-table.js';
import { type Measure, measureOf, PRIVATE } from '../followed-measure.js';
import { earlierTable, heldBy } from '../match-vmas.js';
import { categoriesOf, imagePaths } from './vma-categories.js';

type Snapshots = Pick<Timeline, 'first' | 'last'>;

/** Names of the programs and libraries that a process had at its first and its last snapshot. */
export function imageNames({ first, last }: Snapshots): ReadonlySet<string> {
  const names = new Set<string>();
  for (const kept of [first, last]) {
    if (kept) for (const path of imagePaths(kept.table)) names.add(kept.table.paths[path] ?? '');
  }
  return names;
}

export function categoryOfSeries({ label, kind }: MappingSeries, images: ReadonlySet<string>): string {
  return categoryOfMapping(label, kind, images.has(label));
}

/** The VMAs of the last snapshot by category, those that hold the most private memory first. */
export function mappingKindsOf(snapshots: Snapshots): CategoryReport[] {
  const { last } = snapshots;
  if (last === undefined) return [];
  const earlier = earlierTable(snapshots);
  const measure = Math.max(measureOf(last.table), earlier ? measureOf(earlier) : PRIVATE) as Measure;
  const categories = categoriesOf(last.table);
  const now = sumByCategory(categories, heldBy(last.table, measure));
  const before = earlier && sumByCategory(categoriesOf(earlier), heldBy(earlier, measure));
  const kinds = reportsOf(last.table, categories);
  if (before) {
    for (const kind of kinds) kind.growth = (now.get(kind.category) ?? 0) - (before.get(kind.category) ?? 0);
    for (const [category, held] of before) {
      if (!now.has(category)) kinds.push({ category, vmaCount: 0, size: 0, growth: -held });
    }
  }
  const weight = ({ privateBytes, rss, size }: CategoryReport): number => privateBytes ?? rss ?? size;
  return kinds.sort((a, b) => weight(b) - weight(a) || b.size - a.size || compareNames(a.category, b.category));
}

function sumByCategory(categories: readonly string[], held: Float64Array): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [row, category] of categories.entries()) {
    sums.set(category, (sums.get(category) ?? 0) + (held[row] as number));
  }
  return sums;
}

/** One for each category, without growth. */
function reportsOf(table: VmaTable, categories: readonly string[]): CategoryReport[] {
  const { counters } = table;
  const none: Omit<CategoryReport, 'category'> = { vmaCount: 0, size: 0 };
  if (counters.has('Rss')) none.rss = 0;
  if (counters.has('Pss')) none.pss = 0;
  if (counters.has('Private_Dirty')) none.privateBytes = 0;
  if (counters.has('Swap')) none.swap = 0;
  const reports = new Map<string, CategoryReport>();
  for (const [row, category] of categories.entries()) {
    const report = reports.get(category) ?? { category, ...none };
    reports.set(category, report);
    const counter = (name: string): number => counters.get(name)?.[row] ?? 0;
    const range = Math.max(0, (table.end[row] as number) - (table.start[row] as number));
    report.vmaCount++;
    report.size += counters.get('Size')?.[row] ?? range;
    if (report.rss !== undefined) report.rss += counter('Rss');
    if (report.pss !== undefined) report.pss += counter('Pss');
    if (report.privateBytes !== undefined) report.privateBytes += counter('Private_Dirty') + counter('Swap');
    if (report.swap !== undefined) report.swap += counter('Swap');
  }
  return [...reports.values()];
}

/** So many points draw a line that looks whole. */
const MOST_POINTS = 200;
const LEAST_POINTS = 3;

/** What the mappings of each category held at each snapshot; undefined where there are too few to be drawn. */
export function mappingKindsOverTime(timeline: Timeline): CategorySeriesReport | undefined {
  const { last, mappings } = timeline;
  if (last === undefined) return undefined;
  const all = sampleNumbersOf(mappings);
  if (all.length < LEAST_POINTS) return undefined;
  const step = Math.ceil(all.length / MOST_POINTS);
  // The last one is always among them.
  const at = all.filter((_, index) => (all.length - 1 - index) % step === 0);
  const places = new Map(at.map((sample, place) => [sample, place]));
  const images = imageNames(timeline);
  const sums = new Map<string, number[]>();
  for (const series of mappings) {
    const category = categoryOfSeries(series, images);
    const bytes = sums.get(category) ?? at.map(() => 0);
    sums.set(category, bytes);
    for (const [index, sample] of series.at.entries()) {
      const place = places.get(sample);
      if (place !== undefined) bytes[place] = (bytes[place] ?? 0) + (series.privateBytes[index] ?? 0);
    }
  }
  const series = [...sums]
    .filter(([, bytes]) => bytes.some((held) => held > 0))
    .map(([category, bytes]) => ({ category, bytes }))
    .sort((a, b) => (b.bytes.at(-1) ?? 0) - (a.bytes.at(-1) ?? 0) || compareNames(a.category, b.category));
  return { measure: MEASURES[measureOf(last.table)], at, series };
}

/** Those in which any of the mappings is, ascending. */
function sampleNumbersOf(mappings: readonly MappingSeries[]): number[] {
  const isThere: boolean[] = [];
  for (const { at } of mappings) for (const sample of at) isThere[sample] = true;
  return [...isThere.keys()].filter((sample) => isThere[sample]);
}

const MEASURES: readonly ['private', 'rss', 'size'] = ['private', 'rss', 'size'];
