import type { Analysis } from '../model/analysis.js';
import type { DeviceBuild } from '../model/device-build.js';
import { code, text } from './cells.js';
import type { Cell, Fact } from './document.js';

/** What runs on a device, as far as it is known: whoever gets the ticket has to find the same build. */
export function buildFacts({ builds = [] }: Pick<Analysis, 'builds'>, device: string): Fact[] {
  const ofDevice = builds.filter((one) => one.device === device);
  const facts: Fact[] = [];
  for (const [part, label] of PARTS) {
    const names = [...new Set(ofDevice.flatMap((one) => one[part] ?? []))];
    const cells = names.flatMap((name, index): Cell[] => (index === 0 ? [code(name)] : [text(', '), code(name)]));
    if (cells.length > 0) facts.push({ label, cells });
  }
  return facts;
}

const PARTS: readonly (readonly [keyof DeviceBuild, string])[] = [
  ['model', 'Model'],
  ['build', 'Build'],
  ['kernel', 'Kernel'],
];
