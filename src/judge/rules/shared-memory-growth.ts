import { quote } from '../../model/problem.js';
import type { MappingSeries, ProgramRecord, Timeline } from '../../model/program.js';
import { PAGE } from '../../model/units.js';
import type { Finding, VerdictRule } from '../../model/verdict.js';
import { memoryText, probabilityText } from '../amounts.js';
import { endOrigins } from '../evidence-origins.js';
import { growthOf } from '../growth/growth.js';
import { growthThresholds } from '../growth/growth-thresholds.js';
import { coveredSamples, mappingSeries } from '../mapping-growth.js';
import { measureOf, rateText, spanText } from '../measure.js';
import type { Series } from '../series.js';
import { shapeOf, shapeText } from '../shape.js';
import { timelineGrowthOf } from '../timeline-growth.js';

const ID = 'shared-memory-growth';

/** Shared memory segments that are created, or enlarged, again and again: no private memory, but nobody else's. */
export const sharedMemoryGrowth: VerdictRule = {
  id: ID,
  title: 'Shared memory grows',
  description:
    'The shared memory that a process has mapped (memfd, /dev/shm, System V, ashmem, dma-buf) rises by the same tests ' +
    'as private memory, in size and in what is touched. A segment of fixed size that is touched bit by bit is no leak.',
  thresholds: growthThresholds('pages of 4 KiB'),
  judge(record) {
    return record.timelines.flatMap((timeline) => findingOf(record, timeline) ?? []);
  },
};

function isSharedMemory({ kind }: MappingSeries): boolean {
  return kind === 'shared-memory';
}

function findingOf(record: ProgramRecord, timeline: Timeline): Finding | undefined {
  // Segments that nobody else has mapped are private memory, which has its own rule.
  const { growth: own, masked } = timelineGrowthOf(timeline);
  if (own.state === 'growing' || masked) return undefined;
  const shared = timeline.mappings.filter(isSharedMemory);
  const size = sumOf(timeline, shared, ({ size: sizes }) => sizes);
  const touched = sumOf(timeline, shared, ({ rss, privateBytes }) =>
    rss.map((bytes, i) => Math.max(bytes, privateBytes[i] ?? 0)),
  );
  // Drivers map dma-buf without pages that the kernel could count.
  const series = touched.values.some((value) => value > 0) ? touched : size;
  const growth = growthOf(series, PAGE);
  const { part } = growth;
  if (growth.state !== 'growing' || !part) return undefined;
  const from = size.values[part.from] ?? 0;
  if ((size.values.at(-1) ?? 0) - from < LEAST_OF_SIZE * part.growth) return undefined;
  const where = carrierOf(shared, series.at[part.from] ?? 0);
  const shape = shapeOf(series, growth);
  return {
    rule: ID,
    bearing: 'for',
    strength: 'strong',
    statement:
      `Shared memory kept growing${shapeText(shape)}: ${memoryText(part.growth)} in ` +
      `${spanText(timeline, series, part.from)}, ${rateText(timeline, part)}, ${probabilityText(part.trend.pRising)}` +
      (where === undefined ? '' : `; most of it in ${quote(where)}`),
    origins: endOrigins(timeline, series, part.from, where),
    measure: measureOf(record, timeline, series, part, where),
    ...(shape === undefined ? {} : { shape }),
  };
}

/** Below this share of the growth, segments are only touched, not created. */
const LEAST_OF_SIZE = 0.5;

function sumOf(
  timeline: Timeline,
  mappings: readonly MappingSeries[],
  numbersOf: (mapping: MappingSeries) => readonly number[],
): Series {
  const covered = coveredSamples(timeline);
  const each = mappings.map((mapping) => mappingSeries(timeline, mapping, numbersOf(mapping), covered));
  const [first] = each;
  if (first === undefined) return { at: [], times: [], values: [] };
  return { ...first, values: first.values.map((_, i) => each.reduce((sum, { values }) => sum + (values[i] ?? 0), 0)) };
}

/** The segment, or group of them, that gained most since sample `from`. */
function carrierOf(mappings: readonly MappingSeries[], from: number): string | undefined {
  let most = 0;
  let carrier: string | undefined;
  for (const { label, at, size } of mappings) {
    const start = at.findIndex((index) => index >= from);
    if (start < 0) continue;
    const by = (size.at(-1) ?? 0) - (at[start] === from ? (size[start] ?? 0) : 0);
    if (by <= most) continue;
    most = by;
    carrier = label;
  }
  return carrier;
}
