import { describe, expect, test } from 'vitest';
import { halfSlopeRatio, jumpShare, quietEnd, resistantSlope } from '../../src/stats/settling.js';

const times = Array.from({ length: 30 }, (_, i) => i);

describe('half-slope ratio', () => {
  test('1 for a line, whatever the spacing', () => {
    expect(
      halfSlopeRatio(
        times,
        times.map((time) => 5 * time),
      ),
    ).toBeCloseTo(1, 12);
    const uneven = times.map((time) => time ** 2);
    expect(halfSlopeRatio(uneven, uneven)).toBeCloseTo(1, 12);
  });

  test('e to the minus a third of the length in time constants for a warm-up', () => {
    const ratio = halfSlopeRatio(
      times,
      times.map((time) => 1 - Math.exp(-time / 10)),
    );
    expect(ratio).toBeCloseTo(Math.exp(-1), 2);
  });

  test('0 where it has settled, infinite where it sets in late', () => {
    expect(
      halfSlopeRatio(
        times,
        times.map((time) => Math.min(time, 5)),
      ),
    ).toBe(0);
    expect(
      halfSlopeRatio(
        times,
        times.map((time) => Math.max(0, time - 16)),
      ),
    ).toBe(Number.POSITIVE_INFINITY);
  });

  test('says nothing of fewer than six', () => {
    expect(halfSlopeRatio([0, 1, 2], [0, 1, 1])).toBe(1);
  });
});

describe('jump share', () => {
  test('0 for a line, with a gap in time as well', () => {
    expect(jumpShare(times, times)).toBeCloseTo(0, 12);
    const gap = times.map((time) => (time < 15 ? time : time + 100));
    expect(jumpShare(gap, gap)).toBeCloseTo(0, 12);
  });

  test('one or two steps are nearly all of the rise, five are not', () => {
    const steps = (every: number): number[] => times.map((time) => Math.floor(time / every));
    expect(jumpShare(times, steps(15))).toBeGreaterThan(0.85);
    expect(jumpShare(times, steps(10))).toBeGreaterThan(0.75);
    expect(jumpShare(times, steps(5))).toBeLessThan(0.3);
  });

  test('nothing rises: 0', () => {
    expect(
      jumpShare(
        times,
        times.map(() => 3),
      ),
    ).toBe(0);
    expect(jumpShare([], [])).toBe(0);
  });
});

describe('quiet end', () => {
  test('no longer than the pauses between regular steps', () => {
    expect(
      quietEnd(
        times,
        times.map((time) => Math.floor(time / 6)),
        0.5,
      ),
    ).toBeLessThanOrEqual(1);
  });

  test('long where a rise has stopped', () => {
    expect(
      quietEnd(
        times,
        times.map((time) => Math.min(time, 15)),
        0.5,
      ),
    ).toBe(14);
    expect(
      quietEnd(
        times,
        times.map(() => 0),
        0.5,
      ),
    ).toBe(Number.POSITIVE_INFINITY);
  });

  test('too short to tell: 0', () => {
    expect(
      quietEnd(
        times,
        times.map((time) => Math.min(time, 26)),
        0.5,
      ),
    ).toBe(0);
  });
});

describe('resistant slope', () => {
  test('of a line, whatever the spacing', () => {
    const uneven = times.map((time) => time ** 2);
    const falling = uneven.map((time) => 100 - 7 * time);
    expect(resistantSlope(uneven, falling)).toBeCloseTo(-7, 12);
  });

  test('two wild values hardly move it', () => {
    const values = times.map((time) => (time === 3 || time === 27 ? 1e9 : 5 * time));
    expect(Math.abs(resistantSlope(times, values) / 5 - 1)).toBeLessThan(0.06);
  });

  test('the medians of thirds of nine values: Tukey', () => {
    // Medians 2 at time 1, and 11 at time 7.
    expect(resistantSlope([0, 1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 5, 9, 9, 9, 40, 11, 10])).toBe(9 / 6);
  });

  test('of two values, and of equal times', () => {
    expect(resistantSlope([0, 2], [1, 5])).toBe(2);
    expect(resistantSlope([3, 3, 3], [1, 5, 9])).toBe(0);
    expect(resistantSlope([], [])).toBe(0);
  });
});
