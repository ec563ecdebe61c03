/**
 * The tool whose file of costs begins here; undefined: none does. Both list events by source line, no heap memory.
 *
 *     desc: I1 cache:         32768 B, 64 B, 8-way associative        # callgrind format
 *     cmd: /opt/demo/leak-list                                        version: 1
 *     events: Ir I1mr ILmr                                            creator: callgrind-3.19.0
 *     fl=./csu/../csu/libc-start.c                                    pid: 27918
 *     fn=__libc_start_main@@GLIBC_2.34                                …
 *     128 2 1 1                                                       0 11
 *
 * Source: valgrind's docs, cl-format.html; cachegrind/cg_main.c, fprint_CC_table_and_calc_totals.
 */
export function costFileTool(head: string): 'cachegrind' | 'callgrind' | undefined {
  if (CALLGRIND.test(head)) return 'callgrind';
  return CACHEGRIND.test(head) ? 'cachegrind' : undefined;
}

const CALLGRIND = /^(?:# callgrind format|(?:version: \d+\n)?creator: callgrind-)/;
const CACHEGRIND = /^(?:desc: [^\n]{0,200}\n){0,9}cmd: [^\n]*\nevents: Ir\b/;

/** Whether a line may stand in such a file. */
export function isCostLine(line: string): boolean {
  return COSTS.test(line);
}

const COSTS =
  /^(?:$|# callgrind format|(?:version|creator|pid|cmd|part|thread|desc|positions|events|event|summary|totals): |(?:ob|fl|fi|fe|fn|cob|cfi|cfl|cfn|calls|jump|jcnd)=|(?:0x[\da-f]{1,16}|[+-]?\d{1,20}|\*)(?: (?:0x[\da-f]{1,16}|[+-]?\d{1,20}|\*))* ?$)/;
