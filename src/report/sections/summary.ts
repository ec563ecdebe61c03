import { code, rate, text, time, UNKNOWN } from '../cells.js';
import type { Block, Cell, Column, Row } from '../document.js';
import { LABELS, lossSite, type ProgramView, periodOf } from '../program-view.js';
import type { RunSection } from '../section.js';

/** The first screen: which programs leak, how fast, where, since when. */
export const summary: RunSection = {
  id: 'summary',
  title: 'Verdicts',
  build({ views, detailed }) {
    const linked = new Set(detailed.map((view) => view.id));
    const blocks: Block[] = [
      {
        type: 'tally',
        items: LABELS.map((label) => ({ label, count: views.filter((view) => view.verdict.label === label).length })),
      },
      {
        type: 'table',
        caption: 'Verdict on each program',
        columns: COLUMNS,
        rows: views.map((view) => rowOf(view, linked.has(view.id))),
        empty: 'No program was found in the captures: nothing could be judged.',
      },
    ];
    if (detailed.length < views.length) {
      blocks.push({
        type: 'note',
        tone: 'info',
        parts: [text(`Only the first ${detailed.length} programs with verdict leak or suspect are described below.`)],
      });
    }
    return blocks;
  },
};

const COLUMNS: readonly Column[] = [
  { label: 'Verdict', shape: 'plain' },
  { label: 'Program', shape: 'name' },
  { label: 'Rate', align: 'right', shape: 'plain' },
  { label: 'Where', shape: 'name', explanation: 'the mapping that carries most of the growth' },
  { label: 'Lost at', shape: 'name', explanation: 'the line of code that the loss records point to' },
  { label: 'Device', shape: 'name' },
  { label: 'Since', shape: 'plain', explanation: 'the first sample; it may have begun before' },
  { label: 'Private memory', shape: 'plain', explanation: 'over the time sampled, not to scale' },
];

function rowOf(view: ProgramView, linked: boolean): Row {
  const { verdict, report } = view;
  const site = lossSite(view);
  const program: Cell = linked ? { type: 'link', to: view.id, text: view.command } : code(view.command);
  return {
    cells: [
      { type: 'verdict', label: verdict.label },
      program,
      rate(verdict),
      code(verdict.where),
      site ? { type: 'frame', frame: site } : UNKNOWN,
      code(view.device),
      time(periodOf(view.timeline)?.from),
      report.timelines.some((timeline) => timeline.samples.length > 1)
        ? { type: 'chart', chart: { kind: 'sparkline', timelines: report.timelines } }
        : UNKNOWN,
    ],
  };
}
