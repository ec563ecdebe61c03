import { ticks as roundTicks, tickStep } from 'd3-array';
import { scaleLinear, scaleUtc } from 'd3-scale';
import { isInstant } from '../outputs/format-value.js';
import type { Axis } from './points.js';

/** From a value to its place in pixels. */
export type Scale = (value: number) => number;

export interface Tick {
  readonly value: number;
  readonly text: string;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/**
 * A scale of bytes with round steps of KiB, MiB or GiB.
 *
 * It begins at zero unless that would press the values into the upper part; then the first tick tells where it begins.
 */
export function bytesAxis(
  extent: readonly [number, number],
  range: readonly [number, number],
): { scale: Scale; ticks: Tick[] } {
  const [low, high] = extent;
  // Noise of a page or two must not look like a mountain.
  const spread = Math.max(high - low, high * 0.02, 65_536);
  const middle = (low + high) / 2;
  const from = low < 0.4 * high ? Math.min(0, low) : Math.max(0, Math.min(low, middle - spread / 2) - spread * 0.08);
  const to = Math.max(high, middle + spread / 2) + spread * 0.06;
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(to, 1)) / 10)));
  const unit = 1024 ** power;
  const wanted = Math.max(3, Math.round(Math.abs(range[0] - range[1]) / 42));
  const steps = roundTicks(from / unit, to / unit, wanted);
  const step = tickStep(from / unit, to / unit, wanted);
  const digits = Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const scale = scaleLinear([from, to], range);
  return {
    scale: (value) => scale(value),
    ticks: steps.map((amount) => ({ value: amount * unit, text: `${amount.toFixed(digits)} ${UNITS[power] ?? 'B'}` })),
  };
}

/** The scale of the samples: UTC, or their numbers. The values of its ticks are pixels. */
export function positionAxis(
  axis: Axis,
  range: readonly [number, number],
): { scale: Scale; ticks: Tick[]; title: string } {
  const { timed, domain } = domainOf(axis);
  const width = Math.abs(range[1] - range[0]);
  const wanted = Math.max(2, Math.round(width / PIXELS_PER_TICK));
  if (!timed) {
    const scale = scaleLinear(domain, range);
    const ticks = scale
      .ticks(wanted)
      .filter((value) => Number.isInteger(value) && value >= axis.from && value <= axis.to);
    return {
      scale: (v) => scale(v),
      ticks: ticks.map((v) => ({ value: scale(v), text: String(v) })),
      title: 'number of the sample (no times are known)',
    };
  }
  const scale = scaleUtc(domain, range);
  const span = domain[1] - domain[0];
  const [shown, least] = span > 4 * DAY ? [DATE, 50] : span > 3 * MINUTE ? [CLOCK, 50] : [SECONDS, 55];
  // A step of five seconds is followed by one of one.
  let instants = scale.ticks(wanted);
  for (let fewer = wanted - 1; fewer > 0 && instants.length * least > width; fewer--) instants = scale.ticks(fewer);
  let day = '';
  let last = '';
  const ticks = instants.flatMap((instant) => {
    const iso = instant.toISOString();
    const date = iso.slice(0, 10);
    const text = iso.slice(...shown);
    if (text === last) return [];
    last = text;
    // The date stands where it begins to hold.
    const dated = span <= 4 * DAY && date !== day && day !== '' ? `${date.slice(5)} ${text}` : text;
    day = date;
    return [{ value: scale(instant), text: dated }];
  });
  const from = new Date(axis.from).toISOString().slice(0, 10);
  const to = new Date(axis.to).toISOString().slice(0, 10);
  const title = from === to ? `UTC, ${from}` : `UTC, ${from} to ${to}`;
  return { scale: (value) => scale(value), ticks, title };
}

/** What the axis spans, never nothing; whether its values are instants that can be told. */
export function domainOf({ timed, from, to }: Axis): { timed: boolean; domain: [number, number] } {
  const isTimed = timed && isInstant(from) && isInstant(to);
  const pad = to > from ? 0 : isTimed ? 1_000 : 1;
  return { timed: isTimed, domain: [from - pad, to + pad] };
}

const PIXELS_PER_TICK = 90;
/** Where in an ISO instant. */
const DATE = [5, 10] as const;
const CLOCK = [11, 16] as const;
const SECONDS = [11, 19] as const;
const MINUTE = 60_000;
const DAY = 86_400_000;
