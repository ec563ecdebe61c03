import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import type { HeapProfileReport, LeakReport } from '../../src/model/analysis.js';
import type { LeakTool, LossKind } from '../../src/model/leaks.js';
import type { Block } from '../../src/report/document.js';
import { formatCell } from '../../src/report/outputs/format-cell.js';
import { programViews } from '../../src/report/program-view.js';
import type { Place } from '../../src/report/section.js';
import { allocationSites } from '../../src/report/sections/allocation-sites.js';
import { emptyAnalysis } from './fixture-analysis.js';

const PROGRAM = { device: 'board-7', command: 'sensord' };

const stackOf = (path: string) => [
  { symbol: 'malloc', module: '/usr/libexec/valgrind/vgpreload_memcheck-amd64-linux.so' },
  ...path
    .split('/')
    .reverse()
    .map((symbol, index) => ({ symbol, file: 'sensor.c', line: 10 + index })),
];

const leak = (path: string, bytes: number, kind: LossKind = 'definite', tool: LeakTool = 'memcheck'): LeakReport => ({
  ...PROGRAM,
  tool,
  kind,
  bytes,
  blocks: 1,
  fingerprint: path,
  frames: stackOf(path),
  origins: [{ file: 'valgrind.log', line: 1 }],
});

const profile = (...sites: HeapProfileReport['sites']): HeapProfileReport => ({
  tool: 'massif',
  pid: 7,
  sites,
  omittedSites: 3,
  origin: { file: 'massif.out.7', line: 1 },
});

function build(leaks: LeakReport[], heapProfiles: HeapProfileReport[] = [], place: Place = 'report'): readonly Block[] {
  const report = { ...PROGRAM, timelines: [], mappings: [], vmas: [], summaries: [], heapProfiles };
  const analysis = { ...emptyAnalysis(), programs: [report], leaks };
  const [view] = programViews(analysis);
  if (!view) throw new Error('expected a program');
  return allocationSites.build(view, place, analysis);
}

const proseOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => (block.type === 'prose' ? block.parts.map((part) => formatCell(part).text).join('') : []));

const chartsOf = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.type === 'chart' && block.chart.kind === 'icicle' ? block.chart : []));

describe('allocation sites', () => {
  it('are drawn from main down to the code that allocated, without the allocator', () => {
    const [chart] = chartsOf(build([leak('main/load/parse', 300), leak('main/draw', 100, 'possible')]));
    expect(chart?.sites).toEqual([
      { path: ['main', 'load', 'parse'], place: 'sensor.c:10', look: 'ic-definite', bytes: 300 },
      { path: ['main', 'draw'], place: 'sensor.c:10', look: 'ic-possible', bytes: 100 },
    ]);
  });

  it('say how much was lost, and how certain that is', () => {
    const said = (...leaks: LeakReport[]): string | undefined => proseOf(build(leaks))[0];
    expect(said(leak('main/a', 300), leak('main/b', 100, 'indirect'))).toBe(
      'memcheck found 400 B lost, from 2 call stacks.',
    );
    expect(said(leak('main/a', 300), leak('main/b', 100, 'possible'), leak('main/c', 200, 'reachable'))).toBe(
      'memcheck found 600 B lost, possibly lost or still reachable, from 3 call stacks.',
    );
    expect(said(leak('main/a', 1, 'possible', 'lsan'), leak('main/b', 1, 'possible', 'lsan'))).toBe(
      'LeakSanitizer found 2 B possibly lost, from 2 call stacks.',
    );
  });

  it('count what two tools found once: as the one says that found more', () => {
    const both = [leak('main/a', 300), leak('main/b', 100), leak('main/a', 290, 'definite', 'lsan')];
    const blocks = build(both);
    expect(chartsOf(blocks)[0]?.sites.map(({ bytes }) => bytes)).toEqual([300, 100]);
    expect(proseOf(blocks)[0]).toMatch(/^memcheck found 400 B/);
    const other = [leak('main/a', 1), leak('main/a', 290, 'definite', 'lsan'), leak('main/b', 9, 'definite', 'lsan')];
    expect(proseOf(build(other))[0]).toMatch(/^LeakSanitizer found 299 B/);
  });

  it('leave out what is reachable where it would hide what is lost', () => {
    const blocks = build([leak('main/a', 30), leak('main/b', 10), leak('main/pool', 72_704, 'reachable')]);
    expect(chartsOf(blocks)[0]?.sites).toHaveLength(2);
    expect(proseOf(blocks)).toEqual([
      'memcheck found 40 B lost, from 2 call stacks. Left out here is what is still reachable: 71 KiB.',
    ]);
  });

  it('say nothing of a single stack, or of none', () => {
    expect(build([leak('main/a', 30), leak('main/a', 10, 'possible')])).toEqual([]);
    expect(build([])).toEqual([]);
  });

  it('show what the heap held where massif or DHAT ran', () => {
    const site = (path: string, atPeak: number) => ({ frames: stackOf(path), fingerprint: path, atPeak });
    const blocks = build([], [profile(site('main/a', 2048), site('main/b', 1024))]);
    expect(proseOf(blocks)).toEqual([
      'massif, pid 7: 3 KiB in use when the heap was largest, from 2 call stacks; 3 that hold less are left out.',
    ]);
    expect(chartsOf(blocks)[0]?.sites.map(({ path }) => path.join('/'))).toEqual(['main/a', 'main/b']);
    expect(build([], [profile(site('main/a', 2048))])).toEqual([]);
  });

  it('have one drawing on a ticket, no more than eight calls deep', () => {
    const site = (path: string, atPeak: number) => ({ frames: stackOf(path), fingerprint: path, atPeak });
    const profiles = [profile(site('main/a', 2048), site('main/b', 1024))];
    const leaks = [leak('main/a', 30), leak('main/b', 10)];
    expect(chartsOf(build(leaks, profiles)).map(({ rows }) => rows)).toEqual([16, 16]);
    expect(chartsOf(build(leaks, profiles, 'ticket')).map(({ rows }) => rows)).toEqual([8]);
    expect(chartsOf(build([], profiles, 'ticket'))).toHaveLength(1);
  });

  it('add up to the totals that memcheck printed itself', async () => {
    const analysis = await analyze({ captures: ['samples/memcheck/memory-errors.log'] });
    const [view] = programViews(analysis);
    if (!view) throw new Error('expected a program');
    const [chart] = chartsOf(allocationSites.build(view, 'report', analysis));
    const byLook: Record<string, number> = {};
    for (const { look, bytes } of chart?.sites ?? []) byLook[look] = (byLook[look] ?? 0) + bytes;
    const [summary] = view.report.summaries;
    expect(byLook).toEqual({
      'ic-definite': summary?.definite?.bytes,
      'ic-indirect': summary?.indirect?.bytes,
      'ic-possible': summary?.possible?.bytes,
      'ic-reachable': summary?.reachable?.bytes,
    });
    expect(chart?.sites.every(({ path }) => path[0] === 'main')).toBe(true);
  });
});
