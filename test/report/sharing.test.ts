import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../src/model/agreement.js';
import type { SharingReport } from '../../src/model/analysis.js';
import type { Footprint } from '../../src/model/footprint.js';
import type { Block } from '../../src/report/document.js';
import { formatCell } from '../../src/report/outputs/format-cell.js';
import { programViews } from '../../src/report/program-view.js';
import { agreement } from '../../src/report/sections/agreement.js';
import { footprint } from '../../src/report/sections/footprint.js';
import { sharing } from '../../src/report/sections/sharing.js';
import { emptyAnalysis, fixtureAnalysis } from './fixture-analysis.js';

const KIB = 1024;

const proseOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) =>
    block.type === 'prose' || block.type === 'note' ? block.parts.map((part) => formatCell(part).text).join('') : [],
  );
const tablesOf = (blocks: readonly Block[]): string[][][] =>
  blocks.flatMap((block) =>
    block.type === 'table' ? [block.rows.map(({ cells }) => cells.map((cell) => formatCell(cell).text))] : [],
  );

const LIBC: SharingReport = {
  device: 'board-7',
  pathname: '/lib/libc.so',
  kind: 'file',
  size: 2000 * KIB,
  rss: 800 * KIB,
  pss: 100 * KIB,
  sharers: 2,
  impliedSharers: 8.5,
  pids: [812, 813],
  programs: ['sensord', 'webd'],
};

describe('shared memory in the report', () => {
  const build = (...all: SharingReport[]): readonly Block[] =>
    sharing.build({ analysis: { ...emptyAnalysis(), sharing: all }, views: [], detailed: [] });

  it('has who shares what, and says where others do too', () => {
    const blocks = build(LIBC, { ...LIBC, pathname: '/memfd:frames', writable: true, rss: 1, impliedSharers: 2 });
    expect(tablesOf(blocks)).toEqual([
      [
        ['/lib/libc.so', 'sensord, webd', '812, 813', '2', '8.5', '1.95 MiB', '800 KiB', '100 KiB', '–'],
        ['/memfd:frames (written)', 'sensord, webd', '812, 813', '2', '2', '1.95 MiB', '1 B', '100 KiB', '–'],
      ],
    ]);
    expect(proseOf(blocks)).toEqual([
      'The numbers of 1 mapping imply more sharers than were sampled: other processes map them too, which were not captured.',
    ]);
  });

  it('has how code became cheaper with another instance', () => {
    const before = { takenAt: 0, pid: 812, instances: 1, rss: 800 * KIB, pss: 800 * KIB };
    const [table] = tablesOf(build({ ...LIBC, pss: 400 * KIB, impliedSharers: 2, before }));
    expect(table).toEqual([['/lib/libc.so', 'sensord, webd', '1', '800 KiB', '800 KiB', '2', '800 KiB', '400 KiB']]);
  });

  it('names the devices where they are several', () => {
    const before = { takenAt: 0, pid: 812, instances: 1, rss: 800 * KIB, pss: 800 * KIB };
    const tables = tablesOf(build({ ...LIBC, before }, { ...LIBC, before, device: 'board-8' }));
    for (const rows of tables) expect(rows.map(([, device]) => device)).toEqual([LIBC.device, 'board-8']);
    expect(tables).toHaveLength(2);
  });

  it('bears a report of an older version', () => {
    const { kind, programs, impliedSharers, ...old } = LIBC;
    expect([kind, programs, impliedSharers]).not.toContain(undefined);
    expect(tablesOf(build(old))[0]?.[0]?.slice(1, 5)).toEqual(['–', '812, 813', '2', '–']);
  });
});

describe('what the end of a program would free', () => {
  const build = (told: Footprint | undefined): readonly Block[] => {
    const [view] = programViews(fixtureAnalysis());
    if (!view) throw new Error('expected a program');
    const report = { ...view.report, timelines: view.report.timelines.slice(0, 1), ...(told && { footprint: told }) };
    return footprint.build({ ...view, report }, 'report', emptyAnalysis());
  };

  it('says what comes free and what it is charged', () => {
    const told = { pss: 400 * KIB, uss: 90 * KIB, freed: 90 * KIB, charged: 400 * KIB, rss: 1600 * KIB };
    expect(proseOf(build(told))).toEqual([
      'Had it ended then, 90 KiB would have come free (USS); it was charged 400 KiB (PSS) and had 1.56 MiB of RAM mapped (RSS).',
    ]);
    expect(proseOf(build({ ...told, swap: 8, freed: 98 * KIB }))[0]).toContain(
      '98 KiB would have come free (USS and its swap)',
    );
  });

  it('explains what is shared with a fork, unless it is next to nothing', () => {
    const told = { pss: 400 * KIB, uss: 90 * KIB, freed: 90 * KIB, charged: 400 * KIB, rss: 1000 * KIB };
    expect(proseOf(build({ ...told, sharedWithForks: 200 * KIB, sharedWithForksAtFirst: 300 * KIB }))[1]).toBe(
      '200 KiB of its anonymous memory is shared with its parent or its forks (copy-on-write), 300 KiB in the first ' +
        'snapshot. Where one of them writes or ends, PSS and USS of the others rise: that is not growth.',
    );
    expect(proseOf(build({ ...told, sharedWithForks: 20 * KIB }))).toHaveLength(1);
  });

  it('is left out where it is not known', () => {
    expect(build(undefined)).toEqual([]);
  });
});

describe('tools checked against each other', () => {
  const one: Agreement = {
    reference: 'smaps',
    tool: 'smem',
    processes: 2,
    samples: 9,
    equal: 6,
    moved: 2,
    totals: ['rss', 'pss'],
    largest: 48 * KIB,
  };
  const build = (...agreements: Agreement[]): readonly Block[] =>
    agreement.build({ analysis: { ...emptyAnalysis(), agreements }, views: [], detailed: [] });

  it('are counted by tool', () => {
    expect(tablesOf(build(one))).toEqual([[['smem', 'smaps', 'RSS, PSS', '2', '9', '6', '2', '1', '48 KiB']]]);
    expect(proseOf(build(one))[0]).toMatch(
      /6 of 9 pairs were equal .* and 1 differed by more than .*: see the problems\.$/,
    );
    expect(proseOf(build({ ...one, moved: 3 }))[0]).toMatch(/none differed by more than .* explains\.$/);
  });

  it('are left out where none told of the same instant', () => {
    expect(agreement.build({ analysis: emptyAnalysis(), views: [], detailed: [] })).toEqual([]);
  });
});
