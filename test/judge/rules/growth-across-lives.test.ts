import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/judge/judge.js';
import { growthAcrossLives } from '../../../src/judge/rules/growth-across-lives.js';
import { verdictRules } from '../../../src/judge/rules/index.js';
import type { Timeline } from '../../../src/model/program.js';
import type { Finding, Verdict } from '../../../src/model/verdict.js';
import { KIB, recordOf, SECOND, sampledTimeline, timelineOf } from '../records.js';

const MINUTE = 60 * SECOND;
const LIFE = 20 * MINUTE;

/** Lives of `n` samples, one each minute, after one another; `at` is in KiB. */
function livesOf(lives: number, n: number, at: (i: number) => number, apart = LIFE): Timeline[] {
  const values = Array.from({ length: n }, (_, i) => (500 + at(i)) * KIB);
  return Array.from({ length: lives }, (_, life) =>
    timelineOf(values, { pid: 100 + life, step: MINUTE, after: life * apart }),
  );
}

function findingsOf(timelines: readonly Timeline[]): readonly Finding[] {
  return growthAcrossLives.judgeLives?.(recordOf({ timelines })) ?? [];
}

function verdictOf(timelines: readonly Timeline[]): Verdict {
  return judge(recordOf({ timelines }), verdictRules, (rule, error) => {
    throw new Error(`rule ${rule} failed`, { cause: error });
  }).verdict;
}

const leaking = (i: number): number => 12 * i;
const warmUp = (i: number): number => 200 * Math.min(i, 2);

test('lives that each grow until they end are a leak, though none is long enough to prove it', () => {
  const timelines = livesOf(4, 7, leaking);
  const [finding] = findingsOf(timelines);
  expect(finding).toMatchObject({
    bearing: 'for',
    strength: 'strong',
    measure: { growth: 72 * KIB, ratePerHour: 12 * 60 * KIB, rateInterval: [12 * 60 * KIB, 12 * 60 * KIB] },
  });
  expect(finding?.statement).toMatch(/^4 lives of the program grew until they ended, by 72 KiB each in the median/);
  expect(verdictOf(timelines.slice(0, 1)).label).toBe('suspect');
  expect(verdictOf(timelines).label).toBe('leak');
});

test('lives that each warm up speak against one', () => {
  const [finding] = findingsOf(livesOf(4, 7, warmUp));
  expect(finding).toMatchObject({ bearing: 'against', strength: 'strong' });
  expect(finding?.statement).toContain('4 lives of the program came to rest, each after a rise of 400 KiB');
});

test('lives that stay flat did not grow', () => {
  const [finding] = findingsOf(livesOf(4, 7, (i) => (i % 2) * 4));
  expect(finding?.statement).toBe('none of 4 lives of the program grew');
});

describe('nothing is said', () => {
  test.each([
    ['of lives side by side', livesOf(4, 7, leaking, MINUTE)],
    ['of a single life', livesOf(1, 7, leaking)],
    ['of lives of four samples', livesOf(4, 4, leaking)],
    ['of lives without times', livesOf(4, 7, leaking).map((timeline) => ({ ...timeline, timed: false }))],
    [
      'of RSS alone',
      [0, 1, 2].map((life) =>
        sampledTimeline(Array.from({ length: 7 }, (_, i) => ({ takenAt: life * LIFE + i * MINUTE, rss: i * 1e5 }))),
      ),
    ],
    ['of growth of less than a few pages', livesOf(4, 7, (i) => i)],
  ])('%s', (_, timelines) => {
    expect(findingsOf(timelines).filter(({ bearing }) => bearing === 'for')).toEqual([]);
  });
});

test('what all lives say does not take back what one proves', () => {
  const [first] = livesOf(1, 30, leaking);
  const others = livesOf(3, 8, warmUp).map((timeline) => ({
    ...timeline,
    samples: timeline.samples.map((sample) => ({ ...sample, takenAt: (sample.takenAt ?? 0) + 10 * LIFE })),
  }));
  expect(verdictOf([...(first ? [first] : []), ...others])).toMatchObject({ label: 'leak', pid: 100 });
});
