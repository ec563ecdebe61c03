import { describe, expect, it } from 'vitest';
import { MOST_FOLLOWED } from '../../src/correlate/followed-snapshots.js';
import { judge } from '../../src/judge/judge.js';
import { verdictRules } from '../../src/judge/rules/index.js';
import type { ProgramRecord } from '../../src/model/program.js';
import type { Evidence, Verdict } from '../../src/model/verdict.js';
import { wholeRecordOf } from './long-series.js';
import { recordOfTrace } from './records.js';
import { scenarios } from './scenarios/index.js';
import { type Trace, traceOf } from './trace.js';

const LONG = 2500;
const SEED = 2;

/** One of each course that memory takes. */
const COURSES = [
  'linear',
  'regular steps',
  'rising floor',
  'late onset',
  'accelerating',
  'daily cycle, trend',
  'threads',
  'masked',
  'across restarts',
  'white noise',
  'exponential warm-up',
  'sawtooth',
  'one step',
  'daily cycle',
  'copy on write',
];

function traceNamed(name: string): Trace {
  const scenario = scenarios.find((one) => one.name === name);
  if (!scenario) throw new Error(`expected one of ${scenarios.map((one) => one.name).join(', ')}, found "${name}"`);
  return traceOf(scenario, LONG, SEED);
}

function verdictOn(record: ProgramRecord): Verdict {
  return judge(record, verdictRules, (rule, error) => {
    throw new Error(`the rule ${rule} failed`, { cause: error });
  }).verdict;
}

/** Of each life, through how many snapshots its mappings are followed. */
function followedIn({ timelines }: ProgramRecord): number[] {
  return timelines.map(({ mappings }) => new Set(mappings.flatMap(({ at }) => at)).size);
}

describe.each(COURSES)('%s, followed through some of the snapshots', (name) => {
  const trace = traceNamed(name);
  const whole = wholeRecordOf(trace);
  const thinned = recordOfTrace(trace);

  it('has the verdict that it has with the mappings of all', () => {
    const { rateInterval, ratePerHour, label, shape, where, pid, since, objections } = verdictOn(whole);
    const verdict = verdictOn(thinned);
    expect([verdict.label, verdict.shape, verdict.where, verdict.pid, verdict.since]).toEqual([
      label,
      shape,
      where,
      pid,
      since,
    ]);
    const statements = ({ statement }: Evidence): string => statement;
    expect(verdict.objections.map(statements)).toEqual(objections.map(statements));
    expect(verdict.ratePerHour === undefined).toBe(ratePerHour === undefined);
    expect(verdict.ratePerHour ?? 0).toBeGreaterThanOrEqual(rateInterval?.[0] ?? 0);
    expect(verdict.ratePerHour ?? 0).toBeLessThanOrEqual(rateInterval?.[1] ?? 0);
  });

  it('keeps each sample', () => {
    const samplesOf = ({ timelines }: ProgramRecord): number[] => timelines.map(({ samples }) => samples.length);
    expect(samplesOf(thinned)).toEqual(samplesOf(whole));
    expect(followedIn(whole)).toEqual(samplesOf(whole));
    // The tables that are kept come on top.
    expect(Math.max(...followedIn(thinned))).toBeLessThanOrEqual(MOST_FOLLOWED + 3);
  });
});
