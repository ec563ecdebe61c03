import type { GrowthShape } from '../model/verdict.js';
import { retainedFloor } from '../stats/lower-envelope.js';
import type { Growth } from './growth/growth.js';
import { GROWTH } from './growth/growth-limits.js';
import type { GrowthPart } from './growth/growth-part.js';
import type { Series } from './series.js';

/** The name of what a series does; undefined where it cannot be told. */
export function shapeOf(series: Series, growth: Growth): GrowthShape | undefined {
  const { state, part, settling } = growth;
  if (part && (state === 'growing' || state === 'leaning')) return growingShape(series, growth, part);
  if (!settling) return undefined;
  switch (settling.kind) {
    case 'flat':
      return 'flat';
    case 'returns':
      return 'cyclic';
    case 'falls':
      return 'shrinking';
    case 'no-trend':
      return growth.period === undefined ? 'noise' : 'cyclic';
    default:
      return settling.steps ? 'one-time-step' : 'settled';
  }
}

/** How growth goes on, as a part of a sentence; empty for a straight line. */
export function shapeText(shape: GrowthShape | undefined): string {
  switch (shape) {
    case 'accelerating':
      return ' ever faster';
    case 'steps':
      return ' in steps';
    case 'rising-floor':
      return ' on a rising floor';
    case 'onset':
      return ' from an onset on';
    default:
      return '';
  }
}

function growingShape(series: Series, { excursions, period, rising }: Growth, part: GrowthPart): GrowthShape {
  if (excursions.length >= LEAST_RETURNS) return 'rising-floor';
  if (isStaircase(series, part)) return 'steps';
  if (period !== undefined) return 'rising-floor';
  if (rising?.kind === 'onset' && part.from > 0) return 'onset';
  if (rising?.kind === 'power' || part.halfSlopeRatio >= GROWTH.leastSpeedUp) return 'accelerating';
  return 'linear';
}

const LEAST_RETURNS = 2;

/** Few moments make the rise: between them nothing happens, in most of the samples. */
function isStaircase({ values }: Series, part: GrowthPart): boolean {
  const judged = values.slice(part.from);
  const falls = judged.filter((value, i) => value < (judged[i - 1] ?? value)).length;
  if (falls > MOST_FALLS * judged.length) return false;
  const floor = retainedFloor(judged);
  const rise = (floor.at(-1) ?? 0) - (floor[0] ?? 0);
  const even = rise / Math.max(1, floor.length - 1);
  const still = floor.filter((value, i) => i > 0 && value - (floor[i - 1] ?? 0) < even * 0.1).length;
  return still >= LEAST_STILL * (floor.length - 1) && still < floor.length - 1;
}

const LEAST_STILL = 0.6;
/** More of them are no slips from step to step, but a saw. */
const MOST_FALLS = 0.25;
