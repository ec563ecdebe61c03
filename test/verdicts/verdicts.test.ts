import { describe, expect, test } from 'vitest';
import { readOptions, tasksOf } from './options.js';
import { scoreOf } from './score.js';
import { runTasks } from './task.js';

// The whole run is `npm run bench:verdicts`; these floors tell only that nothing broke.
describe.each([20, 40])('%d samples, held-back seeds', (n) => {
  test('verdicts can be trusted', { timeout: 60_000 }, async () => {
    const score = scoreOf(await runTasks(tasksOf(readOptions(['--n', String(n), '--seeds', '3']))));
    expect(score.leak.falsePositives.share).toBeLessThanOrEqual(0.03);
    expect(score.leak.precision.share).toBeGreaterThanOrEqual(0.97);
    expect(score.leak.recall.share).toBeGreaterThanOrEqual(0.8);
    expect(score.rightMapping.share).toBeGreaterThanOrEqual(0.95);
    expect(score.coversRate.share).toBeGreaterThanOrEqual(0.8);
  });
});
