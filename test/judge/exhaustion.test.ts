import { describe, expect, test } from 'vitest';
import { exhaustionOf, exhaustionText, isForeseeable } from '../../src/judge/exhaustion.js';
import type { PlacedDeviceMemory } from '../../src/model/device-memory.js';
import type { PlacedSample } from '../../src/model/memory.js';
import type { Timeline } from '../../src/model/program.js';
import { recordOf, sampledTimeline } from './records.js';

const MIB = 1024 ** 2;
const HOUR = 3_600_000;
const NINE = Date.UTC(2026, 0, 31, 21);

const timeline = sampledTimeline([
  { takenAt: NINE, rss: 10 * MIB },
  { takenAt: NINE + HOUR / 10, rss: 20 * MIB },
  { takenAt: NINE + HOUR, rss: 40 * MIB, uss: 30 * MIB },
]);

function memory(available: number | undefined, hour?: number, swapFree?: number): PlacedDeviceMemory {
  return {
    ...(hour === undefined ? {} : { takenAt: NINE + hour * HOUR }),
    ...(available === undefined ? {} : { available: available * MIB }),
    ...(swapFree === undefined ? {} : { swapFree: swapFree * MIB }),
    origin: { file: 'meminfo', line: 1 },
  };
}

describe('the limit that the user named', () => {
  test('less the RSS of the last sample', () => {
    expect(exhaustionOf(recordOf({ memoryLimit: 100 * MIB }), timeline, 15 * MIB)).toEqual({
      ceiling: 'memory-limit',
      room: 60 * MIB,
      hours: 4,
    });
  });

  test('comes before what the device has', () => {
    const record = recordOf({ memoryLimit: 100 * MIB, deviceMemory: [memory(500, 1)] });
    expect(exhaustionOf(record, timeline, 1)?.ceiling).toBe('memory-limit');
  });

  test('less USS where the samples tell no RSS, or only the last does not', () => {
    const record = recordOf({ memoryLimit: 100 * MIB });
    expect(exhaustionOf(record, sampledTimeline([{ uss: 30 * MIB }]), MIB)?.room).toBe(70 * MIB);
    expect(exhaustionOf(record, sampledTimeline([{ rss: 30 * MIB }, { pss: 1 }]), MIB)?.room).toBe(70 * MIB);
    expect(exhaustionOf(record, sampledTimeline([{ pss: 1 }]), MIB)).toBeUndefined();
  });

  test('that is passed already leaves no room', () => {
    expect(exhaustionOf(recordOf({ memoryLimit: MIB }), timeline, MIB)).toMatchObject({ room: 0, hours: 0 });
  });
});

describe('what the device has left', () => {
  test('is what is available, and free swap', () => {
    expect(exhaustionOf(recordOf({ deviceMemory: [memory(200, 1, 40)] }), timeline, 24 * MIB)).toEqual({
      ceiling: 'device',
      room: 240 * MIB,
      hours: 10,
    });
  });

  test('at the reading nearest to the last sample', () => {
    const deviceMemory = [memory(1), memory(2, -9), memory(3, 0.8), memory(4, 1.5), memory(5, 9)];
    expect(exhaustionOf(recordOf({ deviceMemory }), timeline, MIB)?.room).toBe(3 * MIB);
  });

  test('at the last reading where samples or readings have no times', () => {
    const untimed: Timeline = { ...timeline, timed: false };
    expect(
      exhaustionOf(recordOf({ deviceMemory: [memory(3, 1), memory(5, 2), memory(4, 9)] }), untimed, MIB)?.room,
    ).toBe(4 * MIB);
    expect(
      exhaustionOf(recordOf({ deviceMemory: [memory(3), memory(5), memory(4), memory(undefined)] }), timeline, MIB)
        ?.room,
    ).toBe(4 * MIB);
  });

  test('is not known of old kernels, which tell no MemAvailable, nor without a reading', () => {
    expect(exhaustionOf(recordOf({ deviceMemory: [memory(undefined, 1, 40)] }), timeline, MIB)).toBeUndefined();
    expect(exhaustionOf(recordOf(), timeline, MIB)).toBeUndefined();
  });
});

test('what does not grow never runs out', () => {
  const record = recordOf({ memoryLimit: 100 * MIB });
  for (const rate of [0, -1, Number.NaN]) expect(exhaustionOf(record, timeline, rate)).toBeUndefined();
  expect(exhaustionOf(record, sampledTimeline([] as PlacedSample[]), 1)).toBeUndefined();
});

test('is told as a sentence', () => {
  expect(exhaustionText({ ceiling: 'memory-limit', room: 60 * MIB, hours: 4 })).toBe(
    'at this rate the 60 MiB below the limit last 4 h',
  );
  expect(exhaustionText({ ceiling: 'device', room: 240 * MIB, hours: 72 })).toBe(
    'at this rate the 240 MiB that the device has left last 3 d',
  );
});

test('what is ten years away is not foreseen', () => {
  const after = (years: number): boolean => isForeseeable({ ceiling: 'device', room: MIB, hours: years * 365.25 * 24 });
  expect([after(1), after(10), after(10.1), after(Number.POSITIVE_INFINITY)]).toEqual([true, true, false, false]);
});
