import type { InspectedFile } from '../../src/inspect.js';
import type { Comparison } from './difference.js';
import { statementsOf } from './reading.js';

// The headlines that the kernel's own sanitizers and kmemleak print, wherever they stand in a line; an oops to which
// KASAN says nothing is none.
const HEADLINE =
  /\bBUG: (KASAN|KASan|KMSAN|KCSAN|KFENCE): |\bBUG: (Double) free or |\b(UBSAN): |^(unreferenced) object (?:\(percpu\) )?0x|\b(KASAN): [\w -]+ in range |\b(kasan): GPF |(?<!kasan: )\b(GPF) could be /;
const KINDS: Readonly<Record<string, string>> = { unreferenced: 'kmemleak', GPF: 'kasan', Double: 'kasan' };

/** Whether a script has repeated the headline of the line before for the function into which this one was inlined. */
const isRepeated = (before: string | undefined): boolean => /\bBUG: K.* \[inline\]\r?$/.test(before ?? '');

/** A report of the kernel: its findings, counted by the text's own headlines; nothing of it is a program's. */
export function compareKernelFindings(text: string, inspected: InspectedFile, comparison: Comparison): void {
  const expected = text.split('\n').flatMap((line, i, lines) => {
    if (isRepeated(lines[i - 1])) return [];
    const word = HEADLINE.exec(line)
      ?.slice(1)
      .find((group) => group !== undefined);
    return word === undefined ? [] : [`${KINDS[word] ?? word.toLowerCase()} at ${i + 1}`];
  });
  const found = inspected.kernelFindings.map(({ kind, origin }) => `${kind} at ${origin.line}`);
  comparison.same('findings', expected, found);
  comparison.same('statements of programs', 0, statementsOf(inspected));
  comparison.same('formats', expected.length === 0 ? [] : ['kernel-log'], inspected.formats);
  const task = /\bby task (.+)\/(\d+) *$/m.exec(text);
  if (expected.length === 1 && task) {
    const [finding] = inspected.kernelFindings;
    comparison.same('task', [task[1], Number(task[2])], [finding?.command, finding?.pid]);
  }
  const access = /\b(Read|Write) (?:of size (\d+) )?(?:at addr [0-9a-f]+ )?by task/.exec(text);
  if (expected.length === 1 && access) {
    const [finding] = inspected.kernelFindings;
    const size = access[2] === undefined ? undefined : Number(access[2]);
    comparison.same('access', [access[1]?.toLowerCase(), size], [finding?.access, finding?.size]);
  }
}
