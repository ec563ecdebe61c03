import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analyze.js';
import type { Analysis } from '../../../src/model/analysis.js';

/** What several tools told of the same stopped processes: see samples/README.md. */
describe('tools on stopped processes', () => {
  let analysis: Analysis;
  beforeAll(async () => {
    analysis = await analyze({ captures: ['samples/agreement'] });
  });

  it('agree with smaps within 1 kB for each VMA, each in all that it tells', () => {
    const told = (analysis.agreements ?? []).map((one) => [
      one.reference,
      one.tool,
      one.totals,
      one.samples,
      one.equal,
    ]);
    expect(told).toEqual([
      ['smaps', 'pmap', ['vss', 'rss', 'pss'], 3, 3],
      ['smaps', 'smaps_rollup', ['rss', 'pss', 'uss'], 3, 3],
      ['smaps', 'smem', ['vss', 'rss', 'pss', 'uss'], 3, 3],
      ['smaps', 'status', ['vss', 'rss'], 3, 3],
    ]);
    expect(analysis.problems).toEqual([]);
  });

  it('are no further apart than a page', () => {
    for (const { largest } of analysis.agreements ?? []) expect(largest).toBeLessThanOrEqual(4096);
  });
});
