import type { LevelMeasure, ProgramComparison, ProgramState } from '../../model/comparison.js';
import { SHAPE_WORDS } from '../../model/growth-shape.js';
import { bytes, code, count, growth, text, UNKNOWN } from '../cells.js';
import type { Block, Cell, Column, Table } from '../document.js';
import type { ComparisonSection } from './section.js';
import { change, deviceCell, hasManyDevices, rateCell, rateDifference } from './words.js';

const DESCRIBED = 20;

/** What each program did: its verdict, how fast it grows and what it holds, before and after. */
export const programs: ComparisonSection = {
  id: 'programs',
  title: 'Programs',
  build({ programs: all }) {
    const compared = all.filter(({ change: what }) => what !== 'new' && what !== 'gone');
    const oneSided = all.filter(({ change: what }) => what === 'new' || what === 'gone');
    const differing = compared.filter(({ change: what }) => what !== 'same');
    const same = compared.length - differing.length;
    const blocks: Block[] = [];
    if (differing.length > 0) blocks.push(table(differing));
    if (same > 0)
      blocks.push({ type: 'prose', parts: [count(same, ['program is', 'programs are']), text(' the same.')] });
    if (differing.some(({ levels: [level] }) => level?.change === 'not-told')) {
      const parts = [text('A program that grows holds more the longer it runs, so only its rates are compared.')];
      blocks.push({ type: 'prose', parts });
    }
    for (const program of differing.slice(0, DESCRIBED)) blocks.push(...description(program));
    if (oneSided.length > 0) blocks.push(oneSidedTable(oneSided));
    return blocks;
  },
};

function table(all: readonly ProgramComparison[]): Table {
  const device = hasManyDevices(all);
  return {
    type: 'table',
    caption: 'Programs of both sides that differ, the worst first',
    columns: [
      { label: 'Change', shape: 'plain' },
      { label: 'Program', shape: 'name' },
      ...(device ? [{ label: 'Device', shape: 'name' } as const] : []),
      { label: 'Before', shape: 'plain', explanation: 'the verdict before' },
      { label: 'After', shape: 'plain', explanation: 'the verdict after' },
      amount('Rate before'),
      amount('Rate after'),
      amount('Difference', 'only where the intervals of the rates do not overlap'),
      amount('Held before', 'median of the last quarter of the samples'),
      amount('Held after', 'median of the last quarter of the samples'),
      amount('Leaks', 'definite and possible ones: new, gone'),
    ],
    rows: all.map((program) => ({
      cells: [
        change(program.change),
        code(program.command),
        ...(device ? [deviceCell(program)] : []),
        verdict(program.before),
        verdict(program.after),
        rateCell(program.before?.rate),
        rateCell(program.after?.rate),
        rateDifference(program.rate),
        bytes(program.levels[0]?.before.value),
        bytes(program.levels[0]?.after.value),
        text(leaksText(program)),
      ],
    })),
    empty: '',
    printRows: 100,
  };
}

function oneSidedTable(all: readonly ProgramComparison[]): Table {
  const device = hasManyDevices(all);
  return {
    type: 'table',
    caption: 'Programs of one side only',
    columns: [
      { label: 'Change', shape: 'plain' },
      { label: 'Program', shape: 'name' },
      ...(device ? [{ label: 'Device', shape: 'name' } as const] : []),
      { label: 'Verdict', shape: 'plain' },
      amount('Rate'),
      amount('Samples'),
    ],
    rows: all.map((program) => {
      const state = program.after ?? program.before;
      return {
        cells: [
          change(program.change),
          code(program.command),
          ...(device ? [deviceCell(program)] : []),
          verdict(state),
          rateCell(state?.rate),
          count(state?.samples),
        ],
      };
    }),
    empty: '',
    printRows: 50,
  };
}

function amount(label: string, explanation?: string): Column {
  return { label, align: 'right', shape: 'plain', ...(explanation !== undefined && { explanation }) };
}

function verdict(state: ProgramState | undefined): Cell {
  return state ? { type: 'verdict', label: state.label } : UNKNOWN;
}

/** `+1 −2`; nothing where there is neither. */
function leaksText({ leaks }: ProgramComparison): string {
  const number = (what: string): number =>
    leaks.filter(
      (leak) => leak.change === what && ['definite', 'possible'].includes((leak.after ?? leak.before)?.kind ?? ''),
    ).length;
  const [added, gone] = [number('new'), number('gone')];
  return [added > 0 ? `+${added}` : '', gone > 0 ? `−${gone}` : ''].filter(Boolean).join(' ');
}

/** The reasons in words: how long each side was watched, what the difference of levels is, and how much of it is noise. */
function description(program: ProgramComparison): Block[] {
  const { before, after, levels } = program;
  if (!before || !after) return [];
  const [level] = levels;
  const parts: Cell[] = [
    text('Before: '),
    ...watched(before),
    text(' After: '),
    ...watched(after),
    ...verdictCells(program),
  ];
  if (level && (level.change === 'grew' || level.change === 'shrank')) {
    parts.push(
      text(` Its ${MEASURE_NAMES[level.measure]} ${level.change === 'grew' ? 'rose' : 'fell'} by `),
      bytes(Math.abs(level.difference)),
      text('; up to '),
      bytes(level.tolerance),
      text(' would be noise.'),
    );
  }
  const names: Cell[] =
    program.commandBefore === undefined ? [] : [text(' (before: '), code(program.commandBefore), text(')')];
  return [
    { type: 'heading', parts: [code(program.command), ...names] },
    { type: 'prose', parts },
    ...levelTable(program),
  ];
}

/** `grows in a straight line, most of it in [heap] (24 samples over 17 s).` */
function watched({ samples, duration, shape, where, labels }: ProgramState): Cell[] {
  if (samples === 0) return [text('only logs.')];
  const span: Cell[] = [count(samples, ['sample', 'samples'])];
  if (duration !== undefined) span.push(text(' over '), { type: 'duration', value: duration });
  if (labels) span.push(text(`; ${labelsText(labels)}`));
  if (shape === undefined) return [...span, text('.')];
  const place = where === undefined ? [] : [text(', most of it in '), code(where)];
  return [text(SHAPE_WORDS[shape].sentence), ...place, text(' ('), ...span, text(').')];
}

/** `leak on 2 devices, clean on 10`. */
function labelsText(labels: NonNullable<ProgramState['labels']>): string {
  return Object.entries(labels)
    .map(([label, devices], i) => `${label} on ${devices}${i > 0 ? '' : devices === 1 ? ' device' : ' devices'}`)
    .join(', ');
}

/** How far a better verdict can be relied on. */
function verdictCells({ before, after, verdict: compared, rate }: ProgramComparison): Cell[] {
  if (!before || !after || !compared) return [];
  const cells: Cell[] = [];
  if (compared.change === 'better' && after.label === 'clean') {
    cells.push(text(compared.isWeaker ? ' Perhaps repaired, but watched less than before.' : ' Looks repaired.'));
  }
  if (before.label === 'leak' && after.label !== 'leak' && compared.expectedGrowth !== undefined) {
    cells.push(
      text(' At the rate before it would have grown by '),
      bytes(compared.expectedGrowth),
      text(' meanwhile.'),
    );
  }
  if (before.label !== 'inconclusive' && after.label === 'inconclusive') {
    cells.push(text(' Too little was captured after to say whether it still does the same.'));
  }
  if (rate?.change === 'not-told-apart' && (after.rate?.perHour ?? 0) > 0) {
    cells.push(text(' The intervals of both rates overlap, so they are not told apart.'));
  }
  return cells;
}

const MEASURE_NAMES: Readonly<Record<LevelMeasure, string>> = {
  unreclaimable: 'unreclaimable memory',
  private: 'private dirty memory and swap',
  uss: 'USS',
  pss: 'PSS',
  rss: 'RSS',
  vss: 'VSS',
  vmaCount: 'number of VMAs',
};

/** Every figure of which a difference is more than noise. */
function levelTable({ levels }: ProgramComparison): Block[] {
  const told = levels.filter((level) => level.change === 'grew' || level.change === 'shrank');
  if (told.length < 2) return [];
  return [
    {
      type: 'table',
      caption: 'What it holds: medians of the last quarter of the samples',
      columns: [
        { label: 'Figure', shape: 'plain' },
        amount('Before'),
        amount('After'),
        amount('Difference'),
        amount('Noise'),
      ],
      rows: told.map(({ measure, before, after, difference, tolerance }) => {
        const isCount = measure === 'vmaCount';
        const show = (value: number): Cell => (isCount ? count(value) : bytes(value));
        return {
          cells: [
            text(MEASURE_NAMES[measure]),
            show(before.value),
            show(after.value),
            isCount ? count(difference) : growth(difference),
            show(tolerance),
          ],
        };
      }),
      empty: '',
    },
  ];
}
