import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnonymousAreas, ARENA, OTHER, THREAD_STACK } from '../../../src/correlate/areas/anonymous-areas.js';
import { mappingLabel } from '../../../src/model/vma-table.js';
import { correlated, NINE, onlyRecord, snapshot, tableOf, type VmaRow } from '../build-captures.js';

const KIB = 1024;

/** Lines of /proc/PID/maps: addresses, permissions, name. */
function rowsOf(text: string): VmaRow[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [range = '', permissions = '', name = ''] = line.trim().split(/ +/);
      const [start = 0, end = 0] = range.split('-').map((address) => Number.parseInt(address, 16));
      return { start, end, permissions, name, kib: { Rss: 1, Private_Dirty: 1 } };
    });
}

/** How many VMAs each group has. */
function groupsOf(text: string): Record<string, number> {
  const { timelines } = onlyRecord(
    correlated(snapshot({ command: 'sensord', pid: 1, takenAt: NINE }, rowsOf(text), 'smaps')),
  );
  return Object.fromEntries(timelines[0]?.mappings.map(({ label, vmaCount }) => [label, vmaCount[0] ?? 0]) ?? []);
}

/** What every process of 64 bits has at its end. */
const STACK = '7ffe5905a000-7ffe5907b000 rw-p [stack]';
const PARTIAL_HEAP = '7f5898000000-7f5898021000 rw-p\n7f5898021000-7f589c000000 ---p';

describe('unnamed areas of real processes', () => {
  it('of glibc 2.36: a heap of its own for each thread, and a stack between guards', () => {
    expect(
      groupsOf(`
        7f58a8000000-7f58a8021000 rw-p
        7f58a8021000-7f58ac000000 ---p
        7f58ac000000-7f58ac021000 rw-p
        7f58ac021000-7f58b0000000 ---p
        7f58b1084000-7f58b1085000 ---p
        7f58b1085000-7f58b1885000 rw-p
        7f58b2887000-7f58b2888000 ---p
        7f58b2888000-7f58b3088000 rw-p
        7f58b3088000-7f58b308b000 rw-p
        7f58b3260000-7f58b326d000 rw-p
        ${STACK}`),
    ).toEqual({ '[anonymous]': 2, '[anonymous: arena]': 4, '[anonymous: thread stack]': 4, '[stack]': 1 });
  });

  it('of glibc 2.36 with 150 MB in blocks of 1000 bytes: heaps without a rest', () => {
    expect(
      groupsOf(`
        7f8660000000-7f8661033000 rw-p
        7f8661033000-7f8664000000 ---p
        7f8664000000-7f8668000000 rw-p
        7f8668000000-7f8669033000 rw-p
        7f8669033000-7f866c000000 ---p
        7f866c000000-7f8670000000 rw-p
        ${STACK}`),
    ).toEqual({ '[anonymous: arena]': 6, '[stack]': 1 });
  });

  it('of systemd on Linux 5.5: a stack that was merged with what was mapped above it', () => {
    expect(
      groupsOf(`
        7f4113dd6000-7f4113dd7000 ---p
        7f4113dd7000-7f41145d7000 rw-p
        7f41145d7000-7f41145d8000 ---p
        7f41145d8000-7f4114e99000 rw-p
        ${STACK}`),
    ).toEqual({ '[anonymous: thread stack]': 4, '[stack]': 1 });
  });

  it('of Java 17: threads of the virtual machine and of Java, whose guard is a part of the 1 MiB', () => {
    expect(
      groupsOf(`
        7f9f900ea000-7f9f9011b000 rw-p
        7f9f9011b000-7f9f9011c000 ---p
        7f9f9011c000-7f9f9021c000 rw-p
        7f9f9021c000-7f9f90220000 ---p
        7f9f90220000-7f9f9031c000 rw-p
        ${STACK}`),
    ).toEqual({ '[anonymous]': 1, '[anonymous: thread stack]': 4, '[stack]': 1 });
  });

  it('of Rust 1.95: stacks of 2 MiB, but not the signal stacks of 8 KiB', () => {
    expect(
      groupsOf(`
        7ffaab790000-7ffaab791000 ---p
        7ffaab791000-7ffaab793000 rw-p
        7ffaab793000-7ffaab794000 ---p
        7ffaab794000-7ffaab994000 rw-p
        ${STACK}`),
    ).toEqual({ '[anonymous]': 2, '[anonymous: thread stack]': 2, '[stack]': 1 });
  });

  it('of a program that leaks blocks of 256 KiB between guard pages: no stacks', () => {
    expect(
      groupsOf(`
        7fa122ab3000-7fa122ab4000 ---p
        7fa122ab4000-7fa122af4000 rw-p
        7fa122af4000-7fa122af5000 ---p
        7fa122af5000-7fa122b35000 rw-p
        ${STACK}`),
    ).toEqual({ '[anonymous]': 4, '[stack]': 1 });
  });

  it('of AddressSanitizer and ThreadSanitizer: shadow and allocator are neither', () => {
    expect(
      groupsOf(`
        7fff7000-8fff7000 rw-p
        8fff7000-2008fff7000 ---p
        2008fff7000-10007fff8000 rw-p
        603000000000-603000010000 rw-p
        603000010000-603e00000000 ---p
        603e00000000-603e00010000 rw-p
        603e00010000-607000000000 ---p
        7b0800000000-7b0800010000 rw-p
        7b0800010000-7b0b80000000 ---p
        ${STACK}`),
    ).toEqual({ '[anonymous]': 9, '[stack]': 1 });
  });

  it('of Chromium and Node: pages of its own allocators are neither', () => {
    expect(
      groupsOf(`
        16f400003000-16f400004000 ---p
        16f400004000-16f4001fc000 rw-p
        16f400603000-16f400604000 ---p
        16f400604000-16f4007dc000 rw-p
        16f408604000-16f408690000 rw-p
        16f408690000-16f800000000 ---p
        7f7f9c003000-7f7f9c03f000 rwxp
        7f7f9c03f000-7f7fbbe40000 ---p
        ${STACK}`),
    ).toEqual({ '[anonymous]': 8, '[stack]': 1 });
  });
});

describe('an arena', () => {
  it.each([
    ['begins at a multiple of 64 MiB', '7f589c001000-7f589c021000 rw-p\n7f589c021000-7f58a0000000 ---p'],
    ['ends at the next one', '7f589c000000-7f589c021000 rw-p\n7f589c021000-7f58a4000000 ---p'],
    ['has no gap', '7f589c000000-7f589c021000 rw-p\n7f589c022000-7f58a0000000 ---p'],
    ['is not executable', '7f589c000000-7f589c021000 rwxp\n7f589c021000-7f58a0000000 ---p'],
    ['is not the heap of Go', 'c000000000-c000400000 rw-p\nc000400000-c004000000 ---p'],
    ['has a rest somewhere', '7f589c000000-7f58a0000000 rw-p\n7f58a0000000-7f58a0021000 rw-p'],
  ])('%s', (_, text) => {
    expect(groupsOf(`${text}\n${STACK}`)).toEqual({ '[anonymous]': 2, '[stack]': 1 });
  });

  it('of which one heap grew into the next is one', () => {
    expect(groupsOf(`7f589c000000-7f58a0021000 rw-p\n7f58a0021000-7f58a4000000 ---p\n${STACK}`)).toEqual({
      '[anonymous: arena]': 2,
      '[stack]': 1,
    });
  });

  it('of a process of 32 bits has heaps of 1 MiB', () => {
    const heap = 'f6300000-f6321000 rw-p\nf6321000-f6400000 ---p';
    expect(groupsOf(`${heap}\nff8c1000-ff8e2000 rw-p [stack]`)).toMatchObject({ '[anonymous: arena]': 2 });
    expect(groupsOf(`${heap}\n${STACK}`)).toMatchObject({ '[anonymous]': 2 });
  });

  it('keeps the tables apart from which it was told', () => {
    const tables = [PARTIAL_HEAP, '7f589c000000-7f58a0000000 rw-p', PARTIAL_HEAP].map((text, i) =>
      snapshot({ command: 'sensord', pid: 1, takenAt: NINE + i }, rowsOf(`${text}\n${STACK}`), `${i}/smaps`),
    );
    expect(onlyRecord(correlated(...tables)).timelines[0]?.mappings).toMatchObject([
      { label: '[anonymous: arena]', kind: 'anonymous', at: [0, 2] },
      { label: '[anonymous]', at: [1] },
      { label: '[stack]', at: [0, 1, 2] },
    ]);
  });
});

describe('a thread stack', () => {
  it.each([
    ['with the large guard of arm64', '7f9c000f0000-7f9c00100000 ---p\n7f9c00100000-7f9c00900000 rw-p'],
    ['with its guard inside of it', '7f58b1084000-7f58b1085000 ---p\n7f58b1085000-7f58b1884000 rw-p'],
    ['of musl', '7f58b1083000-7f58b1085000 ---p\n7f58b1085000-7f58b10a6000 rw-p'],
  ])('is told %s', (_, text) => {
    expect(groupsOf(`${text}\n${STACK}`)).toEqual({ '[anonymous: thread stack]': 2, '[stack]': 1 });
  });

  it.each([
    ['without a guard', '7f58b1084000-7f58b1085000 r--p\n7f58b1085000-7f58b1885000 rw-p'],
    ['whose guard is no neighbour', '7f58b1083000-7f58b1084000 ---p\n7f58b1085000-7f58b1885000 rw-p'],
    ['behind a wide hole', '7f58b1064000-7f58b1085000 ---p\n7f58b1085000-7f58b1885000 rw-p'],
    ['that is much larger', '7f58b1084000-7f58b1085000 ---p\n7f58b1085000-7f58b2885000 rw-p'],
  ])('is not an area %s', (_, text) => {
    expect(groupsOf(`${text}\n${STACK}`)).toEqual({ '[anonymous]': 2, '[stack]': 1 });
  });

  it('is of kind stack in its group, while its VMA stays anonymous', () => {
    const text = `7f58b1084000-7f58b1085000 ---p\n7f58b1085000-7f58b1885000 rw-p\n${STACK}`;
    const [timeline] = onlyRecord(correlated(snapshot({ pid: 1, takenAt: NINE }, rowsOf(text), 'smaps'))).timelines;
    expect(timeline?.mappings[0]).toMatchObject({ label: '[anonymous: thread stack]', kind: 'stack' });
    expect(timeline?.last?.table.paths).toEqual(['', '[stack]']);
  });
});

describe('the label of a mapping', () => {
  it.each([
    ['', '[anonymous]'],
    ['[stack:812]', '[stack]'],
    ['[anon:stack_and_tls:812]', '[anon:stack_and_tls]'],
    ['[anon:stack_and_tls]', '[anon:stack_and_tls]'],
    ['[anon:scudo:primary]', '[anon:scudo:primary]'],
    ['/dev/shm/seg-1', '/dev/shm/seg-*'],
    ['/dev/shm/buf.1234', '/dev/shm/buf.*'],
    ['/dev/shm/frame12b', '/dev/shm/frame*b'],
    ['/dev/shm/3f2a.9c', '/dev/shm/*.*'],
    ['/dev/shm/cafe', '/dev/shm/cafe'],
    ['/SYSV0052e2c1 (deleted)', '/SYSV* (deleted)'],
    ['/memfd:wayland-7 (deleted)', '/memfd:wayland-* (deleted)'],
    ['/dev/ashmem/dalvik-main space_812_813 (deleted)', '/dev/ashmem/dalvik-main space_*_* (deleted)'],
    ['/usr/lib/libc-2.31.so', '/usr/lib/libc-2.31.so'],
    ['/dev/dri/card0', '/dev/dri/card0'],
  ])('of %j is one for all of its like', (pathname, label) => {
    expect(mappingLabel(pathname)).toBe(label);
  });

  it('of a long hostile name is made in no time', () => {
    const names = ['a', '1', 'a1', 'f-'].map((part) => `/dev/shm/${part.repeat(30_000)}z`);
    const before = performance.now();
    for (const name of names) mappingLabel(name);
    expect(performance.now() - before).toBeLessThan(500);
  });
});

describe('numbered shared memory', () => {
  it('is one group, whichever number comes first', () => {
    const of = (name: string, i: number) =>
      snapshot(
        { command: 'sensord', pid: 1, takenAt: NINE + i },
        [{ start: 0x1000, end: 0x2000, permissions: 'rw-s', name, kib: { Rss: 4, Private_Dirty: 0 } }],
        `${i}/smaps`,
      );
    const [timeline] = onlyRecord(correlated(of('/dev/shm/seg-1', 0), of('/dev/shm/seg-2', 1))).timelines;
    expect(timeline?.mappings).toMatchObject([{ label: '/dev/shm/seg-*', kind: 'shared-memory', at: [0, 1] }]);
    expect(timeline?.last?.table.paths).toEqual(['', '/dev/shm/seg-2']);
  });
});

describe('any table', () => {
  const HEAP = 64 * 1024 * KIB;
  /** Areas one after the other; a size of 0 goes to the next multiple of 64 MiB. */
  const rows = fc
    .array(
      fc.record({
        size: fc.constantFrom(0, 4, 16, 132, 1008, 1024, 8192, 65_536).map((kib) => kib * KIB),
        permissions: fc.constantFrom('rw-p', '---p', '---s', 'rwxp'),
        name: fc.constantFrom('', '', '', '[heap]'),
      }),
      { maxLength: 12 },
    )
    .map((areas) => {
      let end = 0x7f58_9c00_0000;
      return areas.map(({ size, ...area }): VmaRow => {
        const start = end;
        end += size === 0 ? HEAP - (start % HEAP) : size;
        return { start, end, ...area };
      });
    });

  it('has roles for unnamed private areas only, the same whatever table came before', () => {
    const again = new AnonymousAreas();
    const found = new Set<number>();
    fc.assert(
      fc.property(rows, (vmas) => {
        const table = tableOf(vmas);
        const roles = new AnonymousAreas().rolesOf(table);
        expect(again.rolesOf(table)?.slice(0, table.count)).toEqual(roles?.slice(0, table.count));
        for (const [row, { name, permissions }] of vmas.entries()) {
          const role = roles?.[row] ?? OTHER;
          found.add(role);
          if (role !== OTHER) expect(`${name ?? ''}${permissions ?? ''}`).toMatch(/^(?:rw-p|---p)$/);
        }
      }),
      { numRuns: 2000 },
    );
    expect([...found].sort()).toEqual([OTHER, ARENA, THREAD_STACK]);
  });
});
