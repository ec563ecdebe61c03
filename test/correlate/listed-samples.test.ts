import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listedOf, MOST_LISTED } from '../../src/correlate/listed-samples.js';
import type { Sample } from '../../src/model/memory.js';
import { chanceOf } from '../verdicts/chance.js';
import { MINUTE, NINE } from './build-captures.js';

const TOTALS = ['vss', 'rss', 'pss', 'uss', 'swap', 'privateDirty', 'unreclaimable'] as const;

/** A series of samples whose totals all move by themselves, with stretches in which none was taken. */
function samplesOf(seed: number, count: number, timed: boolean): Sample[] {
  const chance = chanceOf(seed);
  let takenAt = NINE;
  return Array.from({ length: count }, (_, i) => {
    takenAt += chance.happens(0.0005) ? chance.whole(1, count / 10) * MINUTE : MINUTE;
    const totals = Object.fromEntries(TOTALS.map((total) => [total, chance.whole(0, 1e6)]));
    return { ...(timed && { takenAt }), ...totals, minorFaults: 10 * i };
  });
}

const long = fc.record({
  seed: fc.nat(),
  count: fc.integer({ min: MOST_LISTED + 1, max: 30_000 }),
  pointedTo: fc.array(fc.nat(MOST_LISTED), { maxLength: 201 }),
  timed: fc.boolean(),
});

describe('of a long series', () => {
  it('no more samples are listed than is said, in their order, with all that is pointed to', () => {
    fc.assert(
      fc.property(long, ({ seed, count, pointedTo, timed }) => {
        const listed = listedOf(samplesOf(seed, count, timed), pointedTo) ?? [];
        expect(listed.length).toBeLessThanOrEqual(MOST_LISTED);
        expect(listed.every((number, i) => i === 0 || number > (listed[i - 1] ?? 0))).toBe(true);
        expect(pointedTo.every((number) => listed.includes(number))).toBe(true);
        expect([listed[0], listed.at(-1)]).toEqual([0, count - 1]);
      }),
      { numRuns: 30 },
    );
  });

  it('the peak and the least of each total are listed', () => {
    fc.assert(
      fc.property(long, ({ seed, count, timed }) => {
        const samples = samplesOf(seed, count, timed);
        const listed = (listedOf(samples, []) ?? []).map((number) => samples[number] ?? {});
        for (const total of TOTALS) {
          const extremes = (of: readonly Sample[]): [number, number] => {
            const values = of.map((sample) => sample[total] ?? 0).sort((a, b) => a - b);
            return [values[0] ?? 0, values.at(-1) ?? 0];
          };
          expect(extremes(listed)).toEqual(extremes(samples));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('what was not sampled for a fiftieth of the time is seen as before', () => {
    fc.assert(
      fc.property(long, ({ seed, count }) => {
        const samples = samplesOf(seed, count, true);
        const listed = (listedOf(samples, []) ?? []).map((number) => samples[number] ?? {});
        const gapsOf = (of: readonly Sample[]): number[] => {
          const times = of.map(({ takenAt = 0 }) => takenAt);
          const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
          return times.filter((time, i) => time - (times[i - 1] ?? time) > span / 50);
        };
        expect(gapsOf(listed)).toEqual(gapsOf(samples));
      }),
      { numRuns: 20 },
    );
  });
});

it('a series that is not long is listed whole', () => {
  expect(listedOf(samplesOf(1, MOST_LISTED, true), [])).toBeUndefined();
});
