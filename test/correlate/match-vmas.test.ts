import { describe, expect, it } from 'vitest';
import { growthOf, matchVmas, vmasOf } from '../../src/correlate/match-vmas.js';
import { tableOf, type VmaRow } from './build-captures.js';

const KIB = 1024;
const vma = (start: number, end: number, name: string, dirty = 0, more: Partial<VmaRow> = {}): VmaRow => ({
  start: start * 0x1000,
  end: end * 0x1000,
  name,
  kib: { Size: (end - start) * 4, Rss: dirty, Private_Dirty: dirty, Swap: 0 },
  ...more,
});

function matched(first: VmaRow[], last: VmaRow[]): number[] {
  return [...matchVmas(tableOf(first), tableOf(last))];
}

describe('the same VMA in two snapshots', () => {
  it('is that of the same file part and permissions, wherever it lies', () => {
    const first = [
      vma(1, 2, '/lib/a.so', 0, { permissions: 'r-xp' }),
      vma(2, 3, '/lib/a.so', 0, { offset: 0x1000 }),
      vma(9, 10, '/lib/b.so'),
    ];
    const last = [
      vma(50, 51, '/lib/b.so'),
      vma(70, 71, '/lib/a.so', 0, { permissions: 'r-xp' }),
      vma(71, 72, '/lib/a.so', 0, { offset: 0x1000 }),
    ];
    expect(matched(first, last)).toEqual([2, 0, 1]);
    expect(matched([vma(1, 2, '/lib/a.so')], [vma(1, 2, '/lib/a.so', 0, { permissions: 'r--p' })])).toEqual([-1]);
  });

  it('is the heap by its name', () => {
    expect(matched([vma(1, 2, '[heap]')], [vma(5, 9, '[heap]', 0, { offset: 0x3000, permissions: 'rwxp' })])).toEqual([
      0,
    ]);
  });

  it('of one name begins or ends at the same address; those that moved follow in the order of addresses', () => {
    const first = [vma(1, 2, '[anon:scudo]'), vma(5, 6, '[anon:scudo]'), vma(8, 9, '[anon:scudo]')];
    const last = [
      vma(0, 1, '[anon:scudo]'),
      vma(4, 6, '[anon:scudo]'),
      vma(8, 12, '[anon:scudo]'),
      vma(20, 21, '[anon:scudo]'),
    ];
    expect(matched(first, last)).toEqual([0, 1, 2, -1]);
  });

  it('without a name begins or ends at the same address, else it is new', () => {
    expect(matched([vma(10, 20, '')], [vma(10, 30, '')])).toEqual([0]);
    expect(matched([vma(10, 20, '')], [vma(5, 20, '')])).toEqual([0]);
    expect(matched([vma(10, 20, '')], [vma(11, 21, '')])).toEqual([-1]);
    // An arena that takes from the reserve above it: each keeps one of its addresses.
    expect(matched([vma(10, 12, ''), vma(12, 20, '')], [vma(10, 16, ''), vma(16, 20, '')])).toEqual([0, 1]);
    // One that was split is matched once.
    expect(matched([vma(10, 20, '')], [vma(10, 15, ''), vma(15, 20, '')])).toEqual([0, -1]);
  });
});

describe('growth', () => {
  it('is in private dirty memory and swap; a new VMA has grown by all it holds', () => {
    const first = tableOf([vma(1, 9, '[heap]', 10)]);
    const grown = vma(1, 9, '[heap]', 25);
    const last = tableOf([{ ...grown, kib: { ...grown.kib, Swap: 3 } }, vma(20, 24, '', 16)]);
    expect([...growthOf(first, last)]).toEqual([18 * KIB, 16 * KIB]);
  });

  it('is in what both snapshots have', () => {
    const rss = (kib: number) => tableOf([{ start: 0x1000, end: 0x9000, name: '[heap]', kib: { Rss: kib } }]);
    const bare = tableOf([{ start: 0x1000, end: 0x3000, name: '[heap]' }]);
    const smaps = tableOf([vma(1, 9, '[heap]', 5)]);
    expect([...growthOf(rss(10), rss(14))]).toEqual([4 * KIB]);
    expect([...growthOf(smaps, rss(14))]).toEqual([9 * KIB]);
    expect([...growthOf(bare, smaps)]).toEqual([0x6000]);
  });

  it('stands beside the VMAs of the last snapshot, if there is an earlier one', () => {
    const kept = (line: number, dirty: number) => ({
      origin: { file: 'log', line },
      table: tableOf([vma(1, 9, '[heap]', dirty)]),
    });
    const row = {
      start: '00001000',
      end: '00009000',
      permissions: 'rw-p',
      pathname: '[heap]',
      kind: 'heap',
      category: 'heap',
      size: 32 * KIB,
      swap: 0,
    };
    expect(vmasOf({ first: kept(1, 1), last: kept(50, 4) })).toEqual([{ ...row, rss: 4 * KIB, growth: 3 * KIB }]);
    expect(vmasOf({ first: kept(1, 1), last: kept(1, 1) })).toEqual([{ ...row, rss: KIB }]);
    expect(vmasOf({})).toEqual([]);
  });
});
