import { isAccused } from './is-accused.js';
import type { GrowthShape, Verdict } from './verdict.js';

/** How people say what memory does over time. */
export interface ShapeWords {
  /** For the cell of a table. */
  readonly brief: string;
  /** For a sentence of its own. */
  readonly sentence: string;
  /** After "Grows by 12 KiB/h"; absent where it does not. */
  readonly manner?: string;
}

export const SHAPE_WORDS: Readonly<Record<GrowthShape, ShapeWords>> = {
  linear: { brief: 'linear', sentence: 'grows in a straight line', manner: 'in a straight line' },
  accelerating: { brief: 'ever faster', sentence: 'grows ever faster', manner: 'ever faster' },
  steps: { brief: 'in steps', sentence: 'grows in steps', manner: 'in steps' },
  'rising-floor': {
    brief: 'rising floor',
    sentence: 'a rising floor under what comes and goes',
    manner: 'on a rising floor under what comes and goes',
  },
  onset: { brief: 'from onset', sentence: 'began to grow while it was sampled', manner: 'from an onset on' },
  flat: { brief: 'flat', sentence: 'stays flat' },
  settled: { brief: 'settled', sentence: 'rose, then settled' },
  'one-time-step': { brief: 'one step', sentence: 'rose in single steps, then stayed' },
  cyclic: { brief: 'cyclic', sentence: 'comes and goes, back to the same floor' },
  shrinking: { brief: 'shrinks', sentence: 'shrinks' },
  noise: { brief: 'no trend', sentence: 'goes up and down without a trend' },
};

/** Whether a verdict is one on memory that keeps growing. */
export function growsOn({
  label,
  ratePerHour,
  ratePerSample,
}: Pick<Verdict, 'label' | 'ratePerHour' | 'ratePerSample'>): boolean {
  return isAccused({ label }) && (ratePerHour ?? ratePerSample ?? 0) > 0;
}
