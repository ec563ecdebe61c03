import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/cli/exit-codes.js';
import { memorySize } from '../../src/cli/options.js';

describe('--memory-limit', () => {
  it.each([
    ['1048576', 2 ** 20],
    ['512M', 512 * 2 ** 20],
    ['2G', 2 * 2 ** 30],
    ['1.5GiB', 1.5 * 2 ** 30],
    ['64k', 64 * 1024],
    ['1 TB', 2 ** 40],
    ['100B', 100],
  ])('takes %s', (value, bytes) => {
    expect(memorySize('memory-limit', value)).toBe(bytes);
  });

  it.each(['', 'much', '-5M', '0', '0.0001B', 'M', '5X', '5 M B', '1e9', '1,5G', '99999999999T', 'Infinity'])(
    'refuses %j',
    (value) => {
      expect(() => memorySize('memory-limit', value)).toThrow(Failure);
      expect(() => memorySize('memory-limit', value)).toThrow(
        `expected an amount of memory such as 512M or 2G, found "${value}"`,
      );
    },
  );
});
