import { describe, expect, test } from 'vitest';
import { growthOf } from '../../src/judge/growth/growth.js';
import type { Doubt } from '../../src/judge/growth/growth-doubts.js';
import { judge } from '../../src/judge/judge.js';
import { verdictRules } from '../../src/judge/rules/index.js';
import { privateSeriesOf } from '../../src/judge/series.js';
import { unclearText } from '../../src/judge/unclear-text.js';
import { recordOf, SECOND, timelineOf } from './records.js';

const PAGE = 4096;

function textOf(pages: readonly number[], doubts?: readonly Doubt[], timed = true): string {
  const timeline = timelineOf(
    pages.map((page) => page * PAGE),
    { step: 60 * SECOND, timed },
  );
  const series = privateSeriesOf(timeline);
  const growth = growthOf(series, PAGE);
  return unclearText(timeline, series, doubts ? { ...growth, doubts } : growth);
}

const inNoise = Array.from({ length: 20 }, (_, i) => 1000 + ((i * 7919) % 601) + Number(i > 17) * 2000);
const lateStep = Array.from({ length: 20 }, (_, i) => (i < 18 ? 10 : 500));

describe('names what keeps it from being called growth', () => {
  test.each([
    ['few-points', 'they are too few, or come back to their floor too seldom'],
    ['no-trend', 'chance may have made their order'],
    ['small', 'the rise is no larger than the noise'],
    ['wanders', 'autocorrelated values wander as far'],
    ['slows', 'the rise slowed down'],
    ['steps', 'one or two steps make most of the rise'],
    ['paused', 'the end has been quiet for longer than any pause before'],
    ['not-passed', 'what was there before has not been passed yet'],
  ] as const)('%s', (doubt, words) => {
    expect(textOf(lateStep, [doubt])).toContain(
      `20 samples over 19 min neither prove growth nor that it has stopped: ${words};`,
    );
  });

  test('two of them at most', () => {
    const text = textOf(lateStep, ['small', 'steps', 'paused']);
    expect(text).toContain('noise, and one or two steps make most of the rise;');
    expect(text).not.toContain('quiet');
  });

  test('by itself', () => {
    expect(textOf(lateStep)).toContain('stopped: chance may have made their order, and ');
  });
});

describe('says how many more samples it takes', () => {
  test('up to eight, for fewer', () => {
    expect(textOf([0, 90, 30, 80])).toMatch(/; take 4 more, better 20$/);
  });

  test('at least half as many again, and for how long at this pace', () => {
    expect(textOf(inNoise)).toContain('; take about 10 more samples, for another 10 min at this pace,');
    expect(textOf(inNoise)).toMatch(/\(noise from sample to sample: \d+(?:\.\d)? KiB\)$/);
  });

  test('no length of time where there are none', () => {
    expect(textOf(inNoise, undefined, false)).toContain('; take about 10 more samples, so that');
  });

  test('as many as bring four standard errors: (4 √12 σ / rise)^(2/3) by the slope of the samples seen', () => {
    const timeline = timelineOf(inNoise);
    const series = privateSeriesOf(timeline);
    const growth = growthOf(series, PAGE);
    const line = { slope: 1, intercept: 0, lower: 0, upper: 2 };
    const part = growth.part && { ...growth.part, line, growth: 19 };
    if (!part) expect.fail('no part');
    // Standard error of a slope of n points: σ √12 / n^1.5; four of them are 1 a sample at n = 72.7 for σ = 44.8.
    const text = unclearText(timeline, series, { ...growth, noise: 44.8, part });
    expect(text).toContain('take about 53 more samples');
  });

  test('at most ten times as many, however slow the trend', () => {
    const timeline = timelineOf(lateStep.map((page) => page * PAGE));
    const series = privateSeriesOf(timeline);
    const growth = growthOf(series, PAGE);
    const line = { slope: 1e-6, intercept: 0, lower: 0, upper: 2 };
    const part = growth.part && { ...growth.part, line, growth: 19e-6 };
    if (!part) expect.fail('no part');
    expect(unclearText(timeline, series, { ...growth, noise: 44.8, part })).toContain('take about 180 more samples');
  });

  test('half as many again, where a late step is to be seen to rest', () => {
    expect(textOf(lateStep)).toContain('; take about 10 more samples, for another 10 min at this pace,');
  });
});

test('an inconclusive verdict carries it', () => {
  const timelines = [timelineOf(lateStep.map((page) => page * PAGE))];
  const { verdict } = judge(recordOf({ timelines }), verdictRules, (rule, error) => {
    throw new Error(`rule ${rule} failed`, { cause: error });
  });
  expect(verdict.label).toBe('inconclusive');
  expect(verdict.missing).toContainEqual({
    rule: 'private-growth',
    reason: expect.stringMatching(/neither prove growth nor .*take about 10 more samples/) as string,
  });
});
