import fc from 'fast-check';
import type { Capture, ContextSource } from '../../src/model/capture.js';
import type { LossKind } from '../../src/model/leaks.js';
import type { Sample } from '../../src/model/memory.js';
import { frame, log, loss, MINUTE, meminfo, NINE, sample, snapshot, type VmaRow } from './build-captures.js';

/** What a capture is made from. */
export interface Seed {
  who: { device: string; command?: string; pid?: number; startTicks?: number; takenAt?: number; source: ContextSource };
  what: 'snapshot' | 'sample' | 'log' | 'meminfo';
  rows: VmaRow[];
  totals: Sample;
  leaks: { bytes: number; blocks: number; kind: LossKind; line: number; at: number }[];
  format: string;
  file: string;
}

/** Few devices, names, pids and times, so that captures meet. */
const who = fc.record(
  {
    device: fc.constantFrom('board-7', 'board-8'),
    command: fc.constantFrom('sensord', 'a-very-long-com', 'a-very-long-command'),
    pid: fc.constantFrom(1, 2),
    startTicks: fc.constantFrom(100, 200),
    takenAt: fc.constantFrom(NINE, NINE + MINUTE, NINE + 2 * MINUTE),
    source: fc.constantFrom<ContextSource>('path', 'header', 'modification-time'),
  },
  { requiredKeys: ['device', 'source'] },
);

const rows = fc.array(
  fc.record({
    start: fc.nat(20).map((page) => 0x400000 + page * 0x1000),
    end: fc.nat(20).map((page) => 0x415000 + page * 0x1000),
    permissions: fc.constantFrom('rw-p', 'r-xp', 'rw-s'),
    name: fc.constantFrom('', '[heap]', '[stack:12]', '[stack]', '/lib/libc.so', '[rollup]'),
    kib: fc.oneof(
      fc.record({ Size: fc.nat(9), Rss: fc.nat(9), Pss: fc.nat(9), Private_Dirty: fc.nat(9), Swap: fc.nat(2) }),
      fc.record({ Size: fc.nat(9), Rss: fc.nat(9) }),
      fc.constant({}),
    ),
  }),
  { maxLength: 4 },
);

const totals = fc.oneof(
  fc.record({ rss: fc.nat(5), uss: fc.nat(5), vss: fc.nat(5), swap: fc.nat(2) }, { requiredKeys: [] }),
  fc.record({ minorFaults: fc.nat(5), majorFaults: fc.nat(5) }),
);

const leak = fc.record({
  bytes: fc.nat(3),
  blocks: fc.nat(2),
  kind: fc.constantFrom<LossKind>('definite', 'possible'),
  line: fc.constantFrom(6, 7),
  at: fc.nat(100),
});

export const anything: fc.Arbitrary<Seed> = fc.record({
  who,
  what: fc.constantFrom<Seed['what']>('snapshot', 'sample', 'log', 'meminfo'),
  rows,
  totals,
  leaks: fc.array(leak, { maxLength: 3 }),
  format: fc.constantFrom('smaps', 'maps', 'pmap', 'smem', 'status'),
  file: fc.constantFrom('a/1', 'a/2', 'a/10', 'b'),
});

/** Snapshots of one process, so that many compete for the same place. */
export const ofOneProcess: fc.Arbitrary<Seed> = fc.record({
  who: fc.record({
    device: fc.constant('board-7'),
    command: fc.constant('sensord'),
    pid: fc.constant(1),
    takenAt: fc.nat(5).map((minutes) => NINE + minutes * MINUTE),
    source: fc.constantFrom<ContextSource>('path', 'modification-time'),
  }),
  what: fc.constant<Seed['what']>('snapshot'),
  rows: fc
    .nat(3)
    .map((dirty) => [
      { start: 0x400000, end: 0x500000, permissions: 'rw-p', name: '[heap]', kib: { Rss: 9, Private_Dirty: dirty } },
    ]),
  totals: fc.constant({}),
  leaks: fc.constant([]),
  format: fc.constant('smaps'),
  file: fc.constantFrom('a/1', 'a/2', 'a/10', 'b'),
});

/** Samples of one pid under several names and start times, so that it takes many of them to tell which is which. */
export const ofOnePid: fc.Arbitrary<Seed> = fc.record({
  who: fc.record(
    {
      device: fc.constant('board-7'),
      command: fc.constantFrom('sensord', 'sh', 'a-very-long-com', 'a-very-long-command'),
      pid: fc.constant(1),
      startTicks: fc.constantFrom(100, 200, 300),
      takenAt: fc.nat(4).map((minutes) => NINE + minutes * MINUTE),
      source: fc.constantFrom<ContextSource>('path', 'header'),
    },
    { requiredKeys: ['device', 'pid', 'source'] },
  ),
  what: fc.constant<Seed['what']>('sample'),
  rows: fc.constant([]),
  totals: fc.record({ rss: fc.nat(5) }),
  leaks: fc.constant([]),
  format: fc.constantFrom('smem', 'status'),
  file: fc.constantFrom('a/1', 'a/2', 'a/10', 'b'),
});

/** No two captures stand at the same line of the same file. Some tables share their list of names, as in one thread. */
export function captureOf(
  { who: { source, ...context }, what, rows: vmas, totals: said, leaks, format, file }: Seed,
  line: number,
  shared: string[],
): Capture {
  const by = { ...context, ...(context.takenAt === undefined ? {} : { sources: { takenAt: source } }) };
  if (what === 'snapshot')
    return snapshot(by, vmas, file, { line, format, ...(file === 'b' ? {} : { paths: shared }) });
  if (what === 'meminfo') return meminfo(by, { MemTotal: 9, MemFree: said.rss ?? 0 }, file, line);
  if (what === 'sample') return sample(by, said, file, format, line);
  const told = leaks.map(({ line: at, bytes, blocks, kind }, i) =>
    loss(bytes, blocks, {
      kind,
      frames: [frame('malloc', undefined, `${line}${i}`), frame('main', `leak-example.c:${at}`)],
      origin: { file, line: line * 10 + i },
    }),
  );
  const errors = leaks.map(({ at }, i) => ({
    tool: 'asan' as const,
    kind: 'heap-use-after-free',
    message: `at ${at}`,
    frames: [frame('main')],
    related: [],
    origin: { file, line: line * 10 + i },
  }));
  return log(by, { leaks: told, errors }, file, line * 10);
}
