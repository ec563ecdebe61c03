import { bytesOfPart, type MemoryDivision, type MemoryPart } from '../model/memory-division.js';
import type { ChartLayer } from './charts/chart.js';

/** Letters of a name that have room beside a chart. */
const ROOM = 12;

/** Programs with a layer of their own. */
const SHOWN_PROGRAMS = 4;

const KERNEL: readonly MemoryPart[] = ['slab-unreclaimable', 'kernel-stacks', 'page-tables', 'vmalloc', 'per-cpu'];

/**
 * The layers of a chart of what is in use, without what is free: programs first, what the kernel gives back last. Those
 * that are empty throughout are left out.
 */
export function layersOf(divisions: readonly MemoryDivision[]): ChartLayer[] {
  const commands =
    divisions
      .at(-1)
      ?.programs.map(({ command }) => command)
      .slice(0, SHOWN_PROGRAMS) ?? [];
  const pssOf = ({ programs }: MemoryDivision, command: string): number =>
    programs.find((program) => program.command === command)?.pss ?? 0;
  const layer = (name: string, look: string, amountOf: (division: MemoryDivision) => number): ChartLayer => ({
    name,
    look,
    values: divisions.map(amountOf),
  });
  const ofParts =
    (...parts: readonly MemoryPart[]) =>
    (division: MemoryDivision): number =>
      parts.reduce((sum, part) => sum + bytesOfPart(division, part), 0);
  const layers = [
    ...commands.map((command, index) =>
      layer(shortened(command), `program-${index + 1}`, (one) => pssOf(one, command)),
    ),
    layer('Others', 'program-other', (division) => {
      const shown = commands.reduce((sum, command) => sum + pssOf(division, command), 0);
      return bytesOfPart(division, 'programs') - shown;
    }),
    layer('Not captured', 'not-captured', ofParts('not-captured')),
    layer('Kernel', 'kernel', ofParts(...KERNEL)),
    layer('Huge, zswap', 'kernel', ofParts('huge-pages', 'zswap')),
    layer('Unaccounted', 'unaccounted', ofParts('unaccounted')),
    layer('Cache, slab', 'cache', ofParts('cache', 'slab-reclaimable')),
  ];
  return layers.filter(({ values }) => values.some((value) => value > 0));
}

function shortened(command: string): string {
  return command.length > ROOM ? `${command.slice(0, ROOM - 1)}…` : command;
}
