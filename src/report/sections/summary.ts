import { FURTHEST_FORECAST } from '../../model/duration-text.js';
import { SHAPE_WORDS } from '../../model/growth-shape.js';
import { lackOf } from '../../model/statement.js';
import { HOUR } from '../../model/units.js';
import type { Verdict } from '../../model/verdict.js';
import { code, count, deviceCell, rate, text, UNKNOWN } from '../cells.js';
import { sparkLinesOf } from '../charts/sparkline.js';
import type { Block, Cell, Column } from '../document.js';
import { LABELS, lossSite, type ProgramView } from '../program-view.js';
import type { RunContext, RunSection } from '../section.js';

/** The first screen: which programs leak, how fast, how long that can go on, and where. */
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
        printRows: printedRows(views),
        isLead: true,
      },
    ];
    if (detailed.length < views.length) {
      const note = pages
        ? `${described(context)} Each device has a page of its own: its name leads there.`
        : described(context);
      blocks.push({ type: 'note', tone: 'info', parts: [text(note)] });
    }
    return blocks;
  },
};

/** Which programs have a part of their own, where not all of them have. */
function described({ analysis: { rollups }, detailed }: RunContext): string {
  const most = detailed.length;
  if (most === 0) return 'Of so many programs, only those with verdict leak or suspect are described: there is none.';
  if (!rollups) return `Only the first ${most} programs with verdict leak or suspect are described below.`;
  if (most < rollups.length) return `Below, the first ${most} leaks are described, each where it is worst.`;
  return 'Below, each leak is described where it is worst.';
}

/** Pages of programs that are in order tell less than their number above. */
function printedRows(views: readonly ProgramView[]): number {
  const others = views.filter(({ verdict }) => verdict.label !== 'clean').length;
  return Math.min(MOST_PRINTED, Math.max(LEAST_PRINTED, others));
}

const LEAST_PRINTED = 60;
const MOST_PRINTED = 200;

interface Facet {
  readonly column: Column;
  readonly cellOf: (view: ProgramView) => Cell;
}

function facetsOf(context: RunContext): Facet[] {
  const isFleet = new Set(context.views.map(({ device }) => device)).size > 1;
  return [...nameFacets(context, isFleet), ...growthFacets(), ...findingFacets()];
}

function nameFacets({ detailed, pages }: RunContext, isFleet: boolean): Facet[] {
  const linked = new Set(detailed.map((view) => view.id));
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
  const device: Column = { label: 'Device', shape: 'name', facet: true };
  return isFleet ? [...facets, { column: device, cellOf: (view) => deviceCell(view.device, pages) }] : facets;
}

function growthFacets(): Facet[] {
  return [
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
    {
      column: {
        label: 'Lasts',
        align: 'right',
        shape: 'plain',
        explanation: 'from the last sample until memory runs out: the memory limit, or what the device has left',
      },
      cellOf: ({ verdict }) => lasting(verdict),
    },
    {
      column: { label: 'Where', shape: 'name', explanation: 'the mapping that carries most of the growth' },
      cellOf: ({ verdict }) => code(verdict.where),
    },
  ];
}

function findingFacets(): Facet[] {
  return [
    {
      column: { label: 'Lost at', shape: 'name', explanation: 'the line of code that the loss records point to' },
      cellOf: lostAt,
    },
    {
      column: {
        label: 'Errors',
        align: 'right',
        shape: 'plain',
        explanation: 'memory errors that memcheck or a sanitizer found; they do not bear on the verdict',
      },
      // Whether a tool looked for them is not known of each program: no dash, and no zero.
      cellOf: ({ verdict: { defects } }) => (defects.length > 0 ? count(defects.length) : text('')),
    },
  ];
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
