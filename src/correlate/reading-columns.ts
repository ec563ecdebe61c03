import type { PlacedSample } from '../model/memory.js';
import type { Reading } from './readings.js';

/** A number of a sample. */
type Total = Exclude<keyof PlacedSample, 'origin' | 'faultsOrigin'>;

const TOTALS: readonly Total[] = [
  'takenAt',
  'vss',
  'rss',
  'pss',
  'uss',
  'swap',
  'privateDirty',
  'unreclaimable',
  'vmaCount',
  'minorFaults',
  'majorFaults',
];

/**
 * Readings as columns, to be written as bytes: a tenth of the time and of the bytes that as many objects take, since
 * these repeat their names, the path of the file and the format each time.
 */
export interface ReadingColumns {
  readonly files: readonly string[];
  /** All but the sample. */
  readonly sources: readonly Omit<Reading, 'sample'>[];
  /** Index into `files`, one for each reading, as are the others. */
  readonly file: Uint32Array;
  readonly line: Uint32Array;
  /** Index into `sources`. */
  readonly source: Uint32Array;
  /** Those that any reading has; NaN where one has it not. */
  readonly totals: ReadonlyMap<Total, Float64Array>;
}

export function columnsOf(readings: readonly Reading[]): ReadingColumns {
  const files = new Numbers<string>();
  const sources = new Numbers<Omit<Reading, 'sample'>>();
  const file = new Uint32Array(readings.length);
  const line = new Uint32Array(readings.length);
  const source = new Uint32Array(readings.length);
  const totals = new Map<Total, Float64Array>();
  for (const [i, { sample, ...from }] of readings.entries()) {
    file[i] = files.of(sample.origin.file, sample.origin.file);
    line[i] = sample.origin.line;
    source[i] = sources.of(`${from.format} ${from.rank} ${from.measure ?? ''} ${from.timeSource ?? ''}`, from);
    for (const total of TOTALS) {
      const value = sample[total];
      if (value === undefined) continue;
      let column = totals.get(total);
      if (column === undefined) {
        column = new Float64Array(readings.length).fill(Number.NaN);
        totals.set(total, column);
      }
      column[i] = value;
    }
  }
  return { files: files.known, sources: sources.known, file, line, source, totals };
}

/** The readings that the columns are of. */
export function readingsOf({ files, sources, file, line, source, totals }: ReadingColumns): Reading[] {
  // In the order in which readings have them.
  const columns = TOTALS.flatMap((total): [Total, Float64Array][] => {
    const column = totals.get(total);
    return column ? [[total, column]] : [];
  });
  return Array.from(file, (number, i): Reading => {
    const sample: PlacedSample = { origin: { file: files[number] as string, line: line[i] as number } };
    for (const [total, column] of columns) {
      const value = column[i] as number;
      if (!Number.isNaN(value)) sample[total] = value;
    }
    return { sample, ...(sources[source[i] as number] as Omit<Reading, 'sample'>) };
  });
}

/** Gives each thing that is met a number. */
class Numbers<T> {
  readonly known: T[] = [];
  private readonly numbers = new Map<string, number>();

  of(key: string, thing: T): number {
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.known.push(thing) - 1;
    this.numbers.set(key, number);
    return number;
  }
}
