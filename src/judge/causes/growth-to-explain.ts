import type { Origin } from '../../model/origin.js';
import type { MappingSeries, Timeline } from '../../model/program.js';
import { endOrigins } from '../evidence-origins.js';
import type { GrowthPart } from '../growth/growth-part.js';
import { mappingsGrown } from '../mapping-growth.js';
import { perSample } from '../measure.js';
import type { Series } from '../series.js';
import { timelineGrowthOf } from '../timeline-growth.js';
import type { Allocator } from './allocator.js';
import { type MallocArea, mallocAreaOf } from './malloc-area.js';

/** The growth of one life, as what allocates it is compared with it. */
export interface GrowthToExplain {
  readonly timeline: Timeline;
  readonly series: Series;
  readonly part: GrowthPart;
  /** Bytes over the part. */
  readonly bytes: number;
  readonly perSample: number;
  /** Of the mapping that most of it is in, if any. */
  readonly label?: string;
  /** Absent where the samples have no times. */
  readonly perHour?: number;
  /** Of what grows, how much is where: shares that add up to 1, or nothing where no mappings were sampled. */
  readonly areas: ReadonlyMap<MallocArea, number>;
  readonly allocator: Allocator;
}

/** The growth that the verdict on a timeline is about; undefined where there is none. */
export function growthToExplain(timeline: Timeline): GrowthToExplain | undefined {
  const { series: total, growth, masked, unshared, where } = timelineGrowthOf(timeline);
  const grows = growth.state === 'growing' || growth.state === 'leaning';
  const series = masked?.series ?? total;
  const part = masked?.growth.part ?? (grows && !unshared ? growth.part : undefined);
  if (!part || !(part.growth > 0)) return undefined;
  const { slope } = part.line;
  const label = masked?.label ?? where;
  return {
    timeline,
    series,
    part,
    bytes: part.growth,
    perSample: perSample(series, part),
    ...(label !== undefined && { label }),
    ...(timeline.timed && { perHour: slope }),
    areas: masked
      ? new Map([[areaOfLabel(timeline, masked.label), 1]])
      : areasOf(timeline, series, part, growth.period !== undefined),
    allocator: allocatorOf(timeline),
  };
}

/** Where the growth begins and ends. */
export function originsOfGrowth({ timeline, series, part, label }: GrowthToExplain): Origin[] {
  return endOrigins(timeline, series, part.from, label);
}

function areasOf(timeline: Timeline, series: Series, part: GrowthPart, repeats: boolean): Map<MallocArea, number> {
  const shares = new Map<MallocArea, number>();
  // A mapping that shrinks hides none of what others take.
  const growing = mappingsGrown(timeline, series, part.from, repeats).filter(({ growth }) => growth > 0);
  const all = growing.reduce((sum, { growth }) => sum + growth, 0);
  if (all === 0) return shares;
  for (const { mapping, growth } of growing) {
    const area = mallocAreaOf(mapping);
    shares.set(area, (shares.get(area) ?? 0) + growth / all);
  }
  return shares;
}

function areaOfLabel(timeline: Timeline, label: string): MallocArea {
  const mapping = timeline.mappings.find((one) => one.label === label);
  return mapping ? mallocAreaOf(mapping) : 'other';
}

function allocatorOf({ mappings, first, last }: Timeline): Allocator {
  const table = (last ?? first)?.table;
  const highest = table === undefined ? Number.POSITIVE_INFINITY : (table.end[table.count - 1] ?? 0);
  return { sanitized: mappings.some(isSanitizers), word: highest > END_OF_32_BIT ? 8 : 4 };
}

const END_OF_32_BIT = 2 ** 32;

/** Its library is mapped, or the eighth of all addresses that it reserves for its marks: terabytes that nothing else asks for. */
function isSanitizers({ kind, label, size }: MappingSeries): boolean {
  return (kind === 'anonymous' && (size.at(-1) ?? 0) >= 2 ** 43) || /\/lib(?:clang_rt\.)?asan[.-]/.test(label);
}
