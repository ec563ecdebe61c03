import { describe, expect, test } from 'vitest';
import { footprintOf } from '../../../src/judge/causes/allocator.js';

describe('the memory that a block takes', () => {
  // Distances between addresses that glibc 2.36 and the AddressSanitizer of gcc 12 gave for equal blocks.
  test.each([
    [1, 32],
    [24, 32],
    [25, 48],
    [248, 256],
    [504, 512],
    [2040, 2048],
    [12_288, 12_304],
    [150_000, 151_552],
    [133_000, 135_168],
  ])('of %i bytes from glibc: %i', (bytes, expected) => {
    expect(footprintOf(bytes, { sanitized: false, word: 8 })).toBe(expected);
  });

  test('of a process of 32 bits: smaller headers', () => {
    expect(footprintOf(12, { sanitized: false, word: 4 })).toBe(16);
    expect(footprintOf(13, { sanitized: false, word: 4 })).toBe(24);
  });

  test.each([
    [1, 32],
    [16, 32],
    [248, 320],
    [504, 640],
    [2040, 2560],
    [8176, 10_240],
  ])('of %i bytes from AddressSanitizer: %i, and an eighth for its marks', (bytes, expected) => {
    expect(footprintOf(bytes, { sanitized: true, word: 8 })).toBe(expected * 1.125);
  });
});
