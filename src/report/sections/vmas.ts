import type { VmaReport } from '../../model/analysis.js';
import { categoryWithId } from '../../model/mapping-category.js';
import { bytes, code, growth, origins, text } from '../cells.js';
import type { Block, Column, Row } from '../document.js';
import { formatCount } from '../outputs/format-value.js';
import type { ProgramSection } from '../section.js';

const IN_TICKET = 12;
const ON_PAPER = 500;

/** Each VMA of the last snapshot; in a ticket those that weigh most. */
export const vmas: ProgramSection = {
  id: 'vmas',
  title: 'VMAs of the last snapshot',
  build({ report }, place) {
    const all = report.vmas;
    if (all.length === 0) return [];
    const rows = all.map(rowOf);
    const shown = place === 'ticket' ? heaviest(rows, IN_TICKET) : rows;
    const blocks: Block[] = [
      {
        type: 'table',
        caption:
          shown.length < all.length
            ? `The ${formatCount(shown.length)} of ${formatCount(all.length)} VMAs with the most growth and memory`
            : all.length === 1
              ? 'The only VMA'
              : `All ${formatCount(all.length)} VMAs`,
        columns: COLUMNS,
        rows: shown,
        empty: '',
        printRows: ON_PAPER,
      },
    ];
    if (report.vmaOrigin)
      blocks.push({ type: 'prose', parts: [text('Read from '), origins([report.vmaOrigin]), text('.')] });
    return blocks;
  },
};

const COLUMNS: readonly Column[] = [
  { label: 'Address range', shape: 'plain' },
  { label: 'Perm.', explanation: 'permissions: read, write, execute, private or shared', shape: 'plain', facet: true },
  { label: 'Mapping', shape: 'name' },
  { label: 'Kind', shape: 'plain', facet: true },
  { label: 'Size', align: 'right', shape: 'plain', explanation: 'address space; its sum is VSS' },
  { label: 'RSS', align: 'right', shape: 'plain' },
  { label: 'PSS', align: 'right', shape: 'plain' },
  { label: 'USS', align: 'right', shape: 'plain' },
  { label: 'Swap', align: 'right', shape: 'plain', isOptional: true },
  { label: 'Growth', align: 'right', shape: 'plain', explanation: 'private memory, since the first snapshot' },
];

function rowOf(vma: VmaReport): Row {
  return {
    cells: [
      { type: 'address', start: vma.start, end: vma.end },
      code(vma.permissions),
      vma.pathname === '' ? text('') : code(vma.pathname),
      text(vma.category === undefined ? vma.kind : categoryWithId(vma.category).title),
      bytes(vma.size),
      bytes(vma.rss),
      bytes(vma.pss),
      bytes(vma.uss),
      bytes(vma.swap),
      growth(vma.growth),
    ],
    weight: 4 * Math.max(0, vma.growth ?? 0) + (vma.uss ?? vma.rss ?? 0) + (vma.swap ?? 0),
  };
}

/** The `limit` rows with the most weight, in the order of their addresses. */
function heaviest(rows: readonly Row[], limit: number): Row[] {
  const kept = new Set(rows.toSorted((a, b) => (b.weight ?? 0) - (a.weight ?? 0)).slice(0, limit));
  return rows.filter((row) => kept.has(row));
}
