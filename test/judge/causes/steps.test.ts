import { describe, expect, test } from 'vitest';
import { sitesOf } from '../../../src/judge/causes/allocation-site.js';
import { growthToExplain } from '../../../src/judge/causes/growth-to-explain.js';
import { compareSteps } from '../../../src/judge/causes/steps.js';
import type { Leak } from '../../../src/model/program.js';
import { KIB } from '../../../src/model/units.js';
import { leakOf, timelineOf } from '../records.js';

const PAGE = 4096;

/** What the steps of a series say of a leak: memory counted in pages, as the kernel does. */
function shareOf(bytesAt: (sample: number) => number, leak: Partial<Leak> = {}, samples = 30): number | undefined {
  const timeline = timelineOf(Array.from({ length: samples }, (_, i) => Math.ceil(bytesAt(i) / PAGE) * PAGE));
  const growth = growthToExplain(timeline);
  if (!growth) throw new Error('expected growth');
  return compareSteps(sitesOf([leakOf(leak)]), growth).estimates.get('00000000000000aa')?.share;
}

describe('the steps of a series', () => {
  test('are one block of 12,288 bytes each', () => {
    expect(shareOf((i) => i * 12_304)).toBeCloseTo(1, 2);
  });

  test('are 20 blocks each', () => {
    expect(shareOf((i) => i * 20 * 12_304)).toBeCloseTo(1, 2);
  });

  test('are blocks above the mmap threshold, now and then two', () => {
    const block = 304 * KIB;
    expect(shareOf((i) => (i + Math.floor(i / 3)) * block, { bytes: 310_000 * 4, blocks: 4 })).toBeGreaterThan(0.7);
  });

  test('are a whole number of small blocks on average', () => {
    expect(shareOf((i) => i * 3 * 4096, { bytes: 4_080 * 40, blocks: 40 })).toBeCloseTo(1, 2);
  });

  test.each([
    ['of another size', (i: number) => i * 12_304, { bytes: 50_000, blocks: 1 }],
    ['so small that they fit any step', (i: number) => i * 12_304, { bytes: 800, blocks: 20 }],
    ['that are reachable', (i: number) => i * 12_304, { kind: 'reachable' as const }],
    ['of which there is half a one more', (i: number) => i * 12_304 * 2.5, {}],
  ])('are no blocks %s', (_, bytesAt, leak) => {
    expect(shareOf(bytesAt, leak)).toBeUndefined();
  });

  test('of a saw are not those of its floor', () => {
    const saw = (i: number): number => (i % 6) * 320 * KIB + Math.floor(i / 6) * 320 * KIB;
    expect(shareOf(saw, { bytes: 327_000 * 4, blocks: 4 }, 60)).toBeUndefined();
  });
});
