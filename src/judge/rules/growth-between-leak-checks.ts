import type { LeakCheck } from '../../model/leaks.js';
import type { Leak, ProgramRecord } from '../../model/program.js';
import { siteText } from '../../model/site-text.js';
import { HOUR } from '../../model/units.js';
import type { Finding, GrowthMeasure, VerdictRule } from '../../model/verdict.js';
import { mannKendall } from '../../stats/mann-kendall.js';
import { theilSen } from '../../stats/theil-sen.js';
import { countText, memoryText, probabilityText } from '../amounts.js';
import { GROWTH } from '../growth/growth-limits.js';

const ID = 'growth-between-leak-checks';
const FEWEST = 5;
const LEAST_RISE = 1.05;
/** What a program fills when it starts. */
const START_UP = 0.25;

type Summary = ProgramRecord['summaries'][number];

/** A program that has itself checked for leaks while it runs, and holds more each time, whether lost or reachable. */
export const growthBetweenLeakChecks: VerdictRule = {
  id: ID,
  title: 'More is in use at each leak check',
  description:
    'Where memcheck checked for leaks several times in one run (VALGRIND_DO_LEAK_CHECK, leak_check of vgdb), the heap ' +
    'in use rises from check to check by a Mann–Kendall test, and still in the last half of them: memory that can ' +
    'still be reached, or is lost. The first quarter of the checks is start-up.',
  thresholds: [
    { name: 'fewest leak checks after start-up', value: FEWEST, source: 'of fewer, no order is significant' },
    {
      name: 'highest p of the trend, one-sided',
      value: GROWTH.significance,
      source: 'Mann–Kendall test, exact below ten values',
    },
    { name: 'least rise', value: LEAST_RISE, source: 'of what was in use: caches come and go' },
  ],
  judge: (record) => record.summaries.flatMap((summary) => findingOf(record, summary) ?? []),
};

function findingOf(record: ProgramRecord, { checks = [], pid, origin: { file } }: Summary): Finding | undefined {
  const series = checks.slice(Math.floor(checks.length * START_UP));
  const values = series.map(({ bytes }) => bytes);
  const [first] = series;
  const last = series.at(-1);
  const middle = values[Math.floor(values.length / 2)] ?? 0;
  if (!first || !last || values.length < FEWEST) return undefined;
  const pRising = mannKendall(values)?.pRising ?? 1;
  const rises = last.bytes > first.bytes * LEAST_RISE && last.bytes > middle;
  if (!rises || pRising > GROWTH.significance) return undefined;
  const site = siteOfGrowth(record.leaks, last.bytes - first.bytes);
  return {
    rule: ID,
    bearing: 'for',
    strength: 'weak',
    statement:
      `the heap in use rose over ${countText(series.length)} leak checks of ${pid === undefined ? 'one run' : `process ${pid}`}, ` +
      `from ${memoryText(first.bytes)} to ${memoryText(last.bytes)}, ${probabilityText(pRising)}` +
      (site ? `; most of it was allocated at ${siteText(site.frames)}` : ''),
    origins: [first, last].map(({ line }) => ({ file, line })),
    measure: { ...measureOf(series), growth: last.bytes - first.bytes, pValue: pRising },
  };
}

/** The largest loss record, if it holds most of the growth. */
function siteOfGrowth(leaks: readonly Leak[], growth: number): Leak | undefined {
  const memchecks = leaks.filter(({ tool }) => tool === 'memcheck').toSorted((a, b) => b.bytes - a.bytes);
  return memchecks[0] && memchecks[0].bytes > growth / 2 ? memchecks[0] : undefined;
}

function measureOf(series: readonly LeakCheck[]): Pick<GrowthMeasure, 'ratePerHour' | 'rateInterval'> {
  const times = series.flatMap(({ runTime }) => (runTime === undefined ? [] : [runTime / HOUR]));
  if (times.length < series.length) return {};
  const line = theilSen(
    times,
    series.map(({ bytes }) => bytes),
  );
  return line ? { ratePerHour: line.slope, rateInterval: [line.lower, line.upper] } : {};
}
