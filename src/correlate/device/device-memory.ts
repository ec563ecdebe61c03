import type { DeviceReport } from '../../model/analysis.js';
import type { ContextSource, DeviceMemoryCapture } from '../../model/capture.js';
import { DEVICE_AMOUNTS, deviceMemoryOf, type PlacedDeviceMemory } from '../../model/device-memory.js';
import { groupBy } from '../../model/group-by.js';
import { compareNames, compareOrigins } from '../../model/origin.js';
import { rightTimesOf } from '../told-times.js';

interface DeviceReading {
  readonly device: string;
  readonly memory: PlacedDeviceMemory;
  readonly timeSource?: ContextSource;
}

/** What was read of the memory of devices, by its place. */
export type DeviceReadings = Map<string, DeviceReading>;

export function foldDeviceMemory(readings: DeviceReadings, { context, lines, origin }: DeviceMemoryCapture): void {
  const { device, takenAt, sources } = context;
  readings.set(JSON.stringify([device, origin.file, origin.line]), {
    device,
    memory: { ...deviceMemoryOf(lines, takenAt), origin },
    ...(sources.takenAt !== undefined && { timeSource: sources.takenAt }),
  });
}

export function mergeDeviceMemory(into: DeviceReadings, from: DeviceReadings): void {
  for (const [key, reading] of from) into.set(key, reading);
}

/** The memory of each device in order of time, by device. Readings without a time come first, in that of their files. */
export function devicesOf(readings: DeviceReadings): DeviceReport[] {
  return [...groupBy(readings.values(), ({ device }) => device)]
    .map(([device, ofDevice]) => ({ device, memory: courseOf(rightlyTimed(ofDevice)) }))
    .sort((a, b) => compareNames(a.device, b.device));
}

/** As the samples of processes are: see rightTimesOf. */
function rightlyTimed(readings: readonly DeviceReading[]): PlacedDeviceMemory[] {
  const told = readings.flatMap(({ memory, timeSource }) =>
    memory.takenAt === undefined ? [] : [{ sample: memory, format: 'meminfo', ...(timeSource && { timeSource }) }],
  );
  const times = new Map([...rightTimesOf(told).times].map(([{ sample }, at]) => [sample, at]));
  return readings.map(({ memory }) => {
    const takenAt = times.get(memory);
    return takenAt === undefined ? memory : { ...memory, takenAt };
  });
}

/** The same reading stored twice is one. */
function courseOf(memory: readonly PlacedDeviceMemory[]): PlacedDeviceMemory[] {
  const sorted = memory.toSorted(
    (a, b) =>
      (a.takenAt ?? Number.NEGATIVE_INFINITY) - (b.takenAt ?? Number.NEGATIVE_INFINITY) ||
      compareOrigins(a.origin, b.origin),
  );
  const known = new Set<string>();
  return sorted.filter((one) => {
    if (one.takenAt === undefined) return true;
    const identity = [one.takenAt, ...DEVICE_AMOUNTS.map((amount) => one[amount])].join();
    const isNew = !known.has(identity);
    known.add(identity);
    return isNew;
  });
}
