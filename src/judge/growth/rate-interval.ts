import { driftError } from '../../stats/drift.js';
import type { Series } from '../series.js';
import type { ProvenRise } from './growth-doubts.js';
import type { GrowthPart } from './growth-part.js';

/**
 * The part with the interval that its slope has in autocorrelated noise, as the course that rises has it, and in whole
 * units: what steps by chance wanders around its line for long, and ranks alone do not see that.
 */
export function withRateInterval({ part, rising }: ProvenRise, { times, values }: Series, unit: number): GrowthPart {
  const { slope, lower, upper } = part.line;
  const drift = NORMAL_95 * driftError(times.slice(part.from), values.slice(part.from));
  const autocorrelation = rising?.autocorrelation ?? 0;
  const inflation = (1 + autocorrelation) / (1 - autocorrelation) / part.trend.inflation;
  const factor = Math.sqrt(Math.max(1, inflation));
  const span = Math.max((times.at(-1) ?? 0) - (times[part.from] ?? 0), Number.MIN_VALUE);
  // A time in whole seconds may be off by half a second at both ends.
  const inSeconds = times.every((time) => Math.abs(time * 3600 - Math.round(time * 3600)) < 1e-6);
  const rounding = (unit + (inSeconds ? slope / 3600 : 0)) / span;
  return {
    ...part,
    line: {
      ...part.line,
      lower: Math.max(0, slope - Math.max(factor * (slope - lower), drift) - rounding),
      upper: slope + Math.max(factor * (upper - slope), drift) + rounding,
    },
  };
}

const NORMAL_95 = 1.96;
