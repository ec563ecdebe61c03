import { describe, expect, it } from 'vitest';
import { endLevel } from '../../src/stats/level.js';

describe('endLevel', () => {
  it('is the median of the last quarter, and the range that this quarter spans', () => {
    expect(endLevel([9, 9, 9, 9, 9, 9, 1, 5])).toEqual({ value: 3, spread: 4 });
    expect(endLevel([0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 1, 2])).toEqual({ value: 2, spread: 6 });
  });

  it('is the last of a few values', () => {
    expect(endLevel([4])).toEqual({ value: 4, spread: 0 });
    expect(endLevel([4, 6])).toEqual({ value: 6, spread: 0 });
    expect(endLevel([1, 2, 3, 8])).toEqual({ value: 8, spread: 0 });
  });

  it('is zero of no values', () => {
    expect(endLevel([])).toEqual({ value: 0, spread: 0 });
  });
});
