import type { Sample } from '../../model/memory.js';
import { assignKnown } from '../../model/vma-table.js';
import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';
import { bytesOfKib } from './kib.js';
import { firstLineOf, inFrontOf, LONGEST_SAMPLE_LINE, type SampleLine, SampleLinesReader } from './sample-lines.js';

/**
 * Fields of a rollup or of status in one line, as `echo $(date) $(grep -E 'VmSize|VmRSS' /proc/PID/status)` and awk leave
 * them, with what a script prints in front: a time, the pid, a name.
 *
 *     2026-11-23 01:06:25 812 sensord Rss: 2272 kB Pss: 916 kB Private_Dirty: 820 kB
 *     01:06:25 812 VmRSS:     2272 kB
 *
 * One field alone is a line of its file, but for those of status, of which a process has one, behind a number: row by row
 * that is the pid.
 */
export const procLine: CaptureFormat = {
  id: 'proc-line',
  name: 'fields of /proc in one line',
  specification: 'https://docs.kernel.org/filesystems/proc.html',
  howToCapture: 'not needed: use smaps or status, whole',
  firstLine: /kB[\s,;]+[A-Z]|\d.*\sVm(?:RSS|Size):/,
  recognizes(head) {
    const first = procLineOf(firstLineOf(head));
    if (first === undefined || !first.isAlone) return first !== undefined;
    return procLineOf(firstLineOf(head.slice(head.indexOf('\n') + 1)))?.isAlone ?? false;
  },
  open: (section) => lineReader(new SampleLinesReader(section, procLineOf)),
};

const FIELDS =
  /(?:^|\s)(?<fields>[A-Z]\w{2,20}:\s{1,20}\d{1,15} kB(?:[\s,;]{1,20}[A-Z]\w{2,20}:\s{1,20}\d{1,15} kB)*)[\s,;]*$/;
const FIELD = /(?<key>\w+):\s+(?<kib>\d+) kB/g;

const SAMPLED: Readonly<Partial<Record<string, 'vss' | 'rss' | 'pss' | 'swap' | 'privateDirty'>>> = {
  VmSize: 'vss',
  Size: 'vss',
  VmRSS: 'rss',
  Rss: 'rss',
  Pss: 'pss',
  VmSwap: 'swap',
  Swap: 'swap',
  Private_Dirty: 'privateDirty',
};

interface ProcLine extends SampleLine {
  /** Whether it has one field. */
  readonly isAlone: boolean;
}

function procLineOf(line: string): ProcLine | undefined {
  if (line.length > LONGEST_SAMPLE_LINE || !line.includes(' kB')) return undefined;
  const match = FIELDS.exec(line);
  const inFront = match && inFrontOf(line.slice(0, match.index));
  if (!inFront) return undefined;
  const amounts = new Map<string, number | undefined>();
  for (const { groups } of (match.groups?.fields ?? '').matchAll(FIELD)) {
    amounts.set(groups?.key ?? '', bytesOfKib(groups?.kib ?? ''));
  }
  const isAlone = amounts.size === 1;
  const isNumbered = inFront.pid !== undefined || inFront.number !== undefined;
  if (isAlone && !(isNumbered && (amounts.has('VmRSS') || amounts.has('VmSize')))) return undefined;
  const sample: Sample = {};
  for (const [key, bytes] of amounts) {
    const total = SAMPLED[key];
    if (total !== undefined) assignKnown(sample, { [total]: bytes });
  }
  const [clean, dirty] = [amounts.get('Private_Clean'), amounts.get('Private_Dirty')];
  if (clean !== undefined && dirty !== undefined) sample.uss = clean + dirty;
  const { rss, pss } = sample;
  return rss === undefined && pss === undefined && !isAlone ? undefined : { ...inFront, sample, isAlone };
}
