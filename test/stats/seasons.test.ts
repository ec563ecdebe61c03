import { describe, expect, test } from 'vitest';
import { periodOf, withoutSeason } from '../../src/stats/seasons.js';
import { chanceOf } from '../verdicts/chance.js';

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const saw = (period: number) => (time: number) => time % period;
const wave = (period: number) => (time: number) => 100 * Math.sin((2 * Math.PI * time) / period);

function unevenTimes(seed: number, n: number): number[] {
  const chance = chanceOf(seed);
  let time = 0;
  return count(n).map(() => {
    time += chance.between(0.8, 1.2);
    return time;
  });
}

describe('a period is found', () => {
  test.each([3, 4, 5, 8, 13, 24])('of a wave every %d samples', (period) => {
    const times = count(96);
    expect(periodOf(times, times.map(wave(period)))).toBeCloseTo(period, 0);
  });

  test.each([3, 4, 5, 8, 13, 24])('of a saw every %d samples', (period) => {
    const times = count(96);
    expect(Math.abs((periodOf(times, times.map(saw(period))) ?? 0) / period - 1)).toBeLessThan(0.01);
  });

  test('at uneven times, where some are missing', () => {
    const found = count(20).map((seed) => {
      const times = unevenTimes(seed + 1, 120).filter((_, i) => i % 17 !== 5);
      return periodOf(times, times.map(wave(11.3)));
    });
    for (const period of found) expect(Math.abs((period ?? 0) / 11.3 - 1)).toBeLessThan(0.03);
  });

  test('in the units of the times, whatever they are', () => {
    const times = count(60).map((i) => 5000 + i / 3600);
    expect((periodOf(times, count(60).map(wave(12))) ?? 0) * 3600).toBeCloseTo(12, 0);
  });

  test('in noise of a quarter of its height', () => {
    const found = count(20).map((seed) => {
      const chance = chanceOf(seed + 1);
      const times = count(96);
      return periodOf(
        times,
        times.map((time) => wave(12)(time) + 25 * chance.normal()),
      );
    });
    expect(found.filter((period) => Math.abs((period ?? 0) / 12 - 1) < 0.05).length).toBeGreaterThanOrEqual(19);
  });

  test('and not a multiple of it', () => {
    const times = count(120);
    expect(periodOf(times, times.map(saw(6)))).toBeCloseTo(6, 1);
  });
});

test('a period that fits without a rest is exact', () => {
  expect(Math.abs((periodOf(count(12), count(12).map(saw(3))) ?? 0) / 3 - 1)).toBeLessThan(0.01);
});

// A phase is as long as the median interval, a millisecond here: billions of them would fit into the period.
test('samples in pairs make no more phases than samples', () => {
  const times = count(80).map((i) => Math.floor(i / 2) * 100 * 24 * 3600 * 1000 + (i % 2));
  const period = periodOf(
    times,
    count(80).map((i) => Math.floor(i / 2) % 4),
  );
  expect(Math.abs((period ?? 0) / (4 * 100 * 24 * 3600 * 1000) - 1)).toBeLessThan(0.1);
});

describe('there is none', () => {
  test.each([12, 20, 96])('in white noise of %d samples', (n) => {
    const found = count(100).filter((seed) => {
      const chance = chanceOf(seed + 1);
      return (
        periodOf(
          count(n),
          count(n).map(() => chance.normal()),
        ) !== undefined
      );
    });
    expect(found.length).toBeLessThanOrEqual(5);
  });

  test('in a walk that comes back by chance', () => {
    const found = count(100).filter((seed) => {
      const chance = chanceOf(seed + 1);
      let level = 0;
      const values = count(96).map(() => {
        level = 0.8 * level + chance.normal();
        return level;
      });
      return periodOf(count(96), values) !== undefined;
    });
    expect(found.length).toBeLessThanOrEqual(5);
  });

  test('where it was not seen three times', () => {
    expect(periodOf(count(24), count(24).map(wave(12)))).toBeUndefined();
    expect(periodOf(count(36), count(36).map(wave(11)))).toBeCloseTo(11, 0);
  });

  test('in fewer than twelve samples', () => {
    expect(periodOf(count(11), count(11).map(saw(3)))).toBeUndefined();
    expect(periodOf(count(12), count(12).map(saw(3)))).toBeCloseTo(3, 0);
  });

  test('in what is constant, or has no time', () => {
    expect(periodOf(count(30), new Array<number>(30).fill(5))).toBeUndefined();
    expect(periodOf(new Array<number>(30).fill(5), count(30).map(saw(3)))).toBeUndefined();
    expect(periodOf([], [])).toBeUndefined();
  });

  test('in a line or a single step', () => {
    expect(periodOf(count(48), count(48))).toBeUndefined();
    expect(
      periodOf(
        count(48),
        count(48).map((i) => Number(i > 20)),
      ),
    ).toBeUndefined();
  });
});

describe('what remains without the season', () => {
  const times = count(60);

  test('of a saw on a line is the line', () => {
    const values = times.map((time) => 3 * time + saw(6)(time));
    const residuals = values.map((value, i) => value - 3 * i);
    const rest = withoutSeason(times, values, residuals, 6);
    const level = (rest[0] ?? 0) - 0;
    rest.forEach((value, i) => {
      expect(value).toBeCloseTo(3 * i + level, 9);
    });
    // The middle of the saw: its level is kept.
    expect(level).toBe(2.5);
  });

  test('of noise is as much noise, and no more', () => {
    const chance = chanceOf(9);
    const values = times.map((time) => 50 * saw(6)(time) + chance.normal());
    const rest = withoutSeason(times, values, values, 6);
    expect(Math.max(...rest) - Math.min(...rest)).toBeLessThan(8);
  });
});
