import { describe, expect, it } from 'vitest';
import { sharingOf } from '../../src/correlate/sharing.js';
import type { SharingReport } from '../../src/model/analysis.js';
import { correlated, MINUTE, NINE, snapshot, type VmaRow } from './build-captures.js';

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
        takenAt: NINE + 3 * MINUTE,
        size: 64 * KIB,
        rss: 24 * KIB,
        pss: 10 * KIB,
        sharers: 2,
        pids: [10, 20],
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
});
