import type { CaptureFormat } from '../format.js';
import { VMA_HEADER } from '../vma-header.js';
import { SmapsReader } from './smaps-reader.js';

/**
 * /proc/PID/smaps, of every kernel since 2.6.14: `cat /proc/PID/smaps`.
 *
 *     559329443000-559329444000 r--p 00000000 fe:00 2360825                    /opt/demo/leak-example
 *     Size:                  4 kB
 *     Rss:                   4 kB
 *     …
 *     VmFlags: rd mr mw me sd
 *
 * Fields differ from kernel to kernel: all that carry kB become counters, known to us or not. THPeligible, VmFlags and
 * ProtectionKey are no amounts of memory and are left out. Android's `Name:` line names an area that has no path.
 * A snapshot ends where addresses start again from below.
 * Source: https://docs.kernel.org/filesystems/proc.html
 */
export const smaps: CaptureFormat = {
  id: 'smaps',
  name: '/proc/PID/smaps',
  specification: 'https://docs.kernel.org/filesystems/proc.html',
  howToCapture: 'cat /proc/PID/smaps',
  process: 'takes',
  firstLine: /^[0-9a-f]{1,16}-[0-9a-f]{1,16} [r-][w-][x-][sp-] /,
  recognizes: (head) => {
    if (!VMA_HEADER.test(head) || head.slice(0, head.indexOf('\n')).endsWith('[rollup]')) return false;
    return /^[^\n]*\n(?:Name:[^\n]*\n)?(?:Size|Rss|Pss|KernelPageSize):[ \t]/.test(head);
  },
  open: (section) => section.kept(smaps, () => new SmapsReader(section)).reopen(section),
};
