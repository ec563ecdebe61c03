import { ticks as roundTicks, tickStep } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { Scale, Tick } from './ticks.js';

/** A scale of counts per time from zero, with a few round steps. */
export function rateAxis(most: number, range: readonly [number, number]): { scale: Scale; ticks: Tick[] } {
  const to = Math.max(most, LEAST) * 1.06;
  const wanted = Math.max(2, Math.round(Math.abs(range[0] - range[1]) / PIXELS_PER_TICK));
  const step = tickStep(0, to, wanted);
  const digits = Math.min(3, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const scale = scaleLinear([0, to], range);
  return {
    scale: (value) => scale(value),
    ticks: roundTicks(0, to, wanted).map((value) => ({ value, text: grouped(value.toFixed(digits)) })),
  };
}

/** So that no fault at all is a line at the bottom. */
const LEAST = 1;
const PIXELS_PER_TICK = 26;

function grouped(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
}
