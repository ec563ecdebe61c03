import { HARMLESS } from './harmless.js';
import { LEAKING } from './leaking.js';
import type { Scenario } from './scenario.js';

export const scenarios: readonly Scenario[] = [...LEAKING, ...HARMLESS];

/** Whether so many samples can show the scenario. */
export function isFor({ fewestSamples = 0 }: Scenario, n: number): boolean {
  return n >= fewestSamples;
}
