import type { KernelFinding } from '../../model/kernel-finding.js';
import type { CaptureFormat, LineReader, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import type { KernelFact } from './kernel-fault.js';
import { parseFault } from './kernel-fault.js';
import { parseKernelHeadline } from './kernel-headline.js';
import { type KernelLine, kernelLine } from './kernel-line.js';
import { OutOfMemoryReader, tellsOutOfMemory } from './kernel-out-of-memory.js';
import { KernelReport } from './kernel-report.js';

const FIRST_LINE =
  /BUG: K|BUG: Double free|UBSAN: |KASAN: |GPF could be|unreferenced object |segfault |general protection|unhandled | trap |oom-killer|[Kk]illed process \d|[Kk]ill(?:ing)? '/;

/**
 * What the kernel prints about memory: reports of its own sanitizers and of kmemleak, the faults of processes, and which
 * one it ended since memory ran out.
 *
 *     [   53.730124] BUG: KASAN: use-after-free in aead_recvmsg+0x1758/0x1bc0
 *     [   53.736605] Read of size 4 at addr ffff8801c1afdb5c by task sensord/3568
 *     [   53.762966] Call Trace:
 *     [   53.765717]  dump_stack+0x194/0x257
 *     …
 *     [ 4314.629327] sensord[812]: segfault at 10 ip 00000000004011a2 sp 00007fffbca0c210 error 6 in sensord[401000+1000]
 *
 * An unreferenced object of kmemleak is a suspicion, as kmemleak itself says. Ignored: all else that the kernel and
 * others write to the same log, registers, and the bytes around an address.
 */
export const kernelLog: CaptureFormat = {
  id: 'kernel-log',
  name: 'kernel log (KASAN, KMSAN, KCSAN, KFENCE, UBSAN, kmemleak, segfault, out of memory)',
  specification: 'https://docs.kernel.org/dev-tools/ (Linux 4.0 to 6.18)',
  howToCapture: 'dmesg, or cat /sys/kernel/debug/kmemleak',
  aside: true,
  firstLine: FIRST_LINE,
  recognizes(head) {
    const end = head.indexOf('\n');
    const { text } = kernelLine(end === -1 ? head : head.slice(0, end));
    return factOf(text) !== undefined || tellsOutOfMemory(text);
  },
  open: (section) => lineReader(kernelReader(section)),
};

function factOf(text: string): KernelFact | undefined {
  return parseKernelHeadline(text) ?? parseFault(text);
}

function kernelReader(section: Section): LineReader {
  const outOfMemory = new OutOfMemoryReader();
  let report: KernelReport | undefined;

  const finish = (): void => {
    if (report) emit(section, report.end());
    report = undefined;
  };
  const found = (fact: KernelFact, { sinceBoot }: KernelLine, line: number): KernelFinding => ({
    ...fact,
    ...(sinceBoot !== undefined && { sinceBoot }),
    origin: { file: section.file, line },
  });

  return {
    line(text, number) {
      // Of the whole log around them, line for line, next to nothing is the kernel's report.
      if (!report && !outOfMemory.isOpen && !FIRST_LINE.test(text)) return false;
      const line = kernelLine(text);
      const ended = outOfMemory.line(line, number);
      if (ended === true) return true;
      if (ended !== false) {
        emit(section, found(ended, line, number));
        return true;
      }
      const fact = factOf(line.text);
      if (!fact) return report?.line(line, number) ?? false;
      if (report?.headline(fact, number)) return true;
      const finding = found(fact, line, number);
      if (fact.kind === 'segfault') {
        emit(section, finding);
      } else {
        finish();
        report = new KernelReport(finding, line);
      }
      return true;
    },
    end: finish,
  };
}

function emit(section: Section, finding: KernelFinding): void {
  section.emit({ type: 'kernel', says: {}, origin: finding.origin, finding });
}
