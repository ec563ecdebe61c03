import type { HeapProfileReport } from '../../model/analysis.js';
import { HEAP_TOOL_NAMES, type HeapSite, type HeapTool, heldBy, MOST_HEAP_SITES } from '../../model/heap-profile.js';
import { siteOf } from '../../model/leaks.js';
import { bytes, code, count, growth, origins, text, UNKNOWN } from '../cells.js';
import type { Block, Cell, Column, Row } from '../document.js';
import type { ProgramSection } from '../section.js';

const SHOWN = { report: 5, ticket: 1 } as const;
const ROWS = { report: MOST_HEAP_SITES, ticket: 5 } as const;

/** Which calls held heap memory while massif or DHAT watched; no verdict rests on it. */
export const heapProfiles: ProgramSection = {
  id: 'heap-profiles',
  title: 'Heap by call site',
  build({ report }, place) {
    const profiles = report.heapProfiles ?? [];
    if (profiles.length === 0) return [];
    const blocks: Block[] = [
      {
        type: 'prose',
        parts: [
          text('What massif and DHAT told of the heap in use, which may be needed: evidence of where memory grows, '),
          text('not of a leak. It counts in no verdict.'),
        ],
      },
      ...profiles.slice(0, SHOWN[place]).flatMap((profile) => profileBlocks(profile, ROWS[place])),
    ];
    if (profiles.length > SHOWN[place]) {
      blocks.push({
        type: 'prose',
        parts: [text(`The first ${SHOWN[place]} of ${profiles.length} heap profiles are shown.`)],
      });
    }
    return blocks;
  },
};

function profileBlocks(profile: HeapProfileReport, rows: number): Block[] {
  const { tool, pid, peak, end, sites, omittedSites, origin, witness } = profile;
  const whose: Cell[] = pid === undefined ? [] : [text(`, pid ${pid}`)];
  const facts: { label: string; cells: Cell[] }[] = [
    { label: 'Peak', cells: [bytes(peak)] },
    { label: 'At the end', cells: [bytes(end)] },
    { label: 'Read in', cells: [origins([origin])] },
  ];
  if (witness !== undefined) facts.push({ label: 'Log of', cells: [code(witness)] });
  const shown = sites.slice(0, rows);
  const left = sites.length - shown.length + omittedSites;
  const blocks: Block[] = [
    { type: 'heading', parts: [text(HEAP_TOOL_NAMES[tool]), ...whose] },
    { type: 'facts', facts },
    siteTable(tool, shown),
  ];
  if (left > 0) {
    const parts = [text(`The ${shown.length} sites that hold most are shown; `), count(left), text(' are left out.')];
    blocks.push({ type: 'prose', parts });
  }
  const [largest] = shown;
  if (largest && largest.frames.length > 1) {
    blocks.push({ type: 'stack', title: 'The stack that holds most', frames: largest.frames });
  }
  return blocks;
}

function siteTable(tool: HeapTool, sites: readonly HeapSite[]): Block {
  const most = sites.reduce((max, site) => Math.max(max, heldBy(site)), 0);
  return {
    type: 'table',
    caption: 'Call sites by the heap memory that they hold',
    columns: [
      { label: 'Allocated at', shape: 'name' },
      { label: '', shape: 'plain' },
      { label: 'At the peak', align: 'right', shape: 'plain' },
      ...(tool === 'dhat' ? DHAT_COLUMNS : MASSIF_COLUMNS),
    ],
    rows: sites.map((site) => rowOf(tool, site, most)),
    empty: 'The tool listed no call site: massif does so in its detailed snapshots only.',
    printRows: 60,
  };
}

const DHAT_COLUMNS: readonly Column[] = [{ label: 'At the end', align: 'right', shape: 'plain' }];

const MASSIF_COLUMNS: readonly Column[] = [
  { label: 'First', align: 'right', shape: 'plain', explanation: 'in the first detailed snapshot that lists it' },
  { label: 'Last', align: 'right', shape: 'plain', explanation: 'in the last detailed snapshot that lists it' },
  { label: 'Change', align: 'right', shape: 'plain' },
  { label: 'Course', shape: 'plain', explanation: 'over the detailed snapshots that list it' },
];

function rowOf(tool: HeapTool, site: HeapSite, most: number): Row {
  const frame = siteOf(site.frames);
  const { atPeak, atEnd, first, last } = site;
  const change = first === undefined || last === undefined ? undefined : last - first;
  return {
    cells: [
      frame ? { type: 'frame', frame } : UNKNOWN,
      { type: 'chart', chart: { kind: 'bar', value: heldBy(site), of: most } },
      bytes(atPeak),
      ...(tool === 'dhat' ? [bytes(atEnd)] : [bytes(first), bytes(last), growth(change), course(site)]),
    ],
    weight: heldBy(site),
  };
}

/** How the site went through massif's detailed snapshots. */
function course({ keepsRising, snapshots = 0 }: HeapSite): Cell {
  const seen = `${snapshots} ${snapshots === 1 ? 'snapshot' : 'snapshots'}`;
  return text(keepsRising ? `keeps rising, ${seen}` : seen);
}
