import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import type { Analysis } from '../../src/model/analysis.js';
import type { VerdictLabel } from '../../src/model/verdict.js';
import { claimsOf } from './known-errors.js';
import { type PairTruth, pairs } from './truths.js';

const FOLDER = 'samples/pairs';
const HOUR = 3600;
/** Seconds from the first sample of a capture to its last, at least. */
const CAPTURE = 17;

type Kind = 'leaky' | 'repaired';

/** The verdict on each program with its logs. */
const oneByOne = new Map<string, VerdictLabel | undefined>();

/** Real programs, leaky and repaired, by their captures alone and together with the logs of leak checkers. */
describe.each(pairs)('$name', (truth) => {
  describe.each<Kind>(['leaky', 'repaired'])('%s', (kind) => {
    const program = `${truth.name}-${kind}`;
    let alone: Analysis;
    let joined: Analysis;
    beforeAll(async () => {
      const capture = `${FOLDER}/${program}.tar.gz`;
      const logs = ['valgrind', 'asan']
        .map((tool) => `${FOLDER}/${program}.${tool}.log`)
        .filter((path) => existsSync(path));
      alone = await analyze({ captures: [capture] });
      joined = await analyze({ captures: [capture, ...logs] });
      oneByOne.set(program, joined.verdicts[0]?.label);
    });
    const claim = claimsOf(program);

    claim('is captured whole', () => {
      expect(alone.problems).toEqual([]);
      expect(alone.programs.map(({ device, command }) => ({ device, command }))).toEqual([
        { device: program, command: program },
      ]);
    });

    claim('does in the capture what it does by construction', () => {
      const { grown, seconds } = grownBetween(alone, truth);
      const lost = kind === 'leaky' ? truth.bytes / truth.seconds : 0;
      const expected = (lost + truth.beside) * seconds;
      const tolerance = truth.wander + (kind === 'leaky' ? truth.bytes : 0);
      expect(Math.abs(grown - expected), `${grown} bytes in ${seconds} s`).toBeLessThanOrEqual(tolerance);
    });

    if (kind === 'leaky') {
      claim('leaks, by its captures alone', () => {
        expect(labels(alone)).toEqual(['leak']);
      });
      claim('leaks there', () => {
        expect(alone.verdicts[0]?.where).toBe(truth.where);
      });
      claim('leaks at that rate', () => {
        expectRate(alone, truth);
      });
      claim('leaks, with the logs', () => {
        expect(labels(joined)).toEqual(['leak']);
      });
      claim('leaks at the same rate and place with the logs', () => {
        const { where, ratePerHour, rateInterval } = alone.verdicts[0] ?? {};
        expect(joined.verdicts[0]).toMatchObject({ where, ratePerHour, rateInterval });
      });
    } else {
      claim('raises no alarm', () => {
        for (const analysis of [alone, joined]) expect(labels(analysis)).not.toContain('leak');
        for (const analysis of [alone, joined]) expect(labels(analysis)).not.toContain('suspect');
      });
      claim('is clean, by its captures alone', () => {
        expect(labels(alone)).toEqual(['clean']);
      });
      claim('is clean, with the logs', () => {
        expect(labels(joined)).toEqual(['clean']);
      });
    }

    claim('lost what the leak checkers say', () => {
      const loss = kind === 'leaky' ? truth.loss : undefined;
      expect(lossesBy(joined, program, 'memcheck')).toEqual(
        loss ? [{ kind: loss.kind, bytes: loss.bytes, blocks: loss.blocks }] : [],
      );
      const [sanitized, ...others] = lossesBy(joined, program, 'lsan');
      expect(others).toEqual([]);
      expect(sanitized !== undefined).toBe(loss?.bySanitizer ?? false);
      if (loss && sanitized) {
        expect(sanitized.bytes).toBeGreaterThan(0.98 * loss.bytes);
        expect(sanitized.bytes).toBeLessThanOrEqual(loss.bytes);
      }
    });
  });
});

it('all pairs at once, as one folder, get the same verdicts', async () => {
  const { verdicts, problems } = await analyze({ captures: [FOLDER] });
  expect(problems).toEqual([]);
  expect(verdicts.map(({ device, command }) => `${device}/${command}`)).toEqual(
    [...oneByOne.keys()].sort().map((program) => `${program}/${program}`),
  );
  expect(Object.fromEntries(verdicts.map(({ device, label }) => [device, label]))).toEqual(
    Object.fromEntries(oneByOne),
  );
});

function labels({ verdicts }: Analysis): string[] {
  return verdicts.map(({ label }) => label);
}

/** What the capture itself says of the stretch that shows the truth, without any judgement. */
function grownBetween({ programs }: Analysis, truth: PairTruth): { grown: number; seconds: number } {
  const processes = programs[0]?.timelines.toSorted((a, b) => (a.pid ?? 0) - (b.pid ?? 0));
  const samples = processes?.[truth.process]?.samples;
  const first = samples?.[truth.from];
  const last = samples?.[truth.to];
  const grown = (last?.privateDirty ?? Number.NaN) - (first?.privateDirty ?? Number.NaN);
  return { grown, seconds: ((last?.takenAt ?? Number.NaN) - (first?.takenAt ?? Number.NaN)) / 1000 };
}

/** The rate within 5 % and the wander, and within its own interval; a hundredth is left to pages and headers. */
function expectRate({ verdicts }: Analysis, { bytes, seconds, wander }: PairTruth): void {
  const { ratePerHour = Number.NaN, rateInterval = [Number.NaN, Number.NaN] } = verdicts[0] ?? {};
  const [lower, upper] = rateInterval;
  const rate = bytes / seconds;
  const found = `${ratePerHour / HOUR} (${lower / HOUR} to ${upper / HOUR}) instead of ${rate} bytes per second`;
  expect(Math.abs(ratePerHour / HOUR - rate), found).toBeLessThan(0.05 * rate + wander / CAPTURE);
  expect(lower / HOUR, found).toBeLessThan(1.01 * rate);
  expect(upper / HOUR, found).toBeGreaterThan(0.99 * rate);
}

/** The definite and possible losses that one tool printed of a program. */
function lossesBy(
  { leaks }: Analysis,
  program: string,
  tool: string,
): { kind: string; bytes: number; blocks: number }[] {
  return leaks
    .filter((leak) => leak.tool === tool && leak.device === program && leak.command === program)
    .filter(({ kind }) => kind === 'definite' || kind === 'possible')
    .map(({ kind, bytes, blocks }) => ({ kind, bytes, blocks }));
}
