import { expect, test } from 'vitest';
import { countedText, countText, hoursText, memoryText, probabilityText } from '../../src/judge/amounts.js';

test.each([
  [0, '0 bytes'],
  [-0.2, '0 bytes'],
  [1000, '1000 bytes'],
  [12_288, '12 KiB'],
  [-4096, '−4 KiB'],
  [1_258_291, '1.2 MiB'],
  [1024 ** 2 - 1, '1 MiB'],
  [3.5 * 1024 ** 3, '3.5 GiB'],
  [1e30, '867361737988.4 EiB'],
])('%d → %s', (bytes, text) => {
  expect(memoryText(bytes)).toBe(text);
});

test('counts', () => {
  expect([countText(999), countText(12_288), countText(1_234_567)]).toEqual(['999', '12,288', '1,234,567']);
  expect([countedText(1, 'block'), countedText(2, 'block')]).toEqual(['1 block', '2 blocks']);
});

test('probabilities are never 0', () => {
  expect([0, 0.0012, 0.037, 1].map(probabilityText)).toEqual(['p < 0.0001', 'p = 0.0012', 'p = 0.04', 'p = 1.00']);
});

test('lengths of time', () => {
  expect([25 / 3600, 0.2, 3.5, 50].map(hoursText)).toEqual(['25 s', '12 min', '3 h 30 min', '2 d 2 h']);
  expect(hoursText(Number.POSITIVE_INFINITY)).toBe('an unknown time');
});
