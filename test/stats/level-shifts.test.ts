import fc from 'fast-check';
import { expect, test } from 'vitest';
import { levelShifts } from '../../src/stats/level-shifts.js';

function restOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/** The least rest of all ways to cut `values` into levels with `shifts` between them, the last of which is `last`. */
function leastRest(values: readonly number[], shifts: number, last?: number): number {
  if (shifts === 0) return values.length > 0 ? restOf(values) : Number.POSITIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  for (let at = shifts; at < values.length; at++) {
    if (last !== undefined && at !== last) continue;
    least = Math.min(least, leastRest(values.slice(0, at), shifts - 1) + restOf(values.slice(at)));
  }
  return least;
}

const series = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 9 });

test('the best of all cuts, counted one by one', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 0, max: 4 }), (values, most) => {
      const found = levelShifts(Float64Array.from(values), most);
      expect(found).toHaveLength(Math.min(most, values.length - 1) + 1);
      found.forEach(({ residualSum, last }, shifts) => {
        expect(residualSum).toBeCloseTo(leastRest(values, shifts), 9);
        if (shifts > 0) expect(leastRest(values, shifts, last)).toBeCloseTo(residualSum, 9);
        else expect(last).toBe(0);
      });
    }),
  );
});

test('finds where a staircase stands still, whatever its height', () => {
  for (const [height, ground] of [
    [1, 0],
    [5, 1e6],
    [1e9, 0],
  ] as const) {
    const values = Float64Array.from({ length: 30 }, (_, i) => ground + height * (Number(i >= 7) + Number(i >= 19)));
    const [none, one, two] = levelShifts(values, 2);
    expect(none?.residualSum).toBeGreaterThan(one?.residualSum ?? 0);
    expect(two?.last).toBe(19);
    expect((two?.residualSum ?? 1) / height ** 2).toBeLessThan(1e-2);
  }
});

test('constant, single and no values', () => {
  expect(levelShifts(new Float64Array(5).fill(3), 2).map(({ residualSum }) => residualSum)).toEqual([0, 0, 0]);
  expect(levelShifts(Float64Array.of(3), 3)).toEqual([{ residualSum: 0, last: 0 }]);
  expect(levelShifts(new Float64Array(0), 3)).toEqual([{ residualSum: 0, last: 0 }]);
});
