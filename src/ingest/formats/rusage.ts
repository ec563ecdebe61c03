import { quote } from '../../model/problem.js';
import type { RunUsage } from '../../model/run-usage.js';
import { assignKnown } from '../../model/vma-table.js';
import type { CaptureFormat, LineReader, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { bytesOfKib } from './kib.js';
import { countOf, millisecondsOf } from './usage-numbers.js';

/**
 * What programs print of getrusage(2) under the names of its fields, on one line or one after each other; Python prints
 * all of them:
 *
 *     resource.struct_rusage(ru_utime=0.014371, ru_stime=0.0, ru_maxrss=8700, …, ru_minflt=1034, ru_majflt=4, …)
 *     ru_maxrss=1224 ru_minflt=83 ru_majflt=0
 *     ru_maxrss: 1224
 *     ru_minflt: 83
 *
 * Linux counts ru_maxrss in kilobytes. A process may print it several times while it runs: each is of the time so far.
 */
export const rusage: CaptureFormat = {
  id: 'rusage',
  name: 'getrusage',
  specification: 'https://man7.org/linux/man-pages/man2/getrusage.2.html',
  howToCapture: 'in Python: print(resource.getrusage(resource.RUSAGE_SELF))',
  aside: true,
  firstLine: /ru_[a-z]/,
  recognizes(head) {
    const names = new Set<string>();
    for (const line of head.split('\n', MOST_LINES)) {
      const fields = fieldsOf(line);
      if (fields.length === 0) break;
      for (const { name } of fields) names.add(name);
    }
    return names.has('maxrss') && (names.has('minflt') || names.has('majflt'));
  },
  open: (section) => lineReader(new RusageReader(section)),
};

/** struct rusage has 16 fields. */
const MOST_LINES = 16;

class RusageReader implements LineReader {
  private readonly fields = new Map<string, string>();
  private firstLine = 0;
  private lastLine = 0;

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    const fields = fieldsOf(text);
    if (fields.length === 0) return false;
    if (number !== this.lastLine + 1 || fields.some(({ name }) => this.fields.has(name))) this.finish();
    if (this.fields.size === 0) this.firstLine = number;
    this.lastLine = number;
    const isCut = text.includes('struct_rusage(') && !text.trimEnd().endsWith(')');
    if (isCut) {
      const message = `expected struct_rusage to its closing bracket, found ${quote(text.slice(-40))} at the end`;
      this.section.problem('error', 'truncated-capture', message, number);
    }
    // Of the last number digits may be missing.
    for (const { name, value } of isCut ? fields.slice(0, -1) : fields) this.fields.set(name, value);
    return true;
  }

  end(): void {
    this.finish();
  }

  private finish(): void {
    if (this.fields.size === 0) return;
    const origin = { file: this.section.file, line: this.firstLine };
    const run: RunUsage = { tool: 'getrusage', origin };
    for (const [name, value] of this.fields) {
      const amount = AMOUNTS.get(name)?.(value);
      if (amount && Object.values(amount).includes(undefined)) {
        const message = `expected a number that is exact, found ${quote(`ru_${name}=${value}`)}`;
        this.section.problem('warning', 'bad-value', message, this.firstLine);
      }
      if (amount) assignKnown<RunUsage>(run, amount);
    }
    this.fields.clear();
    this.section.emit({ type: 'diagnosis', says: {}, origin, leaks: [], errors: [], summaries: [], runs: [run] });
  }
}

type Amount = { readonly [K in keyof RunUsage]?: RunUsage[K] | undefined };

const AMOUNTS = new Map<string, (value: string) => Amount>([
  ['utime', (value) => ({ userTime: millisecondsOf(value) })],
  ['stime', (value) => ({ systemTime: millisecondsOf(value) })],
  ['maxrss', (value) => ({ peakRss: bytesOfKib(value) })],
  ['minflt', (value) => ({ minorFaults: countOf(value) })],
  ['majflt', (value) => ({ majorFaults: countOf(value) })],
]);

/** Each `ru_NAME = NUMBER` of a line that is not overlong. */
function fieldsOf(line: string): { readonly name: string; readonly value: string }[] {
  if (line.length > LONGEST_LINE) return [];
  return [...line.matchAll(FIELD)].flatMap(({ groups }) =>
    groups?.name !== undefined && groups.value !== undefined ? [{ name: groups.name, value: groups.value }] : [],
  );
}

const LONGEST_LINE = 4096;
const FIELD =
  /(?<![\w.])(?:\w{1,16}[.>])?ru_(?<name>[a-z]{4,8})[ \t]{0,8}[=:][ \t]{0,8}(?<value>\d{1,20}(?:\.\d{1,24})?)(?![\w.])/g;
