import { describe, expect, it } from 'vitest';
import { smaps } from '../../../src/ingest/formats/smaps.js';
import { sampleOf } from '../../../src/model/memory.js';
import { type VmaTable, vmaAt } from '../../../src/model/vma-table.js';
import { type ReadResult, readText } from '../read-text.js';

// Written by hand from fs/proc/task_mmu.c of each kernel and its out-of-tree changes; the amounts are made up.

const KB = 1024;

function blockOf(header: string, fields: string): string {
  const lines = fields.split(' ').map((field) => {
    const [name = '', kb = ''] = field.split('=');
    return `${`${name}:`.padEnd(16)}${kb.padStart(8)} kB\n`;
  });
  return `${header}\n${lines.join('')}`;
}

const ERAS: readonly (readonly [kernel: string, fields: string, tail: string])[] = [
  ['2.6.16', 'Size=84 Rss=24 Shared_Clean=4 Shared_Dirty=0 Private_Clean=8 Private_Dirty=12', ''],
  [
    '2.6.32',
    'Size=84 Rss=24 Pss=20 Shared_Clean=4 Shared_Dirty=0 Private_Clean=8 Private_Dirty=12 Referenced=24 Swap=3 KernelPageSize=4 MMUPageSize=4',
    '',
  ],
  [
    '3.10',
    'Size=84 Rss=24 Pss=20 Shared_Clean=4 Shared_Dirty=0 Private_Clean=8 Private_Dirty=12 Referenced=24 Anonymous=12 AnonHugePages=0 Swap=3 KernelPageSize=4 MMUPageSize=4 Locked=20',
    'VmFlags: rd wr mr mw me ac \n',
  ],
  [
    '4.14',
    'Size=84 Rss=24 Pss=20 Shared_Clean=4 Shared_Dirty=0 Private_Clean=8 Private_Dirty=12 Referenced=24 Anonymous=12 LazyFree=0 AnonHugePages=0 ShmemPmdMapped=0 Shared_Hugetlb=0 Private_Hugetlb=0 Swap=3 SwapPss=3 KernelPageSize=4 MMUPageSize=4 Locked=0',
    'ProtectionKey:         0\nVmFlags: rd wr mr mw me ac sd \n',
  ],
  [
    '5.4',
    'Size=84 KernelPageSize=4 MMUPageSize=4 Rss=24 Pss=20 Shared_Clean=4 Shared_Dirty=0 Private_Clean=8 Private_Dirty=12 Referenced=24 Anonymous=12 LazyFree=0 AnonHugePages=0 ShmemPmdMapped=0 FilePmdMapped=0 Shared_Hugetlb=0 Private_Hugetlb=0 Swap=3 SwapPss=3 Locked=0',
    'THPeligible:\t\t0\nVmFlags: rd wr mr mw me ac sd \n',
  ],
  [
    '6.18',
    'Size=84 KernelPageSize=4 MMUPageSize=4 Rss=24 Pss=20 Pss_Dirty=12 Shared_Clean=4 Shared_Dirty=0 Private_Clean=8 Private_Dirty=12 Referenced=24 Anonymous=12 KSM=0 LazyFree=0 AnonHugePages=0 ShmemPmdMapped=0 FilePmdMapped=0 Shared_Hugetlb=0 Private_Hugetlb=0 Swap=3 SwapPss=3 Locked=0',
    'THPeligible:           0\nProtectionKey:         0\nVmFlags: rd wr mr mw me ac sd \n',
  ],
];

const [, MODERN, FLAGS] = ERAS[5] ?? ['', '', ''];
const HEAP = '01a3f000-01a54000 rw-p 00000000 00:00 0                                  [heap]';
const SECOND = '02a3f000-02a54000 rw-p 00000000 00:00 0 ';

function onlyTable(result: ReadResult): VmaTable {
  const [reading, ...more] = result.readings;
  if (reading?.type !== 'snapshot' || more.length > 0) throw new Error('expected one snapshot');
  expect(reading.truncated).toBeUndefined();
  return reading.table;
}

function tableOf(text: string): VmaTable {
  const result = readText(smaps, text);
  expect([result.problems, result.rest]).toEqual([[], '']);
  return onlyTable(result);
}

const namesIn = (text: string): string[] => {
  const table = tableOf(text);
  return Array.from({ length: table.count }, (_, row) => vmaAt(table, row).pathname);
};

/** An area of this header, in the words of the newest kernel. */
const area = (header: string, changed: (fields: string) => string = (fields) => fields): string =>
  blockOf(header, changed(MODERN)) + FLAGS;

describe('smaps of Linux', () => {
  it.each(ERAS)('%s', (kernel, fields, tail) => {
    const table = tableOf(blockOf(HEAP, fields) + tail + blockOf(SECOND, fields) + tail);
    const { vss, rss, pss, uss, swap, privateDirty, vmaCount } = sampleOf(table);
    expect({ vss, rss, uss, privateDirty, vmaCount }).toEqual({
      vss: 168 * KB,
      rss: 48 * KB,
      uss: 40 * KB,
      privateDirty: 24 * KB,
      vmaCount: 2,
    });
    const isOldest = kernel === '2.6.16';
    expect([pss, swap]).toEqual(isOldest ? [undefined, undefined] : [40 * KB, 6 * KB]);
    const printed = fields.split(' ').map((field) => field.split('=')[0] ?? '');
    for (const name of printed.filter((one) => !one.endsWith('PageSize')))
      expect([...table.counters.keys()]).toContain(name);
    for (const name of ['THPeligible', 'ProtectionKey', 'VmFlags']) expect(table.counters.has(name)).toBe(false);
    expect(vmaAt(table, 0)).toMatchObject({ kind: 'heap', rss: 24 * KB, uss: 20 * KB });
  });

  it.each(ERAS.flatMap((first) => ERAS.filter((second) => second !== first).map((second) => [first, second] as const)))(
    '%s is told apart from another kernel in the same file',
    (...eras) => {
      const text = eras.map(
        ([, fields, tail]) =>
          blockOf(SECOND, fields) + tail + blockOf('03a3f000-03a54000 rw-p 00000000 00:00 0 ', fields) + tail,
      );
      const { readings, problems } = readText(smaps, text.join(''));
      expect(problems).toEqual([]);
      const samples = readings.map((reading) => (reading.type === 'snapshot' ? sampleOf(reading.table) : {}));
      expect(samples.map(({ rss, pss }) => [rss, pss])).toEqual(
        eras.map(([kernel]) => [48 * KB, kernel === '2.6.16' ? undefined : 40 * KB]),
      );
    },
  );
});

describe('memory of huge pages', () => {
  it('is outside of RSS, PSS and USS', () => {
    const huge = area(
      '7f0000000000-7f0040000000 rw-s 00000000 00:0f 1234                       /dev/hugepages/pool',
      () =>
        'Size=1048576 Rss=0 Pss=0 Shared_Clean=0 Shared_Dirty=0 Private_Clean=0 Private_Dirty=0 Shared_Hugetlb=524288 Private_Hugetlb=524288 Swap=0',
    );
    const table = tableOf(area(HEAP) + huge);
    expect(sampleOf(table)).toMatchObject({ rss: 24 * KB, pss: 20 * KB, uss: 20 * KB, privateDirty: 12 * KB });
    expect(vmaAt(table, 1)).toMatchObject({ rss: 0, uss: 0 });
    expect(table.counters.get('Private_Hugetlb')?.[1]).toBe(524288 * KB);
    expect(table.counters.get('Shared_Hugetlb')?.[1]).toBe(524288 * KB);
  });
});

describe("Android's Name line", () => {
  const NAME = '[anon:dalvik-main space (region space)]';
  const HEADER = '12c00000-12c15000 rw-p 00000000 00:00 0 ';

  it.each([
    [
      'with the name in the header too (GKI 5.10)',
      `${HEADER.trimEnd()}    ${NAME}`,
      (block: string) => block.replace('\n', `\nName:           ${NAME}\n`),
    ],
    ['as the last line (3.x and 4.x)', HEADER, (block: string) => `${block}Name:           ${NAME}\n`],
    ['and none, but the header (mainline since 5.17)', `${HEADER.padEnd(73)}${NAME}`, (block: string) => block],
  ])('%s', (_, header, edit) => {
    expect(namesIn(edit(area(header)) + area(SECOND.replace(/^02a/, '22a').replace('-02a', '-22a')))).toEqual([
      NAME,
      '',
    ]);
  });

  it('that is the last line may be empty, and then names nothing', () => {
    const block = blockOf(HEADER.trimEnd(), ERAS[1]?.[1] ?? '');
    const third = blockOf('32c00000-32c15000 rw-p 00000000 00:00 0', ERAS[1]?.[1] ?? '');
    const text = `${block}Name:           [heap]\n${block.replaceAll('12c', '22c')}Name:\n${third}Name:           [anon:x]\n`;
    expect(namesIn(text)).toEqual(['[heap]', '', '[anon:x]']);
  });

  it('never renames a file', () => {
    const block = area(`${HEADER.padEnd(73)}/system/lib/libc.so`).replace('\n', '\nName:           [anon:other]\n');
    expect(namesIn(block)).toEqual(['/system/lib/libc.so']);
  });

  it('is told apart from the first line of status', () => {
    const { rest } = readText(smaps, `${area(HEADER)}Name:\tsensord\nUmask:\t0022\n`);
    expect(rest).toBe('Name:\tsensord\nUmask:\t0022\n');
  });
});

describe('names', () => {
  it.each([
    '[anon:thread signal stack]',
    '[anon:a [nested] name]',
    '[anon:.bss]',
    '[anon:stack_and_tls:25207]',
    '[anon:/data/app/~~X==/base.apk!classes.dex]',
    '[anon_shmem:x y]',
    '[stack:1002]',
    '/memfd: (deleted)',
    '/memfd:/jit-cache (deleted)',
    '/SYSV00000000 (deleted)',
    'anon_inode:[io_uring]',
    '/mnt/wd/00400000-00500000 r-xp 00000000 08:01 1 ',
    '/mnt/wd/Rss:                 999 kB',
    '/mnt/wd/looks gone (deleted) (deleted)',
    '/mnt/wd/new\\012line',
    '/mnt/wd/ ends with a blank ',
    '/mnt/wd/Name:           [heap]',
    '[rollup',
    '/mnt/wd/kB',
  ])('keep %j as it is', (name) => {
    expect(namesIn(area(`${SECOND.padEnd(73)}${name}`) + area('03a3f000-03a54000 rw-p 00000000 00:00 0 '))).toEqual([
      name,
      '',
    ]);
  });

  it('of vsyscall stand at an address that is exact', () => {
    const text = area('ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]', (fields) =>
      fields.replace('Size=84', 'Size=4').replace(/(Rss|Pss|Private_Clean|Private_Dirty)=\d+/g, '$1=0'),
    );
    const table = tableOf(area(HEAP) + text);
    expect(vmaAt(table, 1)).toMatchObject({
      start: 'ffffffffff600000',
      end: 'ffffffffff601000',
      kind: 'kernel',
      rss: 0,
    });
  });
});

describe('counters', () => {
  it('of a vendor are kept, words and flags are not', () => {
    const vendor = (block: string): string =>
      block
        .replace('Locked:', 'Vendor_Compressed:   7 kB\nLocked:')
        .replace('VmFlags', 'ksm_state:            1\nVmFlags');
    const table = tableOf(vendor(area(HEAP)) + vendor(area(SECOND)));
    expect([...(table.counters.get('Vendor_Compressed') ?? [])]).toEqual([7 * KB, 7 * KB]);
    expect(table.counters.has('ksm_state')).toBe(false);
    expect(sampleOf(table).rss).toBe(48 * KB);
  });

  it('with more Rss than Size are kept, with one warning for the snapshot', () => {
    const unlikely = (header: string): string => area(header, (fields) => fields.replace('Size=84', 'Size=8'));
    const result = readText(
      smaps,
      area(HEAP) + unlikely(SECOND) + unlikely('03a3f000-03a54000 rw-p 00000000 00:00 0 '),
    );
    const line = area(HEAP).split('\n').length;
    expect(result.problems).toEqual([
      {
        severity: 'warning',
        code: 'unlikely-value',
        message: 'expected Rss up to the Size of 8 kB in the VMA at 02a3f000, found 24 kB',
        file: 'test.txt',
        line,
      },
    ]);
    expect(sampleOf(onlyTable(result))).toMatchObject({ vss: 100 * KB, rss: 72 * KB });
  });
});
