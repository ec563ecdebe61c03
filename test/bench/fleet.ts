import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { scenarios } from '../verdicts/scenarios/index.js';
import { traceOf, writeTrace } from '../verdicts/trace.js';

const SAMPLES = 100;
/** One program in so many does something; what, goes round all scenarios. The others lie flat but for a little noise. */
const BUSY = 10;

/** Writes the smaps of `programs` programs, each a device of its own with 100 samples, below `folder`. */
export function writeFleet(folder: string, programs: number): void {
  const flat = scenarios.find(({ name }) => name === 'flat');
  const others = scenarios.filter((scenario) => scenario !== flat);
  for (let program = 0; program < programs; program++) {
    const scenario = program % BUSY === 0 ? others[(program / BUSY) % others.length] : flat;
    if (!scenario) throw new Error('expected a flat scenario among others');
    const device = join(folder, `board-${String(program).padStart(4, '0')}`);
    mkdirSync(device, { recursive: true });
    writeTrace(device, traceOf(scenario, SAMPLES, program));
  }
}
