import { describe, expect, it } from 'vitest';
import type { DeviceReport } from '../../src/model/analysis.js';
import type { MemoryDivision, MemoryMove, MemoryPart } from '../../src/model/memory-division.js';
import type { Block, Cell } from '../../src/report/document.js';
import { layersOf } from '../../src/report/memory-layers.js';
import { agreementParts } from '../../src/report/memory-loss.js';
import { formatCell } from '../../src/report/outputs/format-cell.js';
import { memoryDivision } from '../../src/report/sections/memory-division.js';
import { emptyAnalysis, wideAnalysis } from './fixture-analysis.js';

const NINE = Date.UTC(2026, 0, 31, 21);
const MIB = 1024 * 1024;

function division(minute: number, mib: Partial<Record<MemoryPart, number>>, available: number): MemoryDivision {
  const parts = Object.entries(mib).map(([part, amount]) => ({ part: part as MemoryPart, bytes: amount * MIB }));
  return {
    takenAt: NINE + minute * 60_000,
    total: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    parts,
    processes: 2,
    programs: [{ command: 'sensord', pss: (mib.programs ?? 0) * MIB, processes: 2 }],
    available: available * MIB,
  };
}

const textOf = (parts: readonly Cell[]): string => parts.map((part) => formatCell(part).text).join('');
const proseOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => (block.type === 'prose' || block.type === 'note' ? textOf(block.parts) : []));

function blocksOf(divisions: MemoryDivision[], moves: MemoryMove[] = []): readonly Block[] {
  const devices: DeviceReport[] = [{ device: 'board-7', memory: [], divisions, moves }];
  return memoryDivision.build({ analysis: { ...emptyAnalysis(), devices }, views: [], detailed: [] });
}

const FIRST = division(0, { programs: 10, 'not-captured': 30, cache: 100, free: 860 }, 900);
const LAST = division(9, { programs: 50, 'not-captured': 30, cache: 100, free: 820 }, 860);

describe('where all the memory went', () => {
  it('says who took what the device lost', () => {
    const prose = proseOf(
      blocksOf(
        [FIRST, LAST],
        [
          { what: 'cache', growth: 90 * MIB },
          { what: 'program', command: 'sensord', growth: 40 * MIB },
          { what: 'slab-unreclaimable', growth: 2 * MIB },
        ],
      ),
    );
    expect(prose).toEqual([
      'MemAvailable fell by 40.0 MiB. It was taken mostly by sensord (+40.0 MiB).',
      '2 processes were captured, with 50.0 MiB of the 80.0 MiB that processes use (63 %).',
    ]);
  });

  it('says where it was the kernel, nobody alone, or nobody at all', () => {
    const first = (divisions: MemoryDivision[], moves: MemoryMove[]) => proseOf(blocksOf(divisions, moves))[0];
    expect(first([FIRST, LAST], [{ what: 'slab-unreclaimable', growth: 39 * MIB }])).toBe(
      'MemAvailable fell by 40.0 MiB. It was taken mostly by the kernel, in slab that it cannot give back (+39.0 MiB). ' +
        '/proc/slabinfo tells which cache it is; no program is to blame.',
    );
    expect(first([FIRST, LAST], [{ what: 'cache', growth: 40 * MIB }])).toBe(
      'MemAvailable fell by 40.0 MiB, but no part grew by as much as a quarter of that: nobody alone took it.',
    );
    const same = { ...LAST, available: 899.5 * MIB };
    expect(first([FIRST, same], [])).toBe(
      'MemAvailable changed by −512 KiB, less than a thousandth of the memory: over this time nobody took memory from the device.',
    );
    expect(first([LAST, FIRST], [])).toBe('MemAvailable rose by 40.0 MiB: over this time the device lost nothing.');
  });

  it('tells each part and program, and their sum', () => {
    const table = blocksOf([FIRST, LAST]).find((block) => block.type === 'table');
    expect(table?.rows.map(({ cells }) => cells.map((cell) => formatCell(cell).text))).toEqual([
      ['Captured processes (PSS)', '10.0 MiB', '50.0 MiB', '5 %', '+40.0 MiB'],
      ['└ sensord × 2', '10.0 MiB', '50.0 MiB', '5 %', '+40.0 MiB'],
      ['Processes not captured', '30.0 MiB', '30.0 MiB', '3 %', '0 B'],
      ['Page cache and tmpfs that no process maps', '100 MiB', '100 MiB', '10 %', '0 B'],
      ['Free', '860 MiB', '820 MiB', '82 %', '−40.0 MiB'],
      ['MemTotal', '1,000 MiB', '1,000 MiB', '100 %', '0 B'],
    ]);
  });

  it('is a row for each of the devices that have pages of their own, the one that lost most first', () => {
    const taker: MemoryMove = { what: 'slab-unreclaimable', growth: 39 * MIB };
    const devices: DeviceReport[] = [
      { device: 'board-1', memory: [], divisions: [FIRST, FIRST, { ...FIRST }], moves: [] },
      { device: 'board-2', memory: [], divisions: [FIRST, LAST], moves: [taker] },
      { device: 'board-3', memory: [], divisions: [FIRST], moves: [] },
    ];
    const wide = wideAnalysis(60, 1);
    const blocks = memoryDivision.build({
      analysis: { ...wide, programs: wide.programs.map((one, i) => ({ ...one, device: `board-${i % 3}` })), devices },
      views: [],
      detailed: [],
      pages: new Map([['board-2', 'devices/board-2/index.html']]),
    });
    expect(blocks).toHaveLength(1);
    const rows = blocks.flatMap((block) => (block.type === 'table' ? block.rows : []));
    expect(rows.map(({ cells }) => cells.map((cell) => formatCell(cell).text))).toEqual([
      ['board-2', '900 MiB', '860 MiB', '−40.0 MiB', 'the kernel, in slab that it cannot give back', '+39.0 MiB'],
      ['board-1', '900 MiB', '900 MiB', '0 B', '–', '–'],
    ]);
    expect(rows[0]?.cells[0]).toMatchObject({ type: 'page' });
  });

  it('has a chart from three instants on', () => {
    const isChart = ({ type }: Block): boolean => type === 'chart';
    expect(blocksOf([FIRST, LAST]).filter(isChart)).toEqual([]);
    expect(blocksOf([FIRST, FIRST, LAST]).filter(isChart)).toHaveLength(1);
  });

  it('says where the counters overlap, swap is in use, or no process was captured', () => {
    const overlapping = division(0, { programs: 0, 'not-captured': 30, free: 80, unaccounted: -3 }, 80);
    expect(proseOf(blocksOf([{ ...overlapping, processes: 0, swapUsed: 5 * MIB }]))).toEqual([
      'Processes use 30.0 MiB; the PSS of none was captured at these instants.',
      'The parts add up to 3.00 MiB more than MemTotal: the counters overlap, or memory moved while they were read.',
      '5.00 MiB of swap is in use beside this. Where swap is zram, its pool in RAM is part of what is unaccounted.',
    ]);
  });

  it('is left out where no device was divided', () => {
    expect(blocksOf([])).toEqual([]);
  });
});

describe('the layers of the chart', () => {
  it('hold all that is in use once, programs at the bottom, and nothing empty', () => {
    const layers = layersOf([
      FIRST,
      { ...LAST, programs: [{ command: 'a-very-long-command', pss: 20 * MIB, processes: 1 }] },
    ]);
    expect(layers.map(({ name, values }) => [name, values.map((value) => value / MIB)])).toEqual([
      ['a-very-long…', [0, 20]],
      ['Others', [10, 30]],
      ['Not captured', [30, 30]],
      ['Cache, slab', [100, 100]],
    ]);
  });
});

describe('the device of a program that grows', () => {
  const device = (before: number, after: number): DeviceReport => ({
    device: 'board-7',
    memory: [before, after].map((available, minute) => ({
      takenAt: NINE + minute * 60_000,
      total: 1000 * MIB,
      available: available * MIB,
      origin: { file: `${minute}/meminfo`, line: 1 },
    })),
  });
  const said = (before: number, after: number, gained = 40): string =>
    textOf(agreementParts(device(before, after), gained * MIB, NINE, NINE + 60_000));

  it('agrees, lost more, or lost less', () => {
    expect(said(900, 862)).toBe(
      'MemAvailable of the device fell by 38.0 MiB while the program grew by 40.0 MiB: the two agree.',
    );
    expect(said(900, 700)).toBe(
      'MemAvailable of the device fell by 200 MiB while the program grew by 40.0 MiB: others took memory too.',
    );
    expect(said(900, 910)).toBe(
      'MemAvailable of the device rose by 10.0 MiB while the program grew by 40.0 MiB: others gave memory back meanwhile, or the growth was swapped out.',
    );
  });

  it('says nothing of a growth that is too small to be seen, or of another time', () => {
    expect(said(900, 860, 1)).toBe('');
    expect(textOf(agreementParts(device(900, 860), 40 * MIB, NINE, NINE + 180_001))).toBe('');
    expect(textOf(agreementParts(undefined, 40 * MIB, NINE, NINE + 60_000))).toBe('');
  });
});
