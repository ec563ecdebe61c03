import type { Sample } from '../../model/memory.js';
import { assignKnown } from '../../model/vma-table.js';
import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';
import { bytesOfKib } from './kib.js';
import { firstLineOf, inFrontOf, LONGEST_SAMPLE_LINE, type SampleLine, SampleLinesReader } from './sample-lines.js';

/**
 * The lines of totals of pmap without its tables, as a loop of `pmap -x PID | tail -1` leaves them.
 *
 *     total kB           31496   28600   23996                                    -x: size, RSS, dirty
 *     total kB          222568    6704    2402    1832     640                   openSUSE: size, RSS, PSS, dirty, swap
 *     mapped: 31496K    writeable/private: 24160K    shared: 28K                  -d
 *      total            31496K
 *     2026-11-23 01:06:25 812 sensord total kB           31496   28600   23996    with what a script prints in front
 *
 * In front may stand a time, the pid, and a name. A bare number there is a pid where it comes again; else it may
 * count the samples. What -d calls private is the size of what could be written to, in RAM or not: no memory in use.
 */
export const pmapTotals: CaptureFormat = {
  id: 'pmap-totals',
  name: 'totals of pmap',
  specification: 'https://man7.org/linux/man-pages/man1/pmap.1.html',
  howToCapture: 'not needed: use pmap -x PID, whole',
  firstLine: /total(?: kB| ) +\d|mapped: \d/,
  recognizes: (head) => totalsLineOf(firstLineOf(head)) !== undefined,
  open: (section) => lineReader(new SampleLinesReader(section, totalsLineOf)),
};

// `ls -lh` has one blank in "total 48K", pmap more.
const TOTALS =
  /(?:^|\s)(?:total kB +(?<size>\d{1,15}) +(?:(?<rss>\d{1,15}) +(?:\d{1,15}|(?<pss>\d{1,15}) +\d{1,15} +(?<swap>\d{1,15}))|- +- +-)|total {2,20}(?<plain>\d{1,15})K|mapped: (?<mapped>\d{1,15})K +writeable\/private: \d{1,15}K +shared: \d{1,15}K) *$/;

function totalsLineOf(line: string): SampleLine | undefined {
  if (line.length > LONGEST_SAMPLE_LINE) return undefined;
  const match = TOTALS.exec(line);
  const inFront = match && inFrontOf(line.slice(0, match.index));
  if (!inFront) return undefined;
  const { size, plain, mapped, rss, pss, swap } = match.groups ?? {};
  const bytes = (kib: string | undefined): number | undefined => bytesOfKib(kib ?? '');
  const vss = bytes(size ?? plain ?? mapped);
  if (vss === undefined) return undefined;
  return { ...inFront, sample: assignKnown<Sample>({ vss }, { rss: bytes(rss), pss: bytes(pss), swap: bytes(swap) }) };
}
