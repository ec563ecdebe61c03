import type { Extremes, KeptTable, KeptTables } from './kept-tables.js';
import type { Ledger } from './ledger.js';
import { type PackedTable, packedTable, unpackedTable } from './packed-table.js';
import type { ProcessLog } from './process-log.js';
import { columnsOf, type ReadingColumns, readingsOf } from './reading-columns.js';
import type { Reading } from './readings.js';

/** A ledger in the form in which it is written as bytes. */
export type LedgerColumns = Omit<Ledger, 'processes'> & { readonly processes: ReadonlyMap<string, LogColumns> };

type LogColumns = Omit<ProcessLog, 'readings' | 'kept'> & {
  readonly readings: ReadingColumns;
  readonly tables: readonly TableOfReading[];
  /** Indexes into `tables`. */
  readonly kept: ReadonlyMap<string, { readonly [place in keyof Extremes]: number }>;
};

/** A kept table with the number of its reading. */
type TableOfReading = Omit<KeptTable, 'reading' | 'table'> & { readonly reading: number; readonly table: PackedTable };

export function ledgerColumns(ledger: Ledger): LedgerColumns {
  return { ...ledger, processes: new Map([...ledger.processes].map(([key, log]) => [key, logColumns(log)])) };
}

export function ledgerOfColumns(columns: LedgerColumns): Ledger {
  return { ...columns, processes: new Map([...columns.processes].map(([key, log]) => [key, logOfColumns(log)])) };
}

function logColumns({ readings, kept, ...log }: ProcessLog): LogColumns {
  const all = [...new Set([...kept.values()].flatMap(({ first, peak, last }) => [first, peak, last]))];
  const wanted = new Set(all.map(({ reading }) => reading));
  const numbers = new Map<Reading, number>();
  for (const [number, reading] of readings.entries()) if (wanted.has(reading)) numbers.set(reading, number);
  const tables = all.map(({ reading, privateBytes, table }) => {
    return { reading: numbers.get(reading) as number, privateBytes, table: packedTable(table) };
  });
  const places = [...kept].map(([key, { first, peak, last }]) => {
    return [key, { first: all.indexOf(first), peak: all.indexOf(peak), last: all.indexOf(last) }] as const;
  });
  return { ...log, readings: columnsOf(readings), tables, kept: new Map(places) };
}

function logOfColumns({ readings: columns, tables, kept: places, ...log }: LogColumns): ProcessLog {
  const readings = readingsOf(columns);
  const all = tables.map(({ reading, privateBytes, table }): KeptTable => {
    return { reading: readings[reading] as Reading, privateBytes, table: unpackedTable(table) };
  });
  const at = (number: number): KeptTable => all[number] as KeptTable;
  const kept: KeptTables = new Map(
    [...places].map(([key, { first, peak, last }]) => [key, { first: at(first), peak: at(peak), last: at(last) }]),
  );
  return { ...log, readings, kept };
}
