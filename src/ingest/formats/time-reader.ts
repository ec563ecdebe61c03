import { quote } from '../../model/problem.js';
import type { RunUsage } from '../../model/run-usage.js';
import type { Milliseconds } from '../../model/units.js';
import { assignKnown } from '../../model/vma-table.js';
import type { LineReader, Section } from '../format.js';
import { bytesOfKib } from './kib.js';
import { countOf, millisecondsOf } from './usage-numbers.js';

type Amounts = Omit<RunUsage, 'tool' | 'origin'>;
/** Undefined: printed, but not to be read. */
type Read = { readonly [K in keyof Amounts]?: Amounts[K] | undefined };

/** Reads the reports of `time`, each of one run, among the lines of anything else. */
export class TimeReader implements LineReader {
  /** How the next report's command ended, which stands above it. */
  private ending: Amounts = {};
  private run: Amounts | undefined;
  private firstLine = 0;
  private isBusybox = false;

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    const ended = ENDED.exec(text)?.groups;
    if (ended) {
      this.finish(false);
      const { signal, status } = ended;
      this.ending = assignKnown<Amounts>({}, { signal: countOf(signal ?? ''), exitStatus: countOf(status ?? '') });
      this.firstLine = number;
      return true;
    }
    const command = COMMAND.exec(text)?.groups?.command;
    if (command !== undefined) {
      this.begin(number, command === '' ? {} : { commandLine: command });
      return true;
    }
    const plain = PLAIN.exec(text)?.groups;
    if (plain) {
      const { user = '', system = '', elapsed = '', peak = '' } = plain;
      this.begin(number, {});
      this.take({
        userTime: millisecondsOf(user),
        systemTime: millisecondsOf(system),
        elapsed: elapsedOf(elapsed),
        peakRss: bytesOfKib(peak),
      });
      return true;
    }
    if (!this.run) return false;
    const faults = PLAIN_FAULTS.exec(text)?.groups;
    if (faults) {
      this.take({ majorFaults: countOf(faults.major ?? ''), minorFaults: countOf(faults.minor ?? '') });
      this.finish(true);
      return true;
    }
    return this.field(text, number);
  }

  end(): void {
    this.finish(false);
  }

  private field(text: string, number: number): boolean {
    const [label = '', value = ''] = splitField(text);
    const readField = FIELDS.get(label);
    if (!readField) return UNUSED.has(label);
    const amounts = readField(value);
    if (Object.values(amounts).includes(undefined)) {
      const message = `expected a number that is exact, found ${quote(text.trim())}`;
      this.section.problem('warning', 'bad-value', message, number);
    }
    this.isBusybox ||= label.startsWith('Elapsed') && value.endsWith('s');
    if (label.startsWith('Maximum') && this.isBusybox) this.reportPeak(text, number);
    // The signal that ended it stands above; the status is then that of no exit.
    else if (label !== 'Exit status' || this.run?.signal === undefined) this.take(amounts);
    if (label === 'Exit status') this.finish(true);
    return true;
  }

  /** Busybox 1.35 takes the kernel's kilobytes for pages: with pages of 4 KiB it prints four times as many. */
  private reportPeak(text: string, number: number): void {
    const message = `expected a peak RSS in kB, found ${quote(text.trim())} by busybox, which multiplies it by the page size: not used`;
    this.section.problem('warning', 'bad-value', message, number);
  }

  private begin(number: number, amounts: Amounts): void {
    const above = this.ending;
    this.finish(false);
    if (Object.keys(above).length === 0) this.firstLine = number;
    this.run = { ...amounts, ...above };
    this.isBusybox = false;
  }

  private take(amounts: Read): void {
    if (this.run) assignKnown<Amounts>(this.run, amounts);
  }

  private finish(isWhole: boolean): void {
    const { run, firstLine } = this;
    this.run = undefined;
    this.ending = {};
    if (!run) return;
    const origin = { file: this.section.file, line: firstLine };
    if (!isWhole) {
      this.section.problem(
        'error',
        'truncated-capture',
        'expected the report of time to its end, found no more',
        firstLine,
      );
    }
    const { commandLine } = run;
    this.section.emit({
      type: 'diagnosis',
      says: commandLine === undefined ? {} : { command: commandLine },
      origin,
      leaks: [],
      errors: [],
      summaries: [],
      runs: [{ tool: 'time', ...run, origin }],
    });
  }
}

const ENDED =
  /^Command (?:exited with non-zero status (?<status>\d{1,3})|(?:terminated|stopped) by signal (?<signal>\d{1,3}))$/;
const COMMAND = /^[ \t]{0,8}Command being timed: "(?<command>.*)"$/;
// 0.00user 0.00system 0:04.00elapsed 0%CPU (0avgtext+0avgdata 1232maxresident)k
const PLAIN =
  /^(?<user>\d{1,9}\.\d\d)user (?<system>\d{1,9}\.\d\d)system (?<elapsed>[\d:.]{4,16})elapsed (?:\d{1,9}|\?)%CPU \(\d{1,20}avgtext\+\d{1,20}avgdata (?<peak>\d{1,20})maxresident\)k$/;
// 0inputs+0outputs (0major+82minor)pagefaults 0swaps
const PLAIN_FAULTS =
  /^\d{1,20}inputs\+\d{1,20}outputs \((?<major>\d{1,20})major\+(?<minor>\d{1,20})minor\)pagefaults \d{1,20}swaps$/;

/** What a line of -v says, by its label; undefined where it cannot be read. */
const FIELDS = new Map<string, (value: string) => Read>([
  ['User time (seconds)', (value) => ({ userTime: millisecondsOf(value) })],
  ['System time (seconds)', (value) => ({ systemTime: millisecondsOf(value) })],
  ['Elapsed (wall clock) time (h:mm:ss or m:ss)', (value) => ({ elapsed: elapsedOf(value) })],
  ['Maximum resident set size (kbytes)', (value) => ({ peakRss: bytesOfKib(value) })],
  ['Major (requiring I/O) page faults', (value) => ({ majorFaults: countOf(value) })],
  ['Minor (reclaiming a frame) page faults', (value) => ({ minorFaults: countOf(value) })],
  ['Page size (bytes)', (value) => ({ pageSize: countOf(value) })],
  ['Exit status', (value) => ({ exitStatus: countOf(value) })],
]);

const UNUSED: ReadonlySet<string> = new Set([
  'Percent of CPU this job got',
  'Average shared text size (kbytes)',
  'Average unshared data size (kbytes)',
  'Average stack size (kbytes)',
  'Average total size (kbytes)',
  'Average resident set size (kbytes)',
  'Voluntary context switches',
  'Involuntary context switches',
  'Swaps',
  'File system inputs',
  'File system outputs',
  'Socket messages sent',
  'Socket messages received',
  'Signals delivered',
]);

/** The label has a colon of its own in "(h:mm:ss or m:ss)". */
function splitField(text: string): readonly string[] {
  const line = text.trim();
  const at = line.length > LONGEST_FIELD ? -1 : line.indexOf(': ');
  return at === -1 ? [] : [line.slice(0, at), line.slice(at + 2)];
}

const LONGEST_FIELD = 100;

/** `0:04.00`, `1:02:03`, busybox: `0m 4.00s`, `1h 2m 03s`. */
function elapsedOf(text: string): Milliseconds | undefined {
  const { hours = '0', minutes = '', seconds = '' } = (CLOCK.exec(text) ?? BUSYBOX_CLOCK.exec(text))?.groups ?? {};
  const rest = millisecondsOf(seconds);
  return rest === undefined ? undefined : (Number(hours) * 60 + Number(minutes)) * 60_000 + rest;
}

const CLOCK = /^(?:(?<hours>\d{1,7}):)?(?<minutes>\d{1,9}):(?<seconds>\d\d(?:\.\d\d)?)$/;
const BUSYBOX_CLOCK = /^(?:(?<hours>\d{1,7})h )?(?<minutes>\d{1,9})m (?<seconds>\d{1,2}(?:\.\d\d)?)s$/;
