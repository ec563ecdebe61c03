import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';

/**
 * /proc/meminfo: the memory of the whole device. Recognized, so that it is not taken for something unknown; the
 * verdict on a program does not use it.
 *
 *     MemTotal:       24684092 kB
 *     MemFree:        23021348 kB
 *
 * Source: https://docs.kernel.org/filesystems/proc.html
 */
export const meminfo: CaptureFormat = {
  id: 'meminfo',
  name: '/proc/meminfo',
  specification: 'https://docs.kernel.org/filesystems/proc.html',
  howToCapture: 'cat /proc/meminfo',
  recognizes: (head) => /^MemTotal: +\d+ kB\nMemFree: +\d+ kB\n/.test(head),
  open: () => lineReader({ line: (text) => /^[A-Z]\w*(?:\(\w+\))?: +\d+(?: kB)?$/.test(text), end: () => undefined }),
};
