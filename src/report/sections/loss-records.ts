import type { LeakReport, SummaryReport } from '../../model/analysis.js';
import { groupBy } from '../../model/group-by.js';
import { type HeapAmount, siteOf } from '../../model/leaks.js';
import { code, count, origins, strong, text, UNKNOWN } from '../cells.js';
import type { Block, Cell, Row } from '../document.js';
import type { ProgramView } from '../program-view.js';
import type { Place, ProgramSection } from '../section.js';

const STACKS = { report: 20, ticket: 3 } as const;
const ROWS_IN_TICKET = 10;
const SUMMARIES_IN_TICKET = 8;

/** What memcheck and LeakSanitizer lost sight of, with the stacks that allocated it. */
export const lossRecords: ProgramSection = {
  id: 'loss-records',
  title: 'Loss records',
  build(view, place) {
    const { leaks, report } = view;
    if (leaks.length === 0 && report.summaries.length === 0) return [];
    const blocks: Block[] = [];
    const witness = leaks.find((leak) => leak.witness !== undefined)?.witness;
    if (witness !== undefined) {
      const parts = [text('The logs were found with '), code(witness), text(', not with this device.')];
      blocks.push({ type: 'note', tone: 'info', parts });
    }
    if (report.summaries.length > 0) blocks.push(summaryTable(report.summaries, place));
    blocks.push(recordTable(place === 'ticket' ? leaks.slice(0, ROWS_IN_TICKET) : leaks, leaks.length));
    const groups = groupsOf(view);
    for (const group of groups.slice(0, STACKS[place])) blocks.push(...stackBlocks(group));
    if (groups.length > STACKS[place]) {
      const parts = [
        text(`The first ${STACKS[place]} of `),
        count(groups.length, ['stack', 'stacks']),
        text(' are shown.'),
      ];
      blocks.push({ type: 'prose', parts });
    }
    return blocks;
  },
};

/** Loss records with the same stack: of several tools, or of several kinds. */
function groupsOf(view: ProgramView): LeakReport[][] {
  const groups = groupBy(view.leaks, ({ fingerprint }) => fingerprint);
  const explaining = view.verdict.explainedBy.map((one) => one.fingerprint);
  const rank = (group: LeakReport[]): number => {
    const index = explaining.indexOf(group[0]?.fingerprint ?? '');
    return index === -1 ? explaining.length : index;
  };
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

function stackBlocks(group: readonly LeakReport[]): Block[] {
  // The log that resolved the most lines tells the most.
  const best = group.reduce((a, b) => (lines(b) > lines(a) ? b : a));
  const site = siteOf(best.frames);
  const source = best.source ?? group.find((leak) => leak.source)?.source;
  const amounts: Cell[] = group
    .slice(0, 4)
    .flatMap((leak, index) => [
      text(`${index > 0 ? '; ' : ''}${leak.tool}: ${leak.kind}, `),
      count(leak.bytes, ['byte', 'bytes']),
      text(' in '),
      count(leak.blocks, ['block', 'blocks']),
    ]);
  return [
    { type: 'heading', parts: [site ? { type: 'frame', frame: site } : text('Unknown site')] },
    { type: 'prose', parts: [...amounts, text('.')] },
    { type: 'stack', title: 'Allocated at', frames: best.frames },
    ...(source ? [{ type: 'source', excerpt: source } as const] : []),
    {
      type: 'facts',
      facts: [
        { label: 'Found in', cells: [origins(group.flatMap((leak) => leak.origins))] },
        { label: 'Fingerprint', cells: [code(best.fingerprint)] },
      ],
    },
  ];
}

function lines(leak: LeakReport): number {
  return leak.frames.filter((frame) => frame.line !== undefined).length;
}

function recordTable(leaks: readonly LeakReport[], total: number): Block {
  return {
    type: 'table',
    caption:
      leaks.length < total ? `The worst ${leaks.length} of ${total} loss records` : 'Loss records, the worst first',
    columns: [
      { label: 'Kind', shape: 'plain' },
      { label: 'Tool', shape: 'plain' },
      { label: 'Bytes', align: 'right', shape: 'plain' },
      { label: 'Blocks', align: 'right', shape: 'plain' },
      { label: 'Indirect', align: 'right', shape: 'plain', explanation: 'bytes that hang on the lost blocks' },
      { label: 'Lost at', shape: 'name' },
      { label: 'Read in', shape: 'name' },
    ],
    rows: leaks.map(rowOf),
    empty: 'The tools report no loss.',
    printRows: 200,
  };
}

function rowOf(leak: LeakReport): Row {
  const site = siteOf(leak.frames);
  return {
    cells: [
      strong(leak.kind),
      text(leak.tool),
      count(leak.bytes),
      count(leak.blocks),
      count(leak.indirectBytes),
      site ? { type: 'frame', frame: site } : UNKNOWN,
      origins(leak.origins),
    ],
    weight: leak.bytes,
  };
}

function summaryTable(all: readonly SummaryReport[], place: Place): Block {
  const summaries = place === 'ticket' ? all.slice(-SUMMARIES_IN_TICKET) : all;
  const amount = (value: HeapAmount | undefined): Cell => count(value?.bytes);
  return {
    type: 'table',
    caption:
      summaries.length < all.length
        ? `The last ${summaries.length} of ${all.length} totals that the tools printed themselves, in bytes`
        : 'Totals that the tools printed themselves, in bytes',
    columns: [
      { label: 'Tool', shape: 'plain' },
      { label: 'Pid', align: 'right', shape: 'plain' },
      ...['Definite', 'Indirect', 'Possible', 'Reachable', 'In use at exit'].map((label) => ({
        label,
        align: 'right' as const,
        shape: 'plain' as const,
      })),
      { label: 'Errors', align: 'right', shape: 'plain' },
      { label: 'Read in', shape: 'name' },
    ],
    rows: summaries.map((summary) => ({
      cells: [
        text(summary.tool),
        summary.pid === undefined ? UNKNOWN : code(String(summary.pid)),
        amount(summary.definite),
        amount(summary.indirect),
        amount(summary.possible),
        amount(summary.reachable),
        amount(summary.inUseAtExit),
        count(summary.errors),
        origins([summary.origin]),
      ],
    })),
    empty: '',
    printRows: 50,
  };
}
