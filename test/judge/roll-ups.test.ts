import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rollUpsOf, withRollUps } from '../../src/judge/roll-ups.js';
import type { LeakReport } from '../../src/model/analysis.js';
import type { Verdict } from '../../src/model/verdict.js';
import { emptyAnalysis, START } from '../report/fixture-analysis.js';

const HOUR = 3_600_000;

function verdictOf(device: string, command: string, more: Partial<Verdict> = {}): Verdict {
  return {
    ...{ device, command, label: 'clean', explainedBy: [], grounds: [], objections: [], defects: [], missing: [] },
    ...more,
  };
}

function growing(device: string, command: string, ratePerHour: number, more: Partial<Verdict> = {}): Verdict {
  return verdictOf(device, command, { label: 'leak', growth: 10 * ratePerHour, ratePerHour, where: '[heap]', ...more });
}

function leakOf(device: string, command: string, fingerprint: string): LeakReport {
  return {
    ...{ device, command, tool: 'lsan', kind: 'definite', bytes: 64, blocks: 1, fingerprint, origins: [] },
    frames: [{ symbol: 'malloc' }, { symbol: `keep_${fingerprint}`, file: 'keep.c', line: 41 }],
  };
}

function analysisOf(verdicts: Verdict[], leaks: LeakReport[] = []) {
  return { ...emptyAnalysis(), verdicts, leaks };
}

describe('the leaks over the devices', () => {
  it('are one row for the same leak on 412 of 3,000 devices', () => {
    const verdicts = Array.from({ length: 3000 }, (_, index) => {
      const device = `board-${index}`;
      return index < 412 ? growing(device, 'sensord', 1000 + index) : verdictOf(device, 'sensord');
    });
    expect(rollUpsOf(analysisOf(verdicts))).toEqual([
      {
        command: 'sensord',
        label: 'leak',
        mapping: '[heap]',
        devices: 412,
        ofDevices: 3000,
        ratePerHour: { median: 1205.5, least: 1000, most: 1411 },
        worst: { device: 'board-411', ratePerHour: 1411 },
        examples: ['board-411', 'board-410', 'board-409', 'board-408', 'board-407'],
      },
    ]);
  });

  it('are told apart by their site, by their mapping where no checker names one, and by their program', () => {
    const verdicts = [
      growing('a', 'sensord', 1, { explainedBy: [{ fingerprint: 'f1', share: 1, basis: 'rate' }] }),
      growing('b', 'sensord', 1, {
        explainedBy: [{ fingerprint: 'f1', share: 0.5, basis: 'rate' }],
        where: '/dev/shm/x',
      }),
      growing('c', 'sensord', 1, { explainedBy: [{ fingerprint: 'f2', share: 1, basis: 'rate' }] }),
      growing('d', 'sensord', 1),
      growing('e', 'sensord', 1, { where: '[stack]' }),
      growing('f', 'netd', 1),
    ];
    const leaks = ['a', 'b', 'c'].flatMap((device) => ['f1', 'f2'].map((one) => leakOf(device, 'sensord', one)));
    const rows = rollUpsOf(analysisOf(verdicts, leaks)).map(({ command, fingerprint, mapping, site, devices }) => [
      ...[command, fingerprint, mapping, site?.symbol, devices],
    ]);
    expect(rows).toEqual([
      ['sensord', 'f1', '[heap]', 'keep_f1', 2],
      ['netd', undefined, '[heap]', undefined, 1],
      ['sensord', undefined, '[heap]', undefined, 1],
      ['sensord', undefined, '[stack]', undefined, 1],
      ['sensord', 'f2', '[heap]', 'keep_f2', 1],
    ]);
  });

  it('are leaks where one device proves it, and come before suspicions', () => {
    const verdicts = [
      ...['a', 'b', 'c'].map((device) => growing(device, 'netd', 9, { label: 'suspect' })),
      growing('a', 'sensord', 1, { label: 'suspect' }),
      growing('b', 'sensord', 1),
    ];
    expect(rollUpsOf(analysisOf(verdicts)).map(({ command, label }) => [command, label])).toEqual([
      ['sensord', 'leak'],
      ['netd', 'suspect'],
    ]);
  });

  it('tell when one was first seen: its onset, or the first sample of a device that grew from there', () => {
    const samples = (from: number) => [0, 1, 2].map((hour) => ({ takenAt: from + hour * HOUR }));
    const programs = ['a', 'b', 'c'].map((device, index) => ({
      ...{ device, command: 'sensord', mappings: [], vmas: [], summaries: [] },
      timelines: [{ samples: samples(START + index * HOUR) }],
    }));
    const onset = { since: START + 5 * HOUR };
    const told = (verdicts: Verdict[]) => rollUpsOf({ ...analysisOf(verdicts), programs })[0]?.firstSeen;
    expect(told([growing('a', 'sensord', 1, onset), growing('b', 'sensord', 1)])).toBe(START + HOUR);
    expect(told([growing('a', 'sensord', 1, onset), verdictOf('b', 'sensord')])).toBe(START + 5 * HOUR);
    // Only a log tells of it: it is not seen to grow.
    expect(told([verdictOf('a', 'sensord', { label: 'leak' })])).toBeUndefined();
  });

  it('are told of several devices only', () => {
    const one = analysisOf([growing('a', 'sensord', 1), growing('a', 'netd', 1)]);
    expect(withRollUps(one)).toBe(one);
    expect(withRollUps(analysisOf([verdictOf('a', 'sensord'), verdictOf('b', 'sensord')])).rollups).toEqual([]);
  });

  it('count each device with a word against it once, in whatever order they come', () => {
    const label = fc.constantFrom('leak', 'suspect', 'clean', 'inconclusive');
    const verdict = fc.record({ device: fc.nat(9), command: fc.nat(3), label, rate: fc.double(), where: fc.nat(2) });
    const unique = fc.uniqueArray(verdict, { selector: ({ device, command }) => `${device} ${command}` });
    fc.assert(
      fc.property(unique, fc.nat(), (drafts, turn) => {
        const verdicts = drafts.map(({ device, command, label: word, rate, where }) =>
          growing(`board-${device}`, `c${command}`, rate, { label: word, where: `m${where}` }),
        );
        const rolled = rollUpsOf(analysisOf(verdicts));
        const against = drafts.filter(({ label: word }) => word === 'leak' || word === 'suspect');
        expect(rolled.reduce((sum, { devices }) => sum + devices, 0)).toBe(against.length);
        for (const { devices, ofDevices, examples } of rolled) {
          expect(devices).toBeLessThanOrEqual(ofDevices);
          expect(examples).toHaveLength(Math.min(5, devices));
        }
        const at = turn % (verdicts.length + 1);
        expect(rollUpsOf(analysisOf([...verdicts.slice(at), ...verdicts.slice(0, at)].reverse()))).toEqual(rolled);
      }),
    );
  });
});
