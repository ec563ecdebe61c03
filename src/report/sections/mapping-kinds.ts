import type { CategoryReport, CategorySeriesReport } from '../../model/address-space.js';
import { categoryWithId } from '../../model/mapping-category.js';
import { bytes, count, growth, strong } from '../cells.js';
import type { Block, Column, Row } from '../document.js';
import type { ProgramView } from '../program-view.js';
import type { ProgramSection } from '../section.js';

const IN_TICKET = 8;

/** So many parts of a stack can be told from each other, and none that is smaller; the others are one. */
const MOST_PARTS = 6;
const LEAST_SHARE = 0.02;

/** What the VMAs are: heaps, arenas, stacks, parts of programs, Java, GPU; and how each kind went over time. */
export const mappingKinds: ProgramSection = {
  id: 'mapping-kinds',
  title: 'Kinds of mappings',
  build(view, place) {
    const kinds = view.report.categories ?? [];
    if (kinds.length === 0) return [];
    const shown = place === 'ticket' ? kinds.slice(0, IN_TICKET) : kinds;
    return [
      ...stackOf(view),
      {
        type: 'table',
        caption:
          shown.length < kinds.length
            ? `The ${shown.length} of ${kinds.length} kinds that hold the most private memory, in the last snapshot`
            : 'The VMAs of the last snapshot by kind',
        columns: COLUMNS.map(({ column }) => column),
        rows: shown.map((kind) => rowOf(kind)),
        empty: '',
        printRows: 40,
      },
    ];
  },
};

interface KindColumn {
  readonly column: Column;
  readonly cell: (kind: CategoryReport) => Row['cells'][number];
}

function amount(label: string, explanation: string, key: 'rss' | 'pss' | 'privateBytes'): KindColumn {
  return {
    column: { label, explanation, align: 'right', shape: 'plain' },
    cell: (kind) => bytes(kind[key]),
  };
}

const COLUMNS: readonly KindColumn[] = [
  {
    column: { label: 'Kind', shape: 'plain' },
    cell: ({ category }) => strong(categoryWithId(category).title),
  },
  {
    column: { label: 'VMAs', align: 'right', shape: 'plain' },
    cell: ({ vmaCount }) => count(vmaCount),
  },
  {
    column: { label: 'VSS', explanation: 'address space', align: 'right', shape: 'plain' },
    cell: ({ size }) => bytes(size),
  },
  amount('RSS', 'in RAM', 'rss'),
  amount('PSS', 'in RAM, shared pages divided among those who share them', 'pss'),
  amount('Private', 'private dirty and swap: what only this process can give back', 'privateBytes'),
  {
    column: { label: 'Swap', explanation: 'swapped out', align: 'right', shape: 'plain', isOptional: true },
    cell: ({ swap }) => bytes(swap),
  },
  {
    column: {
      label: 'Growth',
      explanation: 'since the first snapshot: private memory, else RSS, else VSS',
      align: 'right',
      shape: 'plain',
    },
    cell: (kind) => growth(kind.growth),
  },
];

function rowOf(kind: CategoryReport): Row {
  return {
    cells: COLUMNS.map(({ cell }) => cell(kind)),
    weight: Math.abs(kind.growth ?? 0) * 4 + (kind.privateBytes ?? kind.rss ?? kind.size),
  };
}

const MEASURES: Readonly<Record<CategorySeriesReport['measure'], string>> = {
  private: 'Private memory (private dirty and swap)',
  rss: 'RSS',
  size: 'Address space',
};

/** Nothing where one kind holds all: its course is that of the whole. */
function stackOf({ report: { categorySeries }, timeline }: ProgramView): Block[] {
  if (!categorySeries || !timeline || categorySeries.series.length < 2) return [];
  const samples = categorySeries.at.map((index) => timeline.samples[index]);
  const known = samples.filter((sample) => sample !== undefined);
  if (known.length < samples.length) return [];
  const caption = `${MEASURES[categorySeries.measure]} by kind of mapping, one upon the other.`;
  return [
    { type: 'chart', chart: { kind: 'category-stack', samples: known, series: partsOf(categorySeries) }, caption },
  ];
}

interface Part {
  readonly name: string;
  readonly look: string;
  readonly bytes: readonly number[];
}

/** The largest of all time first, and so at the bottom; what is too small to be told apart in one part. */
function partsOf({ series }: CategorySeriesReport): Part[] {
  const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0);
  const sorted = series.toSorted((a, b) => most(b.bytes) - most(a.bytes));
  const whole = most(sorted[0]?.bytes ?? []);
  const large = sorted.filter(({ bytes: values }) => most(values) >= LEAST_SHARE * whole);
  // A single one that is left over may as well have its own name.
  const own =
    sorted.length - large.length <= 1 && sorted.length <= MOST_PARTS ? sorted : large.slice(0, MOST_PARTS - 1);
  const others = sorted.slice(own.length);
  const seen = new Set<string>();
  const parts = own.map(({ category, bytes: values }): Part => {
    const { title, family } = categoryWithId(category);
    const look = seen.has(family) ? `as-${family} as-second` : `as-${family}`;
    seen.add(family);
    return { name: title, look, bytes: values };
  });
  if (others.length === 0) return parts;
  const sums = (others[0]?.bytes ?? []).map((_, index) =>
    others.reduce((sum, { bytes: values }) => sum + (values[index] ?? 0), 0),
  );
  return [...parts, { name: `${others.length} other kinds`, look: 'as-others', bytes: sums }];
}
