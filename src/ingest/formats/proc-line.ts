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
 */
export const procLine: CaptureFormat = {
  id: 'proc-line',
  name: 'fields of /proc in one line',
  specification: 'https://docs.kernel.org/filesystems/proc.html',
  howToCapture: 'not needed: use smaps or status, whole',
  firstLine: /kB[\s,;]+[A-Z]/,
  recognizes: (head) => procLineOf(firstLineOf(head)) !== undefined,
  open: (section) => lineReader(new SampleLinesReader(section, procLineOf)),
};

// Two fields at least: one alone is a line of its file.
const FIELDS =
  /(?:^|\s)(?<fields>[A-Z]\w{2,20}:\s{1,20}\d{1,15} kB(?:[\s,;]{1,20}[A-Z]\w{2,20}:\s{1,20}\d{1,15} kB)+)[\s,;]*$/;
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

function procLineOf(line: string): SampleLine | undefined {
  if (line.length > LONGEST_SAMPLE_LINE || !line.includes(' kB')) return undefined;
  const match = FIELDS.exec(line);
  const inFront = match && inFrontOf(line.slice(0, match.index));
  if (!inFront) return undefined;
  const amounts = new Map<string, number | undefined>();
  for (const { groups } of (match.groups?.fields ?? '').matchAll(FIELD)) {
    amounts.set(groups?.key ?? '', bytesOfKib(groups?.kib ?? ''));
  }
  const sample: Sample = {};
  for (const [key, bytes] of amounts) {
    const total = SAMPLED[key];
    if (total !== undefined) assignKnown(sample, { [total]: bytes });
  }
  const [clean, dirty] = [amounts.get('Private_Clean'), amounts.get('Private_Dirty')];
  if (clean !== undefined && dirty !== undefined) sample.uss = clean + dirty;
  return sample.rss === undefined && sample.pss === undefined ? undefined : { ...inFront, sample };
}
