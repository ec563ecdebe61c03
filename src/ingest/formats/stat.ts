import { COMM_LENGTH } from '../../model/capture.js';
import type { Sample } from '../../model/memory.js';
import { quote } from '../../model/problem.js';
import type { CaptureFormat, Says, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { pidOf } from './kib.js';
import { countOf } from './usage-numbers.js';

/**
 * /proc/PID/stat: who the process is and when it started (field 22, clock ticks since boot).
 *
 *     11393 (leak-example) S 8866 8822 3585 0 -1 4194304 187 0 0 0 0 0 0 0 20 0 1 0 102523 2535424 286 …
 *     2001 (bad) S 1 2 3 4 5) S 1888 2001 1888 34816 2001 4202496 428 0 0 0 0 0 0 0 20 0 1 0 75513 …
 *
 * The name ends at the last bracket: it may hold blanks, brackets, line feeds and what looks like fields.
 * Fields 10 and 12 are its minor and major page faults. Field 24 (rss) counts pages whose size nothing tells: it is
 * not read.
 */
export const stat: CaptureFormat = {
  id: 'stat',
  name: '/proc/PID/stat',
  specification: 'https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html',
  howToCapture: 'cat /proc/PID/stat',
  firstLine: /^\d{1,9} \(/,
  recognizes(head) {
    if (!START.test(head)) return false;
    let text = '';
    for (const line of head.split('\n', LONGEST_COMM)) {
      text += text === '' ? line : `\n${line}`;
      if (parseStat(text)) return true;
      if (!mayContinue(text)) return false;
    }
    return false;
  },
  open: (section) => lineReader(new StatReader(section)),
};

class StatReader {
  private pending = '';
  private firstLine = 0;

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    if (this.pending === '') {
      if (text.trim() === '') return true;
      if (!START.test(text)) return false;
      this.firstLine = number;
      this.pending = text;
    } else {
      this.pending += `\n${text}`;
    }
    const stated = parseStat(this.pending);
    if (stated) {
      const { says, sample } = stated;
      const origin = { file: this.section.file, line: this.firstLine };
      this.section.emit(sample ? { type: 'sample', says, origin, sample } : { type: 'identity', says, origin });
      this.pending = '';
    } else if (!mayContinue(this.pending)) {
      this.report();
    }
    return true;
  }

  end(): void {
    if (this.pending !== '') this.report();
  }

  private report(): void {
    const message = `expected at least ${LEAST_FIELDS} fields of stat, found ${quote(this.pending)}`;
    this.section.problem('error', 'truncated-capture', message, this.firstLine);
    this.pending = '';
  }
}

/** Linux 2.6.32 prints 44 fields, later kernels 52. */
const LEAST_FIELDS = 44;
/** comm has 15 bytes; a workqueue's kernel thread adds what it works on, up to 63. */
const LONGEST_COMM = 63;

const START = /^\d{1,9} \(/;
// " S 8866 8822 …": the state and at least 41 numbers after it
const FIELDS = /^ [A-Za-z](?: -?\d{1,20}){41,80} ?$/;

interface Stated {
  readonly says: Says;
  /** Of page faults only; absent where their counts are too large to be exact. */
  readonly sample?: Sample;
}

function parseStat(text: string): Stated | undefined {
  const open = text.indexOf(' (');
  const close = text.lastIndexOf(')');
  if (!START.test(text) || close < open) return undefined;
  const rest = text.slice(close + 1);
  const pid = pidOf(text.slice(0, open));
  if (pid === undefined || close - open - 2 > LONGEST_COMM || !FIELDS.test(rest)) return undefined;
  const says: Says = { pid };
  const comm = text.slice(open + 2, close);
  if (comm !== '') says.command = comm;
  if (Buffer.byteLength(comm) >= COMM_LENGTH) says.commandMayBeCut = true;
  // Field 3 is the first.
  const fields = rest.trim().split(' ');
  const startTicks = Number(fields[19]);
  if (Number.isSafeInteger(startTicks)) says.startTicks = startTicks;
  const minorFaults = countOf(fields[7] ?? '');
  const majorFaults = countOf(fields[9] ?? '');
  return minorFaults === undefined || majorFaults === undefined
    ? { says }
    : { says, sample: { minorFaults, majorFaults } };
}

/** Whether the text may be the part of a name before a line feed in it. */
function mayContinue(text: string): boolean {
  return text.length - text.indexOf(' (') - 2 < LONGEST_COMM;
}
