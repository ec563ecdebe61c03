import { describe, expect, it } from 'vitest';
import { isOutOfOrder, steadied } from '../../src/correlate/clock-steps.js';

const NINE = Date.UTC(2026, 0, 31, 21);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A stretch of times, five minutes apart. */
function stretch(from: number, length: number): number[] {
  return Array.from({ length }, (_, i) => from + i * 5 * MINUTE);
}

describe('steadied', () => {
  it.each([
    ['found after 1970', [...stretch(MINUTE, 3), ...stretch(NINE + 15 * MINUTE, 3)]],
    ['found after the year of the firmware', [...stretch(Date.UTC(2017, 0, 1), 3), ...stretch(NINE + 15 * MINUTE, 3)]],
    ['lost', [...stretch(NINE, 3), ...stretch(MINUTE, 3)]],
    ['found and lost', [...stretch(MINUTE, 2), ...stretch(NINE + 10 * MINUTE, 2), ...stretch(MINUTE, 2)]],
    ['put back by an hour', [...stretch(NINE + HOUR, 3), ...stretch(NINE + 15 * MINUTE, 3)]],
    ['put back by a year', [...stretch(NINE + 365 * DAY, 3), ...stretch(NINE + 15 * MINUTE, 3)]],
  ])('lets a usual interval pass where the clock was %s', (_, times) => {
    expect(steadied(times)?.times).toEqual(stretch(NINE, 6));
  });

  it('tells where the clock was set', () => {
    expect(steadied([...stretch(MINUTE, 2), ...stretch(NINE, 2), ...stretch(MINUTE, 2)])?.sets).toEqual([2, 4]);
  });

  it('takes a second, where no interval tells', () => {
    expect(steadied([0, NINE])?.times).toEqual([NINE - 1000, NINE]);
  });

  it('keeps the first times where no clock was ever set', () => {
    expect(steadied([...stretch(HOUR, 3), ...stretch(0, 2)])?.times).toEqual(stretch(HOUR, 5));
  });

  it.each([
    ['pauses for a season', [...stretch(NINE, 3), ...stretch(NINE + 100 * DAY, 3)]],
    ['has equal times', [NINE, NINE, NINE + MINUTE]],
    ['is short', [NINE]],
    ['is empty', []],
  ])('finds nothing in a series that %s', (_, times) => {
    expect(steadied(times)).toBeUndefined();
  });
});

describe('isOutOfOrder', () => {
  const night = stretch(NINE, 36);
  const byName = night.map((time, i) => [`${i + 1}`, time] as const).toSorted(([a], [b]) => (a < b ? -1 : 1));

  it.each([
    ['samples in the order of a shell', byName.map(([, time]) => time)],
    ['the newest first', night.toReversed()],
    ['the newest of two parts first', [...night.slice(18), ...night.slice(0, 18)]],
    ['the second night before the first', [...stretch(NINE + DAY, 36), ...night]],
  ])('is true of %s', (_, times) => {
    expect(isOutOfOrder(times)).toBe(true);
  });

  it.each([
    ['an hour into what was before', [...stretch(NINE, 18), ...stretch(NINE + 27 * MINUTE, 18)]],
    ['to before the log began', [...stretch(NINE, 3), ...stretch(NINE - 2 * HOUR - MINUTE, 33)]],
    ['by half a day', [...stretch(NINE, 18), ...stretch(NINE - 12 * HOUR, 18)]],
    ['to 1970', [...stretch(NINE, 18), ...stretch(MINUTE, 18)]],
    ['to the same times again', [...stretch(NINE, 18), ...stretch(NINE, 18)]],
  ])('is false where a clock went back %s', (_, times) => {
    expect(isOutOfOrder(times)).toBe(false);
  });
});
