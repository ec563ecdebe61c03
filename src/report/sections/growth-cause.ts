import { siteOf } from '../../model/leaks.js';
import type { CandidateSite, GrowthCause, ShareBasis, Statement } from '../../model/verdict.js';
import { count, strong, text, UNKNOWN } from '../cells.js';
import type { Block, Cell, Row } from '../document.js';
import type { ProgramView } from '../program-view.js';
import type { ProgramSection } from '../section.js';

const SITES_IN_FULL = { report: 5, ticket: 2 } as const;

/** What allocates the memory that grows: what leak checkers say, held against what /proc shows. */
export const growthCause: ProgramSection = {
  id: 'growth-cause',
  title: 'From growth to its cause',
  build(view, place) {
    const { cause } = view.verdict;
    if (!cause) return [];
    const blocks: Block[] = [];
    if (cause.sites.length > 0) blocks.push({ type: 'prose', parts: summary(cause) }, siteTable(view, cause));
    if (cause.conflicts.length > 0)
      blocks.push(evidence('The witnesses contradict each other', 'against', cause.conflicts));
    if (cause.elsewhere) blocks.push(evidence('On other devices', 'for', [cause.elsewhere]));
    for (const site of cause.sites.slice(0, SITES_IN_FULL[place])) blocks.push(...siteBlocks(view, site));
    if (cause.advice !== undefined) blocks.push({ type: 'note', tone: 'info', parts: [text(`${cause.advice}.`)] });
    return blocks;
  },
};

function summary({ sites, unexplained }: GrowthCause): Cell[] {
  const known = sites.filter(({ share }) => share !== undefined);
  if (unexplained === undefined) {
    return [
      text('The leak checkers name '),
      count(sites.length, ['place', 'places']),
      text(' that may be what grows; the numbers do not say how much of the growth each explains.'),
    ];
  }
  const parts: Cell[] = [
    count(known.length, ['place explains ', 'places explain ']),
    { type: 'share', value: 1 - unexplained },
    text(' of the growth'),
  ];
  if (unexplained < LEAST_UNEXPLAINED) return [...parts, text('.')];
  return [...parts, text('; of '), { type: 'share', value: unexplained }, text(' no leak checker knows.')];
}

/** Less is within what the estimates are sure of. */
const LEAST_UNEXPLAINED = 0.1;

const BASES: Readonly<Record<ShareBasis, string>> = {
  'same-process': 'what the process itself lost',
  steps: 'the steps of the growth',
  rate: 'loss per time on the bench',
  'held-at-exit': 'what a bench run kept',
};

function siteTable(view: ProgramView, { sites }: GrowthCause): Block {
  return {
    type: 'table',
    caption: 'What allocates it, the likeliest first',
    columns: [
      { label: 'Of the growth', align: 'right', shape: 'plain' },
      { label: 'Allocated at', shape: 'name' },
      { label: 'Kind', shape: 'plain' },
      { label: 'Bytes', align: 'right', shape: 'plain', explanation: 'of the log that tells the most' },
      { label: 'Blocks', align: 'right', shape: 'plain' },
      { label: 'Found by', shape: 'prose' },
      { label: 'For', align: 'right', shape: 'plain', explanation: 'comparisons with the growth that agree' },
      { label: 'Against', align: 'right', shape: 'plain', explanation: 'comparisons that do not' },
    ],
    rows: sites.map((site) => rowOf(view, site)),
    empty: '',
  };
}

function rowOf(view: ProgramView, site: CandidateSite): Row {
  const leak = view.leaks.find(({ fingerprint }) => fingerprint === site.fingerprint);
  return {
    cells: [
      site.share === undefined ? UNKNOWN : { type: 'share', value: site.share },
      frameCell(view, site),
      leak ? strong(leak.kind) : UNKNOWN,
      count(leak?.bytes),
      count(leak?.blocks),
      site.basis === undefined ? UNKNOWN : text(BASES[site.basis]),
      count(site.agreements.length),
      count(site.conflicts.length),
    ],
  };
}

function frameCell(view: ProgramView, { fingerprint }: CandidateSite): Cell {
  const leak = view.leaks.find((one) => one.fingerprint === fingerprint);
  const frame = leak && siteOf(leak.frames);
  return frame ? { type: 'frame', frame } : { type: 'code', text: fingerprint };
}

function siteBlocks(view: ProgramView, site: CandidateSite): Block[] {
  if (site.agreements.length + site.conflicts.length === 0) return [];
  const blocks: Block[] = [{ type: 'heading', parts: [frameCell(view, site)] }];
  if (site.agreements.length > 0) blocks.push(evidence('Agrees with the growth', 'for', site.agreements));
  if (site.conflicts.length > 0) blocks.push(evidence('Does not agree', 'against', site.conflicts));
  return blocks;
}

function evidence(title: string, tone: 'for' | 'against', statements: readonly Statement[]): Block {
  const items = statements.map(({ statement, origins }) => ({ statement: capitalized(statement), origins }));
  return { type: 'evidence', title, tone, items };
}

/** A tool's name keeps its case. */
function capitalized(statement: string): string {
  return /^memcheck\b/.test(statement) ? statement : statement.charAt(0).toUpperCase() + statement.slice(1);
}
