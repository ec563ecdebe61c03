import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analyze.js';
import { sharingOf } from '../../../src/correlate/sharing/sharing.js';
import type { SharingReport } from '../../../src/model/analysis.js';
import { correlated, MINUTE, NINE, snapshot, type VmaRow } from '../build-captures.js';

const KIB = 1024;
const code = (name: string, rss: number, pss: number, permissions = 'r-xp'): VmaRow => ({
  start: 0x400000,
  end: 0x408000,
  permissions,
  name,
  kib: { Size: 32, Rss: rss, Pss: pss, Private_Dirty: 0 },
});

const process = (pid: number, minute: number | undefined, rows: VmaRow[], device = 'board-7') =>
  snapshot(
    { device, command: `p${pid}`, pid, ...(minute === undefined ? {} : { takenAt: NINE + minute * MINUTE }) },
    rows,
    `${device}/${minute ?? ''}/${pid}/smaps`,
  );

function sharing(...captures: ReturnType<typeof process>[]): SharingReport[] {
  return sharingOf(correlated(...captures).records);
}

describe('sharing', () => {
  it('tells of each file that two processes read at the last common instant, as the first pid sees it', () => {
    const libc = (pss: number) => [
      code('/lib/libc.so', 20, pss),
      code('/lib/libc.so', 4, pss, 'r--p'),
      code('/lib/libc.so', 9, 9, 'rw-p'),
    ];
    const reports = sharing(
      process(20, 3, [...libc(7), code('/opt/own', 9, 9)]),
      process(10, 3, libc(5)),
      process(30, 2, libc(6)),
    );
    expect(reports).toEqual([
      {
        device: 'board-7',
        pathname: '/lib/libc.so',
        kind: 'file',
        takenAt: NINE + 3 * MINUTE,
        size: 64 * KIB,
        rss: 24 * KIB,
        pss: 10 * KIB,
        sharers: 2,
        pids: [10, 20],
        programs: ['p10', 'p20'],
      },
    ]);
  });

  it('leaves out what is not a file, and a process that is alone at its instant', () => {
    const rows = [code('[vdso]', 4, 1), code('', 4, 1), code('/dev/mem', 4, 1)];
    expect(sharing(process(1, 0, rows), process(2, 0, rows))).toEqual([]);
    const libc = [code('/lib/libc.so', 4, 1)];
    expect(sharing(process(1, 0, libc), process(2, 1, libc))).toEqual([]);
    expect(sharing(process(1, 0, libc, 'a'), process(2, 0, libc, 'b'))).toEqual([]);
  });

  it('without times compares all processes of the device', () => {
    const [report] = sharing(
      process(1, undefined, [code('/lib/libc.so', 4, 2)]),
      process(2, undefined, [code('/lib/libc.so', 4, 2)]),
    );
    expect(report).toMatchObject({ pathname: '/lib/libc.so', sharers: 2 });
    expect(report).not.toHaveProperty('takenAt');
  });

  it('tells of the 50 that hold the most memory', () => {
    const rows = Array.from({ length: 60 }, (_, i) => code(`/lib/${i}.so`, i, 1));
    const reports = sharing(process(1, 0, rows), process(2, 0, rows));
    expect(reports.map(({ rss }) => rss / KIB)).toEqual(Array.from({ length: 50 }, (_, i) => 59 - i));
  });

  const shared = (kib: Record<string, number>, permissions = 'r-xp', name = '/opt/own'): VmaRow => ({
    start: 0x400000,
    end: 0x408000,
    permissions,
    name,
    kib: { Size: 400, Shared_Clean: 0, Shared_Dirty: 0, Private_Clean: 0, Private_Dirty: 0, ...kib },
  });
  const implied = (kib: Record<string, number>): unknown => {
    const rows = [shared(kib)];
    return sharing(process(1, 0, rows), process(2, 0, rows))[0]?.impliedSharers;
  };

  it('implies from RSS and PSS of the shared pages how many map them', () => {
    expect(implied({ Rss: 300, Pss: 100, Shared_Clean: 300 })).toBe(3);
    expect(implied({ Rss: 400, Pss: 200, Shared_Dirty: 300, Private_Dirty: 100 })).toBe(3);
    expect(implied({ Rss: 100, Pss: 100, Private_Clean: 100 })).toBe(1);
    // Half of the pages are of two, half of four.
    expect(implied({ Rss: 4000, Pss: 1500, Shared_Clean: 4000 })).toBe(2.7);
  });

  it('takes the whole number that the rounding of PSS allows, and none where it allows almost any', () => {
    // Seven processes: 100 / 7 is 14.28 kB, which the kernel cuts to 14.
    expect(implied({ Rss: 100, Pss: 14, Shared_Clean: 100 })).toBe(7);
    expect(implied({ Rss: 8, Pss: 0, Shared_Clean: 8 })).toBeUndefined();
    expect(implied({ Rss: 400, Pss: 3, Shared_Clean: 400 })).toBeUndefined();
  });

  it('implies no less than one sharer, even where PSS is more than RSS', () => {
    expect(implied({ Rss: 100, Pss: 900, Shared_Clean: 100 })).toBe(1);
  });

  it('tells shared memory by name and inode, and what is written of files apart from what is read', () => {
    const counted = (permissions: string, name: string): VmaRow =>
      shared({ Rss: 8, Pss: 4, Shared_Dirty: 8 }, permissions, name);
    const rows = [
      counted('rw-s', '/memfd:frames (deleted)'),
      counted('rw-s', '/opt/log'),
      counted('r--s', '/opt/log'),
      counted('rw-p', '/opt/log'),
      counted('rw-s', ''),
    ];
    const reports = sharing(process(1, 0, rows), process(2, 0, rows));
    expect(reports.map(({ pathname, kind, writable }) => [pathname, kind, writable])).toEqual([
      ['/memfd:frames (deleted)', 'shared-memory', true],
      ['/opt/log', 'file', undefined],
      ['/opt/log', 'file', true],
    ]);
    const [other] = [process(2, 0, rows)];
    const inode = other.table.inode.fill(9);
    expect(
      sharing(process(1, 0, rows), { ...other, table: { ...other.table, inode } }).map(({ kind }) => kind),
    ).toEqual(['file', 'file']);
  });

  it('tells what code cost before another instance shared it, and nothing where others did already', () => {
    const alone = { Rss: 400, Pss: 400, Private_Clean: 400 };
    const halved = { Rss: 400, Pss: 200, Shared_Clean: 400 };
    const libc = (pss: number) => shared({ Rss: 500, Pss: pss, Shared_Clean: 500 }, 'r-xp', '/lib/libc.so');
    const at = (pid: number, minute: number, rows: VmaRow[]) =>
      snapshot(
        { device: 'board-7', command: 'sensord', pid, takenAt: NINE + minute * MINUTE },
        rows,
        `${minute}/${pid}/smaps`,
      );
    const reports = sharing(
      at(1, 0, [shared(alone), libc(50)]),
      at(1, 1, [shared(halved), libc(45)]),
      at(2, 1, [shared(halved), libc(45)]),
    );
    expect(reports.map(({ pathname, before }) => [pathname, before])).toEqual([
      ['/lib/libc.so', undefined],
      ['/opt/own', { takenAt: NINE, pid: 1, instances: 1, rss: 400 * KIB, pss: 400 * KIB }],
    ]);
  });

  it('tells to the kB how the code of shared-code was divided between two instances', async () => {
    const { sharing: reports } = await analyze({ captures: ['samples/sets/two-instances'] });
    const own = reports.find(({ pathname }) => pathname === '/opt/demo/shared-code');
    // 8, 292 and 268 kB of code and constants, and 4 kB that stay private (see samples/README.md).
    expect(own).toMatchObject({
      rss: 572 * KIB,
      pss: (4 + 146 + 134 + 4) * KIB,
      sharers: 2,
      impliedSharers: 2,
      pids: [9016, 9367],
      programs: ['shared-code'],
      before: { pid: 9016, instances: 1, rss: 572 * KIB, pss: (8 + 292 + 268 + 4) * KIB },
    });
  });
});
