import type { InspectedFile } from '../../src/inspect.js';
import { KIB } from '../../src/model/units.js';
import type { Comparison } from './difference.js';

/** Lines of /proc/meminfo as printed, kB where the kernel prints kB. */
export type MeminfoTruth = Readonly<Record<string, number | string>>;

export function compareMeminfo(truth: MeminfoTruth, { deviceMemory }: InspectedFile, comparison: Comparison): void {
  comparison.same('readings', 1, deviceMemory.length);
  const lines = deviceMemory[0]?.lines ?? {};
  for (const [name, printed] of Object.entries(truth)) {
    const value = lines[name];
    const inUnit = value === undefined || name.startsWith('HugePages_') ? value : value / KIB;
    comparison.same(name, printed, inUnit);
  }
  comparison.same('lines', Object.keys(truth).length, Object.keys(lines).length);
}
