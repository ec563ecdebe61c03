import fc from 'fast-check';
import type { Sample } from '../../src/model/memory.js';
import { KIB } from '../../src/model/units.js';
import { type Area, areas, hex, kilobytes } from './arbitraries.js';

/** The columns by their titles in CSV and JSON, and the kernel's names of what they hold. */
const COLUMNS = [
  ['virtual size', 'Size'],
  ['RSS', 'Rss'],
  ['PSS', 'Pss'],
  ['shared clean', 'Shared_Clean'],
  ['shared dirty', 'Shared_Dirty'],
  ['private clean', 'Private_Clean'],
  ['private dirty', 'Private_Dirty'],
  ['swap', 'Swap'],
  ['swapPSS', 'SwapPss'],
  ['Anon HugePages', 'AnonHugePages'],
  ['Shmem PmdMapped', 'ShmemPmdMapped'],
  ['File PmdMapped', 'FilePmdMapped'],
  ['Shared Hugetlb', 'Shared_Hugetlb'],
  ['Private Hugetlb', 'Private_Hugetlb'],
  ['Locked', 'Locked'],
] as const;
const PRIVATE_CLEAN = 5;
const PRIVATE_DIRTY = 6;
const SWAP = 7;
const LOCKED = 14;
/** Up to Android 4.3, up to 11, and since 12. */
const COLUMN_COUNTS = { old: 7, swap: 9, wide: 15 } as const;

export const showmapDocument = fc.record({
  columns: fc.constantFrom<keyof typeof COLUMN_COUNTS>('old', 'swap', 'wide'),
  /** -a */
  hasAddresses: fc.boolean(),
  /** -v */
  isVerbose: fc.boolean(),
  /** -t */
  isTerse: fc.boolean(),
  areas,
  amounts: fc.array(fc.array(kilobytes, { minLength: COLUMNS.length, maxLength: COLUMNS.length }), {
    minLength: 8,
    maxLength: 8,
  }),
});
export type ShowmapDocument = typeof showmapDocument extends fc.Arbitrary<infer T> ? T : never;

interface Row {
  readonly area: Area;
  readonly object: string;
  readonly amounts: readonly number[];
}

function rowsOf(document: ShowmapDocument): Row[] {
  const { areas: drawn, columns, amounts } = document;
  return drawn.map((area, i) => ({
    area,
    object: objectOf(drawn, i),
    amounts: [(area.end - area.start) / KIB, ...(amounts[i] ?? []).slice(1)].slice(0, COLUMN_COUNTS[columns]),
  }));
}

/** showmap names what has no name, but for the first: infer_vma_name of showmap.cpp. */
function objectOf(drawn: readonly Area[], index: number): string {
  const area = drawn[index];
  const before = drawn[index - 1];
  if (!area || !before || area.name !== '') return area?.name ?? '';
  return before.end === area.start && /^\/.*\.so$/.test(before.name) ? `${before.name} [bss]` : '[anon]';
}

function printedRows({ isTerse, ...document }: ShowmapDocument): Row[] {
  const rows = rowsOf({ isTerse, ...document });
  const isPrivate = ({ amounts }: Row): boolean => (amounts[PRIVATE_CLEAN] ?? 0) + (amounts[PRIVATE_DIRTY] ?? 0) > 0;
  return isTerse ? rows.filter(isPrivate) : rows;
}

/** add_mem_usage of showmap.cpp leaves locked memory out. */
function totalsOf(document: ShowmapDocument): number[] {
  const rows = rowsOf(document);
  return COLUMNS.slice(0, COLUMN_COUNTS[document.columns]).map((_, i) =>
    i === LOCKED ? 0 : rows.reduce((sum, { amounts }) => sum + (amounts[i] ?? 0), 0),
  );
}

const flagsOf = ({ permissions }: Area): string => permissions.slice(0, 3);

// Widths and titles of the two lines above the table.
const UPPER =
  ' virtual                     shared   shared  private  private                   Anon      Shmem     File      Shared   Private';
const LOWER =
  '    size      RSS      PSS    clean    dirty    clean    dirty     swap  swapPSS HugePages PmdMapped PmdMapped Hugetlb  Hugetlb    Locked ';
const UPPER_WIDTHS = { old: 62, swap: 62, wide: UPPER.length } as const;
const LOWER_WIDTHS = { old: 63, swap: 81, wide: LOWER.length } as const;
const HUGE_COLUMNS: ReadonlySet<number> = new Set([9, 10, 11]);
const widthOf = (column: number): number => (HUGE_COLUMNS.has(column) ? 9 : 8);

/** As text. */
export function showmapText(document: ShowmapDocument): string {
  const { columns, hasAddresses, isVerbose } = document;
  const hasCount = !isVerbose && !hasAddresses;
  const upper = `${hasAddresses ? '           start              end ' : ''}${UPPER.slice(0, UPPER_WIDTHS[columns]).trimEnd()}\n`;
  const lower = `${hasAddresses ? '            addr             addr ' : ''}${LOWER.slice(0, LOWER_WIDTHS[columns])}${hasCount ? '   # ' : ''}${isVerbose ? 'flags ' : ''}object\n`;
  const widths = COLUMNS.slice(0, COLUMN_COUNTS[columns]).map((_, i) => widthOf(i));
  const rules = [...(hasAddresses ? [16, 16] : []), ...widths, ...(hasCount ? [4] : []), ...(isVerbose ? [5] : []), 30];
  const divider = `${rules.map((width) => '-'.repeat(width)).join(' ')}\n`;
  const cells = (amounts: readonly number[]): string =>
    amounts.map((amount, i) => `${String(amount).padStart(widths[i] ?? 0)} `).join('');
  const row = ({ area, object, amounts }: Row): string => {
    const addresses = hasAddresses ? `${hex(area.start, 0).padStart(16)} ${hex(area.end, 0).padStart(16)} ` : '';
    return `${addresses}${cells(amounts)}${hasCount ? '   1 ' : ''}${isVerbose ? `  ${flagsOf(area)} ` : ''}${object}\n`;
  };
  const below = `${hasAddresses ? ' '.repeat(34) : ''}${cells(totalsOf(document))}${hasCount ? `${String(document.areas.length).padStart(4)} ` : ''}${isVerbose ? '      ' : ''}TOTAL\n`;
  const rows = printedRows(document).map(row).join('');
  return `${upper}${lower}${divider}${rows}${divider}${upper}${lower}${divider}${below}`;
}

/** With -o csv, which only the newest versions have. */
export function showmapCsv(drawn: ShowmapDocument): string {
  const document: ShowmapDocument = { ...drawn, columns: 'wide' };
  const { hasAddresses, isVerbose } = document;
  const hasCount = !isVerbose && !hasAddresses;
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const line = (amounts: readonly number[], area: Area | undefined, object: string): string =>
    [
      ...amounts,
      ...(hasAddresses ? [area ? hex(area.start, 0) : '', area ? hex(area.end, 0) : ''] : []),
      ...(hasCount ? [area ? 1 : document.areas.length] : []),
      ...(isVerbose ? [area ? quoted(flagsOf(area)) : ''] : []),
      quoted(object),
    ].join(',');
  const titles = [
    ...COLUMNS.map(([title]) => title),
    ...(hasAddresses ? ['start addr', 'end addr'] : []),
    ...(hasCount ? ['#'] : []),
    ...(isVerbose ? ['flags'] : []),
    'object',
  ];
  const rows = printedRows(document).map(({ amounts, area, object }) => line(amounts, area, object));
  return `${[titles.map(quoted).join(','), ...rows, line(totalsOf(document), undefined, 'TOTAL')].join('\n')}\n`;
}

/** With -o json: one line. */
export function showmapJson(drawn: ShowmapDocument): string {
  const document: ShowmapDocument = { ...drawn, columns: 'wide' };
  const { hasAddresses, isVerbose } = document;
  const quoted = (text: string): string => JSON.stringify(text).replaceAll('/', '\\/');
  const object = (amounts: readonly number[], area: Area | undefined, name: string): string => {
    const parts = COLUMNS.map(([title], i) => `"${title}":${amounts[i] ?? 0}`);
    if (hasAddresses)
      parts.push(`"start addr":"${area ? hex(area.start, 0) : ''}","end addr":"${area ? hex(area.end, 0) : ''}"`);
    if (!isVerbose && !hasAddresses) parts.push(`"#":${area ? 1 : document.areas.length}`);
    if (isVerbose) parts.push(`"flags":${quoted(area ? flagsOf(area) : '---')}`);
    return `{${parts.join(',')},"object":${quoted(name)}}`;
  };
  const rows = printedRows(document).map(({ amounts, area, object: name }) => `${object(amounts, area, name)},`);
  return `[${rows.join('')}${object(totalsOf(document), undefined, 'TOTAL')}]\n`;
}

/** What is read of it: with -a its VMAs, else its totals, as where -t left rows out. */
export function showmapSays(document: ShowmapDocument): unknown {
  const rows = printedRows(document);
  const isIncomplete = rows.length < document.areas.length;
  const names = COLUMNS.slice(0, COLUMN_COUNTS[document.columns]).map(([, name]) => name);
  if (document.hasAddresses && !isIncomplete) {
    return rows.map(({ area, amounts }) => ({
      start: area.start,
      end: area.end,
      permissions: document.isVerbose ? `${flagsOf(area)}p` : '---p',
      name: area.name,
      ...Object.fromEntries(names.map((name, i) => [name, (amounts[i] ?? 0) * KIB])),
    }));
  }
  const totals = totalsOf(document).map((amount) => amount * KIB);
  const [vss = 0, rss = 0, pss = 0] = totals;
  const [clean = 0, dirty = 0] = totals.slice(PRIVATE_CLEAN, SWAP);
  const swap = totals[SWAP];
  const sample: Sample = { vss, rss, pss, uss: clean + dirty, privateDirty: dirty };
  return {
    ...sample,
    ...(swap !== undefined && { swap }),
    ...(document.isVerbose && !isIncomplete && { vmaCount: rows.length }),
  };
}

/** Whether the problem that -t left VMAs out is told. */
export function isShowmapIncomplete(document: ShowmapDocument): boolean {
  return document.hasAddresses && printedRows(document).length < document.areas.length;
}
