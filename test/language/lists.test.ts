import { describe, expect, it } from 'vitest';
import { loadLanguage } from '../../src/report/language/languages.js';

const { find } = await loadLanguage('zh-CN');

describe('of texts with lists, each part is translated', () => {
  it('what each tool lost, with the blocks of each', () => {
    const two = 'memcheck 8.6 MiB in 1,440 blocks, LeakSanitizer 5.7 MiB in 40 blocks';
    expect(find(two, 'told')).toBe('memcheck 8.6 MiB（1,440 个块），LeakSanitizer 5.7 MiB（40 个块）');
    expect(find(`${two}, DHAT 1 KiB in 1 block`, 'told')).toBe(
      'memcheck 8.6 MiB（1,440 个块），LeakSanitizer 5.7 MiB（40 个块），DHAT 1 KiB（1 个块）',
    );
  });

  it('the summary of a leak checker', () => {
    expect(find('memcheck summary: definite 7 bytes in 2 blocks, reachable 5 bytes in 1 blocks')).toBe(
      'memcheck 摘要：确定 7 字节（2 个块），可达 5 字节（1 个块）',
    );
  });

  it('what a chart of memory is called aloud', () => {
    expect(find('VSS; RSS · USS + swap · Private over 24 samples, trend +1 GiB/h, trend 0 B/h')).toBe(
      'VSS；RSS · USS + 交换 · 私有，24 个样本，趋势 +1 GiB/h，趋势 0 B/h',
    );
  });

  it('the layers of a device, its programs by their names, however many', () => {
    const names = Array.from({ length: 9 }, (_, index) => `daemon-${index}`);
    expect(find(`${names.join(', ')}, Not captured, Kernel, Cache, slab at 26 instants`)).toBe(
      `${names.join('、')}、未采集、内核、缓存、slab，26 个时刻`,
    );
  });

  it('an area of the address space', () => {
    expect(find('/usr/lib/lib, a.so, 1 VMA\n7f00-8f00 r--p rw-p, program or library, 5 VMAs, 20 KiB')).toBe(
      '/usr/lib/lib, a.so, 1 VMA\n7f00-8f00 r--p rw-p，程序或库，5 个 VMA，20 KiB',
    );
    expect(
      find(
        '[heap]\n7f00-8f00 rw-p, heap, 1 VMA, 20 KiB, 16 KiB resident, 8 KiB private, +4 KiB since the first snapshot',
      ),
    ).toBe('[heap]\n7f00-8f00 rw-p，堆，1 个 VMA，20 KiB，16 KiB 驻留，8 KiB 私有，自首个快照以来 +4 KiB');
  });
});

describe('a blank stands between Chinese and other scripts', () => {
  it('where a hole begins or ends', () => {
    expect(find('RSS did not change in 12 samples over 11 s')).toBe('12 个样本（11 秒）中 RSS 没有变化');
    expect(find('unreclaimable memory did not change in 12 samples')).toBe('12 个样本中不可回收内存没有变化');
  });
});
