import type { Sample } from '../../model/memory.js';
import { bytes, growth } from '../cells.js';
import type { ChartTimeline } from '../charts/chart.js';
import type { Block, Row } from '../document.js';
import { memoryChart } from '../memory-chart.js';
import type { ProgramSection } from '../section.js';

/** VSS, RSS, PSS, USS and private memory of a program over time. */
export const memory: ProgramSection = {
  id: 'memory',
  title: 'Memory over time',
  build(view, place) {
    const { report, timeline } = view;
    if (!timeline || timeline.samples.length === 0) return [];
    // On a ticket the chart stands on the first page.
    const chart = place === 'ticket' ? undefined : memoryChart(view);
    const totals: Block = {
      type: 'table',
      caption: report.timelines.length > 1 && timeline.pid !== undefined ? `Totals of pid ${timeline.pid}` : 'Totals',
      columns: [
        { label: 'Measure', shape: 'plain' },
        { label: 'First sample', align: 'right', shape: 'plain' },
        { label: 'Peak', align: 'right', shape: 'plain' },
        { label: 'Last sample', align: 'right', shape: 'plain' },
        { label: 'Change', align: 'right', shape: 'plain' },
      ],
      rows: TOTALS.flatMap(([measure, label]) => rowOf(timeline, measure, label)),
      empty: 'The samples carry no totals.',
    };
    return chart ? [chart, totals] : [totals];
  },
};

type TotalKey = 'vss' | 'rss' | 'pss' | 'uss' | 'privateDirty' | 'swap' | 'unreclaimable';

const TOTALS: readonly (readonly [TotalKey, string])[] = [
  ['vss', 'VSS'],
  ['rss', 'RSS'],
  ['pss', 'PSS'],
  ['uss', 'USS'],
  ['privateDirty', 'Private dirty'],
  ['swap', 'Swap'],
  ['unreclaimable', 'Unreclaimable'],
];

function rowOf({ samples }: ChartTimeline, measure: TotalKey, label: string): Row[] {
  const values = samples.map((sample: Sample) => sample[measure]).filter((value) => value !== undefined);
  const first = values[0];
  const last = values.at(-1);
  if (first === undefined || last === undefined) return [];
  const peak = values.reduce((a, b) => Math.max(a, b), first);
  return [{ cells: [{ type: 'strong', text: label }, bytes(first), bytes(peak), bytes(last), growth(last - first)] }];
}
