import { groupBy } from '../../src/model/group-by.js';
import { otherRules } from './other-rules/index.js';
import type { Outcome } from './outcome.js';
import { accuracyOf, isLabelled, scoreOf } from './score.js';
import type { Share } from './wilson.js';

/** Rows of cells in columns as wide as their widest cell: the first to the left, the others to the right. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return all.map((row) => line(row).trimEnd()).join('\n');
}

/** "97.5", in percent; a dash where there is nothing to share. */
export function percent(share: number | undefined): string {
  return share === undefined ? '–' : (100 * share).toFixed(1);
}

/** "1.2 (0.5–2.9)". */
function withInterval({ share, low, high }: Share): string {
  return share === undefined ? '–' : `${percent(share)} (${percent(low)}–${percent(high)})`;
}

type Groups = readonly (readonly [string, readonly Outcome[]])[];

function groupsBy(outcomes: readonly Outcome[], keyOf: (outcome: Outcome) => string): Groups {
  return [...groupBy(outcomes, keyOf)];
}

/** A row for each kind of leaking program. */
export function leakingTable(outcomes: readonly Outcome[]): string {
  const groups = groupsBy(
    outcomes.filter(({ leaks }) => leaks),
    ({ scenario }) => scenario,
  );
  return tableText(
    ['leaking, %', 'traces', 'found', '95 %', 'or suspect', 'unclear', 'called clean', 'right mapping', 'rate holds'],
    groups.map(([name, group]) => {
      const { leak, suspect, inconclusive, rightMapping, coversRate } = scoreOf(group);
      const clean = group.filter(isLabelled('clean')).length / group.length;
      return [
        name,
        String(group.length),
        percent(leak.recall.share),
        `${percent(leak.recall.low)}–${percent(leak.recall.high)}`,
        percent(suspect.recall.share),
        percent(inconclusive.share),
        percent(clean),
        percent(rightMapping.share),
        percent(coversRate.share),
      ];
    }),
  );
}

/** A row for each kind of harmless program. */
export function harmlessTable(outcomes: readonly Outcome[]): string {
  const groups = groupsBy(
    outcomes.filter(({ leaks }) => !leaks),
    ({ scenario }) => scenario,
  );
  return tableText(
    ['harmless, %', 'traces', 'accused', '95 %', 'or suspect', 'unclear', 'called clean'],
    groups.map(([name, group]) => {
      const { leak, suspect, inconclusive } = scoreOf(group);
      return [
        name,
        String(group.length),
        percent(leak.falsePositives.share),
        `${percent(leak.falsePositives.low)}–${percent(leak.falsePositives.high)}`,
        percent(suspect.falsePositives.share),
        percent(inconclusive.share),
        percent(group.filter(isLabelled('clean')).length / group.length),
      ];
    }),
  );
}

/** A row for each number of samples, and one for all; `accused` are leaks, or leaks and suspects. */
export function sampleTable(outcomes: readonly Outcome[], accused: 'leak' | 'suspect'): string {
  const groups: Groups = [...groupsBy(outcomes, ({ n }) => String(n)), ['all', outcomes]];
  return tableText(
    [
      accused === 'leak' ? 'leak only, %' : 'or suspect, %',
      'traces',
      'precision',
      'recall',
      'F1',
      'false positives',
      'unclear',
      'mapping',
      'rate',
    ],
    groups.map(([name, group]) => {
      const score = scoreOf(group);
      const { precision, recall, falsePositives, f1 } = score[accused];
      return [
        name,
        String(group.length),
        withInterval(precision),
        withInterval(recall),
        percent(f1),
        withInterval(falsePositives),
        percent(score.inconclusive.share),
        percent(score.rightMapping.share),
        percent(score.coversRate.share),
      ];
    }),
  );
}

/** memreport beside the rules of others, on the same traces. */
export function comparisonTable(outcomes: readonly Outcome[]): string {
  const rows: [string, string, (outcome: Outcome) => boolean][] = [
    ['memreport: leak', 'smaps', isLabelled('leak')],
    ['memreport: leak or suspect', 'smaps', isLabelled('leak', 'suspect')],
    ...otherRules.map(({ name, measure }): [string, string, (outcome: Outcome) => boolean] => [
      name,
      measure.toUpperCase(),
      ({ accusedBy }) => accusedBy.includes(name),
    ]),
  ];
  return tableText(
    ['all traces, %', 'of', 'precision', 'recall', 'F1', 'false positives'],
    rows.map(([name, measure, isAccused]) => {
      const { precision, recall, f1, falsePositives } = accuracyOf(outcomes, isAccused);
      return [name, measure, withInterval(precision), withInterval(recall), percent(f1), withInterval(falsePositives)];
    }),
  );
}
