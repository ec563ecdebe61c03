import type { Sample } from '../../src/model/memory.js';
import { KIB } from '../../src/model/units.js';
import type { Comparison } from './difference.js';
import type { CorpusReading } from './reading.js';

export interface DumpsysTruth {
  /** Pid and name of each process that has tables of its own. */
  readonly dumpsys_pids?: readonly (readonly [string, string])[];
  /** The row TOTAL of each table, in kB. */
  readonly dumpsys_TOTAL_row?: readonly (readonly number[])[];
  /** TOTAL PSS of each summary, in kB. */
  readonly dumpsys_TOTAL_PSS?: readonly number[];
}

/** The tables of dumpsys meminfo, and bug reports. Returns whether the file is such a text. */
export function compareDumpsys(
  truth: DumpsysTruth | undefined,
  text: string,
  reading: CorpusReading,
  comparison: Comparison,
): boolean {
  if (text.includes('== dumpstate: ')) compareBugreport(text, reading, comparison);
  else if (/^\*\* MEMINFO|^ App Summary/m.test(text)) compareProcesses(truth ?? {}, text, reading, comparison);
  else if (/^Total (?:PSS|RSS) by process:/m.test(text)) compareSystem(text, reading, comparison);
  else if (/^proc,\w+,/m.test(text)) compareCompact(text, reading, comparison);
  else return false;
  return true;
}

/** Everything at the report's own time, and none of its other lines reported. */
function compareBugreport(text: string, { inspected }: CorpusReading, comparison: Comparison): void {
  const time = /== dumpstate: (\S+ \S+)/.exec(text)?.[1] ?? '';
  comparison.same('format', 'bugreport', inspected.formats[0]);
  comparison.same('times', [Date.parse(`${time}Z`)], [...new Set(inspected.samples.map(({ takenAt }) => takenAt))]);
  compareUnexplained(inspected, 0, comparison);
}

function compareUnexplained({ problems }: CorpusReading['inspected'], expected: number, comparison: Comparison): void {
  const unexplained = problems.filter(({ code }) => code === 'unexplained-lines');
  comparison.same('unexplained lines', expected, unexplained.length);
}

/** Which columns the row TOTAL has, by their number: up to Android 11 with -a, since Android 12 without. */
const COLUMNS: Readonly<Partial<Record<number, readonly (keyof Sample | 'privateClean' | '')[]>>> = {
  8: ['pss', 'privateDirty', 'privateClean', 'swap', 'rss'],
  10: ['pss', '', '', 'privateDirty', '', 'privateClean', 'swap'],
};

function compareProcesses(
  truth: DumpsysTruth,
  text: string,
  { inspected, readings }: CorpusReading,
  comparison: Comparison,
): void {
  const samples = readings.flatMap((reading) => (reading.type === 'sample' ? [reading] : []));
  const processes = truth.dumpsys_pids ?? [];
  const isWhole = processes.length > 0;
  // A text that begins inside of a dump names no process, and begins with rows of no table.
  compareUnexplained(inspected, isWhole ? 0 : 1, comparison);
  const found = samples.map(({ says }) => [String(says.pid), says.command]);
  comparison.same('processes', isWhole ? processes : [['undefined', undefined]], found);
  for (const [index, pss] of (truth.dumpsys_TOTAL_PSS ?? []).entries()) {
    comparison.same('TOTAL PSS in kB', pss, kib(samples[index]?.sample.pss));
  }
  for (const [index, row] of (isWhole ? (truth.dumpsys_TOTAL_row ?? []) : []).entries()) {
    const printed = new Map((COLUMNS[row.length] ?? []).map((name, column) => [name, row[column] ?? 0]));
    const uss = (printed.get('privateDirty') ?? Number.NaN) + (printed.get('privateClean') ?? Number.NaN);
    const sample: Sample = samples[index]?.sample ?? {};
    for (const key of ['pss', 'privateDirty', 'swap', 'rss'] as const)
      comparison.same(`${key} in kB`, printed.get(key), kib(sample[key]));
    comparison.same('uss in kB', uss, kib(sample.uss));
  }
  const sideways = [...text.matchAll(/\(Pss\): +\d+ +\d+ +\d+ +(\d+)$[^*]*?\(priv dirty\): +\d+ +\d+ +\d+ +(\d+)$/gm)];
  if (sideways.length > 0) {
    comparison.same(
      'Pss and priv dirty in kB',
      sideways.map(([, pss, dirty]) => [Number(pss), Number(dirty)]),
      samples.map(({ sample }) => [kib(sample.pss), kib(sample.privateDirty)]),
    );
  }
}

/** Each process once, with the rows of both tables, and nothing of those below. */
function compareSystem(text: string, { inspected, readings }: CorpusReading, comparison: Comparison): void {
  const expected = new Map<string, Partial<Record<string, number>>>();
  for (const [, total = '', rows = ''] of text.matchAll(/^Total (PSS|RSS) by process:\n((?: .*\n)*)/gm)) {
    for (const [, amount = '', pid = ''] of rows.matchAll(/^ *([\d,]+)K: .*\(pid (\d+)/gm)) {
      const process = expected.get(pid) ?? {};
      process[total] = Number(amount.replaceAll(',', ''));
      expected.set(pid, process);
    }
  }
  const found = readings.map((reading) => [
    String(reading.says.pid),
    reading.type === 'sample' ? { PSS: kib(reading.sample.pss), RSS: kib(reading.sample.rss) } : {},
  ]);
  comparison.same(
    'processes',
    [...expected].map(([pid, { PSS, RSS }]) => [pid, { PSS, RSS }]),
    found,
  );
  compareUnexplained(inspected, 0, comparison);
}

function compareCompact(text: string, { inspected, readings }: CorpusReading, comparison: Comparison): void {
  const expected = [...text.matchAll(/^proc,\w+,([^,]+),(\d+),(\d+),/gm)];
  comparison.same(
    'processes',
    expected.map(([, name, pid, pss]) => [name, Number(pid), Number(pss)]),
    readings.map((reading) => [
      reading.says.command,
      reading.says.pid,
      reading.type === 'sample' ? kib(reading.sample.pss) : undefined,
    ]),
  );
  compareUnexplained(inspected, 0, comparison);
}

function kib(bytes: number | undefined): number | undefined {
  return bytes === undefined ? undefined : bytes / KIB;
}
