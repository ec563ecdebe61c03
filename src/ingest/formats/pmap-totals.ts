import type { Sample } from '../../model/memory.js';
import { assignKnown } from '../../model/vma-table.js';
import { findClock } from '../clock-text.js';
import type { CaptureFormat, LineReader, Says, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { findTime } from '../time-text.js';
import { bytesOfKib } from './kib.js';

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
  firstLine: /\btotal(?: kB| ) +\d|\bmapped: \d/,
  recognizes: (head) => totalsLineOf(head.slice(0, Math.max(0, head.search(/\n|$/)))) !== undefined,
  open: (section) => lineReader(new TotalsReader(section)),
};

interface TotalsLine {
  readonly sample: Sample;
  readonly inFront: string;
  readonly pid?: number;
  /** A number that nothing calls a pid. */
  readonly number?: number;
  readonly command?: string;
}

// `ls -lh` has one blank in "total 48K", pmap more.
const TOTALS =
  /(?:^|\s)(?:total kB +(?<size>\d{1,15}) +(?:(?<rss>\d{1,15}) +(?:\d{1,15}|(?<pss>\d{1,15}) +\d{1,15} +(?<swap>\d{1,15}))|- +- +-)|total {2,20}(?<plain>\d{1,15})K|mapped: (?<mapped>\d{1,15})K +writeable\/private: \d{1,15}K +shared: \d{1,15}K) *$/;

function totalsLineOf(line: string): TotalsLine | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  const match = TOTALS.exec(line);
  const inFront = match && inFrontOf(line.slice(0, match.index));
  if (!inFront) return undefined;
  const { size, plain, mapped, rss, pss, swap } = match.groups ?? {};
  const bytes = (kib: string | undefined): number | undefined => bytesOfKib(kib ?? '');
  const vss = bytes(size ?? plain ?? mapped);
  if (vss === undefined) return undefined;
  return { ...inFront, sample: assignKnown<Sample>({ vss }, { rss: bytes(rss), pss: bytes(pss), swap: bytes(swap) }) };
}

const LONGEST_LINE = 300;

/**
 * What a script has printed in front: a time, the pid, a name. Undefined where there is more, or what a logger
 * prints (`sampler[77]:`).
 */
function inFrontOf(text: string): Omit<TotalsLine, 'sample'> | undefined {
  const time = findTime(text) ?? findClock(text);
  const around = time ? `${text.slice(0, time.start)} ${text.slice(time.end)}` : text;
  if (time?.dayOnly || /\w\[/.test(around)) return undefined;
  const words = around.split(/[\s,;:|=[\](){}"]+/).filter((word) => /\w/.test(word));
  const numbers = words.filter((word) => /^\d{1,7}$/.test(word)).map(Number);
  const names = words.filter((word) => /^[a-z_/.][\w.+@/-]*$/i.test(word) && !LABEL.test(word));
  const labels = words.filter((word) => LABEL.test(word));
  if (numbers.length > 1 || names.length > 1 || numbers.length + names.length + labels.length < words.length) {
    return undefined;
  }
  const [number] = numbers;
  const [command] = names;
  const isPid = labels.some((label) => /^pid$/i.test(label));
  return {
    inFront: text,
    ...(number !== undefined && (isPid ? { pid: number } : { number })),
    ...(command !== undefined && { command }),
  };
}

const LABEL = /^(?:pid|process|cmd|comm|command|name|time|date|epoch)$/i;

interface PlacedLine extends TotalsLine {
  readonly line: number;
}

class TotalsReader implements LineReader {
  private lines: PlacedLine[] = [];

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    if (text.trim() === '') return true;
    const totals = totalsLineOf(text);
    if (!totals) return false;
    this.lines.push({ ...totals, line: number });
    if (this.lines.length >= MOST_HELD) this.tell();
    return true;
  }

  end(): void {
    this.tell();
  }

  private tell(): void {
    const { lines, section } = this;
    this.lines = [];
    const numbers = lines.flatMap(({ number }) => number ?? []);
    const arePids = new Set(numbers).size * 2 <= numbers.length;
    for (const { sample, inFront, pid, number, command, line } of lines) {
      const told = pid ?? (arePids ? number : undefined);
      const says: Says = {
        inFront,
        ...(told !== undefined && { pid: told }),
        ...(command !== undefined && { command }),
      };
      section.emit({ type: 'sample', says, origin: { file: section.file, line }, sample });
    }
  }
}

const MOST_HELD = 10_000;
