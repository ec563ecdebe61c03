import { FURTHEST_FORECAST } from '../../model/duration-text.js';
import { growsOn, SHAPE_WORDS } from '../../model/growth-shape.js';
import { lackOf } from '../../model/statement.js';
import { HOUR } from '../../model/units.js';
import type { Verdict } from '../../model/verdict.js';
import { code, deviceCell, rate, text, time, UNKNOWN } from '../cells.js';
import { sparkLinesOf } from '../charts/sparkline.js';
import type { Block, Cell, Column } from '../document.js';
import { LABELS, lossSite, type ProgramView, periodOf } from '../program-view.js';
import type { RunContext, RunSection } from '../section.js';

/** The first screen: which programs leak, how fast, how long that can go on, where, since when. */
export const summary: RunSection = {
  id: 'summary',
  title: 'Verdicts',
  build(context) {
    const { views, detailed, pages } = context;
    const facets = facetsOf(context);
    const blocks: Block[] = [
      {
        type: 'tally',
        items: LABELS.map((label) => ({ label, count: views.filter((view) => view.verdict.label === label).length })),
      },
      {
        type: 'table',
        caption: 'Verdict on each program',
        columns: facets.map(({ column }) => column),
        rows: views.map((view) => ({ cells: facets.map(({ cellOf }) => cellOf(view)) })),
        empty: 'No program was found in the captures: nothing could be judged.',
      },
    ];
    if (detailed.length < views.length) {
      const note = pages
        ? 'Below, each leak is described where it is worst. Each device has a page of its own: its name leads there.'
        : `Only the first ${detailed.length} programs with verdict leak or suspect are described below.`;
      blocks.push({ type: 'note', tone: 'info', parts: [text(note)] });
    }
    return blocks;
  },
};

interface Facet {
  readonly column: Column;
  readonly cellOf: (view: ProgramView) => Cell;
}

/** The columns of the table; those that would say nothing, or the same of each program, are left out. */
function facetsOf({ views, detailed, pages }: RunContext): Facet[] {
  const linked = new Set(detailed.map((view) => view.id));
  const isFleet = new Set(views.map(({ device }) => device)).size > 1;
  const facets: Facet[] = [
    {
      column: { label: 'Verdict', shape: 'plain', facet: true },
      cellOf: ({ verdict: { label } }) => ({ type: 'verdict', label }),
    },
    {
      column: { label: 'Program', shape: 'name', ...(isFleet && { facet: true }) },
      cellOf: (view) => (linked.has(view.id) ? { type: 'link', to: view.id, text: view.command } : code(view.command)),
    },
  ];
  if (isFleet) {
    const column: Column = { label: 'Device', shape: 'name', facet: true };
    facets.push({ column, cellOf: ({ device }) => deviceCell(device, pages) });
  }
  facets.push(
    {
      column: { label: 'Private memory', shape: 'plain', explanation: 'over the time sampled, not to scale' },
      cellOf: ({ report: { timelines } }) =>
        timelines.some(({ samples }) => samples.length > 1)
          ? { type: 'chart', chart: { kind: 'sparkline', lines: sparkLinesOf(timelines) } }
          : UNKNOWN,
    },
    { column: { label: 'Rate', align: 'right', shape: 'plain' }, cellOf: ({ verdict }) => rate(verdict) },
    {
      column: { label: 'Course', shape: 'name', explanation: 'what memory does over time, or what it takes to tell' },
      cellOf: ({ verdict }) => course(verdict),
    },
  );
  if (views.some(({ verdict }) => lasting(verdict) !== UNKNOWN)) {
    const column: Column = {
      label: 'Lasts',
      align: 'right',
      shape: 'plain',
      explanation: 'from the last sample until memory runs out: the memory limit, or what the device has left',
    };
    facets.push({ column, cellOf: ({ verdict }) => lasting(verdict) });
  }
  facets.push({
    column: { label: 'Where', shape: 'name', explanation: 'the mapping that carries most of the growth' },
    cellOf: ({ verdict }) => code(verdict.where),
  });
  if (views.some((view) => lossSite(view))) {
    const explanation = 'the line of code that the loss records point to';
    facets.push({ column: { label: 'Lost at', shape: 'name', explanation }, cellOf: lostAt });
  }
  facets.push({
    column: {
      label: 'Since',
      shape: 'plain',
      explanation: 'when the growth began; the first sample, where it may have begun before',
    },
    cellOf: (view) => (growsOn(view.verdict) ? time(view.verdict.since ?? periodOf(view.timeline)?.from) : UNKNOWN),
  });
  return facets;
}

function course(verdict: Verdict): Cell {
  const advice = verdict.label === 'inconclusive' ? lackOf(verdict)?.advice : undefined;
  if (advice !== undefined) return text(advice);
  return verdict.shape === undefined ? UNKNOWN : text(SHAPE_WORDS[verdict.shape].brief);
}

function lasting({ exhaustion }: Verdict): Cell {
  const value = (exhaustion?.hours ?? Number.POSITIVE_INFINITY) * HOUR;
  return value <= FURTHEST_FORECAST ? { type: 'duration', value } : UNKNOWN;
}

function lostAt(view: ProgramView): Cell {
  const frame = lossSite(view);
  return frame ? { type: 'frame', frame } : UNKNOWN;
}
