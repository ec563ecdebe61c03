import type { Bytes } from '../../model/units.js';
import { KIB } from '../../model/units.js';

/** The bytes of a number of KiB as printed; undefined where it is no such number, or too large to be exact. */
export function bytesOfKib(digits: string): Bytes | undefined {
  if (!/^\d{1,16}$/.test(digits)) return undefined;
  const bytes = Number(digits) * KIB;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** A pid; undefined where the text is none. The kernel's largest is 4194304. */
export function pidOf(digits: string): number | undefined {
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}
