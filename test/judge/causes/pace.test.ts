import { describe, expect, test } from 'vitest';
import { withCause } from '../../../src/judge/causes/explain.js';
import { judge } from '../../../src/judge/judge.js';
import { verdictRules } from '../../../src/judge/rules/index.js';
import type { ToolSummary } from '../../../src/model/leaks.js';
import type { Leak } from '../../../src/model/program.js';
import type { Verdict } from '../../../src/model/verdict.js';
import { KIB, leakOf, mappingOf, recordOf, timelineOf } from '../records.js';

const SECOND = 1000;
const HEADS = [
  { symbol: 'malloc' },
  { symbol: 'take', file: 'a.c', line: 6 },
  { symbol: 'main', file: 'a.c', line: 9 },
];

interface Run {
  readonly seconds?: number;
  /** Bytes of blocks of 504. */
  readonly lost: number;
  readonly kind?: Leak['kind'];
}

/** 16 KiB per second of growth in [heap], and what runs under memcheck say. */
function verdictOf(runs: readonly Run[]): Verdict {
  const values = Array.from({ length: 40 }, (_, i) => (64 + i * 16) * KIB);
  const timeline = timelineOf(values, { mappings: [mappingOf('[heap]', values)] });
  const tellings = runs.map(({ lost }, i) => ({
    bytes: lost,
    blocks: lost / 504,
    pid: i,
    origin: { file: `v.${i}`, line: 9 },
  }));
  const summaries = runs.map(
    ({ seconds, lost }, i): ToolSummary => ({
      tool: 'memcheck',
      pid: i,
      ...(seconds !== undefined && { runTime: seconds * SECOND }),
      inUseAtExit: { bytes: lost, blocks: lost / 504 },
      definite: { bytes: lost, blocks: lost / 504 },
      origin: { file: `v.${i}`, line: 20 },
    }),
  );
  const most = tellings.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const leak = {
    ...leakOf({ bytes: most.bytes, blocks: most.blocks, frames: HEADS, kind: runs[0]?.kind ?? 'definite' }),
    tellings,
  };
  const record = recordOf({ timelines: [timeline], leaks: [leak], summaries });
  return withCause(judge(record, verdictRules, () => undefined).verdict, record);
}

describe('loss per time on the bench', () => {
  test('as fast as the growth: explains it', () => {
    // 32 blocks of 512 bytes a second are 16 KiB.
    const { explainedBy } = verdictOf([{ seconds: 60, lost: 60 * 32 * 504 }]);
    expect(explainedBy).toEqual([{ fingerprint: '00000000000000aa', share: 1, basis: 'rate' }]);
  });

  test('half as fast: explains half', () => {
    expect(verdictOf([{ seconds: 60, lost: 60 * 16 * 504 }]).explainedBy[0]?.share).toBeCloseTo(0.5, 1);
  });

  test('of two runs, what they differ in: the start-up is left out', () => {
    const start = 3000 * 504;
    const { explainedBy } = verdictOf([
      { seconds: 30, lost: start + 30 * 32 * 504 },
      { seconds: 60, lost: start + 60 * 32 * 504 },
    ]);
    expect(explainedBy).toEqual([{ fingerprint: '00000000000000aa', share: 1, basis: 'rate' }]);
  });

  test.each([
    ['ten times faster', 320],
    ['ten times slower', 3.2],
  ])('%s: no share, and the conflict is told', (_, blocks) => {
    const { explainedBy, cause } = verdictOf([{ seconds: 100, lost: 100 * blocks * 504 }]);
    expect(explainedBy).toEqual([]);
    expect(cause?.conflicts.map(({ statement }) => statement).join()).toMatch(/other work there, or at another pace/);
    expect(cause?.sites).toHaveLength(1);
  });
});

describe('what is still reachable', () => {
  test('and grows with the run is evidence', () => {
    const { explainedBy, cause } = verdictOf([
      { seconds: 30, lost: 30 * 32 * 504, kind: 'reachable' },
      { seconds: 60, lost: 60 * 32 * 504, kind: 'reachable' },
    ]);
    expect(explainedBy[0]?.share).toBeCloseTo(1, 1);
    expect(cause?.sites[0]?.agreements.map(({ statement }) => statement).join()).toMatch(
      /grows with the run: 472.5 KiB in 30 s, 945 KiB in 60 s/,
    );
  });

  test('and stays the same is not', () => {
    const { explainedBy, cause } = verdictOf([
      { seconds: 30, lost: 3000 * 504, kind: 'reachable' },
      { seconds: 60, lost: 3000 * 504, kind: 'reachable' },
    ]);
    expect(explainedBy).toEqual([]);
    expect(cause?.sites ?? []).toEqual([]);
  });
});

test('a run that lost a trifle explains nothing', () => {
  const { explainedBy, cause } = verdictOf([{ lost: 5 * 504 }]);
  expect(explainedBy).toEqual([]);
  expect(cause?.sites[0]?.conflicts.map(({ statement }) => statement).join()).toMatch(
    /no more than 2.5 KiB of it, 0.4 %/,
  );
});
