import { describe, expect, test } from 'vitest';
import { judge } from '../../src/judge/judge.js';
import { verdictRules } from '../../src/judge/rules/index.js';
import type { ProgramRecord } from '../../src/model/program.js';
import type { Verdict, VerdictRule } from '../../src/model/verdict.js';
import { KIB, leakOf, recordOf, sampledTimeline, timelineOf } from './records.js';

const rising = (n: number, step = 12 * KIB): number[] => Array.from({ length: n }, (_, i) => 116 * KIB + i * step);
const flat = (n: number): number[] => new Array<number>(n).fill(96 * KIB);

function verdictOf(parts: Partial<ProgramRecord>): Verdict {
  return judge(recordOf(parts), verdictRules, (rule) => {
    throw new Error(`rule ${rule} failed`);
  }).verdict;
}

const summary = { tool: 'memcheck', origin: { file: 'v.log', line: 9 } } as const;

describe('labels', () => {
  test.each([
    ['leak', { timelines: [timelineOf(rising(26))] }],
    ['leak', { leaks: [leakOf()] }],
    ['leak', { leaks: [leakOf()], timelines: [timelineOf(flat(30))] }],
    ['suspect', { timelines: [timelineOf(rising(5))] }],
    ['suspect', { leaks: [leakOf({ kind: 'possible' })] }],
    ['clean', { timelines: [timelineOf(flat(30))] }],
    ['clean', { timelines: [timelineOf(flat(3))] }],
    ['clean', { summaries: [{ ...summary, definite: { bytes: 0, blocks: 0 } }] }],
    ['clean', { summaries: [{ ...summary, inUseAtExit: { bytes: 0, blocks: 0 } }] }],
    ['inconclusive', { summaries: [summary] }],
    ['inconclusive', { leaks: [leakOf({ kind: 'reachable' })] }],
    ['inconclusive', { timelines: [timelineOf(rising(2))] }],
    ['inconclusive', { timelines: [timelineOf(flat(2))] }],
    ['inconclusive', {}],
  ] as const)('%s: case %#', (label, parts) => {
    expect(verdictOf(parts).label).toBe(label);
  });
});

test('too few samples: says how many more', () => {
  const verdict = verdictOf({ timelines: [timelineOf(rising(2))] });
  expect(verdict.missing).toContainEqual({
    rule: 'private-growth',
    reason: '2 of at least 3 samples; take 1 more, better 20',
  });
});

test('the verdict carries program, growth, rate, interval, p and reasons', () => {
  const verdict = verdictOf({ timelines: [timelineOf(rising(26))] });
  expect(verdict).toMatchObject({
    device: 'board-7',
    command: 'sensord',
    label: 'leak',
    growth: 300 * KIB,
    ratePerHour: 12 * KIB * 3600,
    shape: 'linear',
    ratePerSample: 12 * KIB,
    objections: [],
    defects: [],
  });
  // 26 samples at whole seconds, in whole pages: the rate cannot be known better.
  const [low = 0, high = 0] = verdict.rateInterval ?? [];
  expect(low / (12 * KIB * 3600)).toBeCloseTo(1 - 1 / 25 - 1 / 75);
  expect(high / (12 * KIB * 3600)).toBeCloseTo(1 + 1 / 25 + 1 / 75);
  expect(verdict.pValue).toBeLessThan(1e-10);
  expect(verdict.grounds[0]?.origins).toEqual([
    { file: 'board-7/0/812/smaps', line: 1 },
    { file: 'board-7/25/812/smaps', line: 1 },
  ]);
});

test('without times: growth per sample, no rate per hour', () => {
  const verdict = verdictOf({ timelines: [timelineOf(rising(26), { timed: false })] });
  expect(verdict.label).toBe('leak');
  expect(verdict.ratePerSample).toBe(12 * KIB);
  expect(verdict).not.toHaveProperty('ratePerHour');
  expect(verdict).not.toHaveProperty('rateInterval');
  expect(verdict.grounds[0]?.statement).toContain('12 KiB per sample');
});

describe('several lives of a program', () => {
  test('the worst counts, and its pid is named', () => {
    const verdict = verdictOf({
      timelines: [
        timelineOf(flat(30), { pid: 1 }),
        timelineOf(rising(30), { pid: 2 }),
        timelineOf(rising(4), { pid: 3 }),
      ],
    });
    expect(verdict).toMatchObject({ label: 'leak', pid: 2 });
    // The rest of another process is no objection.
    expect(verdict.objections).toEqual([]);
  });

  test('of two leaking ones, the faster', () => {
    const slow = timelineOf(rising(30), { pid: 1 });
    const fast = timelineOf(rising(30, 40 * KIB), { pid: 2 });
    expect(verdictOf({ timelines: [slow, fast] }).pid).toBe(2);
    expect(verdictOf({ timelines: [fast, slow] }).pid).toBe(2);
  });

  test('a life too short to judge does not make a clean one doubtful', () => {
    const verdict = verdictOf({ timelines: [timelineOf(flat(1), { pid: 1 }), timelineOf(flat(30), { pid: 2 })] });
    expect(verdict).toMatchObject({ label: 'clean', pid: 2 });
  });
});

describe('a rule that throws', () => {
  const broken: VerdictRule = {
    id: 'broken',
    title: '',
    description: '',
    thresholds: [],
    judge() {
      throw new Error('boom');
    },
  };

  test('is reported once and leaves the rest standing', () => {
    const failures: string[] = [];
    const timelines = [timelineOf(flat(30), { pid: 1 }), timelineOf(rising(30), { pid: 2 })];
    const { verdict } = judge(recordOf({ timelines }), [broken, ...verdictRules], (rule, error) => {
      failures.push(`${rule}: ${String(error)}`);
    });
    expect(failures).toEqual(['broken: Error: boom']);
    expect(verdict.label).toBe('leak');
    expect(verdict.missing).toContainEqual({ rule: 'broken', reason: 'the rule failed: a bug of memreport' });
  });
});

test('each rule has an id of its own, a title, a description and thresholds with their sources', () => {
  expect(new Set(verdictRules.map(({ id }) => id)).size).toBe(verdictRules.length);
  for (const { title, description, thresholds } of verdictRules) {
    expect(title).not.toBe('');
    expect(description).not.toBe('');
    expect(thresholds.length).toBeGreaterThan(0);
    for (const { source, value } of thresholds) {
      expect(source).not.toBe('');
      expect(Number.isFinite(value)).toBe(true);
    }
  }
});

test('samples that carry nothing to judge by are too few', () => {
  const verdict = verdictOf({ timelines: [sampledTimeline([{ vss: 1 }, { vss: 2 }, { vss: 3 }], false)] });
  expect(verdict.label).toBe('inconclusive');
  expect(verdict.missing.map(({ reason }) => reason)).toContain('0 of at least 3 samples; take 3 more, better 20');
});

test('nothing but finite numbers comes out, whatever comes in', () => {
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, -1, 2 ** 60, 0, 0, 1e15, Number.NaN, 5, 6, 7, 8];
  const verdict = verdictOf({
    timelines: [
      sampledTimeline(
        odd.map((value, i) => ({ takenAt: i % 3 === 0 ? 0 : i * 1000, privateDirty: value, swap: 0, vmaCount: value })),
      ),
    ],
  });
  const numbers = JSON.stringify(verdict, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? 'not finite' : value,
  );
  expect(numbers).not.toContain('not finite');
  expect(numbers).not.toMatch(/NaN|Infinity|undefined/);
});

test('says since when, where growth set in while it was sampled', () => {
  const onset = Array.from({ length: 40 }, (_, i) => (200 + Math.max(0, i - 20) * 12) * KIB);
  const timeline = timelineOf(onset);
  const verdict = verdictOf({ timelines: [timeline] });
  expect(verdict).toMatchObject({ label: 'leak', shape: 'onset' });
  const began = ((verdict.since ?? 0) - (timeline.samples[0]?.takenAt ?? 0)) / 1000;
  expect(Math.abs(began - 20)).toBeLessThanOrEqual(2);
  expect(verdictOf({ timelines: [timelineOf(rising(26))] })).not.toHaveProperty('since');
  expect(verdictOf({ timelines: [timelineOf(onset, { timed: false })] })).not.toHaveProperty('since');
});

test('tells when the limit is reached, and the device where there is none', () => {
  const timelines = [timelineOf(rising(26))];
  // The last sample has 416 KiB of its own and 1 MiB of RSS more; 12 KiB come every second.
  expect(verdictOf({ timelines, memoryLimit: (1440 + 1200) * KIB }).exhaustion).toMatchObject({
    ceiling: 'memory-limit',
    room: 1200 * KIB,
    hours: 100 / 3600,
  });
  const deviceMemory = [{ available: 12_000 * KIB, origin: { file: 'meminfo', line: 1 } }];
  expect(verdictOf({ timelines, deviceMemory }).exhaustion).toMatchObject({ ceiling: 'device', hours: 1000 / 3600 });
  const untimed = [timelineOf(rising(26), { timed: false })];
  expect(verdictOf({ timelines: untimed, deviceMemory })).not.toHaveProperty('exhaustion');
  expect(verdictOf({ timelines: [timelineOf(flat(26))], deviceMemory })).not.toHaveProperty('exhaustion');
});
