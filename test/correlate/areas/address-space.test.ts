import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressSpaceOf } from '../../../src/correlate/areas/address-space.js';
import { MOST_AREAS } from '../../../src/correlate/areas/bounded-areas.js';
import { mappingKindsOf } from '../../../src/correlate/areas/mapping-kinds.js';
import type { AddressArea, AddressSpaceReport } from '../../../src/model/address-space.js';
import type { KeptSnapshot } from '../../../src/model/program.js';
import { tableOf, type VmaRow } from '../build-captures.js';

const PAGE = 4096;

function kept(rows: readonly VmaRow[], line = 1): KeptSnapshot {
  return { origin: { file: 'log', line }, table: tableOf(rows) };
}

function spaceOf(...snapshots: readonly (readonly VmaRow[])[]): AddressSpaceReport {
  const [first, last] = snapshots.map((rows, index) => kept(rows, index + 1));
  const space = addressSpaceOf(
    last === undefined ? { ...(first && { last: first }) } : { ...(first && { first }), last },
  );
  if (!space) throw new Error('expected an address space');
  return space;
}

const row = (start: number, pages: number, name = '', permissions = 'rw-p', kib: VmaRow['kib'] = {}): VmaRow => ({
  start: start * PAGE,
  end: (start + pages) * PAGE,
  permissions,
  name,
  kib: { Size: pages * 4, Rss: 0, Private_Dirty: 0, Swap: 0, ...kib },
});

describe('what is one block', () => {
  it('the parts of a library with its .bss', () => {
    const { after } = spaceOf([
      row(100, 1, '/lib/libz.so', 'r--p'),
      row(101, 4, '/lib/libz.so', 'r-xp', { Rss: 8 }),
      row(105, 1, '/lib/libz.so', 'rw-p', { Rss: 4, Private_Dirty: 4 }),
      row(106, 2, '', 'rw-p', { Rss: 4, Private_Dirty: 4, Swap: 4 }),
      row(108, 1, '/lib/libm.so', 'r-xp'),
    ]);
    expect(after).toEqual([
      {
        start: '00064000',
        end: '0006c000',
        label: '/lib/libz.so',
        category: 'image',
        permissions: 'r--p r-xp rw-p',
        vmaCount: 4,
        size: 8 * PAGE,
        rss: 16_384,
        privateBytes: 12_288,
      },
      expect.objectContaining({ label: '/lib/libm.so', vmaCount: 1 }),
    ]);
  });

  it('a stack with its guard, and each arena by itself', () => {
    const arena = 0x7f00_0000_0000 / PAGE;
    const stack = 0x7f10_0000_0000 / PAGE;
    const { after } = spaceOf([
      row(arena, 33),
      row(arena + 33, 16_384 - 33, '', '---p'),
      row(arena + 16_384, 33),
      row(arena + 16_384 + 33, 16_384 - 33, '', '---p'),
      row(stack, 1, '', '---p'),
      row(stack + 1, 2048),
    ]);
    expect(after.map(({ label, category, vmaCount }) => [label, category, vmaCount])).toEqual([
      ['[anonymous: arena]', 'glibc-arena', 2],
      ['[anonymous: arena]', 'glibc-arena', 2],
      ['[anonymous: thread stack]', 'thread-stack', 2],
    ]);
  });

  it('a library with a gap that has no access, but not one behind another thing', () => {
    const { after } = spaceOf([
      row(10, 1, '/lib/a.so', 'r-xp'),
      row(11, 9, '', '---p'),
      row(20, 1, '/lib/a.so', 'rw-p'),
      row(21, 1, '/etc/table', 'r--p'),
      row(22, 1, '/lib/a.so', 'r--p'),
    ]);
    expect(after.map(({ label, vmaCount }) => [label, vmaCount])).toEqual([
      ['/lib/a.so', 3],
      ['/etc/table', 1],
      ['/lib/a.so', 1],
    ]);
  });
});

describe('two snapshots', () => {
  it('say what is new, what is gone and what grew', () => {
    const { before, after } = spaceOf(
      [row(10, 4, '[heap]', 'rw-p', { Rss: 8, Private_Dirty: 8 }), row(50, 1, '/tmp/gone', 'r--p')],
      [row(10, 8, '[heap]', 'rw-p', { Rss: 32, Private_Dirty: 32 }), row(90, 1, '', 'rw-p', { Private_Dirty: 4 })],
    );
    expect(before?.map(({ label, change, growth }) => [label, change, growth])).toEqual([
      ['[heap]', undefined, undefined],
      ['/tmp/gone', 'gone', undefined],
    ]);
    expect(after.map(({ label, change, growth }) => [label, change, growth])).toEqual([
      ['[heap]', undefined, 24 * 1024],
      ['[anonymous]', 'new', 4 * 1024],
    ]);
  });

  it('of maps have sizes only', () => {
    const bare = { start: 0x10000, end: 0x20000, name: '[heap]' };
    const { before, after } = spaceOf([bare], [{ ...bare, end: 0x40000 }]);
    expect(before?.[0]).not.toHaveProperty('rss');
    expect(after[0]).toMatchObject({ size: 0x30000, growth: 0x20000 });
    expect(after[0]).not.toHaveProperty('privateBytes');
  });
});

it('what can be written to and executed is told, within a merged area too', () => {
  const many = Array.from({ length: 400 }, (_, i) =>
    row(10 * i + 10, 1, i === 200 ? '' : `/f/${i}`, i === 200 ? 'rwxp' : 'r--p'),
  );
  const { after } = spaceOf(many);
  expect(after.reduce((sum, { writableCode = 0 }) => sum + writableCode, 0)).toBe(PAGE);
  expect(after.find(({ writableCode }) => writableCode !== undefined)).not.toHaveProperty('others');
});

it('a snapshot that is the first and the last has nothing to be compared with', () => {
  const rows = [row(10, 4, '[heap]', 'rw-p', { Rss: 8 })];
  expect(addressSpaceOf({ first: kept(rows), last: kept(rows) })).not.toHaveProperty('before');
  expect(mappingKindsOf({ first: kept(rows), last: kept(rows) })[0]).not.toHaveProperty('growth');
});

it('without a VMA that has an address there is none', () => {
  expect(addressSpaceOf({ last: kept([{ start: 0, end: 0, kib: { Rss: 4 } }]) })).toBeUndefined();
  expect(addressSpaceOf({})).toBeUndefined();
});

/** VMAs as a kernel has them: disjoint, in order, of any name and permissions. */
const names = fc.constantFrom(
  '',
  '',
  '[heap]',
  '[stack]',
  '/lib/a.so',
  '/lib/b.so.1',
  '/tmp/<b>',
  '[anon:scudo:primary]',
  '\u202e',
);
const vmas = fc
  .array(
    fc.record({
      hole: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 100_000 })),
      pages: fc.integer({ min: 1, max: 3000 }),
      name: names,
      permissions: fc.constantFrom('r--p', 'r-xp', 'rw-p', '---p', 'rwxp', 'rw-s'),
      rss: fc.integer({ min: 0, max: 64 }),
    }),
    { minLength: 1, maxLength: 400 },
  )
  .map((parts) => {
    let at = 16;
    return parts.map(({ hole, pages, name, permissions, rss }): VmaRow => {
      at += hole;
      const made = row(at, pages, name, permissions, { Rss: rss, Private_Dirty: rss });
      at += pages;
      return made;
    });
  });

function expectWhole(areas: readonly AddressArea[], rows: readonly VmaRow[]): void {
  expect(areas.length).toBeLessThanOrEqual(MOST_AREAS);
  const places = areas.map(({ start, end }) => [Number.parseInt(start, 16), Number.parseInt(end, 16)] as const);
  for (const [index, [from, to]] of places.entries()) {
    expect(from).toBeLessThan(to);
    expect(places[index - 1]?.[1] ?? 0).toBeLessThanOrEqual(from);
  }
  const sum = (numberOf: (area: AddressArea) => number | undefined): number =>
    areas.reduce((total, area) => total + (numberOf(area) ?? 0), 0);
  const rowSum = (name: string): number => rows.reduce((total, { kib }) => total + (kib?.[name] ?? 0) * 1024, 0);
  expect(sum(({ vmaCount }) => vmaCount)).toBe(rows.length);
  expect(sum(({ size }) => size)).toBe(rowSum('Size'));
  expect(sum(({ rss }) => rss)).toBe(rowSum('Rss'));
  expect(sum(({ privateBytes }) => privateBytes)).toBe(rowSum('Private_Dirty'));
  for (const { start, end } of rows) {
    expect(places.filter(([from, to]) => from <= start && end <= to)).toHaveLength(1);
  }
}

it('areas are disjoint, in order, at most 150, and hold every VMA once', () => {
  fc.assert(
    fc.property(vmas, vmas, (first, last) => {
      const { before = [], after } = spaceOf(first, last);
      expectWhole(before, first);
      expectWhole(after, last);
    }),
    { numRuns: 60 },
  );
});

it('the sums by category are those of the VMAs, and growth is the difference of both snapshots', () => {
  fc.assert(
    fc.property(vmas, vmas, (first, last) => {
      const kinds = mappingKindsOf({ first: kept(first, 1), last: kept(last, 2) });
      const sum = (numberOf: (kind: (typeof kinds)[number]) => number | undefined): number =>
        kinds.reduce((total, kind) => total + (numberOf(kind) ?? 0), 0);
      const rowSum = (rows: readonly VmaRow[], name: string): number =>
        rows.reduce((total, { kib }) => total + (kib?.[name] ?? 0) * 1024, 0);
      expect(sum(({ vmaCount }) => vmaCount)).toBe(last.length);
      expect(sum(({ size }) => size)).toBe(rowSum(last, 'Size'));
      expect(sum(({ privateBytes }) => privateBytes)).toBe(rowSum(last, 'Private_Dirty'));
      expect(sum(({ growth }) => growth)).toBe(rowSum(last, 'Private_Dirty') - rowSum(first, 'Private_Dirty'));
    }),
    { numRuns: 60 },
  );
});

it('overlapping and unsorted VMAs, which only a damaged capture has, are one area', () => {
  const { after } = spaceOf([row(50, 10, '/b'), row(10, 30, '/a'), row(20, 40, '/c')]);
  expect(after).toMatchObject([{ start: '0000a000', end: '0003c000', vmaCount: 3 }]);
});

it('10,000 VMAs take no time', () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => row(3 * i + 10, 1, i % 3 ? `/f/${i}` : '', 'rw-p', { Rss: 4 }));
  const started = performance.now();
  const { after } = spaceOf(rows, rows);
  expect(performance.now() - started).toBeLessThan(2000);
  expectWhole(after, rows);
});
