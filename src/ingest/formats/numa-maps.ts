import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';

/**
 * /proc/PID/numa_maps: on which memory nodes the pages of each mapping lie.
 *
 *     55a9e753c000 default file=/usr/lib/systemd/systemd mapped=52 mapmax=2 active=16 N0=52 kernelpagesize_kB=4
 *     7ffd2a1c0000 prefer=static:0 stack anon=3 dirty=3 N0=3 kernelpagesize_kB=4
 *
 * Recognized, so that it is not taken for something unknown, and ignored by rule: where pages lie says nothing about
 * leaks, and what it counts stands in smaps too.
 * Source: show_numa_map in fs/proc/task_mmu.c, mpol_to_str in mm/mempolicy.c.
 */
export const numaMaps: CaptureFormat = {
  id: 'numa_maps',
  name: '/proc/PID/numa_maps',
  specification: 'https://man7.org/linux/man-pages/man5/proc_pid_numa_maps.5.html',
  howToCapture: 'not needed: use smaps',
  process: 'takes',
  firstLine: /^[0-9a-f]{8,16} /,
  recognizes: (head) => AREA.test(head),
  open: () => lineReader({ line: (text) => AREA.test(text), end: () => undefined }),
};

const AREA =
  /^[0-9a-f]{8,16} (?:default|prefer \(many\)|prefer|bind|interleave|weighted interleave|local)(?:=[a-z|]{1,40})?(?::[\d,-]{1,400})?(?:[ \n]|$)/;
