import type { Leak } from '../model/program.js';
import { medianOf } from '../stats/robust-noise.js';
import { countText, memoryText } from './amounts.js';
import { siteText } from './site-text.js';

/** A loss record whose blocks are as large as the steps in which memory grows. */
export interface BlockSteps {
  readonly leak: Leak;
  readonly blockBytes: number;
  readonly blocksPerStep: number;
  readonly step: number;
  /** Of the growth, 0 to 1. */
  readonly share: number;
}

/**
 * The definite loss record whose blocks explain the steps of a series, if its typical step is a whole number of them.
 *
 * Malloc adds a header of 16 bytes to each block (glibc, 64 bit), and the kernel counts whole pages: so a step may be
 * off by a page now and then, but not as a rule. Blocks of two pages or less fit any step and prove nothing.
 */
export function blockStepsOf(
  leaks: readonly Leak[],
  values: readonly number[],
  slopePerSample: number,
  page: number,
): BlockSteps | undefined {
  const steps: number[] = [];
  for (let i = 1; i < values.length; i++) {
    const step = (values[i] ?? 0) - (values[i - 1] ?? 0);
    if (step > 0) steps.push(step);
  }
  if (steps.length < 3 || !(slopePerSample > 0)) return undefined;
  const step = medianOf(steps);
  let best: BlockSteps | undefined;
  for (const leak of leaks) {
    if (leak.kind !== 'definite' || !(leak.blocks > 0) || (best && best.leak.bytes >= leak.bytes)) continue;
    const blockBytes = leak.bytes / leak.blocks;
    const blocksPerStep = Math.round(step / blockBytes);
    const headers = HEADER * blocksPerStep;
    if (blockBytes <= 2 * (page + headers) || blocksPerStep < 1) continue;
    if (Math.abs(step - blocksPerStep * blockBytes) > Math.max(blockBytes / 8, headers)) continue;
    const fitting = steps.filter(
      (each) => Math.abs(each - Math.round(each / blockBytes) * blockBytes) <= page + headers,
    );
    if (fitting.length < 0.8 * steps.length) continue;
    const perSample = (steps.length / (values.length - 1)) * blocksPerStep * blockBytes;
    best = { leak, blockBytes, blocksPerStep, step, share: Math.min(1, perSample / slopePerSample) };
  }
  return best;
}

const HEADER = 16;

/** What the steps have to do with the lost blocks. */
export function blockStepsText({ leak, blockBytes, blocksPerStep, step }: BlockSteps): string {
  const each = blocksPerStep === 1 ? 'the lost blocks are' : `${countText(blocksPerStep)} lost blocks a step,`;
  return (
    `it grows in steps of ${memoryText(step)}, ${each} ${countText(blockBytes)} bytes each ` +
    `(${siteText(leak.frames)}), now and then a page more for the allocator's headers`
  );
}
