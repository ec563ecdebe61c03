import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';

/**
 * /proc/PID/statm: size, resident, shared, text, lib, data and dt of a process in pages; lib and dt are always 0.
 *
 *     1123 814 735 193 0 142 0
 *     1795395985 784 568 363 1 0 254 0            a loop that prints the epoch first
 *
 * Recognized, so that it is not taken for something unknown, and ignored by rule: how large a page is (4, 16 or
 * 64 KiB) stands nowhere in it, so that its numbers cannot become bytes.
 * Source: https://man7.org/linux/man-pages/man5/proc_pid_statm.5.html
 */
export const statm: CaptureFormat = {
  id: 'statm',
  name: '/proc/PID/statm',
  specification: 'https://man7.org/linux/man-pages/man5/proc_pid_statm.5.html',
  howToCapture: 'not needed: use smaps or status (statm counts pages of unknown size)',
  firstLine: /^(?:\d{9,13}(?:\.\d{1,9})? )?(?:\d{1,20} ){4}0 /,
  recognizes(head) {
    if (!/^\d/.test(head)) return false;
    const lines = head.split('\n');
    // The last line may be cut where the head ends.
    if (lines.length > 1) lines.pop();
    return lines.length > 0 && lines.every((line) => STATM.test(line));
  },
  open: () => lineReader({ line: (text) => STATM.test(text), end: () => undefined }),
};

const STATM = /^(?:\d{9,13}(?:\.\d{1,9})? )?(?:\d{1,20} ){4}0 \d{1,20} 0$/;
