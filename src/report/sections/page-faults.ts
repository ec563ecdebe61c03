import type { ProgramReport, RunReport } from '../../model/analysis.js';
import type { PageFaultKind, PageFaults } from '../../model/page-faults.js';
import { bytes, code, count, frequency, origins, text, UNKNOWN } from '../cells.js';
import type { Block, Cell, Row } from '../document.js';
import { drawnSamples } from '../drawn-samples.js';
import type { ProgramView } from '../program-view.js';
import type { Place, ProgramSection } from '../section.js';

/** What page faults say of the growth or the fall of RSS, and what whole runs used. */
export const pageFaults: ProgramSection = {
  id: 'page-faults',
  title: 'Page faults',
  build(view, place) {
    const faults = view.report.pageFaults ?? [];
    const runs = view.report.runs ?? [];
    const blocks: Block[] = [];
    const shown = shownOf(view, faults);
    if (shown) {
      blocks.push(statement(shown));
      const chart = chartOf(view, shown, place);
      if (chart) blocks.push(chart);
      if (faults.length > 1) blocks.push(table(faults, place));
    }
    if (runs.length > 0) blocks.push(runTable(runs, place));
    return blocks;
  },
};

/** Those of the timeline that the verdict is about, else of the one with the most faults. */
function shownOf({ report, timeline }: ProgramView, faults: readonly PageFaults[]): PageFaults | undefined {
  const most = faults.toSorted((a, b) => b.major - a.major || b.minor - a.minor)[0];
  return faults.find((one) => report.timelines[one.timeline] === timeline) ?? most;
}

function statement({ kind, statement: said, origins: places }: PageFaults): Block {
  const parts: Cell[] = [text(`${said}. `), origins(places)];
  return kind === 'thrashing' ? { type: 'note', tone: 'warning', parts } : { type: 'prose', parts };
}

/** A ticket is short: there the chart only stands where the faults tell more than that memory is new. */
function chartOf({ report }: ProgramView, { kind }: PageFaults, place: Place): Block | undefined {
  if (kind === 'quiet' || (place === 'ticket' && kind === 'new-memory')) return undefined;
  return {
    type: 'chart',
    chart: { kind: 'page-faults', timelines: report.timelines },
    caption: captionOf(report),
  };
}

/** A kind of fault that never came has no panel. */
function captionOf({ pageFaults = [], timelines }: ProgramReport): string {
  const none = (['minor', 'major'] as const).filter((kind) => pageFaults.every((one) => one[kind] === 0));
  const sentences = [
    'RSS at each sample, and the page faults from each sample to the next',
    ...none.map((kind) => `There was no ${kind} fault`),
    ...drawnSamples(timelines),
  ];
  return `${sentences.join('. ')}.`;
}

const ROWS = { report: 50, ticket: 5 } as const;

const KINDS: Readonly<Record<PageFaultKind, string>> = {
  'new-memory': 'new memory',
  'read-in': 'pages mapped or read in',
  churn: 'churn',
  thrashing: 'thrashing',
  'start-up': 'start-up',
  quiet: 'little',
};

function table(faults: readonly PageFaults[], place: Place): Block {
  return {
    type: 'table',
    caption: 'Page faults between the first and the last sample',
    columns: [
      { label: 'PID', shape: 'plain' },
      { label: 'Minor', align: 'right', shape: 'plain', explanation: 'without reading from disk or swap' },
      { label: 'Rate', align: 'right', shape: 'plain' },
      { label: 'Major', align: 'right', shape: 'plain', explanation: 'with reading from disk or swap' },
      { label: 'Rate', align: 'right', shape: 'plain' },
      { label: 'Sign of', shape: 'plain' },
    ],
    rows: faults.slice(0, ROWS[place]).map(
      (one): Row => ({
        cells: [
          one.pid === undefined ? UNKNOWN : text(String(one.pid)),
          count(one.minor),
          frequency(one.minorPerHour),
          count(one.major),
          frequency(one.majorPerHour),
          one.kind === undefined ? UNKNOWN : text(KINDS[one.kind]),
        ],
      }),
    ),
    empty: 'No faults were counted.',
  };
}

function runTable(runs: readonly RunReport[], place: Place): Block {
  return {
    type: 'table',
    caption: 'Whole runs, from start to end, with the children that were waited for',
    columns: [
      { label: 'Command', shape: 'name' },
      { label: 'Ended', shape: 'plain' },
      { label: 'Elapsed', align: 'right', shape: 'plain' },
      { label: 'Peak RSS', align: 'right', shape: 'plain' },
      { label: 'Minor faults', align: 'right', shape: 'plain' },
      { label: 'Major faults', align: 'right', shape: 'plain' },
      { label: 'Read in', shape: 'name' },
    ],
    rows: runs.slice(0, ROWS[place]).map((run) => ({
      cells: [
        code(run.commandLine),
        ended(run),
        run.elapsed === undefined ? UNKNOWN : { type: 'duration', value: run.elapsed },
        bytes(run.peakRss),
        count(run.minorFaults),
        count(run.majorFaults),
        origins([run.origin]),
      ],
    })),
    empty: 'No run was counted.',
    printRows: 10,
  };
}

function ended({ exitStatus, signal, tool }: RunReport): Cell {
  if (signal !== undefined) return text(`signal ${signal}`);
  if (exitStatus !== undefined) return text(`exit ${exitStatus}`);
  return tool === 'getrusage' ? text('not yet') : UNKNOWN;
}
