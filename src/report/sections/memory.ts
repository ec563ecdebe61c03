import type { TimelineReport } from '../../model/analysis.js';
import type { Sample } from '../../model/memory.js';
import { bytes, growth } from '../cells.js';
import type { Block, Row } from '../document.js';
import type { ProgramSection } from '../section.js';

/** VSS, RSS, PSS and USS of a program over time. */
export const memory: ProgramSection = {
  id: 'memory',
  title: 'Memory over time',
  build({ report, timeline }) {
    if (!timeline || timeline.samples.length === 0) return [];
    const blocks: Block[] = [];
    if (report.timelines.some((one) => one.samples.length > 1)) {
      const chart = { kind: 'memory-series' as const, timelines: report.timelines };
      blocks.push({ type: 'chart', chart, caption: captionOf(report.timelines) });
    }
    blocks.push({
      type: 'table',
      caption: report.timelines.length > 1 && timeline.pid !== undefined ? `Totals of pid ${timeline.pid}` : 'Totals',
      columns: [
        { label: 'Measure', shape: 'plain' },
        { label: 'First sample', align: 'right', shape: 'plain' },
        { label: 'Peak', align: 'right', shape: 'plain' },
        { label: 'Last sample', align: 'right', shape: 'plain' },
        { label: 'Change', align: 'right', shape: 'plain' },
      ],
      rows: MEASURES.flatMap(([measure, label]) => rowOf(timeline, measure, label)),
      empty: 'The samples carry no totals.',
    });
    return blocks;
  },
};

type TotalKey = 'vss' | 'rss' | 'pss' | 'uss' | 'privateDirty' | 'swap';

const MEASURES: readonly (readonly [TotalKey, string])[] = [
  ['vss', 'VSS'],
  ['rss', 'RSS'],
  ['pss', 'PSS'],
  ['uss', 'USS'],
  ['privateDirty', 'Private dirty'],
  ['swap', 'Swap'],
];

const FITTED = { private: 'private dirty + swap', uss: 'USS + swap', rss: 'RSS' } as const;

function captionOf(timelines: readonly TimelineReport[]): string {
  const fitted = timelines.find((timeline) => timeline.trend)?.trend;
  const trend = fitted ? ` The dashed straight line is the trend fitted through ${FITTED[fitted.measure]}.` : '';
  const lives = timelines.length > 1 ? ` ${timelines.length} lives of the process, each its own line.` : '';
  return `VSS, RSS, PSS and USS at each sample.${trend}${lives}`;
}

function rowOf(timeline: TimelineReport, measure: TotalKey, label: string): Row[] {
  const values = timeline.samples.map((sample: Sample) => sample[measure]).filter((value) => value !== undefined);
  const first = values[0];
  const last = values.at(-1);
  if (first === undefined || last === undefined) return [];
  const peak = values.reduce((a, b) => Math.max(a, b), first);
  return [{ cells: [{ type: 'strong', text: label }, bytes(first), bytes(peak), bytes(last), growth(last - first)] }];
}
