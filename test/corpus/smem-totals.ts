import type { Reading } from '../../src/ingest/format.js';
import type { Sample } from '../../src/model/memory.js';
import { KIB } from '../../src/model/units.js';
import type { Comparison } from './difference.js';

export interface SmemTruth {
  readonly lines: number;
  /** The last line of totals (`-t`), word by word. */
  readonly total_row?: readonly string[];
}

const TOTALS: Readonly<Partial<Record<string, keyof Sample>>> = {
  Swap: 'swap',
  USS: 'uss',
  PSS: 'pss',
  RSS: 'rss',
  VSS: 'vss',
};

/** The rows of processes by their number, and the sums of the last table against smem's own line of totals. */
export function compareSmem(
  truth: SmemTruth,
  text: string,
  readings: readonly Reading[],
  comparison: Comparison,
): void {
  const samples = readings.flatMap((reading) => (reading.type === 'sample' ? [reading.sample] : []));
  const printed = /^ *PID .*$/m.exec(text)?.[0] ?? (WITHOUT_HEADER.test(text) ? DEFAULT_HEADER : undefined);
  const header = printed?.trim().split(/ +/);
  if (!header || /\d%/.test(text)) {
    // Tables by mapping, by user or of the whole device, percentages, messages: nothing of a process's memory.
    comparison.same('samples', 0, samples.length);
    return;
  }
  const split = text.split(/^ *PID .*$/m);
  const tables = split.length === 1 ? split : split.slice(1);
  if (tables.length === 1) comparison.same('lines', truth.lines, text.trimEnd().split('\n').length);
  const rows = tables.map((table) => table.split('\n').filter((line) => /^ *\d+ +\S/.test(line)).length);
  const totalRows = truth.total_row ? tables.length : 0;
  comparison.same('rows', rows.reduce((sum, count) => sum + count, 0) - totalRows, samples.length);
  if (!truth.total_row) return;
  const last = samples.slice(-((rows.at(-1) ?? 1) - 1));
  // The line of totals leaves the command out.
  for (const [index, name] of header.filter((word) => word !== 'Command' && word !== 'Name').entries()) {
    const key = TOTALS[name];
    const total = truth.total_row[index];
    if (!key || total === undefined) continue;
    const sum = last.reduce((before, sample) => before + (sample[key] ?? Number.NaN), 0);
    const { kib, tolerance } = amountOf(total);
    comparison.within(`total ${name} in kB`, kib, sum / KIB, tolerance * (1 + last.length));
  }
}

/** A row of smem -H with its default columns, by what stands in it. */
const WITHOUT_HEADER = /^ *\d+ [a-z]\S* .{28,}(?: +\d+){4} *\n/;
const DEFAULT_HEADER = 'PID User Command Swap USS PSS RSS';

/** With -k smem prints one decimal and a unit: each row and the total may be off by half of it. */
function amountOf(printed: string): { kib: number; tolerance: number } {
  const unit = { K: 1, M: 1024, G: 1024 * 1024 }[printed.slice(-1)];
  return unit === undefined
    ? { kib: Number(printed), tolerance: 0 }
    : { kib: Number.parseFloat(printed) * unit, tolerance: unit / 20 };
}
