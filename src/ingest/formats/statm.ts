import type { Sample } from '../../model/memory.js';
import { KIB, PAGE } from '../../model/units.js';
import type { CaptureFormat, LineReader, Says, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { sectionHeaderOf } from '../section-header.js';
import { instantOf } from './csv-time.js';

/**
 * /proc/PID/statm: size, resident, shared, text, lib, data and dt of a process in pages; lib and dt are always 0.
 *
 *     1123 814 735 193 0 142 0
 *     1795395985 784 568 363 1 0 254 0            a loop that prints the epoch first
 *
 * How large a page is stands nowhere in it. A loop of such lines is all that somebody has of a process: it is read with
 * pages of 4 KiB, and a problem says so, since what grows does so whatever the page. A line alone is ignored by rule:
 * it tells of no growth, and status stands beside it.
 * Source: https://man7.org/linux/man-pages/man5/proc_pid_statm.5.html
 */
export const statm: CaptureFormat = {
  id: 'statm',
  name: '/proc/PID/statm',
  specification: 'https://man7.org/linux/man-pages/man5/proc_pid_statm.5.html',
  howToCapture: 'not needed: use smaps or status (statm counts pages of unknown size)',
  firstLine: /^(?:\d{9,13}(?:\.\d{1,9})? )?(?:\d{1,20} ){4}0 /,
  recognizes(head) {
    if (!/^\d/.test(head)) return false;
    const lines = head.split('\n');
    // The last line may be cut where the head ends.
    if (lines.length > 1) lines.pop();
    const [first = ''] = lines;
    return STATM.test(first) && lines.every((line) => STATM.test(line) || sectionHeaderOf(line) !== undefined);
  },
  open: (section) => lineReader(new StatmReader(section)),
};

interface StatmLine {
  readonly says: Says;
  readonly text: string;
  readonly number: number;
}

class StatmReader implements LineReader {
  /** The first line, until another shows that it is a loop's. */
  private first: StatmLine | undefined;
  private isLoop: boolean;

  constructor(private readonly section: Section) {
    this.isLoop = section.isTimed === true;
  }

  line(text: string, number: number): boolean {
    const epoch = STATM.exec(text)?.groups;
    if (!epoch) return false;
    const takenAt = epoch.epoch === undefined ? undefined : instantOf(epoch.epoch);
    const line = { says: takenAt === undefined ? {} : { takenAt }, text, number };
    if (!this.isLoop && !this.first && takenAt === undefined) {
      this.first = line;
      return true;
    }
    this.isLoop = true;
    if (this.first) this.emit(this.first);
    this.first = undefined;
    this.emit(line);
    return true;
  }

  end(): void {
    this.first = undefined;
  }

  private emit({ says, text, number }: StatmLine): void {
    const { file } = this.section;
    const sample = sampleOf(text);
    if (!sample) {
      this.section.problem('warning', 'bad-value', `expected numbers of pages, found "${text}"`, number);
      return;
    }
    const told = this.section.kept(statm, () => ({ file: '' }));
    if (told.file !== file) {
      told.file = file;
      const message = `expected amounts in bytes, found pages of unknown size in "${text}": taken as ${PAGE / KIB} KiB each`;
      this.section.problem('warning', 'assumed-page-size', message, number);
    }
    this.section.emit({ type: 'sample', says, origin: { file, line: number }, sample });
  }
}

const STATM =
  /^(?:(?<epoch>\d{9,13}(?:\.\d{1,9})?) )?(?<size>\d{1,20}) (?<resident>\d{1,20}) \d{1,20} \d{1,20} 0 \d{1,20} 0$/;

/** VSS and RSS; undefined where they are too large to be exact. */
function sampleOf(text: string): Sample | undefined {
  const { size, resident } = STATM.exec(text)?.groups ?? {};
  const [vss, rss] = [Number(size) * PAGE, Number(resident) * PAGE];
  return Number.isSafeInteger(vss) && Number.isSafeInteger(rss) ? { vss, rss } : undefined;
}
