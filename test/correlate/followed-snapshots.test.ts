import { describe, expect, it } from 'vitest';
import { MOST_FOLLOWED } from '../../src/correlate/followed-snapshots.js';
import { emptyLedger, fold, type Ledger, merge } from '../../src/correlate/ledger.js';
import { recordsOf } from '../../src/correlate/records.js';
import type { ContextSource, SnapshotCapture } from '../../src/model/capture.js';
import { chanceOf } from '../verdicts/chance.js';
import { MINUTE, NINE, onlyRecord, smaps } from './build-captures.js';

const MANY = 3 * MOST_FOLLOWED + 7;

/** A snapshot for each minute, as the text tells it, or in one log that tells no time. */
function snapshots(source: ContextSource | undefined): SnapshotCapture[] {
  return Array.from({ length: MANY }, (_, i) => {
    const when = source === undefined ? {} : { takenAt: NINE + i * MINUTE, sources: { takenAt: source } };
    const who = { command: 'sensord', pid: 812, ...when };
    return smaps(who, 100 + i + (i % 7), source === 'path' ? `${NINE + i * MINUTE}/812/smaps` : 'log', i + 1);
  });
}

function folded(captures: readonly SnapshotCapture[]): Ledger {
  const ledger = emptyLedger();
  for (const capture of captures) fold(ledger, capture);
  return ledger;
}

function snapshotsOf(ledger: Ledger): number {
  return [...ledger.processes.values()].reduce((sum, { runs }) => sum + runs.readings.length, 0);
}

describe.each<ContextSource | undefined>(['header', 'path', undefined])(
  'a long series of snapshots, time: %s',
  (source) => {
    const captures = snapshots(source);
    const whole = folded(captures);
    const expected = recordsOf(whole);
    const [timeline] = onlyRecord(expected).timelines;
    const heap = timeline?.mappings.find(({ label }) => label === '[heap]');

    it('keeps each sample, and the mappings of as many as are followed, the first and the last among them', () => {
      expect(timeline?.samples.length).toBe(MANY);
      expect(heap?.at.length).toBeGreaterThan(MOST_FOLLOWED / 3);
      // The tables that are kept come on top.
      expect(heap?.at.length).toBeLessThanOrEqual(MOST_FOLLOWED + 3);
      expect([heap?.at[0], heap?.at.at(-1)]).toEqual([0, MANY - 1]);
      expect(heap?.privateBytes).toEqual(heap?.at.map((i) => (100 + i + (i % 7)) * 1024));
      expect(snapshotsOf(whole)).toBeLessThanOrEqual(2 * MOST_FOLLOWED);
    });

    it('tells the same in any order and from any parts', { timeout: 60_000 }, () => {
      for (const seed of [1, 2, 3]) {
        const chance = chanceOf(seed);
        const dealt = captures
          .map((capture) => ({ capture, place: chance.between(0, 1), part: chance.whole(0, 2) }))
          .sort((a, b) => a.place - b.place);
        const parts = [0, 1, 2].map((part) =>
          folded(dealt.filter((one) => one.part === part).map(({ capture }) => capture)),
        );
        const merged = parts.reduce((ledger, part) => merge(ledger, part), emptyLedger());
        expect(recordsOf(merged)).toStrictEqual(expected);
        expect(snapshotsOf(merged)).toBeLessThanOrEqual(2 * MOST_FOLLOWED);
      }
    });
  },
);

it('one time for all snapshots of a file does not choose all of them or none', () => {
  const sources = { takenAt: 'path' as const };
  const captures = Array.from({ length: MANY }, (_, i) =>
    smaps({ command: 'sensord', pid: 812, takenAt: NINE, sources }, 100 + i, 'log', i + 1),
  );
  const [timeline] = onlyRecord(recordsOf(folded(captures))).timelines;
  const heap = timeline?.mappings.find(({ label }) => label === '[heap]');
  expect(timeline?.timed).toBe(false);
  expect(heap?.at.length).toBeGreaterThan(MOST_FOLLOWED / 3);
  expect([heap?.at[0], heap?.at.at(-1)]).toEqual([0, MANY - 1]);
});

it('a series that is not long is followed whole', () => {
  const captures = snapshots('header').slice(0, MOST_FOLLOWED);
  const [timeline] = onlyRecord(recordsOf(folded(captures))).timelines;
  expect(timeline?.mappings.map(({ at }) => at.length)).toEqual([MOST_FOLLOWED, MOST_FOLLOWED]);
});
