import type { HeapProfileReport } from '../../model/analysis.js';
import { type HeapSite, MOST_HEAP_SITES } from '../../model/heap-profile.js';
import { siteOf } from '../../model/leaks.js';
import { bytes, code, count, growth, origins, text, UNKNOWN } from '../cells.js';
import type { Block, Cell, Row } from '../document.js';
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
  const facts: { label: string; cells: Cell[] }[] = [
    { label: 'Tool', cells: [text(tool)] },
    { label: 'Heap at its peak', cells: [bytes(peak)] },
    { label: 'Heap at the end', cells: [bytes(end)] },
    { label: 'Read in', cells: [origins([origin])] },
  ];
  if (pid !== undefined) facts.splice(1, 0, { label: 'Pid', cells: [code(String(pid))] });
  if (witness !== undefined) facts.push({ label: 'Log of', cells: [code(witness)] });
  const shown = sites.slice(0, rows);
  const left = sites.length - shown.length + omittedSites;
  const blocks: Block[] = [{ type: 'facts', facts }, siteTable(tool, shown)];
  if (left > 0) {
    const parts = [text(`The ${shown.length} sites that hold most are shown; `), count(left), text(' are left out.')];
    blocks.push({ type: 'prose', parts });
  }
  return blocks;
}

function siteTable(tool: HeapProfileReport['tool'], sites: readonly HeapSite[]): Block {
  return {
    type: 'table',
    caption: 'Call sites by the heap memory that they hold',
    columns: [
      { label: 'Allocated at', shape: 'name' },
      { label: 'At the peak', align: 'right', shape: 'plain' },
      ...(tool === 'dhat'
        ? [{ label: 'At the end', align: 'right' as const, shape: 'plain' as const }]
        : [
            {
              label: 'First',
              align: 'right' as const,
              shape: 'plain' as const,
              explanation: 'detailed snapshot that lists it',
            },
            { label: 'Last', align: 'right' as const, shape: 'plain' as const },
            { label: 'Change', align: 'right' as const, shape: 'plain' as const },
            { label: 'Between them', shape: 'plain' as const },
          ]),
    ],
    rows: sites.map((site) => rowOf(tool, site)),
    empty: 'The tool listed no call site: massif does so in its detailed snapshots only.',
    printRows: 60,
  };
}

function rowOf(tool: HeapProfileReport['tool'], site: HeapSite): Row {
  const frame = siteOf(site.frames);
  const { atPeak, atEnd, first, last } = site;
  const change = first === undefined || last === undefined ? undefined : last - first;
  return {
    cells: [
      frame ? { type: 'frame', frame } : UNKNOWN,
      bytes(atPeak),
      ...(tool === 'dhat' ? [bytes(atEnd)] : [bytes(first), bytes(last), growth(change), course(site)]),
    ],
    weight: Math.max(atPeak ?? 0, atEnd ?? 0, last ?? 0),
  };
}

/** How the site went through massif's detailed snapshots. */
function course({ keepsRising, snapshots = 0 }: HeapSite): Cell {
  const seen = `${snapshots} ${snapshots === 1 ? 'snapshot' : 'snapshots'}`;
  return text(keepsRising ? `keeps rising, ${seen}` : seen);
}
