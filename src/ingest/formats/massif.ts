import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';
import { MassifReader } from './massif-reader.js';

/**
 * What valgrind's massif writes: how much heap was in use, snapshot by snapshot, and for some of them by whom.
 *
 *     desc: --massif-out-file=massif.out.17742
 *     cmd: /opt/demo/leak-example 8
 *     time_unit: i
 *     #-----------
 *     snapshot=3
 *     #-----------
 *     time=118544
 *     mem_heap_B=13312
 *     mem_heap_extra_B=16
 *     mem_stacks_B=0
 *     heap_tree=detailed
 *     n2: 13312 (heap allocation functions) malloc/new/new[], --alloc-fns, etc.
 *      n0: 12288 0x1091FC: main (leak-example.c:29)
 *      n0: 1024 0x10921B: main (leak-example.c:31)
 *
 * heaptrack writes it, too ("time_unit: s"). It tells where heap memory is held and grows, not what of it is lost.
 */
export const massif: CaptureFormat = {
  id: 'massif',
  name: 'valgrind massif output',
  specification: 'https://valgrind.org/docs/manual/ms-manual.html',
  howToCapture: 'valgrind --tool=massif --massif-out-file=massif.%p.out PROGRAM',
  firstLine: /^desc: /,
  recognizes: (head) => HEADER.test(head),
  open: (section) => lineReader(new MassifReader(section)),
};

const HEADER = /^desc: [^\n]*\ncmd: [^\n]*\ntime_unit: (?:i|ms|B|s)(?:\n|$)/;
