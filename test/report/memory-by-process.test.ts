import { describe, expect, it } from 'vitest';
import type { DeviceReport, ProgramReport } from '../../src/model/analysis.js';
import type { Sample } from '../../src/model/memory.js';
import type { MemoryPart } from '../../src/model/memory-division.js';
import type { Thinned } from '../../src/model/sample-count.js';
import type { Verdict } from '../../src/model/verdict.js';
import type { Block } from '../../src/report/document.js';
import { formatCell } from '../../src/report/outputs/format-cell.js';
import { processesAtEnd } from '../../src/report/process-memory.js';
import { programViews } from '../../src/report/program-view.js';
import { memoryByProcess } from '../../src/report/sections/memory-by-process.js';
import { emptyAnalysis, START } from './fixture-analysis.js';

const MIB = 1024 * 1024;
const MINUTE = 60_000;

/** The samples of a process, one each minute, the last of them `late` minutes before 21:10. */
function life(pid: number, mib: number, count = 5, late = 0, swap?: number) {
  const samples = Array.from(
    { length: count },
    (_, index): Sample => ({
      takenAt: START + (10 - late - (count - 1 - index)) * MINUTE,
      pss: mib * MIB,
      ...(swap !== undefined && { swap: swap * MIB }),
    }),
  );
  return { pid, samples };
}

const program = (command: string, ...timelines: ProgramReport['timelines']): ProgramReport => ({
  device: 'board-7',
  command,
  timelines,
  mappings: [],
  vmas: [],
  summaries: [],
});

function analysisOf(programs: ProgramReport[], devices: DeviceReport[] = []) {
  const verdicts = programs.map(
    ({ device, command }): Verdict => ({
      device,
      command,
      label: command === 'sensord' ? 'leak' : 'clean',
      explainedBy: [],
      grounds: [],
      objections: [],
      defects: [],
      missing: [],
    }),
  );
  return { ...emptyAnalysis(), programs, verdicts, devices };
}

const atEnd = (...programs: ProgramReport[]): string[] =>
  processesAtEnd(programViews(analysisOf(programs)), 'board-7').processes.map(
    ({ command, pid }) => `${command} ${pid}`,
  );

function build(programs: ProgramReport[], devices: DeviceReport[] = []): readonly Block[] {
  const analysis = analysisOf(programs, devices);
  return memoryByProcess.build({ analysis, views: programViews(analysis), detailed: [] });
}

const tilesOf = (blocks: readonly Block[]) =>
  blocks.flatMap((block) =>
    block.type === 'chart' && block.chart.kind === 'treemap' ? block.chart.groups.flat() : [],
  );
const rowsOf = (blocks: readonly Block[]): string[][] =>
  blocks.flatMap((block) =>
    block.type === 'table' ? block.rows.map(({ cells }) => cells.map((cell) => formatCell(cell).text)) : [],
  );

function divided(mib: Partial<Record<MemoryPart, number>>, takenAt = START + 10 * MINUTE): DeviceReport {
  const parts = Object.entries(mib).map(([part, amount]) => ({ part: part as MemoryPart, bytes: amount * MIB }));
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  return { device: 'board-7', memory: [], divisions: [{ takenAt, total, parts, processes: 3, programs: [] }] };
}

describe('the processes at the end', () => {
  it('are those that were still sampled, the largest first', () => {
    const restarted = program('sensord', life(100, 9, 5, 3), life(200, 4, 2));
    expect(atEnd(restarted, program('mediad', life(300, 6)))).toEqual(['mediad 300', 'sensord 200']);
  });

  it('are told by the interval between neighbours where not all samples of a series are listed', () => {
    const ofLong = (pid: number, late: number): ReturnType<typeof life> & { thinned: Thinned } => {
      const { samples } = life(pid, 5, 100, late);
      const at = [0, 30, 31, 60, 61, 98, 99];
      return { pid, samples: at.flatMap((number) => samples[number] ?? []), thinned: { of: 100, at } };
    };
    expect(atEnd(program('a', ofLong(1, 0)), program('b', ofLong(2, 5)))).toEqual(['a 1']);
  });

  it('include one that was sampled once, in the last round', () => {
    const once = (pid: number, late: number) => life(pid, 4, 1, late);
    expect(atEnd(program('a', life(1, 5)), program('b', once(2, 1)), program('c', once(3, 2)))).toEqual(['a 1', 'b 2']);
    // Of rounds nothing is known: those of one minute are one.
    expect(atEnd(program('a', once(1, 0)), program('b', once(2, 1)), program('c', once(3, 2)))).toEqual(['a 1', 'b 2']);
    const seconds = { pid: 1, samples: [0, 1, 2].map((at) => ({ takenAt: START + at * 1000, pss: MIB })) };
    const gone = { pid: 2, samples: [{ takenAt: START, pss: 9 * MIB }] };
    expect(atEnd(program('a', seconds), program('b', gone))).toEqual(['a 1']);
  });

  it('are told without times where there was one round only', () => {
    const untimed = (pid: number, count: number) => ({
      pid,
      samples: Array.from({ length: count }, () => ({ pss: MIB })),
    });
    expect(atEnd(program('a', untimed(1, 1)), program('b', untimed(2, 1)))).toEqual(['a 1', 'b 2']);
    expect(atEnd(program('a', untimed(1, 3)), program('b', untimed(2, 3)))).toEqual([]);
    expect(atEnd(program('a', { pid: 1, samples: [{ takenAt: START, rss: MIB }] }))).toEqual([]);
  });
});

describe('memory by process', () => {
  const three = [program('sensord', life(100, 60, 5, 0, 20)), program('webview', life(201, 25), life(202, 15))];

  it('has a tile and a row for each, by PSS and swap', () => {
    const blocks = build(three);
    expect(tilesOf(blocks)).toEqual([
      { name: 'sensord', look: 'tm-leak', bytes: 80 * MIB },
      { name: 'webview 201', look: 'tm-clean', bytes: 25 * MIB },
      { name: 'webview 202', look: 'tm-clean', bytes: 15 * MIB },
    ]);
    expect(rowsOf(blocks)).toEqual([
      ['sensord', '100', 'leak', '60.0 MiB', '20.0 MiB', '80.0 MiB', '67 %'],
      ['webview', '201', 'clean', '25.0 MiB', '–', '25.0 MiB', '21 %'],
      ['webview', '202', 'clean', '15.0 MiB', '–', '15.0 MiB', '13 %'],
    ]);
    const [prose] = blocks;
    expect(prose?.type === 'prose' && prose.parts.map((part) => formatCell(part).text).join('')).toBe(
      'At 2026-01-31 21:10 UTC, 3 processes were captured; together they had 100 MiB in RAM (PSS, each shared page once) and 20.0 MiB in swap.',
    );
  });

  it('adds the rest of the RAM where /proc/meminfo tells it', () => {
    const device = divided({
      programs: 100,
      'not-captured': 40,
      cache: 150,
      'slab-reclaimable': 10,
      'slab-unreclaimable': 30,
      'page-tables': 5,
      'kernel-stacks': 3,
      free: 60,
    });
    const tiles = tilesOf(build(three, [device]));
    const sum = tiles.reduce((total, { bytes }) => total + bytes, 0);
    expect(sum).toBe(device.divisions?.[0]?.total);
    expect(
      Object.fromEntries(tiles.filter(({ bytes }) => bytes > 0).map(({ name, bytes }) => [name, bytes / MIB])),
    ).toEqual({
      sensord: 60,
      'webview 201': 25,
      'webview 202': 15,
      'Not captured': 40,
      'Slab, unreclaimable': 30,
      'Kernel, other': 8,
      'Page cache': 150,
      'Slab, reclaimable': 10,
      Free: 60,
    });
  });

  it('shows the processes alone where they could not be seen in the RAM, or it was read at another time', () => {
    const isAlone = (device: DeviceReport): boolean =>
      !tilesOf(build(three, [device])).some(({ name }) => name === 'Free');
    expect(isAlone(divided({ programs: 100, free: 200 }))).toBe(false);
    expect(isAlone(divided({ programs: 100, free: 1100 }))).toBe(true);
    expect(isAlone(divided({ programs: 100, free: 200 }, START))).toBe(true);
  });

  it('sums up all but the largest forty', () => {
    const many = Array.from({ length: 50 }, (_, index) => program(`daemon-${index}`, life(index + 1, 100 - index)));
    const blocks = build(many);
    expect(tilesOf(blocks)).toHaveLength(41);
    expect(tilesOf(blocks).at(-1)).toEqual({ name: 'Others', look: 'tm-others', bytes: 555 * MIB });
    const rows = rowsOf(blocks);
    expect(rows).toHaveLength(41);
    expect(rows.at(-1)).toEqual(['10 others', '', '', '555 MiB', '–', '555 MiB', '15 %']);
  });

  it('says nothing of one process or two', () => {
    expect(build([program('sensord', life(100, 60)), program('webview', life(201, 25))])).toEqual([]);
    expect(build([])).toEqual([]);
  });

  it('makes names of strangers visible', () => {
    const odd = [...three, program('a\u202eb\u0007', life(400, 90))];
    expect(tilesOf(build(odd))[0]?.name).toBe('a\\u202eb\\x07');
  });
});
