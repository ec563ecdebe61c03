import type { FaultCause } from '../model/fault-cause.js';
import type { Origin } from '../model/origin.js';
import type { Period } from '../model/period.js';
import type { Bytes, Instant } from '../model/units.js';
import type { Cell } from './document.js';

/** Short names for the cells that sections write most. A value that is not known becomes an `unknown` cell. */

export function text(value: string): Cell {
  return { type: 'text', text: value };
}

export function strong(value: string): Cell {
  return { type: 'strong', text: value };
}

export function code(value: string | undefined): Cell {
  return value === undefined || value === '' ? UNKNOWN : { type: 'code', text: value };
}

export function bytes(value: Bytes | undefined): Cell {
  return value === undefined ? UNKNOWN : { type: 'bytes', value };
}

export function growth(value: Bytes | undefined): Cell {
  return value === undefined ? UNKNOWN : { type: 'growth', value };
}

/** A difference of what may rise: free memory, caches. */
export function difference(value: Bytes): Cell {
  return { type: 'growth', value, isHarmless: true };
}

export function count(value: number | undefined, noun?: readonly [one: string, many: string]): Cell {
  if (value === undefined) return UNKNOWN;
  return noun ? { type: 'count', value, noun } : { type: 'count', value };
}

/** How often, from a number per hour. */
export function frequency(perHour: number | undefined): Cell {
  return perHour === undefined ? UNKNOWN : { type: 'frequency', perHour };
}

export function time(value: Instant | undefined): Cell {
  return value === undefined ? UNKNOWN : { type: 'time', value };
}

/** `… to …`. */
export function periodCells({ from, to }: Period): Cell[] {
  return [{ type: 'start', value: from }, text(' to '), { type: 'end', value: to, start: from }];
}

/** The rate per hour; per sample where the samples have no times. */
export function rate(measure: { readonly ratePerHour?: number; readonly ratePerSample?: number }): Cell {
  if (measure.ratePerHour !== undefined) return { type: 'rate', value: measure.ratePerHour, per: 'hour' };
  if (measure.ratePerSample !== undefined) return { type: 'rate', value: measure.ratePerSample, per: 'sample' };
  return UNKNOWN;
}

export function origins(value: readonly Origin[]): Cell {
  return value.length === 0 ? UNKNOWN : { type: 'origins', origins: value };
}

/** The name of a device, which leads to its page where it has one. */
export function deviceCell(device: string, pages?: ReadonlyMap<string, string>): Cell {
  const path = pages?.get(device);
  return path === undefined || device === '' ? code(device) : { type: 'page', path, text: device };
}

/** Why an access to memory failed, with the VMA that tells it. */
export function causeOf({ kind, statement, origins: places }: FaultCause): Cell[] {
  const seen: Cell[] = places.length === 0 ? [] : [text(' '), origins(places)];
  return [strong(kind), text(`: ${statement}`), ...seen];
}

export const UNKNOWN: Cell = { type: 'unknown' };
