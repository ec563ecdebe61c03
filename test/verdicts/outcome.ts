import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyze } from '../../src/analyze.js';
import type { Analysis } from '../../src/model/analysis.js';
import type { Sample } from '../../src/model/memory.js';
import type { Verdict, VerdictLabel } from '../../src/model/verdict.js';
import { type OtherRule, otherRules } from './other-rules/index.js';
import { type Trace, writeTrace } from './trace.js';

/** What memreport, and what the rules of others, said of one trace. */
export interface Outcome {
  readonly scenario: string;
  /** By the last of its samples, which may have been taken before the leak sets in. */
  readonly leaks: boolean;
  readonly n: number;
  readonly seed: number;
  /** Samples that were looked at: fewer than `n` where only the beginning was. */
  readonly samples: number;
  readonly label: VerdictLabel;
  /** Whether the mapping that leaks was named; absent where none was named, or none leaks. */
  readonly rightMapping?: boolean;
  /** Whether the interval of the rate holds the true rate; absent where one of the two is missing. */
  readonly coversRate?: boolean;
  /** The rules of others that accuse the program. */
  readonly accusedBy: readonly string[];
}

/** Has memreport judge traces, all in one run: each is a device of its own. */
export async function outcomesOf(traces: readonly Trace[]): Promise<Outcome[]> {
  const root = mkdtempSync(join(tmpdir(), 'memreport-verdicts-'));
  try {
    for (const [index, trace] of traces.entries()) writeTrace(join(root, deviceOf(index)), trace);
    const analysis = await analyze({ captures: [root], jobs: 1 });
    const [problem] = analysis.problems;
    if (problem) throw new Error(`expected no problem, found ${problem.file}:${problem.line}: ${problem.message}`);
    const verdicts = new Map(analysis.verdicts.map((verdict) => [verdict.device, verdict]));
    const lives = samplesByDevice(analysis);
    return traces.map((trace, index) => {
      const device = deviceOf(index);
      return outcomeOf(trace, verdicts.get(device), lives.get(device) ?? []);
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function deviceOf(index: number): string {
  return `board-${String(index + 1).padStart(4, '0')}`;
}

function samplesByDevice({ programs }: Analysis): Map<string, Sample[][]> {
  return new Map(programs.map(({ device, timelines }) => [device, timelines.map(({ samples }) => samples)]));
}

function outcomeOf(trace: Trace, verdict: Verdict | undefined, lives: readonly Sample[][]): Outcome {
  const { scenario, n, seed, truth, snapshots } = trace;
  const read = lives.reduce((count, samples) => count + samples.length, 0);
  if (!verdict || read !== snapshots.length) {
    throw new Error(`${scenario}, ${n} samples, seed ${seed}: expected ${snapshots.length} samples, found ${read}`);
  }
  const leaks = truth.leaks && (truth.onset ?? 0) < (snapshots.at(-1)?.takenAt ?? 0);
  const isFound = leaks && verdict.label === 'leak';
  const { where, rateInterval } = verdict;
  return {
    scenario,
    leaks,
    n,
    seed,
    samples: snapshots.length,
    label: verdict.label,
    ...(isFound && where !== undefined && { rightMapping: where === truth.where }),
    ...(isFound &&
      rateInterval &&
      truth.ratePerHour !== undefined && { coversRate: holds(rateInterval, truth.ratePerHour) }),
    accusedBy: otherRules.filter((rule) => isAccused(rule, lives)).map(({ name }) => name),
  };
}

function holds([low, high]: readonly [number, number], value: number): boolean {
  return low <= value && value <= high;
}

/** A rule accuses a program when it accuses one of its lives, as memreport does. */
function isAccused(rule: OtherRule, lives: readonly Sample[][]): boolean {
  return lives.some((samples) => {
    const points = samples.flatMap(({ takenAt, [rule.measure]: bytes }) =>
      takenAt === undefined || bytes === undefined ? [] : [{ hours: takenAt / 3_600_000, bytes }],
    );
    return points.length >= 2 && rule.accuses(points);
  });
}
