import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analyze.js';
import { divisionOf } from '../../../src/correlate/device/memory-division.js';
import type { DeviceMemory } from '../../../src/model/device-memory.js';
import { bytesOfPart } from '../../../src/model/memory-division.js';

const NONE = { pss: 0, processes: 0, programs: [] };

/** As on a small board, in pages. */
const BOARD: DeviceMemory = {
  takenAt: 5,
  total: 1000,
  free: 400,
  available: 550,
  buffers: 20,
  cached: 200,
  anonymous: 150,
  mapped: 80,
  shmem: 10,
  slab: 90,
  slabReclaimable: 30,
  slabUnreclaimable: 60,
  kernelStack: 5,
  pageTables: 7,
  vmalloc: 25,
  perCpu: 3,
  hugePages: 0,
  zswap: 11,
  swapTotal: 500,
  swapFree: 480,
};

const parts = (memory: DeviceMemory, pss = 0): Record<string, number> =>
  Object.fromEntries(divisionOf(memory, { ...NONE, pss })?.parts.map(({ part, bytes }) => [part, bytes]) ?? []);

describe('the division of a device', () => {
  it('counts each page once: files that processes map with the processes, the rest as cache', () => {
    expect(parts(BOARD, 100)).toEqual({
      programs: 100,
      'not-captured': 130,
      cache: 140,
      'slab-reclaimable': 30,
      'slab-unreclaimable': 60,
      'kernel-stacks': 5,
      'page-tables': 7,
      vmalloc: 20,
      'per-cpu': 3,
      'huge-pages': 0,
      zswap: 11,
      free: 400,
      unaccounted: 94,
    });
  });

  it('keeps beside it what is left, shared memory and the swap in use', () => {
    expect(divisionOf(BOARD, NONE)).toMatchObject({ takenAt: 5, total: 1000, available: 550, shmem: 10, swapUsed: 20 });
  });

  it('leaves to unaccounted what the kernel does not print', () => {
    const names = new Set(['slabReclaimable', 'slabUnreclaimable', 'zswap', 'perCpu']);
    const old: DeviceMemory = Object.fromEntries(Object.entries(BOARD).filter(([name]) => !names.has(name)));
    const told = parts(old);
    // Without Percpu the kernel is too old for VmallocUsed to mean memory.
    for (const part of ['slab-reclaimable', 'zswap', 'per-cpu', 'vmalloc']) expect(told).not.toHaveProperty(part);
    expect(told['slab-unreclaimable']).toBe(90);
    expect(told.unaccounted).toBe(94 + 11 + 3 + 20);
  });

  it('is not made where the kernel prints too little', () => {
    for (const name of ['total', 'free', 'cached', 'anonymous', 'mapped'] as const) {
      const { [name]: left, ...rest } = BOARD;
      expect(left).toBeDefined();
      expect(divisionOf(rest, NONE)).toBeUndefined();
    }
  });

  it('adds up to MemTotal exactly, whatever the counters say', () => {
    const amount = fc.nat({ max: 2 ** 40 });
    const memory = fc.record(Object.fromEntries(Object.keys(BOARD).map((name) => [name, amount])), {
      requiredKeys: ['total', 'free', 'cached', 'anonymous', 'mapped'],
    });
    fc.assert(
      fc.property(memory, amount, (some: DeviceMemory, pss) => {
        const division = divisionOf(some, { ...NONE, pss });
        const sum = division?.parts.reduce((total, { bytes }) => total + bytes, 0);
        expect(sum).toBe(some.total);
        for (const { part, bytes } of division?.parts ?? []) {
          if (part !== 'unaccounted' && part !== 'slab-unreclaimable') expect(bytes).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('adds up on real captures, with the PSS that the captured processes have', async () => {
    const { devices, programs } = await analyze({ captures: ['samples/sets/two-instances'] });
    const divisions = devices[0]?.divisions ?? [];
    expect(divisions).toHaveLength(12);
    for (const division of divisions) {
      expect(division.parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(division.total);
    }
    const pss = programs[0]?.timelines.reduce((sum, { samples }) => sum + (samples.at(-1)?.pss ?? 0), 0);
    const last = divisions.at(-1);
    expect(last && bytesOfPart(last, 'programs')).toBe(pss);
    expect(last?.programs).toEqual([{ command: 'shared-code', pss, processes: 2 }]);
    expect(divisions[0]?.processes).toBe(1);
  });
});
