import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';

/**
 * What valgrind's massif writes: how much heap was in use, snapshot by snapshot.
 *
 *     desc: --massif-out-file=massif.out.17742
 *     cmd: /opt/demo/leak-list
 *     time_unit: i
 *     #-----------
 *     snapshot=0
 *     #-----------
 *     time=0
 *     mem_heap_B=0
 */
export const massif: CaptureFormat = {
  id: 'massif',
  name: 'valgrind massif output',
  specification: 'https://valgrind.org/docs/manual/ms-manual.html',
  howToCapture: 'not needed: use memcheck (valgrind --leak-check=full PROGRAM)',
  refusal:
    'massif tells where heap memory is used, not what of it is lost: use memcheck (valgrind --leak-check=full PROGRAM)',
  recognizes: (head) => HEADER.test(head),
  open: () => lineReader({ line: (text) => text === '' || OWN_LINE.test(text), end: () => undefined }),
};

const HEADER = /^desc: [^\n]*\ncmd: [^\n]*\ntime_unit: (?:i|ms|B)(?:\n|$)/;

const OWN_LINE =
  /^(?:desc: |cmd: |time_unit: |#-{3,}$|(?:snapshot|time|mem_heap_B|mem_heap_extra_B|mem_stacks_B|heap_tree)=|\s{0,512}n\d{1,9}: \d)/;
